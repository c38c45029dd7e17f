//! The content folder in memory.
//!
//! [`folder`] reads the disk, `article::Library` understands it, and [`Shelf`] holds the result: an
//! [`Edition`] that is replaced whole, so that a request sees one library from start to end. [`watch`] tells
//! the shelf when to look again. A folder with errors never takes the place of a good one.

mod defaults;
pub mod folder;
mod images;
pub mod searchable;
mod shelf;
pub mod watch;

pub(crate) use images::size as image_size;
pub use searchable::Searchable;
pub(crate) use shelf::load;
pub use shelf::{Clock, Edition, Outcome, Shelf, StartError, summary};
