//! All articles and the site, checked against each other and ready to be read.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::{
    Article, Depth, Diagnostic, Parsed, Phase, Severity, Site, Slug, Vocabulary, address_form,
    parse::Mention,
    related,
    render::{
        self,
        handout::{Room, Summary},
    },
    site_files::{self, SiteFiles},
    source::{Place, did_you_mean},
};

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

/// Reads a folder in steps, for callers that want to read files on their own threads or keep those that did not
/// change. [`Library::build`] is all of it in one.
#[derive(Debug)]
pub struct Reader {
    files: SiteFiles,
    vocabulary: Vocabulary,
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
    /// The items of the key takeaways (`<li>…</li>`), for a list at the head of the page.
    pub takeaways: Option<String>,
    /// Slugs of related articles, nearest first, at most 4.
    pub related: Vec<Slug>,
    /// The reading paths that it is in: index into `Site::paths` and position there.
    pub paths: Vec<(usize, usize)>,
}

/// A tag, author or category as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What a reader sees.
    pub label: String,
    /// Its form in an address.
    pub address: String,
    /// How many articles it has.
    pub count: usize,
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
        let reader = Reader::new(sources);
        let parsed = sources.articles.par_iter().map(|(path, text)| reader.read(path, text)).collect();
        reader.assemble(parsed, today)
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
        let mut found: Vec<&Published> =
            self.articles.iter().filter(|one| filter.lets_pass(&one.article)).collect();
        match filter.sort {
            // The library is in this order already.
            Sort::Newest => {}
            Sort::Title => found.sort_by_cached_key(|one| one.article.meta.title.to_lowercase()),
            Sort::Shortest => found.sort_by_key(|one| one.article.words),
        }
        found
    }

    /// All tags by their label; the most frequent spelling of equal addresses is the label.
    pub fn tags(&self) -> Vec<Listed> {
        listed(self.articles.iter().flat_map(|one| &one.article.meta.tags))
    }

    /// All authors by their name.
    pub fn authors(&self) -> Vec<Listed> {
        listed(self.articles.iter().map(|one| &one.article.meta.author))
    }

    /// The site's categories in their order, also those without an article.
    pub fn by_category(&self) -> Vec<Listed> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for one in &self.articles {
            *counts.entry(one.article.meta.category.as_str()).or_default() += 1;
        }
        let categories = self.site.categories.iter();
        categories
            .map(|category| Listed {
                label: category.label.clone(),
                address: address_form(&category.key),
                count: counts.get(category.key.as_str()).copied().unwrap_or_default(),
            })
            .collect()
    }

    /// Every address within an article that readers may have kept, as `slug#anchor`, sorted.
    pub fn published_anchors(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for one in &self.articles {
            let slug = &one.article.meta.slug;
            lines.extend(one.article.anchors().map(|anchor| format!("{slug}#{anchor}")));
        }
        lines.sort();
        lines
    }

    /// Where a slug and an anchor lead today: through renamed slugs and renamed anchors.
    pub fn resolve_anchor(&self, slug: &str, anchor: &str) -> Option<(&Slug, String)> {
        let slug = self.renamed(slug).map_or(slug, Slug::as_str);
        let article = &self.article(slug)?.article;
        let anchor = article.meta.anchors.get(anchor).map_or(anchor, String::as_str);
        article
            .anchors()
            .any(|known| known.as_str() == anchor)
            .then(|| (&article.meta.slug, anchor.to_owned()))
    }
}

impl Reader {
    /// Reads everything but the articles.
    pub fn new(sources: &Sources) -> Self {
        let files = site_files::read(sources);
        let vocabulary = Vocabulary::new(&files.site, &sources.images);
        Self { files, vocabulary }
    }

    /// Reads one article.
    pub fn read(&self, path: &str, text: &str) -> Parsed {
        Parsed::new(text, path, &self.vocabulary)
    }

    /// Checks all articles against each other and renders them.
    pub fn assemble(&self, parsed: Vec<Parsed>, today: Date) -> (Library, Vec<Diagnostic>) {
        assemble(self.files.clone(), parsed, today)
    }
}

fn listed<'a>(labels: impl Iterator<Item = &'a String>) -> Vec<Listed> {
    let mut spellings: HashMap<String, HashMap<&str, usize>> = HashMap::new();
    for label in labels {
        *spellings.entry(address_form(label)).or_default().entry(label).or_default() += 1;
    }
    let mut all: Vec<Listed> = spellings
        .into_iter()
        .filter_map(|(address, spellings)| {
            let count = spellings.values().sum();
            let (label, _) = spellings.into_iter().min_by_key(|&(label, count)| (Reverse(count), label))?;
            Some(Listed { label: label.to_owned(), address, count })
        })
        .collect();
    all.sort_by_cached_key(|one| (one.label.to_lowercase(), one.address.clone()));
    all
}

