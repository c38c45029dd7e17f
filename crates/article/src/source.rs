//! A file's text with its lines, and the list of what is wrong with it.
//!
//! Everything inside the crate speaks of byte ranges; only here do they become lines and columns.

use std::ops::Range;

use crate::{Diagnostic, Severity};

/// Beyond this many problems of one file only their number is said: nobody reads more, and placing each
/// takes time in proportion to its line.
const MOST_PROBLEMS: usize = 200;

/// A file's text, and where its lines start.
pub(crate) struct File<'a> {
    pub path: &'a str,
    pub text: &'a str,
    starts: Vec<usize>,
}

/// Where something stands, as an editor counts: lines and characters from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub line: usize,
    pub column: usize,
    pub length: usize,
    pub source_line: String,
}

impl<'a> File<'a> {
    pub fn new(path: &'a str, text: &'a str) -> Self {
        let mut starts = vec![if text.starts_with('\u{feff}') { 3 } else { 0 }];
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at + 1);
            }
        }
        Self { path, text, starts }
    }

    /// Byte offset behind the byte order mark, if there is one.
    pub fn start(&self) -> usize {
        self.starts[0]
    }

    /// Byte range of a line, from 0, without its line break.
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts[line.min(self.starts.len() - 1)];
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let trimmed = self.text[start..end.max(start)].trim_end_matches(['\n', '\r']);
        start..start + trimmed.len()
    }

    /// How many lines there are; a text that ends with a line break has an empty last one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, in which a byte offset lies.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.floor(range.start.max(self.start()));
        let index = self.line_of(start);
        let line = self.line(index);
        // A range may point at the line break itself, or go on over several lines: mark what is on its first.
        let start = start.min(line.end);
        let end = self.floor(range.end).clamp(start, line.end);
        let column = self.text[line.start..start].chars().count();
        let length = self.text[start..end].chars().count();
        // A long line is shown around the place, so that the caret has something to stand under.
        let all = &self.text[line];
        let source_line: String =
            if column + length.min(60) < 200 { all.chars().take(200).collect() } else { String::new() };
        Place { line: index + 1, column: column + 1, length: length.max(1), source_line }
    }

    fn floor(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// What is wrong with a file.
pub(crate) struct Report<'a> {
    pub file: &'a File<'a>,
    list: Vec<Diagnostic>,
    left_out: usize,
    failed: bool,
}

impl<'a> Report<'a> {
    pub fn new(file: &'a File<'a>) -> Self {
        Self { file, list: Vec::new(), left_out: 0, failed: false }
    }

    pub fn error(
        &mut self,
        range: Range<usize>,
        field: &str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.failed = true;
        self.push(Severity::Error, range, field, message.into(), help);
    }

    pub fn warn(
        &mut self,
        range: Range<usize>,
        field: &str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.push(Severity::Warning, range, field, message.into(), help);
    }

    /// Whether an error was reported.
    pub fn failed(&self) -> bool {
        self.failed
    }

    fn push(
        &mut self,
        severity: Severity,
        range: Range<usize>,
        field: &str,
        message: String,
        help: Option<String>,
    ) {
        if self.list.len() >= MOST_PROBLEMS {
            self.left_out += 1;
            return;
        }
        let place = self.file.place(range);
        self.list.push(Diagnostic::at(self.file.path, place, severity, field, message, help));
    }

    /// All problems in the order of the file.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|one| (one.line, one.column));
        if self.left_out > 0 {
            let place = Place { line: 1, column: 1, length: 1, source_line: String::new() };
            let severity = if self.failed { Severity::Error } else { Severity::Warning };
            let message = format!("{} more problems are not listed", self.left_out);
            self.list.push(Diagnostic::at(self.file.path, place, severity, "file", message, None));
        }
        self.list
    }
}

/// The candidate that an editor most likely meant, if one is near enough.
pub(crate) fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let fold = |text: &str| -> String {
        text.chars()
            .filter(|c| !matches!(c, '_' | '-' | ' '))
            .flat_map(char::to_lowercase)
            .take(100)
            .collect()
    };
    let word = fold(word);
    let most = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &fold(candidate)), candidate))
        .filter(|&(distance, _)| distance <= most)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", or what else would help.
pub(crate) fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl FnOnce() -> Option<String>,
) -> Option<String> {
    match closest(word, candidates) {
        Some(meant) => Some(format!("did you mean `{meant}`?")),
        None => otherwise(),
    }
}
