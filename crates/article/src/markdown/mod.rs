//! From Markdown to a [`tree`], with every name checked on the way and every limit kept.
//!
//! CommonMark, tables, footnotes, task lists, struck words and typographic quotes come from pulldown-cmark.
//! Added here: `:::kind Title` … `:::`, `[[term]]`, `[@key]` and the schemes `glossary:` and `article:`.

mod directives;
mod inline;
mod links;
pub(crate) mod tree;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use pulldown_cmark::{Alignment as Align, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

use self::{
    directives::{Line, Lines},
    inline::Pending,
    tree::{Alignment, Directive, Inline, Kind, Node, Table, plain},
};
use crate::{source::Report, vocabulary::Vocabulary};

/// Longest body in bytes. A long book chapter has a tenth of it.
const LONGEST: usize = 2 * 1024 * 1024;
/// Deepest nesting of quotations, lists and emphasis together.
const DEEPEST: usize = 40;
/// Most headings.
const MOST_HEADINGS: usize = 2000;

/// A body, read.
#[derive(Default)]
pub(crate) struct Body {
    pub nodes: Vec<Node>,
    /// By number, from the first.
    pub footnotes: Vec<Vec<Node>>,
    /// Keys of references by number, from the first.
    pub cited: Vec<String>,
    /// Slugs of the terms that are explained, each once.
    pub terms: Vec<String>,
    /// Links within the page, to be checked when its anchors are known.
    pub anchor_links: Vec<(String, Range<usize>)>,
    /// Links to articles, to be checked when all are known.
    pub article_links: Vec<ArticleLink>,
    numbers: HashMap<String, usize>,
    known_terms: HashSet<String>,
}

/// A link to an article and perhaps a place in it.
#[derive(Clone, Debug)]
pub(crate) struct ArticleLink {
    pub slug: String,
    pub anchor: Option<String>,
    pub range: Range<usize>,
}

/// Reads the body in a range of the file.
pub(crate) fn read(range: Range<usize>, words: &Vocabulary, report: &mut Report<'_>) -> Body {
    let source = &report.file.text[range.clone()];
    if source.len() > LONGEST {
        let message = format!(
            "the text has {} KB, more than the {} KB that are read",
            source.len() / 1024,
            LONGEST / 1024
        );
        let help = Some("split it into several articles".to_owned());
        report.error(range.start..range.start, "body", message, help);
        return Body::default();
    }
    if let Some(at) = too_deep(source) {
        let at = range.start + at;
        report.error(at..at + 1, "body", "lists or quotations are nested too deeply", Some(shallower()));
        return Body::default();
    }
    let lines = directives::find(source, range.start, report);
    let masked = lines.mask(source);
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS);
    options.insert(Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_STRIKETHROUGH);
    let mut reader = Reader {
        base: range.start,
        source,
        words,
        report,
        lines: &lines,
        stack: vec![Frame::new(Open::Root, range.clone())],
        pending: Pending::default(),
        body: Body::default(),
        headings: 0,
        labels: HashMap::new(),
        definitions: HashMap::new(),
    };
    for (event, at) in Parser::new_ext(&masked, options).into_offset_iter() {
        if reader.event(event, at).is_err() {
            break;
        }
    }
    reader.finish()
}

fn shallower() -> String {
    format!("keep to {DEEPEST} levels at most; two are enough for readers")
}