impl Filter {
    fn lets_pass(&self, article: &Article) -> bool {
        let meta = &article.meta;
        let fits = |wanted: &Option<String>, has: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(has);
        fits(&self.category, &|key| meta.category == key || address_form(&meta.category) == key)
            && fits(&self.tag, &|tag| meta.tags.iter().any(|other| address_form(other) == tag))
            && fits(&self.author, &|author| address_form(&meta.author) == author)
            && self.phase.is_none_or(|phase| meta.phases.contains(&phase))
            && self.length.is_none_or(|length| LengthBand::of(article.minutes()) == length)
    }
}

impl LengthBand {
    /// The band of a reading time in minutes.
    pub fn of(minutes: usize) -> Self {
        match minutes {
            ..=4 => Self::Short,
            5..=9 => Self::Medium,
            10.. => Self::Long,
        }
    }
}

/// Puts files together that were read one by one.
fn assemble(files: SiteFiles, mut parsed: Vec<Parsed>, today: Date) -> (Library, Vec<Diagnostic>) {
    let SiteFiles { mut site, mut diagnostics, mentions, own_paths } = files;
    parsed.sort_by(|one, other| one.path.cmp(&other.path));
    let index = Index::new(&parsed, today);

    let mut rejected: HashSet<usize> = HashSet::new();
    for (at, file) in parsed.iter().enumerate() {
        let before = diagnostics.len();
        index.check(at, file, &mut diagnostics);
        if diagnostics[before..].iter().any(Diagnostic::is_error) {
            rejected.insert(at);
        }
    }
    for (path, mention) in &mentions {
        // The paths that come with the program name articles that a folder of its own need not have.
        if own_paths || mention.field != "articles" {
            index.check_mention(path, mention, None, &mut diagnostics);
        }
    }

    let mut articles: Vec<Article> = Vec::new();
    for (at, file) in parsed.into_iter().enumerate() {
        diagnostics.extend(file.diagnostics);
        let shown = |article: &Article| !article.meta.draft && article.meta.published_at <= today;
        articles.extend(file.article.filter(shown).filter(|_| !rejected.contains(&at)));
    }
    diagnostics.sort_by(|one, other| {
        (&one.path, one.line, one.column).cmp(&(&other.path, other.line, other.column))
    });
    articles.sort_by(|one, other| {
        other.meta.changed().cmp(&one.meta.changed()).then_with(|| one.meta.slug.cmp(&other.meta.slug))
    });

    let by_slug: HashMap<Slug, usize> =
        articles.iter().enumerate().map(|(at, article)| (article.meta.slug.clone(), at)).collect();
    let mut aliases = HashMap::new();
    for article in &articles {
        for alias in &article.meta.aliases {
            if !by_slug.contains_key(alias) {
                aliases.insert(alias.clone(), article.meta.slug.clone());
            }
        }
    }
    for path in &mut site.paths {
        path.articles.retain(|slug| by_slug.contains_key(slug));
    }
    for pack in &mut site.packs {
        pack.items.retain(|item| by_slug.contains_key(&item.article));
    }
    site.packs.retain(|pack| !pack.items.is_empty());
    // A single article is no path; one of a folder's own is kept, so that its editor sees it.
    site.paths.retain(|path| path.articles.len() > usize::from(!own_paths));
    let mut paths: HashMap<&Slug, Vec<(usize, usize)>> = HashMap::new();
    for (at, path) in site.paths.iter().enumerate() {
        for (position, slug) in path.articles.iter().enumerate() {
            paths.entry(slug).or_default().push((at, position));
        }
    }
    let related = related::related(&articles, &by_slug);
    let articles = articles
        .into_par_iter()
        .zip(related)
        .map(|(article, related)| Published {
            full: render::full(&article),
            short: render::short(&article),
            takeaways: render::takeaways(&article),
            related,
            paths: paths.get(&article.meta.slug).cloned().unwrap_or_default(),
            article,
        })
        .collect();
    (Library { site, articles, by_slug, aliases }, diagnostics)
}

/// What all files say of themselves, for checking what each says of others.
struct Index<'p> {
    parsed: &'p [Parsed],
    /// The first file of each slug.
    slugs: HashMap<&'p str, usize>,
    /// The first file that claims each former slug.
    aliases: HashMap<&'p str, usize>,
    today: Date,
}

impl<'p> Index<'p> {
    fn new(parsed: &'p [Parsed], today: Date) -> Self {
        let (mut slugs, mut aliases) = (HashMap::new(), HashMap::new());
        for (at, file) in parsed.iter().enumerate() {
            if let Some((slug, _)) = &file.slug {
                slugs.entry(slug.as_str()).or_insert(at);
            }
            for (alias, _) in &file.aliases {
                aliases.entry(alias.as_str()).or_insert(at);
            }
        }
        Self { parsed, slugs, aliases, today }
    }

