//! The running text of an article: its paragraphs and list items, each as words without markup.

use crate::markdown::tree::{Inline, Kind, Node};

/// Bold words at the head of a passage name it, as a heading does, if they are this many at most.
const LONGEST_NAME: usize = 6;

/// A paragraph or the paragraph of a list item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The words; breaks of the source's lines are `\n`. No citations, footnote marks and pictures.
    pub text: String,
    /// Bytes of the text that name it: "Sleep:" in bold.
    pub name: usize,
    /// Where it starts in the file.
    pub start: usize,
}

/// Citations in a text, and how many of them show the mark of their evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Citations {
    pub all: usize,
    pub marked: usize,
}

/// Paragraphs and list items. No headings, tables, code, HTML, titles of blocks.
pub(crate) fn gather(nodes: &[Node], out: &mut Vec<Passage>) {
    for node in nodes {
        match &node.kind {
            Kind::Paragraph(text) => out.push(Passage::of(text, node.range.start)),
            Kind::List { items, .. } => items.iter().for_each(|item| gather(item, out)),
            Kind::Quote(inner) => gather(inner, out),
            Kind::Directive(directive) => gather(&directive.nodes, out),
            Kind::Heading { .. } | Kind::Code(_) | Kind::Table(_) | Kind::Rule | Kind::Raw(_) => {}
        }
    }
}

/// Counts citations wherever they stand, tables included.
pub(crate) fn count_citations(nodes: &[Node], out: &mut Citations) {
    for node in nodes {
        match &node.kind {
            Kind::Paragraph(text) | Kind::Heading { text, .. } => cited(text, out),
            Kind::List { items, .. } => items.iter().for_each(|item| count_citations(item, out)),
            Kind::Quote(inner) => count_citations(inner, out),
            Kind::Directive(directive) => count_citations(&directive.nodes, out),
            Kind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| cited(cell, out));
            }
            Kind::Code(_) | Kind::Rule | Kind::Raw(_) => {}
        }
    }
}

fn cited(inlines: &[Inline], out: &mut Citations) {
    for inline in inlines {
        match inline {
            Inline::Cite(several) => {
                out.all += several.len();
                out.marked += several.iter().filter(|one| one.mark.is_some()).count();
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => cited(inner, out),
            Inline::Link { words, .. } => cited(words, out),
            _ => {}
        }
    }
}

impl Passage {
    pub(crate) fn of(inlines: &[Inline], start: usize) -> Self {
        let mut text = String::new();
        let mut name = 0;
        for (at, inline) in inlines.iter().enumerate() {
            let before = text.trim().len();
            words(std::slice::from_ref(inline), &mut text);
            if before == 0 && matches!(inline, Inline::Strong(_)) {
                // The mark may stand inside of the bold words or right behind them.
                let behind = matches!(inlines.get(at + 1), Some(Inline::Text(next)) if next.starts_with([':', '.', '?', '!']));
                let short = text.split_whitespace().count() <= LONGEST_NAME;
                if short && (behind || text.trim_end().ends_with([':', '.', '?', '!'])) {
                    name = text.len();
                }
            }
        }
        Self { text, name, start }
    }

    /// Words of running text.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
    }
}

fn words(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => crate::text::push_visible(out, text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => words(inner, out),
            Inline::Link { words: inner, .. } => words(inner, out),
            Inline::Break { .. } => out.push('\n'),
            Inline::Image { .. } | Inline::Footnote { .. } | Inline::Cite(_) | Inline::Task(_) => {}
        }
    }
}
