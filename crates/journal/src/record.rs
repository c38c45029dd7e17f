//! A record: what all things written have in common, and which of them it is. Its JSON is what the vault seals.

use crate::{
    Capture, CheckIn, Course, Day, Entry, Error, Moment, More, SafetyPlan, Session, Settings, Week, check,
    json::{self, Fields, Json, Value},
    shape::words,
};

/// The format of the JSON. It rises only when an older version must not rewrite a record; fields may be added without.
pub const FORMAT: u64 = 1;

/// One thing written.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// When it was written, as the keeper sees it: lists are ordered by it, and the keeper may set it.
    pub written: Moment,
    /// When it was last changed, by the clock of the device that did.
    pub changed: Moment,
    /// Labels of the keeper, in the order in which they were given.
    pub tags: Vec<String>,
    /// Themes that it touches.
    pub themes: Vec<String>,
    /// What it is.
    pub content: Content,
}

words! {
    /// The kinds of record.
    Kind {
        /// Free or guided writing.
        Entry = "entry",
        /// A course of treatment.
        Course = "course",
        /// A session.
        Session = "session",
        /// Raw capture.
        Capture = "capture",
        /// How a day was.
        CheckIn = "check-in",
        /// A look back on a week.
        Week = "week",
        /// The safety plan.
        SafetyPlan = "safety-plan",
        /// The journal's settings.
        Settings = "settings",
    }
}

/// What a record is.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each says what it is at its type")]
pub enum Content {
    Entry(Entry),
    Course(Course),
    Session(Session),
    Capture(Capture),
    CheckIn(CheckIn),
    Week(Week),
    SafetyPlan(SafetyPlan),
    Settings(Settings),
    /// A kind of a newer version: kept, listed, never changed.
    Other(Other),
}

/// A record of a kind that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its kind.
    pub kind: String,
    /// Its fields.
    pub more: More,
}

impl Record {
    /// A new record, written now.
    pub fn new(content: Content, now: Moment) -> Self {
        Self { written: now, changed: now, tags: Vec::new(), themes: Vec::new(), content }
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        match &self.content {
            Content::Entry(_) => Kind::Entry,
            Content::Course(_) => Kind::Course,
            Content::Session(_) => Kind::Session,
            Content::Capture(_) => Kind::Capture,
            Content::CheckIn(_) => Kind::CheckIn,
            Content::Week(_) => Kind::Week,
            Content::SafetyPlan(_) => Kind::SafetyPlan,
            Content::Settings(_) => Kind::Settings,
            Content::Other(other) => Kind::Other(other.kind.clone()),
        }
    }

    /// The day that it belongs to in a calendar: the day that a check-in speaks of, a week's first day, a session's day, and
    /// for all else the day on which it was written.
    pub fn day(&self) -> Day {
        match &self.content {
            Content::CheckIn(check_in) => check_in.day,
            Content::Week(week) => week.first,
            Content::Session(session) => session.at.unwrap_or(self.written).day(),
            Content::Course(course) => course.started.unwrap_or(self.written.day()),
            _ => self.written.day(),
        }
    }

