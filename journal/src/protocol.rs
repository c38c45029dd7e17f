//! What screens ask of the worker and what it answers. Both sides know these types and no others.
//!
//! Each [`Command`] has one type of answer; the table below is the whole list. A command and its answer travel as JSON; beside
//! it lie bytes that must not become text or are large: secrets, attachments, files. What lies beside is said with each
//! command, as *beside*. Anything may be answered by [`Trouble`] instead. What nobody asked for is an [`Event`].

mod door;
mod events;
mod own;
mod records;
mod trouble;

pub use door::*;
pub use events::*;
pub use own::*;
pub use records::*;
pub use trouble::*;

use journal::{
    AttachmentId, Gathered, Record, RecordId, Settings,
    json::{self, Json},
};

/// Something that the worker can be asked.
pub trait Command: Clone + Json + Into<Ask> {
    /// What it answers.
    type Answer: Json;
}

macro_rules! commands {
    ($($command:ident => $answer:ty,)*) => {
        /// All commands: what travels.
        #[derive(Clone, Debug)]
        pub enum Ask { $($command($command),)* }

        json::variants!(Ask { ; $($command),*; });

        $(
            impl Command for $command {
                type Answer = $answer;
            }

            impl From<$command> for Ask {
                fn from(command: $command) -> Self {
                    Self::$command(command)
                }
            }
        )*
    };
}

commands! {
    // The door
    Look => Door,
    Create => Inside,
    Unlock => Inside,
    Lock => (),
    Wipe => (),
    Ways => Vec<Way>,
    SuggestPassphrase => Words,
    ChangePassphrase => (),
    NewRecovery => Words,
    ConfirmRecovery => bool,
    ProveRecovery => bool,
    AskPasskey => PasskeyQuestion,
    AddPasskey => Way,
    RemoveWay => (),
    Accept => (),

    // What is written
    List => Page,
    Open => Opened,
    SaveDraft => RecordId,
    DiscardDraft => (),
    Drafts => Vec<DraftLine>,
    Save => Saved,
    Delete => (),
    Undelete => Opened,
    Trash => Vec<Trashed>,
    Revisions => Vec<Past>,
    OpenRevision => Record,
    RestoreRevision => Opened,
    Calendar => Vec<Mark>,
    GatherWeek => Gathered,
    Labels => LabelsInUse,
    Search => SearchPage,
    ReadSettings => Settings,
    WriteSettings => (),
    ReadPlan => Plan,

    // Attachments
    BeginAttachment => AttachmentId,
    PushAttachment => (),
    EndAttachment => u64,
    DiscardAttachment => (),
    ReadAttachment => ReadPart,

    // The keeper's own
    Backup => BackupFacts,
    ReadBackup => BackupFacts,
    RestoreBackup => Restored,
    RecordsAsJson => usize,
    AddRecords => Vec<RecordId>,
    ReadMeter => Meter,
    Fingerprint => SixWords,
    Tidy => Tidied,
}
