//! What the worker says unasked.

use journal::{RecordId, json};

use crate::protocol::{Role, Trouble};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A command goes on.
    Progress {
        /// The number of the command.
        ask: u32,
        /// What it is doing.
        stage: Stage,
        /// How much is done.
        done: usize,
        /// Of how much; 0 where that is not known. For `Deriving` show a sign that keeps moving by itself: the worker can
        /// say nothing in the middle of it.
        of: usize,
    },
    /// These things have changed, in this tab or another. Ask again for what is on the screen.
    Changed(Vec<RecordId>),
    /// Everything is read: lists, search and labels are complete from now on.
    Ready,
    /// It was locked, not by this page. Empty the screen and end the worker.
    Locked(WhyLocked),
    /// This tab may write from now on, or no longer.
    Role(Role),
    /// Something failed that no command waits for, as when the browser closes the store.
    Trouble(Trouble),
}

json::variants!(Event { Ready; Changed, Locked, Role, Trouble; Progress { ask, stage, done, of } });

json::words! {
    /// What a long command is doing.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Stage {
        /// From the passphrase to a key.
        Deriving,
        /// Reading and opening what is stored.
        Opening,
        /// Writing a backup, or reading one back.
        Backup,
        /// Checking that what was written is what should have been.
        Checking,
        /// Bringing a backup's content in.
        Restoring,
    }
}

json::words! {
    /// Why it was locked.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum WhyLocked {
        /// Another tab locked, and so all are.
        OtherTab,
        /// Another tab has wiped the journal.
        Wiped,
        /// Nothing was touched for as long as the keeper has set. Only the page knows; no worker says it.
        Idle,
    }
}
