//! One file: from its text to an [`Article`], and to what only the whole library can check.

use std::{collections::HashSet, ops::Range};

use jiff::civil::Date;

use crate::{
    Article, Diagnostic, Slug,
    front::{self, Front},
    grade::{self, Grades, prose::Passage},
    markdown,
    outline::{self, Outline},
    render,
    source::{File, Place, Report, did_you_mean},
    text::is_invisible,
    vocabulary::Vocabulary,
};

/// Most places in one file at which characters that nobody sees are reported.
const MOST_INVISIBLE: usize = 20;

/// Reads one file on its own. Categories, references, terms, images and other articles are not looked up.
///
/// `path` stands in the diagnostics. There is an article if there is no error among them.
pub fn parse(source: &str, path: &str) -> (Option<Article>, Vec<Diagnostic>) {
    let Parsed { article, diagnostics, .. } = Parsed::new(source, path, &Vocabulary::unchecked());
    (article, diagnostics)
}

/// Reads one file and looks up what it names.
pub fn parse_with(source: &str, path: &str, vocabulary: &Vocabulary) -> (Option<Article>, Vec<Diagnostic>) {
    let Parsed { article, diagnostics, .. } = Parsed::new(source, path, vocabulary);
    (article, diagnostics)
}

/// One file, read; what it says of other files is not yet checked. See [`Reader::assemble`](crate::Reader::assemble).
#[derive(Debug)]
pub struct Parsed {
    pub(crate) path: String,
    pub(crate) article: Option<Article>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) slug: Option<(Slug, Place)>,
    pub(crate) published_at: Option<(Date, Place)>,
    pub(crate) aliases: Vec<(Slug, Place)>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) anchors: HashSet<String>,
}

/// A file names an article.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub field: &'static str,
    pub slug: String,
    pub anchor: Option<String>,
    pub place: Place,
}

impl Parsed {
    /// Reads a file. Files may be read side by side: nothing is shared but the vocabulary.
    pub fn new(source: &str, path: &str, vocabulary: &Vocabulary) -> Self {
        let file = File::new(path, source);
        let mut report = Report::new(&file);
        let split = front::split(&file, &mut report);
        let front = front::read(&split, vocabulary, &mut report);
        invisible(&mut report);

        let body = markdown::read(split.body.clone(), vocabulary, &mut report);
        let mut outline = outline::outline(body.nodes, front.title.as_deref(), &mut report);
        for (anchor, range) in body.anchor_links {
            let known =
                outline.anchors.contains(&anchor) || front.anchors.iter().any(|(old, ..)| *old == anchor);
            if !known {
                no_anchor(&anchor, &outline.anchors, range, &mut report);
            }
        }
        check_renamed(&front, &outline.anchors, &mut report);

        let place = |range: &Range<usize>| file.place(range.clone());
        let mut mentions = Vec::new();
        for link in body.article_links {
            let place = place(&link.range);
            mentions.push(Mention { field: "body", slug: link.slug, anchor: link.anchor, place });
        }
        for (slug, range) in &front.related {
            mentions.push(Mention::of("related", slug, place(range)));
        }
        if let Some((slug, range)) = &front.translation_of {
            mentions.push(Mention::of("translationOf", slug, place(range)));
        }
        let slug = front.slug.as_ref().map(|(slug, range)| (slug.clone(), place(range)));
        let published_at = front.published_at.as_ref().map(|(date, range)| (*date, place(range)));
        let aliases = front.aliases.iter().map(|(slug, range)| (slug.clone(), place(range))).collect();

        let grades = match &front.meta {
            Some(meta) if grade::is_for(&meta.lang) => {
                Grades::of(&outline.besides, outline.sections.iter().map(|one| one.level).zip(&outline.prose))
            }
            _ => Grades::default(),
        };
        check_grades(&grades, &front, &outline, &mut report);
        let passages = || outline.besides.iter().chain(outline.prose.iter().flatten());
        let words = passages().map(Passage::words).sum();
        for (section, grade) in outline.sections.iter_mut().zip(&grades.sections) {
            section.grade = *grade;
        }

        let article = front.meta.filter(|_| !report.failed()).map(|meta| Article {
            meta,
            words,
            grade: grades.article,
            citations: outline.citations.all,
            marked: outline.citations.marked,
            lead: outline.lead,
            sections: outline.sections,
            disclaimer: outline.disclaimer,
            footnotes: render::footnotes(&body.footnotes),
            terms: body.terms,
            cited: body.cited,
        });
        let (path, anchors) = (path.to_owned(), outline.anchors);
        let diagnostics = report.finish();
        Self { path, article, diagnostics, slug, published_at, aliases, mentions, anchors }
    }
}

impl Mention {
    fn of(field: &'static str, slug: &Slug, place: Place) -> Self {
        Self { field, slug: slug.to_string(), anchor: None, place }
    }
}

/// Reports characters that nobody sees and that can make a text read other than it is written.
fn invisible(report: &mut Report<'_>) {
    let text = report.file.text;
    let start = report.file.start();
    let found = text[start..].char_indices().filter(|&(_, c)| is_invisible(c));
    for (at, c) in found.take(MOST_INVISIBLE) {
        let at = start + at;
        let message = format!("an invisible character (U+{:04X}) is left out", u32::from(c));
        report.warn(
            at..at + c.len_utf8(),
            "file",
            message,
            Some("delete it and type the words again".to_owned()),
        );
    }
}

/// Warns of a text that asks more of its reader than it should.
fn check_grades(grades: &Grades, front: &Front, outline: &Outline, report: &mut Report<'_>) {
    let help =
        || Some("`doorway check DIR --hardest 10` lists the sentences and words to start with".to_owned());
    if let Some(grade) = grades.article.filter(|grade| *grade > grade::ARTICLE_LIMIT) {
        let message =
            format!("the reading grade is {grade:.1}; keep it at {} or below", grade::ARTICLE_LIMIT);
        let range = front.slug.as_ref().map(|(_, range)| range.clone()).unwrap_or_default();
        report.warn(range, "body", message, help());
    }
    for (grade, range) in grades.sections.iter().zip(&outline.headings) {
        if let Some(grade) = grade.filter(|grade| *grade > grade::SECTION_LIMIT) {
            let limit = grade::SECTION_LIMIT;
            let message =
                format!("the reading grade of this section is {grade:.1}; keep it at {limit} or below");
            report.warn(range.clone(), "body", message, help());
        }
    }
}

fn no_anchor(anchor: &str, anchors: &HashSet<String>, range: Range<usize>, report: &mut Report<'_>) {
    let mut known: Vec<&str> = anchors.iter().map(String::as_str).collect();
    known.sort_unstable();
    let help = did_you_mean(anchor, known, || {
        Some("link to a heading's words in lower case, with hyphens".to_owned())
    });
    report.error(range, "body", format!("this page has no anchor `{anchor}`"), help);
}

/// Former anchors must lead somewhere, and must not be in use again.
fn check_renamed(front: &Front, anchors: &HashSet<String>, report: &mut Report<'_>) {
    for (old, new, range) in &front.anchors {
        if !anchors.contains(new) {
            no_anchor(new, anchors, range.clone(), report);
        } else if anchors.contains(old) {
            let help = Some("take the line away; the anchor is there".to_owned());
            report.error(range.clone(), "anchors", format!("`{old}` is an anchor of this page still"), help);
        }
    }
}
