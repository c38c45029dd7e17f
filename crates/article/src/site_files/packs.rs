//! Standing packs: one file a pack, its name the last part of the address.

use crate::{
    Pack, PackItem, Slug,
    parse::Mention,
    source::Report,
    yaml::{Fields, Node},
};

/// One pack.
pub(super) fn pack(
    root: &Node,
    mentions: &mut Vec<(String, Mention)>,
    report: &mut Report<'_>,
) -> Option<Pack> {
    let path = report.file.path.to_owned();
    let name = path.rsplit('/').next().unwrap_or(&path);
    let name = name.split('.').next().unwrap_or(name);
    let slug = Slug::new(name)
        .map_err(|wrong| {
            let help = Some("name the file as its address should end, such as `first-week.yaml`".to_owned());
            report.error(report.file.line(0), "packs", format!("the name of the file {wrong}"), help);
        })
        .ok();
    let known = ["title", "summary", "note", "items"];
    let fields = Fields::of(root, report.file.line(0), "a pack", &known, report)?;
    let title = fields.required("title", report).and_then(|node| node.text("title", report));
    let summary = fields.required("summary", report).and_then(|node| node.text("summary", report));
    let note = fields.optional("note").and_then(|node| node.text("note", report));
    let items = fields.required("items", report)?;
    let found: Vec<PackItem> =
        items.list().iter().filter_map(|node| item(node, &path, mentions, report)).collect();
    if items.list().is_empty() {
        let help = Some("name an article: `- article: grounding`".to_owned());
        report.error(items.range.clone(), "items", "the pack is empty", help);
    }
    Some(Pack { slug: slug?, title: title?, summary: summary?, note, items: found })
}

fn item(
    node: &Node,
    path: &str,
    mentions: &mut Vec<(String, Mention)>,
    report: &mut Report<'_>,
) -> Option<PackItem> {
    let fields = Fields::of(node, node.range.clone(), "an item", &["article", "sections"], report)?;
    let named = fields.required("article", report)?;
    let article = named.slug("article", report)?;
    let mut mention = |node: &Node, anchor: Option<String>, report: &Report<'_>| {
        let place = report.file.place(node.range.clone());
        mentions
            .push((path.to_owned(), Mention { field: "items", slug: article.to_string(), anchor, place }));
    };
    mention(named, None, report);
    let mut sections = Vec::new();
    for node in fields.optional("sections").map(Node::list).unwrap_or_default() {
        let Some(anchor) = node.text("sections", report) else { continue };
        mention(node, Some(anchor.clone()), report);
        sections.push(anchor);
    }
    Some(PackItem { article, sections })
}
