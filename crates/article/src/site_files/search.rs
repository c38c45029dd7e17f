//! What an editor tells the search.

use std::collections::BTreeMap;

use crate::{
    SearchWords,
    parse::Mention,
    source::Report,
    yaml::{Fields, Node},
};

/// `search.yaml`.
pub(super) fn words(root: &Node, report: &mut Report<'_>) -> Option<SearchWords> {
    let known = ["synonyms", "crisis", "notCrisis"];
    let fields = Fields::of(root, report.file.line(0), "search.yaml", &known, report)?;
    let mut synonyms = Vec::new();
    for node in fields.optional("synonyms").map(Node::list).unwrap_or_default() {
        let group = node.texts("synonyms", report);
        if group.len() < 2 {
            let help =
                Some("write at least two, as in `[\"CBT\", \"cognitive behavioral therapy\"]`".to_owned());
            report.error(node.range.clone(), "synonyms", "a group of one word has nothing to say", help);
        }
        synonyms.push(group);
    }
    let mut phrases =
        |name: &str| fields.optional(name).map(|node| node.texts(name, report)).unwrap_or_default();
    let (crisis, not_crisis) = (phrases("crisis"), phrases("notCrisis"));
    Some(SearchWords { synonyms, crisis, not_crisis, ..SearchWords::default() })
}

/// `asked.yaml`.
pub(super) fn asked(
    root: &Node,
    mentions: &mut Vec<(String, Mention)>,
    report: &mut Report<'_>,
) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let mut out = BTreeMap::new();
    let Some(articles) = Fields::of(root, report.file.line(0), "asked.yaml", &[], report) else { return out };
    for (slug, node) in articles.all() {
        let Some(sections) = Fields::of(node, node.range.clone(), slug, &[], report) else { continue };
        let mut by_anchor = BTreeMap::new();
        for (anchor, phrases) in sections.all() {
            let place = report.file.place(phrases.range.clone());
            let named = Some(anchor.to_owned()).filter(|anchor| !anchor.is_empty());
            let mention = Mention { field: "asked", slug: slug.to_owned(), anchor: named, place };
            mentions.push((report.file.path.to_owned(), mention));
            by_anchor.insert(anchor.to_owned(), phrases.texts(anchor, report));
        }
        out.insert(slug.to_owned(), by_anchor);
    }
    out
}
