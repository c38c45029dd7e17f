//! What is wrong with a file, where, and what would be right.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::source::Place;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the article is served.
    Warning,
    /// The article is not served.
    Error,
}

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Path of the file, as given to the parser, with `/`.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Length of the marked stretch in characters, at least 1.
    pub length: usize,
    /// The field of the front matter that it is about, or a short name such as `body`.
    pub field: String,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// What would be right ("did you mean `excerpt`?").
    pub help: Option<String>,
    /// The text of the line, for the caret; without its line break, at most 200 characters.
    pub source_line: String,
}

impl Diagnostic {
    pub(crate) fn at(
        path: &str,
        place: Place,
        severity: Severity,
        field: &str,
        message: String,
        help: Option<String>,
    ) -> Self {
        let Place { line, column, length, source_line } = place;
        let (path, field) = (path.to_owned(), field.to_owned());
        Self { severity, path, line, column, length, field, message, help, source_line }
    }

    /// Whether it keeps the article from being served.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// As the Rust compiler would show it: message, place, the line with a caret under it, help.
    ///
    /// ```text
    /// error: unknown field `exerpt`
    ///  --> articles/sleep.md:4:1
    ///   |
    /// 4 | exerpt: "Why sleep matters."
    ///   | ^^^^^^
    ///   |
    ///   = help: did you mean `excerpt`?
    /// ```
    pub fn render(&self) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let start = byte_of(&self.source_line, self.column - 1);
        let end = byte_of(&self.source_line, self.column - 1 + self.length);
        // An empty mark gets no caret, so one that stands behind the last character takes a blank.
        let padded;
        let (line, end) = if start < end {
            (self.source_line.as_str(), end)
        } else {
            padded = format!("{} ", self.source_line);
            (padded.as_str(), start + 1)
        };
        let snippet = Snippet::source(line)
            .line_start(self.line)
            .path(self.path.as_str())
            .annotation(AnnotationKind::Primary.span(start..end));
        let mut group = level.primary_title(self.message.as_str()).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let text = Renderer::plain().render(&[group]);
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }
}

/// Byte offset of a character of a line, at most its length.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}
