//! Answering a whole question from a library's sections.

mod bytes;
mod document;
mod field;
mod format;
mod found;
mod index;
mod lexicon;
mod meaning;
mod query;
mod rank;
mod resemblance;
mod snippet;
mod spelling;
mod texts;
mod tuning;
mod words;
mod write;

pub use bytes::Damaged;
pub use document::{Document, Label, Section};
pub use found::{Filter, Found, Hit, Piece, Place};
pub use index::Index;
pub use lexicon::Lexicon;
pub use query::LONGEST_QUERY;
pub use texts::Texts;
pub use tuning::Tuning;
pub use write::{Built, build};
