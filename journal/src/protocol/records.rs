//! What is written: lists, opening, drafts, saving, history, deletion, attachments, search.

use journal::{
    AttachmentId, Day, Filter, Kind, LabelCounts, Record, RecordId, Revision, SafetyPlan, Settings, Summary,
    json,
};

/// A page of the timeline, newest first.
#[derive(Clone, Debug)]
pub struct List {
    /// Which things.
    pub filter: Filter,
    /// How many of them to leave out, from the newest on.
    pub from: usize,
    /// How many to give; at most 200 are given.
    pub count: usize,
}

json::fields!(List { filter, from, count });

/// A stretch of the timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The things.
    pub things: Vec<Summary>,
    /// How many there are in all, under that filter.
    pub total: usize,
}

json::fields!(Page { things, total });

/// One thing, whole.
#[derive(Clone, Debug)]
pub struct Open {
    /// Which.
    pub id: RecordId,
}

json::fields!(Open { id });

/// One thing, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Which.
    pub id: RecordId,
    /// Its newest revision; the parent of the next. 0 if it was never saved and there is only a draft.
    pub revision: Revision,
    /// What it says. For a thing that has only a draft, what the draft says.
    pub record: Record,
    /// Words that were typed after that and not saved.
    pub draft: Option<Draft>,
}

json::fields!(Opened { id, revision, record, draft });

/// Words that were typed and not yet saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The revision that was being changed; 0 for a new thing. If it is not the newest any more, both are to be shown.
    pub parent: Revision,
    /// What was typed.
    pub record: Record,
}

json::fields!(Draft { parent, record });

/// Puts what is being typed on disk. Answers once it is flushed. Send it at most a second after a change, and before
/// locking. A finished capture takes no draft.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// Which thing; none for a new one, which gets its name here.
    pub id: Option<RecordId>,
    /// The revision that is being changed; 0 for a new thing.
    pub parent: Revision,
    /// What was typed so far, valid or not.
    pub record: Record,
}

json::fields!(SaveDraft { id, parent, record });

/// Lets go of a draft, for good.
#[derive(Clone, Debug)]
pub struct DiscardDraft {
    /// Of which thing.
    pub id: RecordId,
}

json::fields!(DiscardDraft { id });

/// Things with words that were not saved.
#[derive(Clone, Debug)]
pub struct Drafts;

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftLine {
    /// The thing as its draft says it is.
    pub summary: Summary,
    /// The revision that was being changed; 0 for a new thing.
    pub parent: Revision,
    /// Whether something that was being added to it was cut off, as a photo by locking.
    pub cut: bool,
}

json::fields!(DraftLine { summary, parent, cut });

/// Saves one thing. Answers once it is flushed; a draft of it is then gone.
#[derive(Clone, Debug)]
pub struct Save {
    /// Which thing; none for a new one without a draft.
    pub id: Option<RecordId>,
    /// The revision that was changed; 0 for a new thing.
    pub parent: Revision,
    /// What it shall say.
    pub record: Record,
}

json::fields!(Save { id, parent, record });

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "an answer is read once and dropped")]
pub enum Saved {
    /// It is on disk.
    Yes {
        /// Which thing.
        id: RecordId,
        /// Its newest revision.
        revision: Revision,
    },
    /// It was changed elsewhere after `parent`. Nothing was written; what was typed is kept as its draft. Show both, then
    /// save the keeper's choice with `theirs.revision` as its parent.
    Conflict {
        /// What stands.
        theirs: Box<Opened>,
        /// Both merged as far as fields allow, and the fields that both sides changed.
        merged: Option<(Record, Vec<String>)>,
    },
}

json::variants!(Saved { ; ; Yes { id, revision }, Conflict { theirs, merged } });

/// Deletes one thing. It can be brought back for 30 days.
#[derive(Clone, Debug)]
pub struct Delete {
    /// Which.
    pub id: RecordId,
}

json::fields!(Delete { id });

/// Brings it back as it was.
#[derive(Clone, Debug)]
pub struct Undelete {
    /// Which.
    pub id: RecordId,
}

json::fields!(Undelete { id });

/// What was deleted and can be brought back, last deleted first.
#[derive(Clone, Debug)]
pub struct Trash;

/// A deleted thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Trashed {
    /// What it was; none if its last revision does not open.
    pub summary: Option<Summary>,
    /// Which.
    pub id: RecordId,
    /// When it was deleted, in milliseconds since 1970 UTC.
    pub deleted: u64,
    /// Until when it can be brought back, in milliseconds since 1970 UTC.
    pub until: u64,
}

json::fields!(Trashed { summary, id, deleted, until });

/// All revisions of one thing that are kept, newest first.
#[derive(Clone, Debug)]
pub struct Revisions {
    /// Of which thing.
    pub id: RecordId,
}

json::fields!(Revisions { id });

