//! Sections and blocks as HTML, in full and in short.

use std::collections::HashMap;

use html::Html;

use crate::{Article, Block, BlockBody, BlockKind, Depth, Part, Section};

/// The body of the full reading.
pub(crate) fn full(article: &Article) -> String {
    whole(&Writer::new(article), &article.lead, &article.sections, article.footnotes.as_deref())
}

/// The body of a page of the site itself.
pub(crate) fn page(lead: &[Part], sections: &[Section], footnotes: Option<&str>) -> String {
    whole(&Writer::default(), lead, sections, footnotes)
}

fn whole(writer: &Writer<'_>, lead: &[Part], sections: &[Section], footnotes: Option<&str>) -> String {
    let mut html = Html::new();
    for part in lead {
        writer.part(part, None, &mut html);
    }
    for section in sections {
        writer.heading(section, &mut html);
        for part in &section.parts {
            writer.part(part, Some(section), &mut html);
        }
    }
    if let Some(notes) = footnotes {
        html.made(notes);
    }
    html.finish()
}

/// The body of the short reading: what there is to do and to ask, under its headings. Whatever is left out leaves
/// its anchors, so that every link works at both depths.
pub(crate) fn short(article: &Article) -> String {
    let writer = Writer::new(article);
    let stays = staying(article, |section| section.parts.iter().any(acts));
    let mut html = Html::new();
    for part in &article.lead {
        writer.short_part(part, None, &mut html);
    }
    for (section, stays) in article.sections.iter().zip(stays) {
        if stays {
            writer.heading(section, &mut html);
        } else {
            writer.gone(section.anchor.as_str(), &mut html);
        }
        for part in &section.parts {
            writer.short_part(part, Some(section), &mut html);
        }
    }
    if let Some(notes) = &article.footnotes {
        html.made(notes);
    }
    html.finish()
}

/// Which sections stay when only some are kept: those, and for the sake of what is kept below it also a heading above, or
/// the levels would not be right.
pub(super) fn staying(article: &Article, keeps: impl Fn(&Section) -> bool) -> Vec<bool> {
    let keeps: Vec<bool> = article.sections.iter().map(keeps).collect();
    let mut stays = keeps.clone();
    for (at, _) in keeps.iter().enumerate().filter(|&(_, &keeps)| keeps) {
        let mut level = article.sections[at].level;
        for above in (0..at).rev() {
            if article.sections[above].level < level {
                level = article.sections[above].level;
                stays[above] = true;
            }
            if level == 2 {
                break;
            }
        }
    }
    stays
}

/// Passages of an article among those of others. See [`crate::Published::passage`].
pub(crate) fn passage(article: &Article, wanted: &[String], prefix: &str) -> String {
    let writer = Writer { slug: Some(article.meta.slug.as_str()), prefix: Some(prefix), ..Writer::default() };
    let mut html = Html::new();
    if wanted.is_empty() {
        for part in acting(article) {
            writer.part(part, None, &mut html);
        }
        return html.finish();
    }
    for anchor in wanted {
        with_below(&writer, article, anchor, &mut html);
    }
    html.finish()
}

/// The body for programs. See [`crate::Published::text`].
pub(crate) fn text(article: &Article) -> String {
    whole(&Writer::for_programs(), &article.lead, &article.sections, article.footnotes.as_deref())
}

/// One section with what stands below it, for programs. See [`crate::Published::text_of`].
pub(crate) fn text_of(article: &Article, anchor: &str) -> Option<String> {
    let mut html = Html::new();
    with_below(&Writer::for_programs(), article, anchor, &mut html).then(|| without_marks(&html.finish()))
}

/// Writes a section and what stands below it; `false` where there is no such one.
pub(super) fn with_below(writer: &Writer<'_>, article: &Article, anchor: &str, html: &mut Html) -> bool {
    let mut sections = article.sections.iter().skip_while(|section| section.anchor.as_str() != anchor);
    let Some(first) = sections.next() else { return false };
    let below = sections.take_while(|section| section.level > first.level);
    for section in std::iter::once(first).chain(below) {
        writer.heading(section, html);
        for part in &section.parts {
            writer.part(part, Some(section), html);
        }
    }
    true
}

/// The key takeaways and what there is to do.
fn acting(article: &Article) -> impl Iterator<Item = &Part> {
    let all = article.lead.iter().chain(article.sections.iter().flat_map(|section| &section.parts));
    all.filter(|part| acts(part) || matches!(part, Part::Block(block) if block.kind == BlockKind::Takeaways))
}

/// The items of the key takeaways, for the box at the head of the page.
pub(crate) fn takeaways(article: &Article) -> Option<String> {
    let block = article.takeaways()?;
    let mut html = Html::new();
    match &block.body {
        BlockBody::Items(items) => {
            for item in items {
                html.open("li", &[]).made(item).close("li");
            }
        }
        BlockBody::Named(items) => named_items(items, &mut html),
        BlockBody::Fields(_) | BlockBody::Html(_) => return None,
    }
    Some(html.finish())
}

