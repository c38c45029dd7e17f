//! From a tree of Markdown to the parts of an article: lead, sections, blocks, disclaimer.

use std::{collections::HashSet, ops::Range};

use crate::{
    Anchor, Block, BlockKind, Part, Section,
    anchors::Anchors,
    grade::prose::{self, Citations, Passage},
    markdown::tree::{Inline, Kind, Node, plain},
    recognise::{Around, Found, Piece, pieces},
    render,
    source::Report,
    text::hash_of_words,
};

/// The parts of an article.
pub(crate) struct Outline {
    pub lead: Vec<Part>,
    pub sections: Vec<Section>,
    pub disclaimer: Option<String>,
    pub anchors: HashSet<String>,
    /// Where each section's heading stands.
    pub headings: Vec<Range<usize>>,
    /// The running text of each section.
    pub prose: Vec<Vec<Passage>>,
    /// The running text that belongs to no section: what stands before the first heading, and the disclaimer.
    pub besides: Vec<Passage>,
    pub citations: Citations,
}

/// A section before its blocks are found.
struct Raw {
    level: u8,
    title: String,
    text: Vec<Inline>,
    range: Range<usize>,
    nodes: Vec<Node>,
}

/// Cuts the body into sections and finds the blocks in each.
pub(crate) fn outline(mut nodes: Vec<Node>, title: Option<&str>, report: &mut Report<'_>) -> Outline {
    let disclaimer = take_disclaimer(&mut nodes);
    let (lead, raws) = cut(nodes, title, report);

    let (mut prose, mut headings, mut besides) = (Vec::new(), Vec::new(), Vec::new());
    let mut citations = Citations::default();
    prose::gather(&lead, &mut besides);
    prose::count_citations(&lead, &mut citations);
    if let Some((text, start)) = &disclaimer {
        besides.push(Passage::of(text, *start));
    }
    let mut given = Anchors::default();
    // All headings first: no block may take the name of a heading further down.
    let anchors: Vec<Anchor> = raws.iter().map(|raw| given.heading(&raw.title)).collect();

    let lead = parts(pieces(lead, &Around { heading: None, above: &[] }), None, &mut given, report);
    let mut above: Vec<(u8, String)> = Vec::new();
    let mut sections = Vec::with_capacity(raws.len());
    for (raw, anchor) in raws.into_iter().zip(anchors) {
        above.retain(|(level, _)| *level < raw.level);
        let titles: Vec<String> = above.iter().map(|(_, title)| title.clone()).collect();
        let mut own = Vec::new();
        prose::gather(&raw.nodes, &mut own);
        prose::count_citations(&raw.nodes, &mut citations);
        prose.push(own);
        headings.push(raw.range.clone());
        let hash = hash_of_words(&all_words(&raw));
        let found = pieces(raw.nodes, &Around { heading: Some(&raw.title), above: &titles });
        let parts = parts(found, Some((&anchor, &raw.title)), &mut given, report);
        above.push((raw.level, raw.title.clone()));
        let title_html = render::inlines(&raw.text);
        let Raw { level, title, .. } = raw;
        sections.push(Section { anchor, level, title, title_html, parts, hash, grade: None });
    }
    let disclaimer = disclaimer.map(|(text, _)| render::inlines(&text));
    let mut anchors: HashSet<String> = sections.iter().map(|section| section.anchor.to_string()).collect();
    for part in lead.iter().chain(sections.iter().flat_map(|section| &section.parts)) {
        if let Part::Block(block) = part {
            anchors.insert(block.anchor.to_string());
        }
    }
    debug_assert!(anchors.iter().all(|anchor| given.is_taken(anchor)));
    Outline { lead, sections, disclaimer, anchors, headings, prose, besides, citations }
}

/// A last paragraph wholly in italics with the place where it starts, and the rules before it.
fn take_disclaimer(nodes: &mut Vec<Node>) -> Option<(Vec<Inline>, usize)> {
    while matches!(nodes.last(), Some(Node { kind: Kind::Rule, .. })) {
        nodes.pop();
    }
    if nodes.len() < 2 {
        return None;
    }
    let Some(Node { kind: Kind::Paragraph(text), range }) = nodes.last() else { return None };
    let [Inline::Emphasis(words)] = text.as_slice() else { return None };
    let (words, start) = (words.clone(), range.start);
    nodes.pop();
    while matches!(nodes.last(), Some(Node { kind: Kind::Rule, .. })) {
        nodes.pop();
    }
    Some((words, start))
}