/// A revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// Its number.
    pub revision: Revision,
    /// What it said; none for a deletion, and for one that does not open.
    pub summary: Option<Summary>,
    /// Whether it is a deletion.
    pub deletion: bool,
}

json::fields!(Past { revision, summary, deletion });

/// What a revision said.
#[derive(Clone, Debug)]
pub struct OpenRevision {
    /// Which thing.
    pub id: RecordId,
    /// Which revision.
    pub revision: Revision,
}

json::fields!(OpenRevision { id, revision });

/// Makes an earlier revision the newest, as one more revision: nothing in between is lost.
#[derive(Clone, Debug)]
pub struct RestoreRevision {
    /// Which thing.
    pub id: RecordId,
    /// Which revision.
    pub revision: Revision,
}

json::fields!(RestoreRevision { id, revision });

/// On which days there is what. Answers days with marks only, in order, each kind once a day.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

json::fields!(Calendar { from, to });

/// A day and the kinds of things that it has.
pub type Mark = (Day, Vec<Kind>);

/// What a week had, for its review.
#[derive(Clone, Debug)]
pub struct GatherWeek {
    /// Its first day.
    pub first: Day,
}

json::fields!(GatherWeek { first });

/// What is used as tags and themes.
#[derive(Clone, Debug)]
pub struct Labels;

/// Labels in use, each with how many things have it, most used first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelsInUse {
    /// Tags.
    pub tags: LabelCounts,
    /// Themes.
    pub themes: LabelCounts,
}

json::fields!(LabelsInUse { tags, themes });

/// Things by their words, best first. A search that was asked before and is still running is given up.
#[derive(Clone, Debug)]
pub struct Search {
    /// What is looked for.
    pub query: String,
    /// Among which things.
    pub filter: Filter,
    /// How many to give; at most 100 are given.
    pub count: usize,
}

json::fields!(Search { query, filter, count });

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchPage {
    /// The things.
    pub hits: Vec<Hit>,
    /// The query as it was probably meant, where a word was mistyped.
    pub meant: Option<String>,
    /// Whether nothing has these words, so that these are merely the nearest things.
    pub nearest: bool,
    /// False while the index is still being made: what is found so far is not yet all.
    pub complete: bool,
}

json::fields!(SearchPage { hits, meant, nearest, complete });

/// A thing that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The thing.
    pub summary: Summary,
    /// The words around what was found: text, and whether it is what was looked for.
    pub snippet: Vec<(String, bool)>,
}

json::fields!(Hit { summary, snippet });

/// The settings; usual ones if none were ever written.
#[derive(Clone, Debug)]
pub struct ReadSettings;

/// Changes the settings.
#[derive(Clone, Debug)]
pub struct WriteSettings {
    /// All of them.
    pub settings: Settings,
}

json::fields!(WriteSettings { settings });

/// The safety plan with its name and revision; none if there is none yet. It is saved with [`Save`] like anything else, and
/// with that put where it can be read while locked, or taken away from there, as it says itself.
#[derive(Clone, Debug)]
pub struct ReadPlan;

/// The plan as it stands.
pub type Plan = Option<(RecordId, Revision, SafetyPlan)>;

/// Begins an attachment and names it. It belongs to nothing until a record that names it is saved.
#[derive(Clone, Debug)]
pub struct BeginAttachment;

/// Adds to it. *Beside*: the bytes. They are on disk when this is answered, so that an interrupted recording can still be played.
/// If it fails, nothing more can be added: [`EndAttachment`] ends it with what was added before.
#[derive(Clone, Debug)]
pub struct PushAttachment {
    /// To which.
    pub id: AttachmentId,
}

json::fields!(PushAttachment { id });

/// Ends it. Answers how many bytes it has, once they are flushed. If it fails it can be asked again.
#[derive(Clone, Debug)]
pub struct EndAttachment {
    /// Which.
    pub id: AttachmentId,
}

json::fields!(EndAttachment { id });

/// Removes an attachment that another has taken the place of, for good. One that any draft names, or a thing as it stands, or an
/// earlier revision of the thing that it was made for, stays.
#[derive(Clone, Debug)]
pub struct DiscardAttachment {
    /// Which.
    pub id: AttachmentId,
    /// The thing that it was made for.
    pub of: RecordId,
}

json::fields!(DiscardAttachment { id, of });

/// Reads some of an attachment. Beside the answer: the bytes.
#[derive(Clone, Debug)]
pub struct ReadAttachment {
    /// Which.
    pub id: AttachmentId,
    /// 0 for its beginning, or what the last answer named as next.
    pub part: u32,
}

json::fields!(ReadAttachment { id, part });

/// Some of an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadPart {
    /// What to ask for next, once; none at the end. Each reading has numbers of its own, so that several can go on side by side.
    pub next: Option<u32>,
    /// Whether its end was never written: what there is, is all that was recorded.
    pub unfinished: bool,
}

json::fields!(ReadPart { next, unfinished });

json::nothing!(Drafts, Trash, Labels, ReadSettings, ReadPlan, BeginAttachment);