/// The first line that opens more quotations and lists at once than are read. Such lines make a parser's work
/// grow with the square of the text, so they are looked for before it starts.
fn too_deep(source: &str) -> Option<usize> {
    let mut at = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let mut bytes = line.bytes().peekable();
        let mut markers = 0;
        // A line of nothing but hyphens or stars is a rule, however long.
        let mut kinds = [false; 2];
        loop {
            match bytes.peek() {
                Some(b' ' | b'\t') => {}
                Some(b'>') => (markers, kinds[0]) = (markers + 1, true),
                Some(b'-' | b'*' | b'+') => {
                    markers += 1;
                    kinds[1] = true;
                }
                Some(b'0'..=b'9') => {
                    while bytes.next_if(u8::is_ascii_digit).is_some() {}
                    if !matches!(bytes.peek(), Some(b'.' | b')')) {
                        break;
                    }
                    (markers, kinds[0]) = (markers + 1, true);
                }
                _ => break,
            }
            bytes.next();
        }
        let only_rule = bytes.all(|b| b == b'\n' || b == b'\r') && !kinds[0];
        if markers > DEEPEST && !only_rule {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// What is being read.
enum Open {
    Root,
    Paragraph,
    Heading(u8),
    List(Option<u64>),
    Item,
    Quote,
    Code,
    Raw,
    Table(Vec<Alignment>),
    Head,
    Row,
    Cell,
    Footnote(String),
    Directive(crate::BlockKind, String),
    Strong,
    Emphasis,
    Strike,
    Link(String),
    Image(String, String),
    /// Kinds of Markdown that are not switched on.
    Other,
}

/// One level of the stack and what it has gathered so far.
struct Frame {
    open: Open,
    range: Range<usize>,
    nodes: Vec<Node>,
    inlines: Vec<Inline>,
    items: Vec<Vec<Node>>,
    rows: Vec<Vec<Vec<Inline>>>,
    cells: Vec<Vec<Inline>>,
    text: String,
}

impl Frame {
    fn new(open: Open, range: Range<usize>) -> Self {
        Self {
            open,
            range,
            nodes: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            text: String::new(),
        }
    }

    /// Words that stand in a list item or quotation without a paragraph of their own get one.
    fn settle(&mut self) {
        if !self.inlines.is_empty() && self.holds_blocks() {
            let text = std::mem::take(&mut self.inlines);
            self.nodes.push(Node { kind: Kind::Paragraph(text), range: self.range.clone() });
        }
    }

    fn holds_blocks(&self) -> bool {
        matches!(self.open, Open::Root | Open::Item | Open::Quote | Open::Footnote(_) | Open::Directive(..))
    }
}

/// Reading was given up; the reason is reported.
struct Stopped;

struct Reader<'r, 'f> {
    base: usize,
    source: &'r str,
    words: &'r Vocabulary,
    report: &'r mut Report<'f>,
    lines: &'r Lines,
    stack: Vec<Frame>,
    pending: Pending,
    body: Body,
    headings: usize,
    /// Footnotes by label: number, and where they were first named.
    labels: HashMap<String, (usize, Range<usize>)>,
    definitions: HashMap<String, Vec<Node>>,
}

impl Reader<'_, '_> {
    fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the root frame is taken only at the end")
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) -> Result<(), Stopped> {
        let range = self.base + at.start..self.base + at.end;
        match event {
            Event::Text(text) => match self.top().open {
                // The mask over directives must not show in code.
                Open::Code | Open::Raw => {
                    let source = self.source;
                    let text = if self.lines.covers(&range) { &source[at] } else { &*text };
                    self.top().text.push_str(text);
                }
                _ => self.pending.push(&text, range, self.source, self.base),
            },
            Event::SoftBreak if self.pending.is_open() => {
                self.pending.push("\n", range, self.source, self.base)
            }
            event => {
                self.flush();
                self.other(event, at, range)?;
            }
        }
        Ok(())
    }

    fn other(&mut self, event: Event<'_>, at: Range<usize>, range: Range<usize>) -> Result<(), Stopped> {
        match event {
            Event::Start(tag) => self.start(tag, range)?,
            Event::End(_) => self.end(),
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::Html(_) => {
                let source = self.source;
                self.top().text.push_str(&source[at]);
            }
            Event::InlineHtml(text) => {
                self.warn_of_html(&text, range);
                self.inline(Inline::Text(text.into_string()));
            }
            Event::SoftBreak => self.inline(Inline::Break { hard: false }),
            Event::HardBreak => self.inline(Inline::Break { hard: true }),
            Event::TaskListMarker(done) => self.inline(Inline::Task(done)),
            Event::FootnoteReference(label) => {
                let next = self.labels.len() + 1;
                let number = self.labels.entry(label.into_string()).or_insert((next, range)).0;
                self.inline(Inline::Footnote { number, first: number == next });
            }
            Event::Rule => self.rule(range),
            Event::Text(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        Ok(())
    }

    fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    fn node(&mut self, kind: Kind, range: Range<usize>) {
        let top = self.top();
        top.settle();
        top.nodes.push(Node { kind, range });
    }

    /// Turns the words gathered so far into inlines.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        let linked = self.stack.iter().any(|frame| matches!(frame.open, Open::Link(_) | Open::Image(..)));
        let mut inlines = std::mem::take(&mut self.top().inlines);
        inline::read(pending, linked, self.words, self.report, &mut self.body, &mut inlines);
        self.top().inlines = inlines;
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) -> Result<(), Stopped> {
        if self.stack.len() > DEEPEST {
            self.report.error(range, "body", "the text is nested too deeply", Some(shallower()));
            return Err(Stopped);
        }
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading { level, .. } => {
                self.headings += 1;
                if self.headings > MOST_HEADINGS {
                    let help = Some("split the text into several articles".to_owned());
                    self.report.error(
                        range,
                        "body",
                        format!("there are more than {MOST_HEADINGS} headings"),
                        help,
                    );
                    return Err(Stopped);
                }
                Open::Heading(rank(level))
            }
            Tag::BlockQuote(_) => Open::Quote,
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => Open::Code,
            Tag::HtmlBlock => Open::Raw,
            Tag::List(start) => Open::List(start),
            Tag::Item => Open::Item,
            Tag::FootnoteDefinition(label) => Open::Footnote(label.into_string()),
            Tag::Table(alignments) => Open::Table(alignments.into_iter().map(alignment).collect()),
            Tag::TableHead => Open::Head,
            Tag::TableRow => Open::Row,
            Tag::TableCell => Open::Cell,
            Tag::Emphasis => Open::Emphasis,
            Tag::Strong => Open::Strong,
            Tag::Strikethrough => Open::Strike,
            Tag::Link { link_type: pulldown_cmark::LinkType::Email, dest_url, .. } => {
                Open::Link(format!("mailto:{dest_url}"))
            }
            Tag::Link { dest_url, .. } => Open::Link(dest_url.into_string()),
            Tag::Image { dest_url, title, .. } => Open::Image(dest_url.into_string(), title.into_string()),
            _ => Open::Other,
        };
        let is_inline =
            matches!(open, Open::Strong | Open::Emphasis | Open::Strike | Open::Link(_) | Open::Image(..));
        if !is_inline {
            self.top().settle();
        }
        self.stack.push(Frame::new(open, range));
        Ok(())
    }

    fn end(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        // A directive stands outside of all Markdown; what ends here is what was opened last within it.
        let mut frame = self.stack.pop().expect("there are at least two");
        frame.settle();
        let Frame { open, range, nodes, inlines, items, rows, cells, text } = frame;
        match open {
            Open::Root | Open::Other => {}
            Open::Paragraph => self.node(Kind::Paragraph(inlines), range),
            Open::Heading(level) => self.node(Kind::Heading { level, text: inlines }, range),
            Open::List(start) => self.node(Kind::List { start, items }, range),
            Open::Item => self.top().items.push(nodes),
            Open::Quote => self.node(Kind::Quote(nodes), range),
            Open::Code => self.node(Kind::Code(text), range),
            Open::Raw => {
                self.warn_of_html(&text, range.clone());
                self.node(Kind::Raw(text), range);
            }
            Open::Table(alignments) => {
                let mut rows = rows.into_iter();
                let head = rows.next().unwrap_or_default();
                self.node(Kind::Table(Table { alignments, head, rows: rows.collect() }), range);
            }
            Open::Head | Open::Row => self.top().rows.push(cells),
            Open::Cell => self.top().cells.push(inlines),
            Open::Footnote(label) => {
                self.definitions.entry(label).or_insert(nodes);
            }
            Open::Directive(kind, title) => {
                self.node(Kind::Directive(Directive { kind, title, nodes }), range)
            }
            Open::Strong => self.inline(Inline::Strong(inlines)),
            Open::Emphasis => self.inline(Inline::Emphasis(inlines)),
            Open::Strike => self.inline(Inline::Strike(inlines)),
            Open::Link(to) => match links::target(&to, range, self.words, self.report, &mut self.body) {
                Some(to) => self.inline(Inline::Link { to, words: inlines }),
                None => self.top().inlines.extend(inlines),
            },
            Open::Image(path, title) => {
                let image = links::image(path, plain(&inlines), title, range, self.words, self.report);
                self.inline(image);
            }
        }
    }

    /// A rule, or a line of a directive under its mask.
    fn rule(&mut self, range: Range<usize>) {
        match self.lines.at(range.start) {
            None => self.node(Kind::Rule, range),
            Some(Line::Open { kind, title }) if self.stack.len() == 1 => {
                self.top().settle();
                self.stack.push(Frame::new(Open::Directive(*kind, title.clone()), range));
            }
            Some(Line::Close)
                if self.stack.len() == 2 && matches!(self.stack[1].open, Open::Directive(..)) =>
            {
                self.end()
            }
            // The scan has reported what is wrong with the order of these lines.
            Some(_) => {}
        }
    }

    fn warn_of_html(&mut self, html: &str, range: Range<usize>) {
        // Editors leave comments; they are shown like all HTML, so they should know.
        let what = if html.trim_start().starts_with("<!--") { "a comment of HTML" } else { "HTML" };
        let help = Some("use Markdown; to show the sign `<` itself write `\\<`".to_owned());
        let message = format!("{what} is not run but shown as text");
        self.report.warn(range, "body", message, help);
    }

    fn finish(mut self) -> Body {
        self.flush();
        while self.stack.len() > 1 {
            self.end();
        }
        self.lines.report_unread(self.report);
        let mut root = self.stack.pop().expect("the root frame is there to the end");
        root.settle();
        self.body.nodes = root.nodes;
        let mut labels: Vec<_> = self.labels.into_iter().collect();
        labels.sort_by_key(|(_, (number, _))| *number);
        for (label, (_, range)) in labels {
            let nodes = self.definitions.remove(&label);
            if nodes.is_none() {
                let help = Some(format!("add a line `[^{label}]: …`"));
                self.report.error(range, "body", format!("the footnote `{label}` has no text"), help);
            }
            self.body.footnotes.push(nodes.unwrap_or_default());
        }
        self.body
    }
}

fn rank(level: HeadingLevel) -> u8 {
    level as u8
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::None => Alignment::None,
        Align::Left => Alignment::Left,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::Right,
    }
}