/// Whether a part belongs to the short reading.
pub(super) fn acts(part: &Part) -> bool {
    matches!(part, Part::Block(block) if block.kind.depth() == Depth::Short)
}

impl BlockKind {
    /// Whether such a block becomes an entry of the journal: all but a note, which stands beside what is said, and what says whom to
    /// call: nothing is to stand beside that number, and nobody shall begin to write where they should call.
    fn is_written_about(self) -> bool {
        !matches!(self, Self::Help | Self::Note)
    }

    /// The shallowest depth at which such a block is shown.
    fn depth(self) -> Depth {
        match self {
            Self::Questions
            | Self::Checklist
            | Self::Practice
            | Self::Steps
            | Self::RedFlags
            | Self::Help => Depth::Short,
            Self::Challenge
            | Self::Approach
            | Self::Places
            | Self::Phase
            | Self::Factors
            | Self::Takeaways
            | Self::Note => Depth::Full,
        }
    }
}

#[derive(Default)]
pub(super) struct Writer<'a> {
    /// The article's; a page of the site itself has none, and no handouts.
    slug: Option<&'a str>,
    /// Former names of anchors, by what they are called now.
    former: HashMap<&'a str, Vec<&'a str>>,
    /// Stands before every id, among passages of other articles.
    prefix: Option<&'a str>,
    /// Where it is going to stand.
    place: Place,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Page,
    /// Nothing clicks there, and the references are not at hand.
    Paper,
    /// A program's own page, where our controls and scripts are not.
    Elsewhere,
}

impl<'a> Writer<'a> {
    fn new(article: &'a Article) -> Self {
        let mut former: HashMap<&str, Vec<&str>> = HashMap::new();
        for (old, new) in &article.meta.anchors {
            former.entry(new).or_default().push(old);
        }
        Self { slug: Some(article.meta.slug.as_str()), former, ..Self::default() }
    }

    /// For a handout.
    pub(super) fn on_paper() -> Self {
        Self { place: Place::Paper, ..Self::default() }
    }

    /// For a program that shows the text in a page of its own.
    fn for_programs() -> Self {
        Self { place: Place::Elsewhere, ..Self::default() }
    }

    /// Whether the marks of references and footnotes mean nothing where this is going to stand.
    fn without_marks(&self) -> bool {
        self.place == Place::Paper || self.prefix.is_some()
    }

    /// Empty places for former names of an anchor.
    fn former(&self, anchor: &str, html: &mut Html) {
        for old in self.former.get(anchor).into_iter().flatten() {
            html.open("span", &[("id", old), ("class", "gone")]).close("span");
        }
    }

    fn gone(&self, anchor: &str, html: &mut Html) {
        self.former(anchor, html);
        html.open("span", &[("id", anchor), ("class", "gone")]).close("span");
    }

    /// An anchor as it stands on the page.
    fn id(&self, anchor: &str) -> String {
        format!("{}{anchor}", self.prefix.unwrap_or_default())
    }

    pub(super) fn heading(&self, section: &Section, html: &mut Html) {
        let (anchor, id) = (section.anchor.as_str(), self.id(section.anchor.as_str()));
        let tag = match section.level + u8::from(self.prefix.is_some()) {
            ..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            6.. => "h6",
        };
        self.former(anchor, html);
        if self.place != Place::Page {
            html.open(tag, &[("id", &id)]).made(&without_marks(&section.title_html)).close(tag);
            return;
        }
        html.open(tag, &[("id", &id), ("data-hash", &section.hash)]).made(&section.title_html).text(" ");
        share(&id, &section.title, html);
        html.close(tag);
    }

    pub(super) fn part(&self, part: &Part, section: Option<&Section>, html: &mut Html) {
        match part {
            Part::Prose(prose) if self.without_marks() => {
                html.made(&without_marks(prose));
            }
            Part::Prose(prose) => {
                html.made(prose);
            }
            Part::Block(block) => self.block(block, section, html),
        }
    }

    fn short_part(&self, part: &Part, section: Option<&Section>, html: &mut Html) {
        match part {
            Part::Block(block) if acts(part) => self.block(block, section, html),
            Part::Block(block) => self.gone(block.anchor.as_str(), html),
            Part::Prose(_) => {}
        }
    }

    pub(super) fn block(&self, block: &Block, section: Option<&Section>, html: &mut Html) {
        let anchor = &self.id(block.anchor.as_str());
        self.former(anchor, html);
        let own = format!("{anchor}-l");
        // A heading has a link in it, which is no part of the block's name: the name is said anew.
        let heading = section.filter(|_| block.label_is_heading);
        let name = match heading {
            Some(section) => ("aria-label", section.title.as_str()),
            None => ("aria-labelledby", own.as_str()),
        };
        html.open("section", &[("class", "block"), ("data-kind", block.kind.key()), ("id", anchor), name]);
        // A label that says the kind says it for both.
        if heading.is_some() || block.label != block.kind.label() {
            html.element("p", &[("class", "kind")], block.kind.label());
        }
        if heading.is_none() {
            html.element("p", &[("class", "label"), ("id", &own)], &block.label);
        }
        let boxes = self.place != Place::Elsewhere;
        if self.without_marks() {
            let mut own = Html::new();
            body(block, boxes, &mut own);
            html.made(&without_marks(&own.finish()));
        } else {
            body(block, boxes, html);
        }
        if self.place == Place::Page {
            self.acts(block, section, html);
        }
        html.close("section");
    }

