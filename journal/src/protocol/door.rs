//! Coming in and going out: what is behind the door, the ways in, locking, wiping.

use journal::{
    Moment, SafetyPlan,
    json::{self, Json, Value},
};

/// What is behind the door? The first question of every page; asks nothing of the keeper and changes nothing.
#[derive(Clone, Debug)]
pub struct Look {
    /// Whether this browser remembers that a journal was kept here. The page keeps that mark in `localStorage` (a worker
    /// cannot), sets it after [`Create`], [`Unlock`] or a restore, and removes it after [`Wipe`].
    pub remembered: bool,
}

json::fields!(Look { remembered });

/// What is behind the door.
#[derive(Clone, Debug, PartialEq)]
pub enum Door {
    /// No journal, and no sign that there ever was one. Offer to make one.
    Nothing,
    /// A journal was here and the browser has let go of it. Offer to restore a backup; never say welcome.
    Evicted,
    /// A journal, locked.
    Locked(Box<LockedDoor>),
    /// This worker has it open already.
    Open(Box<Inside>),
    /// Something is here that this program must not touch; the reason tells what would help: `Older`, `Newer`, `Damaged`,
    /// `Blocked` (another tab holds an older version of the store open), `NoStore` (this browser or its private mode keeps
    /// nothing; [`Create`] with `keep: false` still works).
    Shut(crate::protocol::Trouble),
}

json::variants!(Door { Nothing, Evicted; Locked, Open, Shut; });

/// What can be known of a locked journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LockedDoor {
    /// The ways in. A damaged one is not listed; if all are, the answer is [`Door::Shut`].
    pub ways: Vec<Way>,
    /// The safety plan, if the keeper wants it readable while locked. It is sealed under a key that only this browser on
    /// this device has: whoever holds the unlocked device can read it; nobody can who only has a backup or a copy.
    pub plan: Option<SafetyPlan>,
}

json::fields!(LockedDoor { ways, plan });

/// A way into the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Its name, 32 hexadecimal digits.
    pub id: String,
    /// What opens it.
    pub kind: WayKind,
    /// What to ask the passkey, if it is one.
    pub passkey: Option<PasskeyWay>,
}

json::fields!(Way { id, kind, passkey });

json::words! {
    /// What opens a way in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum WayKind {
        /// A passphrase.
        Passphrase,
        /// The 24 words.
        Recovery,
        /// A passkey.
        Passkey,
    }
}

/// What a passkey is to be asked with: `allowCredentials` and the PRF extension's `eval.first`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyWay {
    /// The credential's id.
    pub credential: Vec<u8>,
    /// 32 bytes.
    pub input: Vec<u8>,
}

json::fields!(PasskeyWay { credential, input });

/// Makes a journal. *Beside*: the passphrase as UTF-8 of its NFKC. Says [`Event::Progress`] while it works.
#[derive(Clone, Debug)]
pub struct Create {
    /// False for "use without saving": all of it lives in this worker's memory and ends with it. Nothing is stored, and no
    /// other tab knows of it.
    pub keep: bool,
}

json::fields!(Create { keep });

/// Opens the journal. *Beside*: the secret, as [`Key`] says.
#[derive(Clone, Debug)]
pub struct Unlock {
    /// What is beside.
    pub key: Key,
}

json::fields!(Unlock { key });

/// What kind of secret lies beside a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A passphrase, as UTF-8 of its NFKC.
    Passphrase,
    /// The 24 words as they were typed: any case, any spaces, each word by its first four letters or more.
    Recovery,
    /// What a passkey gave for its [`PasskeyWay`]: 32 bytes.
    Passkey {
        /// Which way in it is for.
        way: String,
    },
}

json::variants!(Key { Passphrase, Recovery; ; Passkey { way } });

/// What the screens need once the journal is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inside {
    /// Whether this tab may write.
    pub role: Role,
    /// Whether it only reads because the browser refuses what would make sure that no other tab writes.
    pub refused: bool,
    /// Whether anything is kept: false for "use without saving".
    pub kept: bool,
    /// How many things there are, deleted ones not counted.
    pub things: usize,
    /// Things with words that were typed and not yet saved, as after a crash. Offer them.
    pub drafts: usize,
    /// What is not as it must be. Empty is good. Nothing of it was dropped.
    pub findings: Vec<crate::protocol::Finding>,
    /// Whether this device's own memory of the newest state was gone, so that an older copy put in its place would not have
    /// been noticed: suggest comparing the [`crate::protocol::Fingerprint`].
    pub marks_gone: bool,
    /// When the 24 words were last proved to be known.
    pub recovery_confirmed: Option<Moment>,
}

