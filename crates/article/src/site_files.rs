//! The files that make a [`Site`]: the folder's own, or the ones that come with the program.

mod packs;
mod search;

use crate::{
    Category, CrisisCountry, CrisisLine, Diagnostic, ReadingPath, Site, SitePage, Slug, Sources, Term,
    bibliography, front, markdown, outline,
    parse::Mention,
    render,
    source::{File, Report},
    vocabulary::Vocabulary,
    yaml::{self, Fields, Node},
};

/// The files that come with the program, by their paths.
const DEFAULTS: [(&str, &str); 9] = [
    ("site.yaml", include_str!("../../../content/site.yaml")),
    ("glossary.yaml", include_str!("../../../content/glossary.yaml")),
    ("paths.yaml", include_str!("../../../content/paths.yaml")),
    ("crisis.yaml", include_str!("../../../content/crisis.yaml")),
    ("references.bib", include_str!("../../../content/references.bib")),
    ("search.yaml", include_str!("../../../content/search.yaml")),
    ("pages/about.md", include_str!("../../../content/pages/about.md")),
    ("pages/privacy.md", include_str!("../../../content/pages/privacy.md")),
    ("pages/accessibility.md", include_str!("../../../content/pages/accessibility.md")),
];

/// A site, read, with what it says of articles.
#[derive(Clone, Debug)]
pub(crate) struct SiteFiles {
    pub site: Site,
    pub diagnostics: Vec<Diagnostic>,
    /// Articles that the site's files name, with the path of the file.
    pub mentions: Vec<(String, Mention)>,
    /// Whether the reading paths are the folder's own, so that an unknown article in them is a mistake.
    pub own_paths: bool,
}

/// Reads the site of a content folder.
pub(crate) fn read(sources: &Sources) -> SiteFiles {
    let mut out =
        SiteFiles { site: empty(), diagnostics: Vec::new(), mentions: Vec::new(), own_paths: false };
    let text = |path: &'static str| {
        let own = sources.site.iter().find(|(own, _)| own == path);
        let default = DEFAULTS.iter().find(|(default, _)| *default == path).map(|(_, text)| *text);
        (own.map(|(_, text)| text.as_str()).or(default).unwrap_or_default(), own.is_some())
    };
    yaml_file("site.yaml", text("site.yaml").0, &mut out.diagnostics, |root, report| {
        site(root, &mut out.site, report);
    });
    yaml_file("glossary.yaml", text("glossary.yaml").0, &mut out.diagnostics, |root, report| {
        out.site.glossary = unique(root, "glossary", term, |term| &term.slug, report);
        out.site.glossary.sort_by_key(|term| term.term.to_lowercase());
    });
    yaml_file("crisis.yaml", text("crisis.yaml").0, &mut out.diagnostics, |root, report| {
        out.site.crisis = root.list().iter().filter_map(|node| crisis_country(node, report)).collect();
    });
    yaml_file("search.yaml", text("search.yaml").0, &mut out.diagnostics, |root, report| {
        out.site.search = search::words(root, report).unwrap_or_default();
    });
    let mut mentions = Vec::new();
    if let Some((path, text)) = sources.site.iter().find(|(path, _)| path == "asked.yaml") {
        yaml_file(path, text, &mut out.diagnostics, |root, report| {
            out.site.search.asked = search::asked(root, &mut mentions, report);
        });
    }
    let (paths, own) = text("paths.yaml");
    out.own_paths = own;
    yaml_file("paths.yaml", paths, &mut out.diagnostics, |root, report| {
        let read = |node: &Node, report: &mut Report<'_>| reading_path(node, &mut mentions, report);
        out.site.paths = unique(root, "paths", read, |path| &path.slug, report);
    });
    let packs = sources.site.iter().filter(|(path, _)| path.starts_with("packs/"));
    for (path, text) in packs {
        yaml_file(path, text, &mut out.diagnostics, |root, report| {
            out.site.packs.extend(packs::pack(root, &mut mentions, report));
        });
    }
    out.site.packs.sort_by(|one, other| one.slug.cmp(&other.slug));
    out.mentions = mentions;
    let file = File::new("references.bib", text("references.bib").0);
    let mut report = Report::new(&file);
    out.site.references = bibliography::read(&mut report);
    out.diagnostics.extend(report.finish());

    // Pages may explain terms, so they come last.
    let words = Vocabulary::new(&out.site, &sources.images);
    let own = sources.site.iter().filter(|(path, _)| path.starts_with("pages/") && path.ends_with(".md"));
    let own: Vec<(&str, &str)> = own.map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let defaults = DEFAULTS.iter().filter(|(path, _)| path.starts_with("pages/"));
    let defaults = defaults.filter(|(path, _)| own.iter().all(|(other, _)| other != path));
    let mut pages: Vec<(&str, &str)> = own.iter().chain(defaults).copied().collect();
    pages.sort_unstable();
    for (path, text) in pages {
        out.site.pages.extend(page(path, text, &words, &mut out.diagnostics, &mut out.mentions));
    }
    out
}

