//! All articles and the site, checked against each other and ready to be read.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::{Article, Depth, Diagnostic, Phase, Site, Slug};

/// The texts of a content folder. Paths are relative to it, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Path and text of every Markdown file that is an article.
    pub articles: Vec<(String, String)>,
    /// Path and text of everything else by its path: `site.yaml`, `references.bib`, `pages/about.md`, …
    pub site: Vec<(String, String)>,
    /// Paths of images with their width and height in pixels.
    pub images: HashMap<String, (u32, u32)>,
}

/// All articles and the site. Immutable; a changed folder makes a new one.
#[derive(Debug)]
pub struct Library {
    site: Site,
    articles: Vec<Published>,
    by_slug: HashMap<Slug, usize>,
    aliases: HashMap<Slug, Slug>,
}

/// An article with what the rest of the library knows about it, rendered once.
#[derive(Debug)]
pub struct Published {
    /// The article.
    pub article: Article,
    /// Body of the full reading, without title, disclaimer and references.
    pub full: String,
    /// Body of the short reading on the same anchors.
    pub short: String,
    /// Slugs of related articles, nearest first, at most 4.
    pub related: Vec<Slug>,
    /// The reading paths that it is in: index into `Site::paths` and position there.
    pub paths: Vec<(usize, usize)>,
}

/// How long an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LengthBand {
    /// Up to 4 minutes.
    Short,
    /// 5 to 9 minutes.
    Medium,
    /// 10 minutes and more.
    Long,
}

/// In which order a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Last changed first.
    #[default]
    Newest,
    /// By title.
    Title,
    /// Shortest first.
    Shortest,
}

/// Which articles a list shows; an empty filter shows all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Key of a category.
    pub category: Option<String>,
    /// Tag in its address form.
    pub tag: Option<String>,
    /// Author in its address form.
    pub author: Option<String>,
    /// Phase of treatment.
    pub phase: Option<Phase>,
    /// Reading time.
    pub length: Option<LengthBand>,
    /// Order.
    pub sort: Sort,
}

impl Library {
    /// Parses, checks and renders everything. Articles dated after `today` and drafts are left out.
    ///
    /// The library holds every article without an error; the diagnostics hold every problem of every file,
    /// sorted by path, line and column. Whoever calls decides whether errors stop him.
    pub fn build(sources: &Sources, today: Date) -> (Self, Vec<Diagnostic>) {
        let _ = (sources, today);
        unreachable!("replaced by the parser")
    }

    /// The site's own data.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// All articles that readers see, newest first.
    pub fn articles(&self) -> &[Published] {
        &self.articles
    }

    /// The article of this slug.
    pub fn article(&self, slug: &str) -> Option<&Published> {
        let slug = Slug::new(slug).ok()?;
        self.by_slug.get(&slug).map(|&at| &self.articles[at])
    }

    /// The slug to which a former slug redirects.
    pub fn renamed(&self, slug: &str) -> Option<&Slug> {
        self.aliases.get(&Slug::new(slug).ok()?)
    }

    /// The articles that pass a filter, in its order.
    pub fn find(&self, filter: &Filter) -> Vec<&Published> {
        let _ = filter;
        unreachable!("replaced by the parser")
    }
}

impl Published {
    /// The rendered body at a depth.
    pub fn body(&self, depth: Depth) -> &str {
        match depth {
            Depth::Short => &self.short,
            Depth::Full => &self.full,
        }
    }
}
