//! From trees and blocks to HTML.
//!
//! Everything a reader's browser gets of an article is made here, through [`Html`], whose only ways in are
//! names of tags written in this crate and text that is escaped. The classes are a contract with `style/`.

mod blocks;
pub(crate) mod handout;

pub(crate) use self::blocks::{full, page, passage, short, takeaways, text, text_of};
use html::Html;

use crate::{
    Picture,
    markdown::tree::{Alignment, Cited, Inline, Kind, Node, Table, Target},
};

/// How wide the column of text is as a reader finds it, in pixels (`--measure` in `style/tokens.css`).
const COLUMN: u32 = 620;

/// HTML of blocks of Markdown.
pub(crate) fn nodes(nodes: &[Node]) -> String {
    let mut html = Html::new();
    write_nodes(nodes, &mut html);
    html.finish()
}

/// HTML of running text.
pub(crate) fn inlines(inlines: &[Inline]) -> String {
    let mut html = Html::new();
    write_inlines(inlines, &mut html);
    html.finish().trim().to_owned()
}

/// HTML of a list item that stands in a block: running text where it is nothing more.
pub(crate) fn item(nodes: &[Node]) -> String {
    let mut html = Html::new();
    write_item(nodes, &mut html);
    html.finish().trim().to_owned()
}

/// The footnotes at the end of the text.
pub(crate) fn footnotes(notes: &[Vec<Node>]) -> Option<String> {
    if notes.is_empty() {
        return None;
    }
    let mut html = Html::new();
    html.open("section", &[("class", "footnotes"), ("aria-label", "Footnotes")]).open("ol", &[]);
    for (at, note) in notes.iter().enumerate() {
        let letter = letter(at + 1);
        html.open("li", &[("id", &format!("fn-{letter}"))]);
        write_item(note, &mut html);
        let back = format!("#fnref-{letter}");
        html.text(" ").element("a", &[("href", &back), ("aria-label", "Back to the text")], "↩").close("li");
    }
    html.close("ol").close("section");
    Some(html.finish())
}

fn write_nodes(nodes: &[Node], html: &mut Html) {
    for node in nodes {
        match &node.kind {
            Kind::Paragraph(text) => {
                html.open("p", &[]);
                write_paragraph(text, html);
                html.close("p");
            }
            // A heading inside a quotation or a block takes no part in the outline.
            Kind::Heading { text, .. } => {
                html.open("p", &[]).open("strong", &[]);
                write_inlines(text, html);
                html.close("strong").close("p");
            }
            Kind::List { start, items } => write_list(*start, items, html),
            Kind::Quote(inner) => {
                html.open("blockquote", &[]);
                write_nodes(inner, html);
                html.close("blockquote");
            }
            Kind::Code(text) => {
                html.open("pre", &[("tabindex", "0")]).element("code", &[], text).close("pre");
            }
            Kind::Table(table) => write_table(table, html),
            Kind::Rule => {
                html.open("hr", &[]);
            }
            Kind::Raw(text) => {
                html.open("pre", &[("class", "raw"), ("tabindex", "0")]).text(text.trim_end()).close("pre");
            }
            // Directives become blocks before this; one inside another block is just its content.
            Kind::Directive(directive) => write_nodes(&directive.nodes, html),
        }
    }
}

fn write_list(start: Option<u64>, items: &[Vec<Node>], html: &mut Html) {
    let tag = if start.is_some() { "ol" } else { "ul" };
    match start {
        Some(first) if first != 1 => html.open(tag, &[("start", &first.to_string())]),
        _ => html.open(tag, &[]),
    };
    for item in items {
        html.open("li", &[]);
        write_item(item, html);
        html.close("li");
    }
    html.close(tag);
}

/// An item with one paragraph needs no tag for it.
fn write_item(item: &[Node], html: &mut Html) {
    let paragraphs = item.iter().filter(|node| matches!(node.kind, Kind::Paragraph(_))).count();
    match item {
        [Node { kind: Kind::Paragraph(text), .. }, rest @ ..] if paragraphs == 1 => {
            write_inlines(text, html);
            write_nodes(rest, html);
        }
        all => write_nodes(all, html),
    }
}

fn write_table(table: &Table, html: &mut Html) {
    html.open("div", &[("class", "table"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Table")]);
    html.open("table", &[]).open("thead", &[]);
    let row = |html: &mut Html, tag: &'static str, cells: &[Vec<Inline>]| {
        html.open("tr", &[]);
        for (at, cell) in cells.iter().enumerate() {
            let class = match table.alignments.get(at) {
                Some(Alignment::Center) => Some("center"),
                Some(Alignment::Right) => Some("right"),
                Some(Alignment::Left | Alignment::None) | None => None,
            };
            match (class, tag) {
                (Some(class), "th") => html.open(tag, &[("scope", "col"), ("class", class)]),
                (None, "th") => html.open(tag, &[("scope", "col")]),
                (Some(class), _) => html.open(tag, &[("class", class)]),
                (None, _) => html.open(tag, &[]),
            };
            write_inlines(cell, html);
            html.close(tag);
        }
        html.close("tr");
    };
    row(html, "th", &table.head);
    html.close("thead").open("tbody", &[]);
    for cells in &table.rows {
        row(html, "td", cells);
    }
    html.close("tbody").close("table").close("div");
}

/// A paragraph whose every line starts with bold words was written as lines, so it is shown as lines.
fn write_paragraph(text: &[Inline], html: &mut Html) {
    let lines: Vec<&[Inline]> = text.split(|inline| matches!(inline, Inline::Break { .. })).collect();
    if lines.len() > 1 && lines.iter().all(|line| matches!(line.first(), Some(Inline::Strong(_)))) {
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                html.open("br", &[]);
            }
            write_inlines(line, html);
        }
    } else {
        write_inlines(text, html);
    }
}

