//! The literature: BibTeX in, formatted references and their evidence out.

use std::{collections::HashMap, ops::Range};

use biblatex::{Bibliography, ChunksExt, Entry};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren,
    archive::{ArchivedStyle, locales},
    citationberg::{FontStyle, FontWeight, Style, VerticalAlign},
};

use html::Html;

use crate::{Reference, source::Report};

/// Reads `references.bib`. What is wrong with one entry is reported and leaves the others alone.
pub(crate) fn read(report: &mut Report<'_>) -> Vec<Reference> {
    let bibliography = match Bibliography::parse(report.file.text) {
        Ok(bibliography) => bibliography,
        Err(error) => {
            let message = format!("the references cannot be read: {}", error.kind);
            report.error(error.span, "references", message, None);
            return Vec::new();
        }
    };
    let mut references = Vec::new();
    let mut entries = Vec::new();
    for entry in bibliography.iter() {
        let converted = match hayagriva::Entry::try_from(entry) {
            Ok(converted) => converted,
            Err(error) => {
                let at = if error.span.is_empty() { 0..0 } else { error.span.clone() };
                report.error(
                    at,
                    &entry.key,
                    format!("the reference `{}` is wrong: {}", entry.key, error.kind),
                    None,
                );
                continue;
            }
        };
        entries.push(converted);
        references.push(reference(entry, report));
    }
    format(&entries, &mut references);
    references
}

/// All fields but the formatted ones.
fn reference(entry: &Entry, report: &mut Report<'_>) -> Reference {
    let text = |name: &str| {
        let text = entry.get(name)?.format_verbatim();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let place = |name: &str| -> Range<usize> { entry.get(name).map_or(0..0, ChunksExt::span) };
    let people = text("people").and_then(|written| {
        let people = written.replace(',', "").parse().ok();
        if people.is_none() {
            let help = Some("write a number only, such as `people = {28}`".to_owned());
            report.error(place("people"), &entry.key, format!("`{written}` is not a number of people"), help);
        }
        people
    });
    if text("evidence").is_none() && (people.is_some() || text("limit").is_some()) {
        let at = place(if people.is_some() { "people" } else { "limit" });
        let help = Some("add `evidence = {Randomised trial}` or what it is".to_owned());
        report.warn(
            at,
            &entry.key,
            format!("the reference `{}` does not say what kind of work it is", entry.key),
            help,
        );
    }
    let doi = text("doi").map(|doi| {
        let bare = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:"];
        bare.iter().find_map(|start| doi.strip_prefix(start)).unwrap_or(&doi).trim().to_owned()
    });
    let url = match &doi {
        Some(doi) => Some(format!("https://doi.org/{doi}")),
        None => text("url").filter(|url| url.starts_with("https://") || url.starts_with("http://")),
    };
    Reference {
        key: entry.key.clone(),
        html: String::new(),
        text: String::new(),
        doi,
        url,
        evidence: text("evidence"),
        people,
        limit: text("limit"),
        animals: text("species").is_some_and(|species| species.to_lowercase().contains("animal")),
    }
}

/// Renders all entries in the style of the American Medical Association: authors, title, journal, year, pages, DOI.
fn format(entries: &[hayagriva::Entry], references: &mut [Reference]) {
    let Style::Independent(style) = ArchivedStyle::AmericanMedicalAssociation.get() else {
        unreachable!("this style of the archive depends on no other");
    };
    let locales = locales();
    let mut driver = BibliographyDriver::new();
    for entry in entries {
        let items = vec![CitationItem::with_entry(entry)];
        driver.citation(CitationRequest::from_items(items, &style, &locales));
    }
    let rendered = driver.finish(BibliographyRequest { style: &style, locale: None, locale_files: &locales });
    let items = rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default();
    let mut by_key: HashMap<String, &mut Reference> =
        references.iter_mut().map(|one| (one.key.clone(), one)).collect();
    for item in items {
        let Some(reference) = by_key.get_mut(&item.key) else { continue };
        let mut html = Html::new();
        write(&item.content, &mut html);
        let mut text = String::new();
        plain(&item.content, &mut text);
        // BibTeX's "and others" comes out as a person of that name.
        let et_al = |text: &str| text.trim().replacen(", others. ", ", et al. ", 1);
        reference.html = linked(&et_al(&html.finish()), reference);
        reference.text = et_al(&text);
    }
}

/// The formatted reference with its DOI, or else its address, as a link.
fn linked(html: &str, reference: &Reference) -> String {
    let Some(url) = &reference.url else { return html.to_owned() };
    let shown = reference.doi.as_ref().map_or(url.clone(), |doi| format!("doi:{doi}"));
    let mut plain = Html::new();
    plain.text(&shown);
    let mut link = Html::new();
    link.element("a", &[("href", url), ("rel", "noopener noreferrer external")], &shown);
    html.replacen(&plain.finish(), &link.finish(), 1)
}

fn write(children: &ElemChildren, html: &mut Html) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) | ElemChild::Link { text, .. } => {
                let format = &text.formatting;
                let tags = [
                    (format.font_style == FontStyle::Italic, "i"),
                    (format.font_weight == FontWeight::Bold, "b"),
                    (format.vertical_align == VerticalAlign::Sup, "sup"),
                    (format.vertical_align == VerticalAlign::Sub, "sub"),
                ];
                let tags: Vec<&'static str> =
                    tags.iter().filter(|(on, _)| *on).map(|(_, tag)| *tag).collect();
                for tag in &tags {
                    html.open(tag, &[]);
                }
                html.text(&text.text);
                for tag in tags.iter().rev() {
                    html.close(tag);
                }
            }
            ElemChild::Markup(text) => {
                html.text(text);
            }
            ElemChild::Elem(inner) => write(&inner.children, html),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn plain(children: &ElemChildren, out: &mut String) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) | ElemChild::Link { text, .. } => out.push_str(&text.text),
            ElemChild::Markup(text) => out.push_str(text),
            ElemChild::Elem(inner) => plain(&inner.children, out),
            ElemChild::Transparent { .. } => {}
        }
    }
}
