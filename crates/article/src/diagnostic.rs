//! What is wrong with a file, where, and what would be right.

use serde::Serialize;

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
