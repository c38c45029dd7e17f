//! Front matter: the lines between the two `---` at the head of a file, and what may stand there.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;

use crate::{
    CodeSystem, Meta, Phase, Picture, Slug,
    source::{File, Report, did_you_mean},
    text::typographic,
    vocabulary::Vocabulary,
    yaml::{self, Fields, Node, Value},
};

/// Every field that front matter may have, in the order in which it is usually written.
const FIELDS: [&str; 21] = [
    "title",
    "slug",
    "excerpt",
    "category",
    "author",
    "publishedAt",
    "featuredImage",
    "tags",
    "phase",
    "updatedAt",
    "reviewedBy",
    "reviewedAt",
    "reviewDue",
    "references",
    "aliases",
    "anchors",
    "related",
    "draft",
    "lang",
    "translationOf",
    "codes",
];

/// Front matter longer than this is a mistake, such as a lost closing line.
const LONGEST: usize = 64 * 1024;

/// Where a file's two parts are, in bytes.
pub(crate) struct Split {
    /// What is between the two lines of hyphens.
    pub yaml: Option<Range<usize>>,
    /// The opening line: where something missing is reported.
    pub opening: Range<usize>,
    /// The Markdown.
    pub body: Range<usize>,
}

/// What was read of the front matter, with the places that only the whole library can check.
#[derive(Default)]
pub(crate) struct Front {
    /// Everything, if nothing that it needs was wrong.
    pub meta: Option<Meta>,
    pub slug: Option<(Slug, Range<usize>)>,
    pub title: Option<String>,
    pub published_at: Option<(Date, Range<usize>)>,
    pub aliases: Vec<(Slug, Range<usize>)>,
    pub related: Vec<(Slug, Range<usize>)>,
    pub translation_of: Option<(Slug, Range<usize>)>,
    pub anchors: Vec<(String, String, Range<usize>)>,
}

/// Finds the front matter. Without any, or with one that never ends, that is reported.
pub(crate) fn split(file: &File<'_>, report: &mut Report<'_>) -> Split {
    let is_fence = |line: usize| matches!(file.text[file.line(line)].trim_end(), "---" | "...");
    let opening = file.line(0);
    let everything = opening.start..file.text.len();
    if file.text[opening.clone()].trim_end() != "---" {
        let help = "start the file with a line `---`, then `title: …` and the other fields, then `---`";
        report.error(opening.clone(), "front matter", "the file has no front matter", Some(help.to_owned()));
        return Split { yaml: None, opening, body: everything };
    }
    let start = file.line(1).start.max(opening.end);
    let mut line = 1;
    while line < file.lines() {
        let at = file.line(line);
        if at.start - start > LONGEST {
            break;
        }
        if is_fence(line) {
            let body = if line + 1 < file.lines() { file.line(line + 1).start } else { file.text.len() };
            return Split { yaml: Some(start..at.start), opening, body: body..file.text.len() };
        }
        line += 1;
    }
    let help = "put a line `---` between the last field and the text".to_owned();
    report.error(opening.clone(), "front matter", "the front matter has no end", Some(help));
    Split { yaml: None, opening, body: file.text.len()..file.text.len() }
}

