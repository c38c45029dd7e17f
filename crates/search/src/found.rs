//! What a search answers.

use crate::Label;

/// The answer to one query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best articles, best first.
    pub hits: Vec<Hit>,
    /// How many articles there are to find, shown or not.
    pub total: usize,
    /// Whether no word of the query was found, so that these are merely the nearest things.
    pub nearest: bool,
    /// The query as it was probably meant, where a word was mistyped. To be offered, not imposed: the results
    /// are those of this spelling already.
    pub meant: Option<String>,
    /// Whether the query sounds like a crisis, so that help belongs above the results.
    pub crisis: bool,
}

/// An article with its best sections.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The last part of its address.
    pub slug: String,
    /// Its title, in pieces so that the words that were found can be marked.
    pub title: Vec<Piece>,
    /// Its category.
    pub category: Label,
    /// Its best sections, best first; at least one.
    pub places: Vec<Place>,
    /// How well it fits; comparable only within one answer.
    pub score: f32,
}

/// A section that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its id on the page, empty for the article's start.
    pub anchor: String,
    /// Its heading in pieces, empty for the article's start.
    pub heading: Vec<Piece>,
    /// What a reader can do there, such as "Checklist"; often empty.
    pub kind: String,
    /// The sentences that fit best, in pieces; empty while the texts are not there.
    pub snippet: Vec<Piece>,
    /// How well it fits; comparable only within one answer.
    pub score: f32,
}

/// A stretch of text. Whoever shows it escapes it, so that no text can become markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text, plain.
    pub text: String,
    /// Whether it is a word that was looked for.
    pub marked: bool,
}

/// What results are narrowed to; an empty filter narrows to nothing. Keys as in [`Label::key`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Key of a category.
    pub category: Option<String>,
    /// Key of a tag.
    pub tag: Option<String>,
    /// Key of a phase.
    pub phase: Option<String>,
}
