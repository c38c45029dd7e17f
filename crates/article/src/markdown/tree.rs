//! A Markdown body as a tree: small enough to look at from every side, with no HTML in it yet.

use std::ops::Range;

use crate::Picture;

/// A block of Markdown and the bytes of the file from which it came.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub kind: Kind,
    pub range: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Paragraph(Vec<Inline>),
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    List {
        start: Option<u64>,
        items: Vec<Vec<Node>>,
    },
    Quote(Vec<Node>),
    Code(String),
    Table(Table),
    Rule,
    /// Raw HTML, which is shown as the text that it is.
    Raw(String),
    Directive(Directive),
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub alignments: Vec<Alignment>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alignment {
    None,
    Left,
    Center,
    Right,
}

/// `:::kind Title` up to `:::`.
#[derive(Clone, Debug)]
pub(crate) struct Directive {
    pub kind: crate::BlockKind,
    pub title: String,
    pub nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
pub(crate) enum Inline {
    Text(String),
    Code(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Strike(Vec<Inline>),
    /// A line break of the source; `hard` ones are seen.
    Break {
        hard: bool,
    },
    Link {
        to: Target,
        words: Vec<Inline>,
    },
    Image {
        picture: Picture,
        alt: String,
        title: String,
    },
    /// A footnote by its number, from 1, and whether it is named for the first time.
    Footnote {
        number: usize,
        first: bool,
    },
    Cite(Vec<Cited>),
    Task(bool),
}

/// Where a link leads, already checked.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// Another host, a mail or a call.
    Outside(String),
    /// This site.
    Inside(String),
    /// A term of the glossary, by its slug.
    Term(String),
}

/// A reference in the text, with the mark of its evidence where the editor asked for it.
#[derive(Clone, Debug)]
pub(crate) struct Cited {
    pub key: String,
    /// From 1, by first citation.
    pub number: usize,
    pub mark: Option<Mark>,
}

/// What an evidence mark says.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub words: String,
    pub animals: bool,
}

/// The words of inlines, without markup, citations and footnote marks.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    plain_into(inlines, &mut out);
    out
}

fn plain_into(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => crate::text::push_visible(out, text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => plain_into(inner, out),
            Inline::Link { words, .. } => plain_into(words, out),
            Inline::Break { .. } => out.push(' '),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Footnote { .. } | Inline::Cite(_) | Inline::Task(_) => {}
        }
    }
}
