//! Names that the short ids of packs cannot tell apart: a link that somebody holds would open at one of the two by chance.

use std::collections::HashMap;

use article::{Article, Library};
use pack::{ArticleId, SectionId};
use serde::Serialize;

/// Two names with one id.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Clash {
    /// As `slug` or `slug#anchor`, in the order of the alphabet.
    names: [String; 2],
}

impl Clash {
    /// What is wrong, and what to do.
    pub fn human(&self) -> String {
        let [one, other] = &self.names;
        let what = if one.contains('#') {
            "put one of the two headings into other words"
        } else {
            "give the newer of the two articles another slug, and do not keep this one under `aliases:`"
        };
        format!("error: the short ids of packs cannot tell {one} and {other} apart\n  help: {what}\n")
    }

    fn of(one: String, other: String) -> Self {
        let mut names = [one, other];
        names.sort();
        Self { names }
    }
}

/// Every clash in a library: among articles by all their names, and within each article among its sections and blocks.
pub fn clashes(library: &Library) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut articles: HashMap<ArticleId, (&str, &str)> = HashMap::new();
    for article in library.articles().iter().map(|published| &published.article) {
        let slug = article.meta.slug.as_str();
        let former = article.meta.aliases.iter().map(article::Slug::as_str);
        for name in std::iter::once(slug).chain(former) {
            match articles.get(&ArticleId::of(name)) {
                Some((other, of)) if *of != slug => {
                    clashes.push(Clash::of((*other).to_owned(), name.to_owned()))
                }
                _ => drop(articles.insert(ArticleId::of(name), (name, slug))),
            }
        }
        within(article, &mut clashes);
    }
    clashes.sort_by(|one, other| one.names.cmp(&other.names));
    clashes
}

fn within(article: &Article, clashes: &mut Vec<Clash>) {
    let mut places: HashMap<SectionId, (String, String)> = HashMap::new();
    for anchor in article.anchors() {
        let now = article.meta.anchors.get(&anchor).unwrap_or(&anchor).clone();
        let slug = &article.meta.slug;
        match places.get(&SectionId::of(&anchor)) {
            Some((other, of)) if *of != now => {
                clashes.push(Clash::of(format!("{slug}#{other}"), format!("{slug}#{anchor}")))
            }
            _ => drop(places.insert(SectionId::of(&anchor), (anchor, now))),
        }
    }
}
