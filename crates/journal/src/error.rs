//! What can be wrong with a record. No message holds anything that was written.

use crate::json::Fault;

/// Why a record cannot be read, written or changed so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are no record: not JSON, or a field is missing or of another type.
    #[error("this is not a record, at line {line}, column {column}")]
    NotARecord {
        /// Line of the fault, from 1; 0 where it is not known.
        line: usize,
        /// Column of the fault, from 1; 0 where it is not known.
        column: usize,
    },
    /// Made by a newer version in a format that this one must not rewrite.
    #[error("this was written by a newer version of the journal (format {0})")]
    NewerFormat(u64),
    /// Not 32 hexadecimal digits.
    #[error("this is not an id")]
    NotAnId,
    /// Not a day of the calendar, or outside the years 1 to 9999.
    #[error("this is not a day")]
    NotADay,
    /// Not a date with time and offset.
    #[error("this is not a moment")]
    NotAMoment,
    /// Not a number from 0 to 10.
    #[error("this is not a number from 0 to 10")]
    NotAScore,
    /// Larger than a record may be.
    #[error("this is {bytes} bytes long, and a record holds {most}")]
    TooLarge {
        /// Bytes of its JSON.
        bytes: usize,
        /// Bytes that there is room for.
        most: usize,
    },
    /// Something in it is out of bounds; all of it is listed.
    #[error("{} of this cannot be kept as it is", .0.len())]
    Invalid(Vec<Problem>),
    /// A record cannot become another kind of thing.
    #[error("a record stays the kind of thing that it is")]
    OtherKind,
    /// A finished capture stays as it was; only its labels and its session may change.
    #[error("this capture is finished and stays as it is; write a reflection beside it")]
    Finished,
    /// A kind of a newer version can be kept but not changed.
    #[error("this kind of record belongs to a newer version of the journal")]
    UnknownKind,
}

/// One thing that is out of bounds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {what}")]
pub struct Problem {
    /// The field, as in JSON, with places in lists: `prompts[2].answer`.
    pub field: String,
    /// What is wrong and what would be right, in plain words.
    pub what: String,
}

impl Error {
    /// JSON, but not that of a record.
    pub(crate) const NOT_A_RECORD: Self = Self::NotARecord { line: 0, column: 0 };
}

impl From<Fault> for Error {
    /// Keeps the place and drops the message, which may quote what was written.
    fn from(Fault { line, column }: Fault) -> Self {
        Self::NotARecord { line, column }
    }
}
