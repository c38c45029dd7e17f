//! What a card says.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use article::{Block, BlockBody, Library, Phase, Published, words_of};

/// Changes when cards are drawn in another way.
const EDITION: u8 = 2;

/// The words of one card, and what its picture follows from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    /// Who speaks: the clinic, else the site.
    pub from: String,
    /// What it is about.
    pub title: String,
    /// One more sentence, where there is one.
    pub line: Option<String>,
    /// The cover is drawn from it.
    pub slug: String,
    /// And takes its colours from this.
    pub phase: Option<Phase>,
}

impl Words {
    /// The card of an address below `/cards/`, without its ending: `home`, `pack`, `packs/SLUG`, `articles/SLUG`,
    /// `articles/SLUG/ANCHOR`. `None` where there is no such thing.
    pub fn of(library: &Library, clinic: Option<&str>, path: &str) -> Option<Self> {
        let site = library.site();
        let from = clinic.unwrap_or(&site.name);
        let plain = |title: &str, line: &str, slug: &str| Self {
            from: from.to_owned(),
            title: title.to_owned(),
            line: Some(line.to_owned()).filter(|line| !line.is_empty()),
            slug: slug.to_owned(),
            phase: None,
        };
        let parts: Vec<&str> = path.splitn(3, '/').collect();
        match parts.as_slice() {
            ["home"] => Some(plain(&site.tagline, &site.description, "doorway")),
            ["pack"] => Some(plain("Something to read, chosen for you", "", "pack")),
            ["packs", slug] => {
                let pack = site.packs.iter().find(|pack| pack.slug.as_str() == *slug)?;
                Some(plain(&pack.title, &pack.summary, slug))
            }
            ["articles", slug] => Some(article(from, find(library, slug)?)),
            ["articles", slug, anchor] => section(from, find(library, slug)?, anchor),
            _ => None,
        }
    }

    /// Names the card: the same words, the same picture.
    pub fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (EDITION, self).hash(&mut hasher);
        hasher.finish()
    }
}

/// Also by a former slug: links are older than names.
fn find<'a>(library: &'a Library, slug: &str) -> Option<&'a Published> {
    library.article(slug).or_else(|| library.article(library.renamed(slug)?.as_str()))
}

fn article(from: &str, published: &Published) -> Words {
    let meta = &published.article.meta;
    let takeaway = published.article.takeaways().and_then(first_point);
    Words {
        from: from.to_owned(),
        title: meta.title.clone(),
        line: Some(takeaway.unwrap_or_else(|| meta.excerpt.clone())),
        slug: meta.slug.to_string(),
        phase: meta.phase(),
    }
}

fn section(from: &str, published: &Published, anchor: &str) -> Option<Words> {
    let article = &published.article;
    let anchor = article.meta.anchors.get(anchor).map_or(anchor, String::as_str);
    let section = article.sections.iter().find(|section| section.anchor.as_str() == anchor)?;
    Some(Words {
        from: from.to_owned(),
        title: section.title.clone(),
        line: Some(article.meta.title.clone()),
        slug: article.meta.slug.to_string(),
        phase: article.meta.phase(),
    })
}

/// The first of the points to remember, as plain text.
fn first_point(block: &Block) -> Option<String> {
    let html = match &block.body {
        BlockBody::Items(items) => items.first()?.clone(),
        BlockBody::Named(items) => items.first().map(|(name, text)| format!("{name}: {text}"))?,
        BlockBody::Fields(_) | BlockBody::Html(_) => return None,
    };
    Some(words_of(&html).split_whitespace().collect::<Vec<_>>().join(" "))
}