/// Reads the front matter and reports everything that is wrong with it.
pub(crate) fn read(split: &Split, words: &Vocabulary, report: &mut Report<'_>) -> Front {
    let mut front = Front::default();
    let Some(range) = split.yaml.clone() else { return front };
    let root = match yaml::parse(report.file, range) {
        Ok(root) => root,
        Err((at, message)) => {
            let help = "text with `:`, `#` or quotes in it goes between double quotes".to_owned();
            report.error(
                at,
                "front matter",
                format!("the front matter cannot be read: {message}"),
                Some(help),
            );
            return front;
        }
    };
    let Some(fields) = Fields::of(&root, split.opening.clone(), "front matter", &FIELDS, report) else {
        return front;
    };

    let title = fields.required("title", report).and_then(|node| node.text("title", report));
    let title = title.as_deref().map(typographic);
    front.title = title.clone();
    let slug = fields.required("slug", report).and_then(|node| located_slug(node, "slug", report));
    front.slug = slug.clone();
    let excerpt = fields.required("excerpt", report).and_then(|node| node.text("excerpt", report));
    let excerpt = excerpt.as_deref().map(typographic);
    let category = fields.required("category", report).and_then(|node| category(node, words, report));
    let author = fields.required("author", report).and_then(|node| node.text("author", report));
    let published =
        fields.required("publishedAt", report).and_then(|node| located_date(node, "publishedAt", report));
    front.published_at = published.clone();
    let tags = fields.required("tags", report).map(|node| tags(node, report));

    let mut day = |name: &str| fields.optional(name).and_then(|node| located_date(node, name, report));
    let (updated, reviewed, due) = (day("updatedAt"), day("reviewedAt"), day("reviewDue"));
    if let (Some((published, _)), Some((updated, at))) = (&published, &updated)
        && updated < published
    {
        report.warn(at.clone(), "updatedAt", "`updatedAt` is before `publishedAt`", None);
    }
    if let (Some((reviewed, _)), Some((due, at))) = (&reviewed, &due)
        && due <= reviewed
    {
        report.warn(at.clone(), "reviewDue", "`reviewDue` is not after `reviewedAt`", None);
    }

    front.aliases = slugs(fields.optional("aliases"), "aliases", report);
    front.related = slugs(fields.optional("related"), "related", report);
    front.translation_of =
        fields.optional("translationOf").and_then(|node| located_slug(node, "translationOf", report));
    front.anchors = anchors(fields.optional("anchors"), report);

    let phases = fields.optional("phase").map(|node| phases(node, "phase", report)).unwrap_or_default();
    let references =
        fields.optional("references").map(|node| references(node, words, report)).unwrap_or_default();
    let featured_image = fields.optional("featuredImage").and_then(|node| image(node, words, report));
    let reviewed_by = fields.optional("reviewedBy").and_then(|node| node.text("reviewedBy", report));
    let draft = fields.optional("draft").and_then(|node| node.bool("draft", report)).unwrap_or(false);
    let lang = fields.optional("lang").and_then(|node| lang(node, report)).unwrap_or_else(|| "en".to_owned());
    let codes = codes(fields.optional("codes"), report);

    front.meta = (|| {
        Some(Meta {
            title: title?,
            slug: slug?.0,
            excerpt: excerpt?,
            category: category?,
            author: author?,
            published_at: published?.0,
            featured_image,
            tags: tags?,
            phases,
            updated_at: updated.map(|it| it.0),
            reviewed_by,
            reviewed_at: reviewed.map(|it| it.0),
            review_due: due.map(|it| it.0),
            references,
            aliases: front.aliases.iter().map(|it| it.0.clone()).collect(),
            anchors: front.anchors.iter().map(|(old, new, _)| (old.clone(), new.clone())).collect(),
            related: front.related.iter().map(|it| it.0.clone()).collect(),
            draft,
            lang,
            translation_of: front.translation_of.clone().map(|it| it.0),
            codes,
        })
    })();
    front
}

fn located_slug(node: &Node, field: &str, report: &mut Report<'_>) -> Option<(Slug, Range<usize>)> {
    Some((node.slug(field, report)?, node.range.clone()))
}

fn located_date(node: &Node, field: &str, report: &mut Report<'_>) -> Option<(Date, Range<usize>)> {
    Some((node.date(field, report)?, node.range.clone()))
}

fn slugs(node: Option<&Node>, field: &str, report: &mut Report<'_>) -> Vec<(Slug, Range<usize>)> {
    let items = node.map(Node::list).unwrap_or_default();
    items.iter().filter_map(|item| located_slug(item, field, report)).collect()
}

fn category(node: &Node, words: &Vocabulary, report: &mut Report<'_>) -> Option<String> {
    let key = node.text("category", report)?;
    if words.has_category(&key) {
        return Some(key);
    }
    let help = did_you_mean(&key, words.categories(), || {
        let keys: Vec<&str> = words.categories().collect();
        Some(format!("the categories of this site are {}", keys.join(", ")))
    });
    report.error(node.range.clone(), "category", format!("unknown category `{key}`"), help);
    None
}

fn tags(node: &Node, report: &mut Report<'_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    if node.list().is_empty() {
        let help = Some("name at least one topic, such as `tags: [\"sleep\"]`".to_owned());
        report.error(node.range.clone(), "tags", "`tags` is empty", help);
    }
    for item in node.list() {
        if matches!(&item.value, Value::Text(text) if text.trim().is_empty()) {
            let help = Some("name a topic or take it away".to_owned());
            report.error(item.range.clone(), "tags", "a tag is empty", help);
            continue;
        }
        let Some(tag) = item.text("tags", report) else { continue };
        let address = crate::text::address_form(&tag);
        if address.is_empty() {
            report.error(item.range.clone(), "tags", format!("the tag `{tag}` has no letters"), None);
        } else if tags.iter().any(|other| crate::text::address_form(other) == address) {
            report.warn(item.range.clone(), "tags", format!("the tag `{tag}` stands here twice"), None);
        } else {
            tags.push(tag);
        }
    }
    tags
}

