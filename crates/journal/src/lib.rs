//! What a keeper writes: records, their JSON, and what lists, calendar and search make of them.
//!
//! One thing written is one [`Record`], whose JSON is the content of one sealed record of the vault. There is no clock here, no
//! chance, no disk and no browser: ids and moments are passed in. A record of a newer client keeps the fields that this one
//! does not know, so that rewriting it loses nothing.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod archive;
mod attachment;
mod capture;
mod check;
mod check_in;
pub mod crisis;
mod day;
pub mod difference;
mod entry;
mod error;
pub mod export;
pub mod guided;
mod id;
pub mod import;
pub mod json;
mod list;
pub mod markdown;
mod media;
pub mod merge;
mod moment;
mod record;
mod safety;
mod seek;
mod serial;
mod session;
mod settings;
mod shape;
pub mod templates;
mod week;

pub use attachment::Attachment;
pub use capture::{Capture, Piece, PieceKind};
pub use check::limits;
pub use check_in::{CheckIn, Lifestyle, Score};
pub use day::{Day, Weekday};
pub use entry::{Entry, Item, Origin, Prompt};
pub use error::{Error, Problem};
pub use id::{AttachmentId, RecordId, Revision};
pub use list::{Facts, Filter, LabelCounts, Summary, labels, marks};
pub use moment::Moment;
pub use record::{Content, FORMAT, Kind, Other, Record};
pub use safety::{Contact, SafetyPlan};
pub use seek::document;
pub use session::{Course, Dose, Effect, Session, Vital};
pub use settings::Settings;
pub use shape::More;
pub use week::{Gathered, Week, gather};
