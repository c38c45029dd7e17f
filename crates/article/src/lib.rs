//! From a file to an article, and from articles to a library.
//!
//! Everything here is pure: text comes in, values go out. No disk, no clock, no network. What a caller
//! knows and this crate cannot (today's date, the files' texts) is passed in.
//!
//! - [`parse`] turns one file into an [`Article`] or says everything that is wrong with it;
//! - [`Site`] is what an editor sets once: categories, glossary, paths, references, crisis lines;
//! - [`Library`] is all of it together, checked against each other and ready to be read.

mod anchors;
mod article;
mod bibliography;
mod codes;
mod diagnostic;
mod front;
pub mod grade;
mod library;
mod markdown;
mod outline;
mod parse;
pub mod picture;
mod recognise;
mod related;
mod render;
mod site;
mod site_files;
mod source;
mod text;
mod vocabulary;
mod yaml;

pub use article::{
    Anchor, Article, Block, BlockBody, BlockKind, Contents, Depth, Meta, Part, Phase, Section, Slug,
};
pub use codes::CodeSystem;
pub use diagnostic::{Diagnostic, Severity};
pub use library::{Filter, LengthBand, Library, Listed, Published, Reader, Sort, Sources};
pub use parse::{Parsed, parse, parse_with};
pub use picture::Picture;
pub use render::handout::{Room, Summary, last_apart, lines};
pub use site::{
    Category, CrisisCountry, CrisisLine, Pack, PackItem, ReadingPath, Reference, SearchWords, Site, SitePage,
    Term,
};
pub use text::{address_form, words_of};
pub use vocabulary::Vocabulary;