/// One phase or a list of them.
pub(crate) fn phases(node: &Node, field: &str, report: &mut Report<'_>) -> Vec<Phase> {
    let mut phases = Vec::new();
    for item in node.list() {
        let Some(key) = item.text(field, report) else { continue };
        match Phase::from_key(&key) {
            Some(phase) if phases.contains(&phase) => {}
            Some(phase) => phases.push(phase),
            None => {
                let help = did_you_mean(&key, Phase::ALL.map(Phase::key), || {
                    Some("a phase is one of before, day, first, weeks".to_owned())
                });
                report.error(item.range.clone(), field, format!("unknown phase `{key}`"), help);
            }
        }
    }
    phases.sort();
    phases
}

fn references(node: &Node, words: &Vocabulary, report: &mut Report<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    for item in node.list() {
        let Some(key) = item.text("references", report) else { continue };
        if words.knows_reference(&key) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        } else {
            let help =
                did_you_mean(&key, words.reference_keys(), || Some("add it to references.bib".to_owned()));
            report.error(item.range.clone(), "references", format!("unknown reference `{key}`"), help);
        }
    }
    keys
}

/// A real picture. A placeholder or a missing file means that a cover is drawn.
fn image(node: &Node, words: &Vocabulary, report: &mut Report<'_>) -> Option<Picture> {
    let path = node.text("featuredImage", report)?;
    let name = path.rsplit('/').next().unwrap_or(&path);
    if name.to_lowercase().contains("placeholder") {
        return None;
    }
    if path.contains("://") || path.starts_with("//") {
        let help = Some("put the file into the folder `images` and write `/images/name.jpg`".to_owned());
        report.warn(node.range.clone(), "featuredImage", "an image of another site is not loaded", help);
        return None;
    }
    let Some(picture) = words.picture(&path) else {
        let help = did_you_mean(&path, words.images(), || Some("a cover is drawn in its place".to_owned()));
        report.warn(node.range.clone(), "featuredImage", format!("there is no image `{path}`"), help);
        return None;
    };
    Some(picture)
}

fn lang(node: &Node, report: &mut Report<'_>) -> Option<String> {
    let tag = node.text("lang", report)?;
    let well_formed = tag.split('-').enumerate().all(|(at, part)| {
        let length = if at == 0 { 2..=3 } else { 2..=8 };
        length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if !well_formed {
        let help = Some("write a language such as `en` or `pt-BR`".to_owned());
        report.error(node.range.clone(), "lang", format!("`{tag}` is not a language tag"), help);
        return None;
    }
    Some(tag)
}

fn anchors(node: Option<&Node>, report: &mut Report<'_>) -> Vec<(String, String, Range<usize>)> {
    let Some(node) = node else { return Vec::new() };
    let Some(fields) = Fields::of(node, node.range.clone(), "`anchors`", &[], report) else {
        return Vec::new();
    };
    let mut anchors = Vec::new();
    for (old, new) in fields.all() {
        let range = new.range.clone();
        let Some(new) = new.text("anchors", report) else { continue };
        let new = new.trim_start_matches('#').to_owned();
        let old = old.trim_start_matches('#').to_owned();
        if old.is_empty() || old.chars().any(|c| c.is_whitespace() || crate::text::is_invisible(c)) {
            report.error(range, "anchors", format!("`{old}` cannot be an anchor"), None);
            continue;
        }
        anchors.push((old, new, range));
    }
    anchors
}

fn codes(node: Option<&Node>, report: &mut Report<'_>) -> BTreeMap<String, Vec<String>> {
    let Some(node) = node else { return BTreeMap::new() };
    let systems = CodeSystem::ALL.map(CodeSystem::key);
    let Some(fields) = Fields::of(node, node.range.clone(), "`codes`", &systems, report) else {
        return BTreeMap::new();
    };
    fields
        .all()
        .map(|(system, node)| {
            (system.to_owned(), node.list().iter().filter_map(|item| item.code("codes", report)).collect())
        })
        .collect()
}