fn write_inlines(inlines: &[Inline], html: &mut Html) {
    // Bytes of the coming text that are written already.
    let mut ahead = 0;
    for (at, inline) in inlines.iter().enumerate() {
        match inline {
            Inline::Text(text) => {
                html.text(&text[ahead..]);
                ahead = 0;
            }
            Inline::Code(text) => {
                html.element("code", &[], text);
            }
            Inline::Strong(inner) => wrap("strong", inner, html),
            Inline::Emphasis(inner) => wrap("em", inner, html),
            Inline::Strike(inner) => wrap("s", inner, html),
            Inline::Break { hard: false } => {
                html.text("\n");
            }
            Inline::Break { hard: true } => {
                html.open("br", &[]);
            }
            Inline::Link { to, words } => write_link(to, words, html),
            Inline::Image { picture, alt, title } => write_image(picture, alt, title, html),
            Inline::Footnote { number, first } => {
                let letter = letter(*number);
                let (id, to) = (format!("fnref-{letter}"), format!("#fn-{letter}"));
                let label = format!("Footnote {letter}");
                let mut attributes = vec![("href", to.as_str()), ("aria-label", label.as_str())];
                if *first {
                    attributes.push(("id", &id));
                }
                html.open("sup", &[("class", "note")]).element("a", &attributes, &letter).close("sup");
            }
            Inline::Cite(cited) => {
                // The number stands after the full stop, as in a book; before it, the stop could start a line.
                if let Some(Inline::Text(next)) = inlines.get(at + 1) {
                    ahead = stop(next);
                    html.text(&next[..ahead]);
                }
                write_cite(cited, html);
            }
            Inline::Task(done) => {
                let mut attributes = vec![("type", "checkbox"), ("disabled", "")];
                if *done {
                    attributes.push(("checked", ""));
                }
                html.open("input", &attributes).text(" ");
            }
        }
    }
}

/// Bytes of the punctuation with which a text goes on after a word.
fn stop(text: &str) -> usize {
    let rest = text.trim_start_matches(['.', ',', ';', ':', '!', '?', '…', ')', '”', '’']);
    text.len() - rest.len()
}

fn wrap(tag: &'static str, inner: &[Inline], html: &mut Html) {
    html.open(tag, &[]);
    write_inlines(inner, html);
    html.close(tag);
}

fn write_link(to: &Target, words: &[Inline], html: &mut Html) {
    match to {
        Target::Inside(to) => html.open("a", &[("href", to)]),
        Target::Outside(to) => html.open("a", &[("href", to), ("rel", "noopener noreferrer external")]),
        Target::Term(slug) => {
            html.open("a", &[("class", "term"), ("href", &format!("/glossary#{slug}")), ("data-term", slug)])
        }
    };
    write_inlines(words, html);
    html.close("a");
}

fn write_image(picture: &Picture, alt: &str, title: &str, html: &mut Html) {
    let sides = picture.size.map(|(width, height)| (width.to_string(), height.to_string()));
    let choices = picture.srcset().zip(picture.size).map(|(srcset, (width, _))| (srcset, sizes(width)));
    let mut attributes = vec![("src", picture.path.as_str()), ("alt", alt)];
    if let Some((width, height)) = &sides {
        attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
    }
    if let Some((srcset, sizes)) = &choices {
        attributes.extend([("srcset", srcset.as_str()), ("sizes", sizes.as_str())]);
    }
    if !title.is_empty() {
        attributes.push(("title", title));
    }
    attributes.extend([("loading", "lazy"), ("decoding", "async")]);
    html.open("img", &attributes);
}

/// How wide a picture of this width is shown: as wide as itself, and no wider than the window or the column.
fn sizes(width: u32) -> String {
    let own = width.min(COLUMN);
    format!("(min-width: {own}px) {own}px, 100vw")
}

fn write_cite(cited: &[Cited], html: &mut Html) {
    html.open("sup", &[("class", "cite")]);
    for (at, one) in cited.iter().enumerate() {
        if at > 0 {
            html.text(", ");
        }
        let number = one.number.to_string();
        let (to, label) = (format!("#ref-{}", one.key), format!("Reference {number}"));
        html.element("a", &[("href", &to), ("aria-label", &label)], &number);
    }
    html.close("sup");
    for mark in cited.iter().filter_map(|one| one.mark.as_ref()) {
        let class = if mark.animals { "evidence animals" } else { "evidence" };
        html.text(" ").element("small", &[("class", class)], &mark.words);
    }
}

/// The mark of a footnote: a, b, … z, aa. Numbers are the references'.
fn letter(number: usize) -> String {
    let mut rest = number;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited_between(before: &str, after: &str) -> String {
        let cite = Inline::Cite(vec![Cited { key: "a2020".to_owned(), number: 1, mark: None }]);
        inlines(&[Inline::Text(before.to_owned()), cite, Inline::Text(after.to_owned())])
    }

    #[test]
    fn the_number_of_a_reference_stands_after_the_full_stop() {
        let html = cited_between("It rose", ". Then it fell.");
        assert!(html.starts_with("It rose.<sup"), "{html}");
        assert!(html.ends_with("</sup> Then it fell."), "{html}");
    }

    #[test]
    fn the_number_of_a_reference_stays_at_its_word_within_a_sentence() {
        let html = cited_between("It rose", " and fell.");
        assert!(html.starts_with("It rose<sup"), "{html}");
        assert!(html.ends_with("</sup> and fell."), "{html}");
    }
}