    /// What can be done with a block. Read by themselves, as a list of links is, they say which block they are about.
    fn acts(&self, block: &Block, section: Option<&Section>, html: &mut Html) {
        let (kind, label) = (block.kind.label(), block.label.as_str());
        let about = match section {
            Some(section) if block.label_is_heading || label == kind => format!("{kind}, {}", section.title),
            _ if label == kind => kind.to_owned(),
            _ => format!("{kind}, {label}"),
        };
        let act = |to: &str, act: &str, says: &str, html: &mut Html| {
            let name = format!("{says}: {about}");
            html.element("a", &[("href", to), ("data-act", act), ("aria-label", &name)], says);
        };
        html.open("p", &[("class", "acts")]);
        if block.kind.is_written_about() {
            act("/journal", "write", "Write about this", html);
        }
        act(&format!("#{}", self.id(block.anchor.as_str())), "link", "Share", html);
        if let Some(slug) = self.slug {
            act(&format!("/articles/{slug}/handout?part={}", block.anchor.as_str()), "print", "Print", html);
        }
        html.close("p");
    }
}

/// HTML without the marks of references and footnotes.
pub(super) fn without_marks(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, mark)) = rest.split_once("<sup class=") {
        out.push_str(before);
        rest = mark.split_once("</sup>").map_or("", |(_, behind)| behind);
    }
    out + rest
}

fn share(anchor: &str, title: &str, html: &mut Html) {
    let (to, label) = (format!("#{anchor}"), format!("Share “{title}”"));
    html.open("a", &[("class", "share"), ("href", &to), ("aria-label", &label)]).close("a");
}

/// What a block holds; a checklist with or without `boxes` to tick.
fn body(block: &Block, boxes: bool, html: &mut Html) {
    match &block.body {
        BlockBody::Items(items) => self::items(block.kind, boxes, items, html),
        BlockBody::Named(items) if block.kind == BlockKind::Factors => {
            html.open("dl", &[]);
            for (name, text) in items {
                html.open("div", &[]).open("dt", &[]).made(name).close("dt");
                html.open("dd", &[]).made(text).close("dd").close("div");
            }
            html.close("dl");
        }
        BlockBody::Named(items) => {
            html.open("ul", &[]);
            named_items(items, html);
            html.close("ul");
        }
        BlockBody::Fields(fields) => {
            for (name, items) in fields {
                html.open("div", &[("class", "field")]);
                if !name.is_empty() {
                    html.open("p", &[("class", "field-name")]).made(name).close("p");
                }
                match items.as_slice() {
                    [] => {}
                    [one] => {
                        html.open("p", &[]).made(one).close("p");
                    }
                    several => plain_items("ul", several, html),
                }
                html.close("div");
            }
        }
        BlockBody::Html(made) => {
            html.made(made);
        }
    }
}

fn items(kind: BlockKind, boxes: bool, items: &[String], html: &mut Html) {
    match kind {
        BlockKind::Checklist if boxes => {
            html.open("ul", &[]);
            for item in items {
                let (words, below) = item.split_at(first_block(item));
                html.open("li", &[]).open("label", &[]).open("input", &[("type", "checkbox")]);
                html.text(" ").made(words).close("label").made(below).close("li");
            }
            html.close("ul");
        }
        BlockKind::Steps => plain_items("ol", items, html),
        _ => plain_items("ul", items, html),
    }
}

/// Where a list or paragraph below an item's words starts. A label may hold nothing but words.
fn first_block(item: &str) -> usize {
    const BLOCKS: [&str; 8] = ["<ul", "<ol", "<p>", "<pre", "<blockquote", "<div", "<hr", "<dl"];
    BLOCKS.iter().filter_map(|tag| item.find(tag)).min().unwrap_or(item.len())
}

fn plain_items(tag: &'static str, items: &[String], html: &mut Html) {
    html.open(tag, &[]);
    for item in items {
        html.open("li", &[]).made(item).close("li");
    }
    html.close(tag);
}

/// A name and its line are one sentence to a listener, so a name without a mark at its end gets a colon.
fn named_items(items: &[(String, String)], html: &mut Html) {
    for (name, text) in items {
        html.open("li", &[]).open("b", &[]).made(name);
        if !text.is_empty() && !name.ends_with(['.', '?', '!', ':', '…']) {
            html.text(":");
        }
        html.close("b").text(" ").made(text).close("li");
    }
}
