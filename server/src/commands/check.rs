//! `doorway check`: every problem of a content folder, a table of its articles, reviews that are overdue, and
//! published anchors that no longer resolve, and names that packs cannot tell apart.

mod published;
mod reading;
mod short_ids;

use std::{error::Error, fmt::Write as _, path::PathBuf, process::ExitCode};

use article::{Article, Diagnostic, Library};
use clap::ArgMatches;
use jiff::civil::Date;
use serde::Serialize;

use self::{
    reading::{Hardest, Section},
    short_ids::Clash,
};
use super::{complain, say, today};
use crate::library::{self, summary};

pub fn run(flags: &ArgMatches) -> Result<ExitCode, Box<dyn Error>> {
    let dir = flags.get_one::<PathBuf>("dir").expect("clap asks for it");
    let (library, diagnostics) =
        library::load(dir, today()).map_err(|error| format!("the content folder cannot be read: {error}"))?;
    let mut report = Report::of(&library, diagnostics, today());
    if let Some(list) = flags.get_one::<PathBuf>("published") {
        let write = flags.get_flag("write-published");
        report.lost = published::compare(list, &library, write)
            .map_err(|error| format!("{}: {error}", list.display()))?;
    }
    if let Some(&most) = flags.get_one::<usize>("hardest") {
        report.hardest = Some(Hardest::of(dir, most)?);
    }
    match flags.get_one::<String>("format").map(String::as_str) {
        Some("json") => say(&serde_json::to_string_pretty(&report)?),
        _ => say(report.human().trim_end()),
    }
    if report.failed() {
        complain(&format!("{} is not ready to be served", dir.display()));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// What `doorway check` has to say; its JSON is for editors' tools.
#[derive(Debug, Serialize)]
struct Report {
    diagnostics: Vec<Diagnostic>,
    articles: Vec<Row>,
    /// Of the articles' reading grades.
    median_grade: Option<f32>,
    /// Where `--hardest` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hardest: Option<Hardest>,
    overdue: Vec<Overdue>,
    /// `slug#anchor` of published anchors that resolve no more.
    lost: Vec<String>,
    /// Names with one short id.
    clashes: Vec<Clash>,
}

#[derive(Debug, Serialize)]
struct Row {
    article: String,
    /// Flesch-Kincaid grade of the running text.
    grade: Option<f32>,
    words: usize,
    references: usize,
    blocks: usize,
    /// How often the text cites a reference.
    citations: usize,
    /// How many of these citations show the mark of their evidence.
    marked: usize,
    /// Sections that are long enough for a grade of their own.
    sections: Vec<Section>,
}

#[derive(Debug, Serialize)]
struct Overdue {
    article: String,
    due: Date,
}

impl Report {
    fn of(library: &Library, diagnostics: Vec<Diagnostic>, today: Date) -> Self {
        let articles = || library.articles().iter().map(|published| &published.article);
        let mut rows: Vec<Row> = articles().map(Row::of).collect();
        rows.sort_by(|a, b| a.article.cmp(&b.article));
        let overdue = articles()
            .filter_map(|article| Some((article, article.meta.review_due.filter(|due| *due < today)?)))
            .map(|(article, due)| Overdue { article: article.meta.slug.to_string(), due })
            .collect();
        let median_grade = reading::median(library);
        let clashes = short_ids::clashes(library);
        Self { diagnostics, articles: rows, median_grade, hardest: None, overdue, lost: Vec::new(), clashes }
    }

    fn failed(&self) -> bool {
        !self.lost.is_empty() || !self.clashes.is_empty() || self.diagnostics.iter().any(Diagnostic::is_error)
    }

    fn human(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        for diagnostic in &self.diagnostics {
            let _ = writeln!(text, "{}\n", diagnostic.render().trim_end());
        }
        let width =
            self.articles.iter().map(|row| row.article.len()).max().unwrap_or_default().max("article".len());
        let _ = writeln!(text, "{:<width$}  grade  words  references  blocks  marked citations", "article");
        for row in &self.articles {
            let grade = row.grade.map_or("-".to_owned(), |grade| format!("{grade:.1}"));
            let Row { article, words, references, blocks, citations, marked, .. } = row;
            let marked = format!("{marked} of {citations}");
            let _ = writeln!(
                text,
                "{article:<width$}  {grade:>5}  {words:>5}  {references:>10}  {blocks:>6}  {marked:>16}"
            );
        }
        text.push('\n');
        self.tell_grades(&mut text);
        for Overdue { article, due } in &self.overdue {
            let _ = writeln!(text, "warning: {article}: the review was due on {due}");
        }
        for lost in &self.lost {
            let _ = writeln!(text, "error: the published address {lost} no longer resolves");
        }
        if self.lost.iter().any(|lost| lost.contains('#')) {
            text.push_str("  help: name the old anchor under `anchors:` in the article, with the new one\n");
        }
        if self.lost.iter().any(|lost| !lost.contains('#')) {
            text.push_str("  help: name the old slug under `aliases:` in the article that takes its place\n");
        }
        for clash in &self.clashes {
            text.push_str(&clash.human());
        }
        let _ = writeln!(text, "{} articles: {}", self.articles.len(), summary(&self.diagnostics));
        text
    }
}

impl Report {
    /// What the table does not say of reading grades.
    fn tell_grades(&self, text: &mut String) {
        for row in &self.articles {
            if let Some(Section { anchor, title, grade }) = reading::hardest_section(row.grade, &row.sections)
            {
                let article = &row.article;
                let _ = writeln!(text, "hardest section of {article}: {grade:.1} {title} (#{anchor})");
            }
        }
        if let Some(median) = self.median_grade {
            let _ = writeln!(text, "{}", reading::median_line(median));
        }
        if let Some(hardest) = &self.hardest {
            let _ = writeln!(text, "\n{}", hardest.human());
        }
    }
}

impl Row {
    fn of(article: &Article) -> Self {
        Self {
            article: article.meta.slug.to_string(),
            grade: article.grade,
            words: article.words,
            references: article.cited.len()
                + article.meta.references.iter().filter(|key| !article.cited.contains(key)).count(),
            blocks: article.blocks().count(),
            citations: article.citations,
            marked: article.marked,
            sections: reading::sections(article),
        }
    }
}