    fn check(&self, at: usize, file: &Parsed, out: &mut Vec<Diagnostic>) {
        let mut say = |place: &Place, severity, field: &str, message: String, help: Option<String>| {
            out.push(Diagnostic::at(&file.path, place.clone(), severity, field, message, help));
        };
        if let Some((slug, place)) = &file.slug
            && let Some(&first) = self.slugs.get(slug.as_str())
            && first != at
        {
            let message = format!("the slug `{slug}` is already that of `{}`", self.parsed[first].path);
            say(
                place,
                Severity::Error,
                "slug",
                message,
                Some("every article needs a slug of its own".to_owned()),
            );
        }
        for (alias, place) in &file.aliases {
            let help = Some("take the line away".to_owned());
            if let Some(&of) = self.slugs.get(alias.as_str()) {
                let message = match of == at {
                    true => format!("`{alias}` is the slug of this article itself"),
                    false => format!("`{alias}` is the slug of `{}`", self.parsed[of].path),
                };
                say(place, Severity::Error, "aliases", message, help);
            } else if let Some(&first) = self.aliases.get(alias.as_str())
                && first != at
            {
                let message = format!("`{}` claims the former slug `{alias}` too", self.parsed[first].path);
                say(place, Severity::Error, "aliases", message, help);
            }
        }
        if let Some((date, place)) = &file.published_at
            && *date > self.today
        {
            let message = format!("the article is scheduled: it is shown from {date} on");
            say(place, Severity::Warning, "publishedAt", message, None);
        }
        if let (Some(article), Some((_, place))) = (&file.article, &file.slug)
            && article.meta.draft
        {
            say(
                place,
                Severity::Warning,
                "draft",
                "the article is a draft and is not shown".to_owned(),
                None,
            );
        }
        for mention in &file.mentions {
            self.check_mention(&file.path, mention, Some(at), out);
        }
    }

    /// Reports an article or a place in one that is named but not there.
    fn check_mention(&self, path: &str, mention: &Mention, by: Option<usize>, out: &mut Vec<Diagnostic>) {
        let mut say = |severity, message: String, help: Option<String>| {
            out.push(Diagnostic::at(path, mention.place.clone(), severity, mention.field, message, help));
        };
        let slug = mention.slug.as_str();
        let at = match (self.slugs.get(slug), self.aliases.get(slug)) {
            (Some(&at), _) => at,
            (None, Some(&at)) => {
                let now = self.parsed[at].slug.as_ref().map(|(slug, _)| format!("write `{slug}`"));
                say(Severity::Warning, format!("the article `{slug}` has another slug now"), now);
                at
            }
            (None, None) => {
                let mut known: Vec<&str> = self.slugs.keys().copied().collect();
                known.sort_unstable();
                let help = did_you_mean(slug, known, || None);
                return say(Severity::Error, format!("there is no article `{slug}`"), help);
            }
        };
        let target = &self.parsed[at];
        if let Some(anchor) = &mention.anchor
            && !target.anchors.contains(anchor)
            && !target.article.as_ref().is_some_and(|article| article.meta.anchors.contains_key(anchor))
        {
            let mut known: Vec<&str> = target.anchors.iter().map(String::as_str).collect();
            known.sort_unstable();
            let help =
                did_you_mean(anchor, known, || Some(format!("look at the headings of `{}`", target.path)));
            say(Severity::Error, format!("the article `{slug}` has no anchor `{anchor}`"), help);
        } else if by != Some(at)
            && let Some(article) = &target.article
            && (article.meta.draft || article.meta.published_at > self.today)
        {
            say(
                Severity::Warning,
                format!("the article `{slug}` is not shown yet, so this leads nowhere"),
                None,
            );
        }
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

    /// Some of its sections, each with what stands below it, or its short reading where none is named: to stand
    /// among passages of other articles. Ids begin with `prefix`, headings go down one level, and the marks of references and
    /// footnotes are left out, because their numbers mean something on the article's own page only.
    pub fn passage(&self, sections: &[String], prefix: &str) -> String {
        render::passage(&self.article, sections, prefix)
    }

    /// The body for a program that shows it in a page of its own: the full reading without what clicks in ours (sharing, printing,
    /// the journal, boxes to tick) and without what our scripts go by. Anchors and the marks of references stay.
    pub fn text(&self) -> String {
        render::text(&self.article)
    }

    /// The same of one section with what stands below it, without the marks of references and footnotes, which stand elsewhere.
    /// `None` where there is no such section.
    pub fn text_of(&self, anchor: &str) -> Option<String> {
        render::text_of(&self.article, anchor)
    }

    /// The body of a handout: the reading at a depth without the key takeaways, which stand first on paper
    /// ([`Self::takeaways_on_paper`]), without actions and without the marks of references.
    pub fn handout(&self, depth: Depth) -> String {
        render::handout::handout(&self.article, depth)
    }

    /// The same of one section with what stands below it, or of one block. `None` where there is no such anchor.
    pub fn handout_of(&self, anchor: &str) -> Option<String> {
        render::handout::handout_of(&self.article, anchor)
    }

    /// The items of the key takeaways (`<li>…</li>`) without the marks of references.
    pub fn takeaways_on_paper(&self) -> Option<String> {
        render::handout::takeaways(&self.article)
    }

    /// What fits on one page beside the key takeaways: the question sets, whole or their first questions, or checklists
    /// and the like where the article asks nothing.
    pub fn summary(&self, room: &Room) -> Summary {
        render::handout::summary(&self.article, room)
    }
}