    /// Reads a record. What was out of bounds when it was written is read all the same: reading never loses.
    ///
    /// # Errors
    /// `NotARecord`; `NewerFormat` for a format above [`FORMAT`].
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        Self::read(json::read(json)?)
    }

    /// A record from its fields.
    ///
    /// # Errors
    /// As [`Record::from_json`].
    pub(crate) fn read(value: Value) -> Result<Self, Error> {
        let mut fields = Fields::of(value).ok_or(Error::NOT_A_RECORD)?;
        match fields.take("v").unwrap_or(0) {
            0 => return Err(Error::NOT_A_RECORD),
            FORMAT => {}
            newer => return Err(Error::NewerFormat(newer)),
        }
        Self::take(fields).ok_or(Error::NOT_A_RECORD)
    }

    fn take(mut fields: Fields) -> Option<Self> {
        let kind: Kind = fields.take("kind")?;
        let written = fields.take("written")?;
        let changed = fields.take("changed")?;
        let tags = fields.take_or_default("tags")?;
        let themes = fields.take_or_default("themes")?;
        let rest = Value::Object(fields.0);
        let content = match kind {
            Kind::Entry => Content::Entry(Json::from_value(rest)?),
            Kind::Course => Content::Course(Json::from_value(rest)?),
            Kind::Session => Content::Session(Json::from_value(rest)?),
            Kind::Capture => Content::Capture(Json::from_value(rest)?),
            Kind::CheckIn => Content::CheckIn(Json::from_value(rest)?),
            Kind::Week => Content::Week(Json::from_value(rest)?),
            Kind::SafetyPlan => Content::SafetyPlan(Json::from_value(rest)?),
            Kind::Settings => Content::Settings(Json::from_value(rest)?),
            Kind::Other(kind) => Content::Other(Other { kind, more: More(Fields::of(rest)?.0) }),
        };
        Some(Self { written, changed, tags, themes, content })
    }

    /// Its JSON, the same bytes for the same record.
    ///
    /// # Errors
    /// `Invalid` with everything that is out of [bounds](crate::limits); `TooLarge` for what does not fit into a record of
    /// the vault.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        self.check()?;
        let json = json::write(&self.to_value()).into_bytes();
        if json.len() > vault::MAX_RECORD {
            return Err(Error::TooLarge { bytes: json.len(), most: vault::MAX_RECORD });
        }
        Ok(json)
    }

    /// Whether everything is within [bounds](crate::limits).
    ///
    /// # Errors
    /// `Invalid` with everything that is not.
    pub fn check(&self) -> Result<(), Error> {
        let problems = check::problems(self);
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }

    /// Whether this may become `next`.
    ///
    /// # Errors
    /// `OtherKind`; `UnknownKind` for a kind that only a newer version may change; `Finished` if it would change what a
    /// finished capture holds.
    pub fn may_become(&self, next: &Self) -> Result<(), Error> {
        match (&self.content, &next.content) {
            (Content::Other(ours), Content::Other(theirs)) if ours == theirs => Ok(()),
            (Content::Other(_), _) => Err(Error::UnknownKind),
            (Content::Capture(before), Content::Capture(after)) if before.finished.is_some() => {
                let same = before.finished == after.finished
                    && before.pieces == after.pieces
                    && before.more == after.more
                    && self.written == next.written;
                if same { Ok(()) } else { Err(Error::Finished) }
            }
            _ if self.kind() == next.kind() => Ok(()),
            _ => Err(Error::OtherKind),
        }
    }
}

/// A record inside something else that is JSON: a letter between page and worker, a draft, an export. Whatever it holds is
/// written, also what is out of bounds: a draft is not finished, and must not be lost for that.
impl Json for Record {
    fn to_value(&self) -> Value {
        let content = match &self.content {
            Content::Entry(content) => content.to_value(),
            Content::Course(content) => content.to_value(),
            Content::Session(content) => content.to_value(),
            Content::Capture(content) => content.to_value(),
            Content::CheckIn(content) => content.to_value(),
            Content::Week(content) => content.to_value(),
            Content::SafetyPlan(content) => content.to_value(),
            Content::Settings(content) => content.to_value(),
            Content::Other(other) => Value::Object(other.more.0.clone()),
        };
        let mut fields = Fields::of(content).expect("every content is an object");
        fields.put("v", FORMAT.into());
        fields.put("kind", self.kind().to_value());
        fields.put("written", self.written.to_value());
        fields.put("changed", self.changed.to_value());
        for (name, labels) in [("tags", &self.tags), ("themes", &self.themes)] {
            if !labels.is_empty() {
                fields.put(name, labels.to_value());
            }
        }
        Value::Object(fields.0)
    }

    fn from_value(value: Value) -> Option<Self> {
        Self::read(value).ok()
    }
}

#[cfg(test)]
mod tests;
