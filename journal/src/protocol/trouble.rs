//! Why something could not be done: for the keeper's own screen, never for a log.

use std::ops::Deref;

use journal::json::{self, Json, Value};

/// Why something could not be done. In a box, because it is handed on in hundreds of places and looked at in few.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.words)]
pub struct Trouble(Box<Cause>);

/// What a trouble says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The cause, to choose what to say and offer.
    pub why: Why,
    /// The inner cause in words, as crates/vault or crates/journal say it; names no content.
    pub words: String,
}

json::fields!(Cause { why, words });

impl Json for Trouble {
    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn from_value(value: Value) -> Option<Self> {
        Json::from_value(value).map(Self)
    }
}

impl Deref for Trouble {
    type Target = Cause;

    fn deref(&self) -> &Cause {
        &self.0
    }
}

json::words! {
    /// Causes that screens tell apart.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Why {
        /// The journal is not open in this worker.
        Locked,
        /// It is open already.
        Open,
        /// A journal stands where one was to be made or restored: another tab was first. It is as it was.
        Here,
        /// The passphrase, words or passkey are not the right ones.
        WrongSecret,
        /// That way in is damaged; another may work.
        DamagedWay,
        /// Not 24 words of the list that belong together.
        NotAPhrase,
        /// The passkey gave no usable secret.
        Passkey,
        /// Empty, or longer than 1024 bytes.
        Passphrase,
        /// There is no such way in, or it is the last.
        LastWay,
        /// First the recovery phrase must be confirmed.
        RecoveryFirst,
        /// Too little memory for checking the passphrase.
        Memory,
        /// This browser gives no randomness.
        Randomness,
        /// Written in a format that is given up.
        Older,
        /// Written by a newer version: reload, or bring this device up to date.
        Newer,
        /// It does not open, though everything else does. It is kept as it is.
        Damaged,
        /// An older state stands where a newer one was, or two histories contradict each other.
        RolledBack,
        /// There is no such thing.
        NotThere,
        /// It is deleted; it can be brought back for 30 days.
        Deleted,
        /// Deleted less than 30 days ago, so it is kept.
        StillKept,
        /// A finished capture stays as it is.
        Finished,
        /// Something in it is out of bounds; `words` lists what.
        Invalid,
        /// A file cannot be taken in; `words` says which, why, and what to try. Only the page says it.
        NotTaken,
        /// Larger than there is room for.
        TooLarge,
        /// Another tab writes; this one only reads.
        ReadOnly,
        /// The device has no room left. What is on the screen is not saved yet; what was saved before is safe.
        Full,
        /// This browser, or its private mode, keeps nothing.
        NoStore,
        /// Another tab holds an older version of the store open: close it.
        Blocked,
        /// Another tab has opened the store with a newer version of this program, and this one can use it no longer: reload. What is
        /// on the screen and not saved has to be copied first.
        NewerTab,
        /// The browser closed the store, or a write failed. What was acknowledged before is safe.
        Store,
        /// The safety plan is saved, and what can be read of it while locked could not be changed.
        PlanCopy,
        /// Cancelled, as was asked.
        Cancelled,
        /// The file is no backup, or stops before its end.
        NotABackup,
        /// The file belongs to another journal or to another key of this one.
        OtherVault,
        /// First something else must be asked, as the command says.
        Order,
        /// Page and worker are of different builds, or the worker has died.
        Worker,
    }
}

impl Trouble {
    /// A cause with its words. Made in many places, and rarely: each shall be one call.
    #[cold]
    #[inline(never)]
    pub fn new(why: Why, words: impl Into<String>) -> Self {
        Self(Box::new(Cause { why, words: words.into() }))
    }
}

/// The words of [`Why::ReadOnly`] where no other tab writes, but the browser refuses what would make sure of it.
pub const REFUSED: &str = "this browser refuses locks";

impl Trouble {
    /// That a tab only reads: because another writes, or because the browser has refused.
    pub fn only_reads(refused: bool) -> Self {
        Self::new(Why::ReadOnly, if refused { REFUSED } else { "another tab writes" })
    }
}

impl From<vault::Error> for Trouble {
    fn from(error: vault::Error) -> Self {
        use vault::Error as E;
        let why = match error {
            E::WrongSecret(_) => Why::WrongSecret,
            E::DamagedSlot => Why::DamagedWay,
            E::Phrase => Why::NotAPhrase,
            E::Passkey => Why::Passkey,
            E::Passphrase => Why::Passphrase,
            E::LastSlot => Why::LastWay,
            E::Memory => Why::Memory,
            E::Randomness => Why::Randomness,
            E::Older(_) => Why::Older,
            E::Newer(_) | E::Suite(_) => Why::Newer,
            E::OtherVault | E::OtherKey => Why::OtherVault,
            E::NotOurs | E::Unfinished | E::OutOfOrder => Why::NotABackup,
            E::TooLarge(_) => Why::TooLarge,
            E::StillKept => Why::StillKept,
            E::RolledBack | E::Forked | E::DeletionReplayed | E::DeletionWithheld => Why::RolledBack,
            E::Missing => Why::NotThere,
            _ => Why::Damaged,
        };
        Self::new(why, error.to_string())
    }
}

impl From<journal::Error> for Trouble {
    fn from(error: journal::Error) -> Self {
        use journal::Error as E;
        let why = match &error {
            E::NewerFormat(_) | E::UnknownKind => Why::Newer,
            E::TooLarge { .. } => Why::TooLarge,
            E::Finished => Why::Finished,
            E::NotARecord { .. } => Why::Damaged,
            _ => Why::Invalid,
        };
        let words = match &error {
            E::Invalid(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
            other => other.to_string(),
        };
        Self::new(why, words)
    }
}
