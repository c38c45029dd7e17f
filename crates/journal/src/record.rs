//! A record: what all things written have in common, and which of them it is. Its JSON is what the vault seals.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    Capture, CheckIn, Course, Day, Entry, Error, Moment, More, SafetyPlan, Session, Settings, Week, check,
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
        Self::from_fields(serde_json::from_slice(json)?)
    }

    fn from_fields(mut fields: Map<String, Value>) -> Result<Self, Error> {
        let format = fields.remove("v").as_ref().and_then(Value::as_u64).unwrap_or_default();
        match format {
            0 => return Err(Error::NotARecord { line: 0, column: 0 }),
            FORMAT => {}
            newer => return Err(Error::NewerFormat(newer)),
        }
        let kind: Kind = required(&mut fields, "kind")?;
        let written = required(&mut fields, "written")?;
        let changed = required(&mut fields, "changed")?;
        let tags = optional(&mut fields, "tags")?;
        let themes = optional(&mut fields, "themes")?;
        let content = match kind {
            Kind::Entry => Content::Entry(part(fields)?),
            Kind::Course => Content::Course(part(fields)?),
            Kind::Session => Content::Session(part(fields)?),
            Kind::Capture => Content::Capture(part(fields)?),
            Kind::CheckIn => Content::CheckIn(part(fields)?),
            Kind::Week => Content::Week(part(fields)?),
            Kind::SafetyPlan => Content::SafetyPlan(part(fields)?),
            Kind::Settings => Content::Settings(part(fields)?),
            Kind::Other(kind) => Content::Other(Other { kind, more: More(fields) }),
        };
        Ok(Self { written, changed, tags, themes, content })
    }

    /// Its JSON, the same bytes for the same record.
    ///
    /// # Errors
    /// `Invalid` with everything that is out of [bounds](crate::limits); `TooLarge` for what does not fit into a record of
    /// the vault.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        self.check()?;
        let json = serde_json::to_vec(&self.to_value())?;
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

    /// A record from its fields.
    ///
    /// # Errors
    /// As [`Record::from_json`].
    pub(crate) fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Object(fields) => Self::from_fields(fields),
            _ => Err(Error::NotARecord { line: 0, column: 0 }),
        }
    }

    /// The JSON as a value, whatever it holds.
    pub(crate) fn to_value(&self) -> Value {
        let mut fields = match &self.content {
            Content::Entry(content) => object(content),
            Content::Course(content) => object(content),
            Content::Session(content) => object(content),
            Content::Capture(content) => object(content),
            Content::CheckIn(content) => object(content),
            Content::Week(content) => object(content),
            Content::SafetyPlan(content) => object(content),
            Content::Settings(content) => object(content),
            Content::Other(other) => other.more.0.clone(),
        };
        fields.insert("v".into(), FORMAT.into());
        fields.insert("kind".into(), self.kind().as_str().into());
        fields.insert("written".into(), self.written.to_string().into());
        fields.insert("changed".into(), self.changed.to_string().into());
        for (name, labels) in [("tags", &self.tags), ("themes", &self.themes)] {
            if !labels.is_empty() {
                fields.insert(name.into(), labels.clone().into());
            }
        }
        Value::Object(fields)
    }
}

fn object(content: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(content) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("every content is a struct whose keys are strings and whose numbers are finite"),
    }
}

fn part<T: DeserializeOwned>(fields: Map<String, Value>) -> Result<T, Error> {
    Ok(serde_json::from_value(Value::Object(fields))?)
}

fn required<T: DeserializeOwned>(fields: &mut Map<String, Value>, name: &str) -> Result<T, Error> {
    let value = fields.remove(name).ok_or(Error::NotARecord { line: 0, column: 0 })?;
    Ok(serde_json::from_value(value)?)
}

fn optional<T: DeserializeOwned + Default>(fields: &mut Map<String, Value>, name: &str) -> Result<T, Error> {
    fields.remove(name).map_or_else(|| Ok(T::default()), |value| Ok(serde_json::from_value(value)?))
}

#[cfg(test)]
mod tests;
