//! What an article may name: categories, terms, references, images.

use std::collections::HashMap;

use crate::{Picture, Reference, Site, text::address};

/// What an article may name. Made once from the [`Site`], used for every article.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// `false` where no site is at hand: then every name is taken as known.
    checked: bool,
    categories: Vec<String>,
    /// Any form of a term, in lower case, to the term's slug.
    terms: HashMap<String, String>,
    references: HashMap<String, Reference>,
    images: HashMap<String, (u32, u32)>,
}

impl Vocabulary {
    /// For reading a file on its own: names are not checked, citations have no evidence mark.
    pub fn unchecked() -> Self {
        Self::default()
    }

    /// Everything that a site has, and its images with their sizes, by paths relative to the content folder.
    pub fn new(site: &Site, images: &HashMap<String, (u32, u32)>) -> Self {
        let mut terms = HashMap::new();
        for term in &site.glossary {
            let slug = term.slug.as_str();
            // The term itself is worth more than another one's `also`, and the first of equals wins.
            terms.insert(slug.to_owned(), slug.to_owned());
            terms.insert(form(&term.term), slug.to_owned());
        }
        for term in &site.glossary {
            for also in &term.also {
                terms.entry(form(also)).or_insert_with(|| term.slug.as_str().to_owned());
            }
        }
        Self {
            checked: true,
            categories: site.categories.iter().map(|category| category.key.clone()).collect(),
            terms,
            references: site.references.iter().map(|one| (one.key.clone(), one.clone())).collect(),
            images: images.iter().map(|(path, &size)| (image_key(path).to_owned(), size)).collect(),
        }
    }

    pub(crate) fn has_category(&self, key: &str) -> bool {
        !self.checked || self.categories.iter().any(|other| other == key)
    }

    pub(crate) fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(String::as_str)
    }

    pub(crate) fn knows_reference(&self, key: &str) -> bool {
        !self.checked || self.references.contains_key(key)
    }

    pub(crate) fn reference(&self, key: &str) -> Option<&Reference> {
        self.references.get(key)
    }

    /// Keys in alphabetical order, so that the same mistake always gets the same advice.
    pub(crate) fn reference_keys(&self) -> impl Iterator<Item = &str> {
        sorted(self.references.keys())
    }

    /// The slug of a term, given in any of its forms.
    pub(crate) fn term(&self, words: &str) -> Option<String> {
        let form = form(words);
        if let Some(slug) = self.terms.get(&form) {
            return Some(slug.clone());
        }
        // An editor writes [[infusions]] for the term "infusion".
        if let Some(slug) = form.strip_suffix('s').and_then(|one| self.terms.get(one)) {
            return Some(slug.clone());
        }
        if self.checked {
            None
        } else {
            Some(crate::text::address_form(words)).filter(|slug| !slug.is_empty())
        }
    }

    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        sorted(self.terms.keys())
    }

    /// The picture at a path. Any is there, of unknown size, where nothing is known of any.
    pub(crate) fn picture(&self, path: &str) -> Option<Picture> {
        let key = image_key(path);
        let size = self.images.get(key).copied();
        (size.is_some() || !self.checked).then(|| Picture { path: format!("/{}", address(key)), size })
    }

    pub(crate) fn images(&self) -> impl Iterator<Item = &str> {
        sorted(self.images.keys())
    }
}

fn sorted<'a>(keys: impl Iterator<Item = &'a String>) -> impl Iterator<Item = &'a str> {
    let mut keys: Vec<&str> = keys.map(String::as_str).collect();
    keys.sort_unstable();
    keys.into_iter()
}

fn form(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `/images/a.png`, `images/a.png` and `./images/a.png` are one file.
fn image_key(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path).trim_start_matches('/')
}
