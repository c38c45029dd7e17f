//! Where the keeper is. The address stays `/journal` whatever is open; the browser's history holds a number for each place and
//! nothing of what it shows.

use journal::{Day, Kind, RecordId};

/// A screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Place {
    /// What was written last, and what can be begun.
    #[default]
    Home,
    /// Reading one thing.
    Read(RecordId),
    /// Writing: something new of a kind, or one thing again.
    Write(Start),
    /// Everything, by day.
    Calendar,
    /// Looking for something.
    Search,
    /// The look back on the week that begins on this day; none for the present one.
    Week(Option<Day>),
    /// The safety plan.
    Safety,
    /// What was deleted and can be brought back.
    Trash,
    /// The earlier states of one thing.
    History(RecordId),
    /// Lock, ways in, how this journal behaves.
    Settings,
    /// How safe this copy is; backup, restore, export, import.
    Own,
    /// Making the recovery phrase and confirming it.
    Recovery,
}

/// What writing starts from.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// One thing again, or a draft of one.
    Again(RecordId),
    /// A new thing of this kind.
    New(Kind),
    /// A new entry that belongs to a session or looks back on something.
    About {
        /// The session that it belongs to.
        session: Option<RecordId>,
        /// What it reflects on.
        reflects: Option<RecordId>,
    },
    /// A new session of a course.
    SessionOf(Option<RecordId>),
    /// What an article's block asks, or a pack, as it came with the address; see [`journal::guided`].
    Asked(String),
    /// The check-in of a day.
    Day(Day),
}