fn empty() -> Site {
    Site {
        name: "Library".to_owned(),
        tagline: String::new(),
        description: String::new(),
        publisher: String::new(),
        language: "en".to_owned(),
        licence: None,
        licence_url: None,
        categories: Vec::new(),
        crisis_country: None,
        crisis: Vec::new(),
        paths: Vec::new(),
        glossary: Vec::new(),
        references: Vec::new(),
        pages: Vec::new(),
        search: crate::SearchWords::default(),
        packs: Vec::new(),
    }
}

fn yaml_file(path: &str, text: &str, out: &mut Vec<Diagnostic>, read: impl FnOnce(&Node, &mut Report<'_>)) {
    let file = File::new(path, text);
    let mut report = Report::new(&file);
    match yaml::parse(&file, file.start()..text.len()) {
        Ok(root) => read(&root, &mut report),
        Err((at, message)) => report.error(at, "file", format!("the file cannot be read: {message}"), None),
    }
    out.extend(report.finish());
}

const SITE: [&str; 9] = [
    "name",
    "tagline",
    "description",
    "publisher",
    "language",
    "licence",
    "licenceUrl",
    "crisisCountry",
    "categories",
];

fn site(root: &Node, site: &mut Site, report: &mut Report<'_>) {
    let Some(fields) = Fields::of(root, report.file.line(0), "site.yaml", &SITE, report) else { return };
    let mut required = |name: &str| fields.required(name, report).and_then(|node| node.text(name, report));
    let (name, publisher) = (required("name"), required("publisher"));
    let (tagline, description) = (required("tagline"), required("description"));
    site.name = name.unwrap_or_default();
    site.publisher = publisher.unwrap_or_default();
    site.tagline = tagline.unwrap_or_default();
    site.description = description.unwrap_or_default();
    let mut optional = |name: &str| fields.optional(name).and_then(|node| node.text(name, report));
    site.language = optional("language").unwrap_or_else(|| "en".to_owned());
    site.licence = optional("licence");
    site.licence_url = optional("licenceUrl");
    site.crisis_country = optional("crisisCountry").map(|code| code.to_uppercase());
    if let Some(node) = fields.required("categories", report) {
        for node in node.list() {
            let Some(category) = category(node, report) else { continue };
            if site.categories.iter().any(|other| other.key == category.key) {
                report.error(
                    node.range.clone(),
                    "categories",
                    format!("`{}` stands here twice", category.key),
                    None,
                );
            } else {
                site.categories.push(category);
            }
        }
    }
    site.categories.sort_by_key(|category| category.order);
}

fn category(node: &Node, report: &mut Report<'_>) -> Option<Category> {
    let known = ["key", "label", "description", "order"];
    let fields = Fields::of(node, node.range.clone(), "a category", &known, report)?;
    let key = fields.required("key", report).and_then(|node| node.text("key", report));
    let label = fields.required("label", report).and_then(|node| node.text("label", report));
    let description =
        fields.required("description", report).and_then(|node| node.text("description", report));
    let order = fields.optional("order").and_then(|node| node.number("order", report)).unwrap_or_default();
    Some(Category { key: key?, label: label?, description: description?, order })
}

fn term(node: &Node, report: &mut Report<'_>) -> Option<Term> {
    let fields = Fields::of(node, node.range.clone(), "a term", &["term", "slug", "plain", "also"], report)?;
    let term = fields.required("term", report).and_then(|node| node.text("term", report));
    let slug = fields.required("slug", report).and_then(|node| node.slug("slug", report));
    let plain = fields.required("plain", report).and_then(|node| node.text("plain", report));
    let also = fields.optional("also").map(|node| node.texts("also", report)).unwrap_or_default();
    Some(Term { term: term?, slug: slug?, plain: plain?, also })
}

fn reading_path(
    node: &Node,
    mentions: &mut Vec<(String, Mention)>,
    report: &mut Report<'_>,
) -> Option<ReadingPath> {
    let known = ["slug", "title", "summary", "phase", "articles"];
    let fields = Fields::of(node, node.range.clone(), "a reading path", &known, report)?;
    let slug = fields.required("slug", report).and_then(|node| node.slug("slug", report));
    let title = fields.required("title", report).and_then(|node| node.text("title", report));
    let summary = fields.required("summary", report).and_then(|node| node.text("summary", report));
    let phases =
        fields.optional("phase").map(|node| front::phases(node, "phase", report)).unwrap_or_default();
    let mut articles = Vec::new();
    for node in fields.required("articles", report)?.list() {
        let Some(slug) = node.slug("articles", report) else { continue };
        let place = report.file.place(node.range.clone());
        let mention = Mention { field: "articles", slug: slug.to_string(), anchor: None, place };
        mentions.push((report.file.path.to_owned(), mention));
        articles.push(slug);
    }
    let phase = phases.first().copied();
    Some(ReadingPath { slug: slug?, title: title?, summary: summary?, phase, phases, articles })
}

fn crisis_country(node: &Node, report: &mut Report<'_>) -> Option<CrisisCountry> {
    let known = ["country", "code", "lines", "source", "checked"];
    let fields = Fields::of(node, node.range.clone(), "a country", &known, report)?;
    let country = fields.required("country", report).and_then(|node| node.text("country", report));
    let code = fields.required("code", report).and_then(|node| node.text("code", report));
    let source = fields.required("source", report).and_then(|node| node.text("source", report));
    let checked = fields.required("checked", report).and_then(|node| node.date("checked", report));
    let lines = fields.required("lines", report)?.list();
    let lines = lines.iter().filter_map(|node| crisis_line(node, report)).collect();
    Some(CrisisCountry {
        country: country?,
        code: code?.to_uppercase(),
        lines,
        source: source?,
        checked: checked?,
    })
}

fn crisis_line(node: &Node, report: &mut Report<'_>) -> Option<CrisisLine> {
    let known = ["name", "phone", "text", "url", "hours", "for"];
    let fields = Fields::of(node, node.range.clone(), "a line", &known, report)?;
    let name = fields.required("name", report).and_then(|node| node.text("name", report));
    let mut optional = |name: &str| fields.optional(name).and_then(|node| node.text(name, report));
    let (phone, text, url) = (optional("phone"), optional("text"), optional("url"));
    let (hours, audience) = (optional("hours"), optional("for"));
    if phone.is_none() && text.is_none() && url.is_none() {
        let help = Some("add `phone`, `text` or `url`".to_owned());
        report.error(node.range.clone(), "lines", "nobody can be reached on this line", help);
    }
    Some(CrisisLine { name: name?, phone, text, url, hours, audience })
}

/// The items of a list whose slugs are all different.
fn unique<T>(
    root: &Node,
    what: &str,
    mut read: impl FnMut(&Node, &mut Report<'_>) -> Option<T>,
    slug: impl Fn(&T) -> &Slug,
    report: &mut Report<'_>,
) -> Vec<T> {
    let mut items: Vec<T> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for node in root.list() {
        let Some(item) = read(node, report) else { continue };
        if known.insert(slug(&item).clone()) {
            items.push(item);
        } else {
            report.error(
                node.range.clone(),
                what,
                format!("the slug `{}` stands here twice", slug(&item)),
                None,
            );
        }
    }
    items
}

fn page(
    path: &str,
    text: &str,
    words: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
    mentions: &mut Vec<(String, Mention)>,
) -> Option<SitePage> {
    let file = File::new(path, text);
    let mut report = Report::new(&file);
    let name = path.trim_start_matches("pages/").trim_end_matches(".md");
    let slug = Slug::new(name);
    if let Err(wrong) = &slug {
        let message = format!("the name of the file {wrong}, so it makes no address");
        report.error(file.line(0), "file", message, None);
    }
    let split = front::split(&file, &mut report);
    let (mut title, mut description) = (None, None);
    if let Some(range) = split.yaml.clone() {
        match yaml::parse(&file, range) {
            Err((at, message)) => {
                report.error(at, "front matter", format!("the front matter cannot be read: {message}"), None);
            }
            Ok(root) => {
                let known = ["title", "description"];
                if let Some(fields) =
                    Fields::of(&root, split.opening.clone(), "front matter", &known, &mut report)
                {
                    let node = fields.required("title", &mut report);
                    title = node.and_then(|node| node.text("title", &mut report));
                    let node = fields.required("description", &mut report);
                    description = node.and_then(|node| node.text("description", &mut report));
                }
            }
        }
    }
    let body = markdown::read(split.body, words, &mut report);
    let outline = outline::outline(body.nodes, title.as_deref(), &mut report);
    for link in body.article_links {
        let place = file.place(link.range);
        mentions
            .push((path.to_owned(), Mention { field: "body", slug: link.slug, anchor: link.anchor, place }));
    }
    let mut html =
        render::page(&outline.lead, &outline.sections, render::footnotes(&body.footnotes).as_deref());
    if let Some(closing) = outline.disclaimer {
        html.push_str(&format!("<p><em>{closing}</em></p>"));
    }
    diagnostics.extend(report.finish());
    Some(SitePage { slug: slug.ok()?, title: title?, description: description?, html })
}