json::fields!(Inside { role, refused, kept, things, drafts, findings, marks_gone, recovery_confirmed });

json::words! {
    /// Whether a tab may write.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Role {
        /// It may.
        #[default]
        Writer,
        /// Another tab does, or the browser does not say. This one shows what is written, and takes over when that tab goes.
        Reader,
    }
}

/// Locks: forgets all keys and text, tells all other tabs, and answers. Then the page ends the worker.
#[derive(Clone, Debug)]
pub struct Lock;

/// Removes the journal from this browser: both databases, the device key, everything. Cannot be undone.
#[derive(Clone, Debug)]
pub struct Wipe;

/// All ways in.
#[derive(Clone, Debug)]
pub struct Ways;

/// Six words of the recovery list, 66 random bits, to be offered as a passphrase.
#[derive(Clone, Debug)]
pub struct SuggestPassphrase;

/// Words for a person to keep. Wipe them when they are no longer shown.
#[derive(Clone, Debug)]
pub struct Words(pub Vec<String>);

impl Json for Words {
    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn from_value(value: Value) -> Option<Self> {
        Json::from_value(value).map(Self)
    }
}

/// Changes the passphrase, in one write: an earlier one opens the journal until that is done, and not afterwards. *Beside*: a
/// secret that opens the journal, as [`Key`] says, and the new passphrase as UTF-8 of its NFKC. Where the 24 words are that secret,
/// it is noted that they are confirmed.
#[derive(Clone, Debug)]
pub struct ChangePassphrase {
    /// What is beside first.
    pub key: Key,
}

json::fields!(ChangePassphrase { key });

/// Makes a new recovery phrase: the 24 words. An earlier one opens nothing from now on. The words are stored nowhere and not
/// given again; until the journal is locked the worker remembers them for [`ConfirmRecovery`].
#[derive(Clone, Debug)]
pub struct NewRecovery;

/// Whether these are words of the phrase just made. Answers whether all are right, and then notes that it is confirmed.
#[derive(Clone, Debug)]
pub struct ConfirmRecovery {
    /// Place in the phrase, from 0, and the word. At least three, at different places.
    pub words: Vec<(usize, String)>,
}

json::fields!(ConfirmRecovery { words });

/// Whether these 24 words open the journal: the other way to confirm. *Beside*: the words as typed. Answers whether they
/// do, and then notes that it is confirmed.
#[derive(Clone, Debug)]
pub struct ProveRecovery;

/// What a new passkey shall be asked with. Refused with `RecoveryFirst` before the recovery phrase was confirmed.
#[derive(Clone, Debug)]
pub struct AskPasskey;

/// What a new passkey shall be asked with: all random.
#[derive(Clone, Debug)]
pub struct PasskeyQuestion {
    /// The PRF extension's `eval.first`: 32 bytes.
    pub input: Vec<u8>,
    /// `challenge`: 32 bytes. Nobody checks the signature; the PRF output is what counts.
    pub challenge: Vec<u8>,
    /// `user.id`: 16 bytes.
    pub user: Vec<u8>,
}

json::fields!(PasskeyQuestion { input, challenge, user });

/// Adds a passkey. *Beside*: its credential id, the input it was asked with, and the PRF output of a real `get()`.
#[derive(Clone, Debug)]
pub struct AddPasskey;

/// Takes a way in away; the last one stays, and so does the only one that is no passkey.
#[derive(Clone, Debug)]
pub struct RemoveWay {
    /// Which.
    pub way: String,
}

json::fields!(RemoveWay { way });

/// Says that the state that was found is well, after `RolledBack` was told of the journal as a whole: later states are held to
/// it from now on.
#[derive(Clone, Debug)]
pub struct Accept;

json::nothing!(
    Lock,
    Wipe,
    Ways,
    SuggestPassphrase,
    NewRecovery,
    ProveRecovery,
    AskPasskey,
    AddPasskey,
    Accept
);