/// Cuts at headings and makes their levels right: from 2, without gaps on the way down.
fn cut(nodes: Vec<Node>, title: Option<&str>, report: &mut Report<'_>) -> (Vec<Node>, Vec<Raw>) {
    let mut lead: Vec<Node> = Vec::new();
    let mut sections: Vec<Raw> = Vec::new();
    // Levels as written with levels as shown, of the headings that are open.
    let mut open: Vec<(u8, u8)> = Vec::new();
    for node in nodes {
        let into = sections.last_mut().map_or(&mut lead, |section| &mut section.nodes);
        let Kind::Heading { level, text } = node.kind else {
            into.push(node);
            continue;
        };
        // A rule between two sections says nothing that the heading does not.
        while matches!(into.last(), Some(Node { kind: Kind::Rule, .. })) {
            into.pop();
        }
        let name = plain(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            report.warn(node.range, "body", "the heading is empty and is left out", None);
            continue;
        }
        if level == 1 && sections.is_empty() && title.is_some_and(|title| same_words(title, &name)) {
            continue;
        }
        open.retain(|(written, _)| *written < level);
        let shown = open.last().map_or(2, |(_, shown)| shown + 1).min(6);
        warn_of_level(level, shown, open.is_empty(), node.range.clone(), report);
        open.push((level, shown));
        sections.push(Raw { level: shown, title: name, text, range: node.range, nodes: Vec::new() });
    }
    (lead, sections)
}

fn warn_of_level(written: u8, shown: u8, top: bool, range: Range<usize>, report: &mut Report<'_>) {
    if written == 1 {
        let help = Some("write `##`".to_owned());
        report.warn(
            range,
            "body",
            "only the title is a heading of level 1, so this one is shown at level 2",
            help,
        );
    } else if written > shown && top {
        let help = Some(format!("write `{}`", "#".repeat(usize::from(shown))));
        report.warn(range, "body", format!("a section starts at level 2, not {written}"), help);
    } else if written > shown {
        let help = Some(format!("write `{}`", "#".repeat(usize::from(shown))));
        report.warn(
            range,
            "body",
            format!("the heading jumps to level {written}, so it is shown at level {shown}"),
            help,
        );
    }
}

fn same_words(one: &str, other: &str) -> bool {
    crate::text::address_form(one) == crate::text::address_form(other)
}

/// Renders the pieces and names the blocks.
fn parts(
    pieces: Vec<Piece>,
    section: Option<(&Anchor, &str)>,
    given: &mut Anchors,
    report: &mut Report<'_>,
) -> Vec<Part> {
    let anchor = section.map(|(anchor, _)| anchor);
    let mut parts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Prose(nodes) => parts.push(Part::Prose(render::nodes(&nodes))),
            Piece::Block(Found { kind, label, body, range }) => {
                if is_empty(&body) {
                    report.warn(range, "body", "the block is empty and is left out", None);
                    continue;
                }
                let name = match (&label, section) {
                    (Some(label), _) => label.clone(),
                    (None, Some((anchor, _))) => name_under_heading(anchor, kind).to_owned(),
                    (None, None) => kind.label().to_owned(),
                };
                let anchor = given.block(anchor, &name);
                let label_is_heading = label.is_none() && section.is_some();
                let label = label.or_else(|| section.map(|(_, title)| title.to_owned()));
                let label = label.unwrap_or_else(|| kind.label().to_owned());
                parts.push(Part::Block(Block { anchor, kind, label, label_is_heading, body }));
            }
        }
    }
    parts
}

/// What tells a block's anchor from that of the heading that is its label.
fn name_under_heading(heading: &Anchor, kind: BlockKind) -> &'static str {
    if heading.as_str().contains(kind.key()) { "list" } else { kind.key() }
}

fn is_empty(body: &crate::BlockBody) -> bool {
    match body {
        crate::BlockBody::Items(items) => items.is_empty(),
        crate::BlockBody::Named(items) => items.is_empty(),
        crate::BlockBody::Fields(fields) => fields.is_empty(),
        crate::BlockBody::Html(html) => html.is_empty(),
    }
}

/// All words of a section, for its hash.
fn all_words(raw: &Raw) -> String {
    fn add(nodes: &[Node], out: &mut String) {
        for node in nodes {
            match &node.kind {
                Kind::Paragraph(text) | Kind::Heading { text, .. } => out.push_str(&plain(text)),
                Kind::List { items, .. } => items.iter().for_each(|item| add(item, out)),
                Kind::Quote(inner) => add(inner, out),
                Kind::Directive(directive) => {
                    out.push_str(&directive.title);
                    out.push(' ');
                    add(&directive.nodes, out);
                }
                Kind::Table(table) => {
                    for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                        out.push_str(&plain(cell));
                        out.push(' ');
                    }
                }
                Kind::Code(text) | Kind::Raw(text) => out.push_str(text),
                Kind::Rule => {}
            }
            out.push(' ');
        }
    }
    let mut out = raw.title.clone();
    out.push(' ');
    add(&raw.nodes, &mut out);
    out
}
