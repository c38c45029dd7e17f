//! Bringing two changed copies of one record together. What only one side changed is taken from it; labels and lists are
//! joined; where both changed the same words, both are named and a person decides. Nothing is decided by a clock.

use order::Map;

use crate::{
    Error, Record,
    json::{self, Json, Value},
};

/// Two copies brought together as far as that can be done without a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The record, with our words where both sides changed the same field.
    pub record: Record,
    /// The fields that both sides changed differently. Empty: nothing is left to decide.
    pub both: Vec<Both>,
}

/// A field that both sides changed, as each has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both {
    /// The field, as in JSON: `text`, `prompts[0].answer`.
    pub field: String,
    /// What we have; JSON for what is not text.
    pub ours: String,
    /// What they have.
    pub theirs: String,
}

/// Merges two copies that come from `base`; `None` where no common one is known, and then every field that differs is
/// named. `changed` becomes the later of the two.
///
/// # Errors
/// `OtherKind` for records of different kinds; `Finished` where a finished capture would change, which is then to be kept
/// beside the other as it is.
pub fn three_way(base: Option<&Record>, ours: &Record, theirs: &Record) -> Result<Merged, Error> {
    if ours.kind() != theirs.kind() || base.is_some_and(|base| base.kind() != ours.kind()) {
        return Err(Error::OtherKind);
    }
    let mut merging = Merging::default();
    let empty = Value::Object(Default::default());
    let base = base.map_or(empty, fields);
    let mut value = merging.value("", Some(&base), &fields(ours), &fields(theirs));
    if let Value::Object(fields) = &mut value {
        fields.insert("changed".to_owned(), ours.changed.max(theirs.changed).to_string().into());
    }
    let record = Record::read(value)?;
    ours.may_become(&record)?;
    theirs.may_become(&record)?;
    Ok(Merged { record, both: merging.both })
}

/// All fields but the time of the last change, which always differs and is no one's words.
fn fields(record: &Record) -> Value {
    let mut value = record.to_value();
    if let Value::Object(fields) = &mut value {
        fields.remove("changed");
    }
    value
}

#[derive(Default)]
struct Merging {
    both: Vec<Both>,
}

impl Merging {
    fn value(&mut self, field: &str, base: Option<&Value>, ours: &Value, theirs: &Value) -> Value {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        match (ours, theirs) {
            (Value::Object(ours), Value::Object(theirs)) => {
                let nothing = json::Object::new();
                let base = base.and_then(Value::as_object).unwrap_or(&nothing);
                Value::Object(self.object(field, base, ours, theirs))
            }
            (Value::Array(ours), Value::Array(theirs)) => {
                let base = base.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                Value::Array(self.list(field, base, ours, theirs))
            }
            _ => {
                self.name(field, ours, theirs);
                ours.clone()
            }
        }
    }

    fn object(
        &mut self,
        field: &str,
        base: &json::Object,
        ours: &json::Object,
        theirs: &json::Object,
    ) -> json::Object {
        let mut out = json::Object::new();
        // A list that is not there is an empty one.
        let none = Value::Array(Vec::new());
        let names: Map<&String, ()> = ours.keys().chain(theirs.keys()).map(|name| (name, ())).collect();
        for name in names.keys().copied() {
            let path = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
            let merged = match (base.get(name), ours.get(name), theirs.get(name)) {
                (base, Some(ours), Some(theirs)) => Some(self.value(&path, base, ours, theirs)),
                (base, Some(ours @ Value::Array(_)), None) => Some(self.value(&path, base, ours, &none)),
                (base, None, Some(theirs @ Value::Array(_))) => Some(self.value(&path, base, &none, theirs)),
                // Gone on one side: it stays gone if the other left it as it was.
                (Some(base), Some(only), None) | (Some(base), None, Some(only)) if base == only => None,
                (Some(_), Some(ours), None) => {
                    self.name(&path, ours, &Value::Null);
                    Some(ours.clone())
                }
                (Some(_), None, Some(theirs)) => {
                    self.name(&path, &Value::Null, theirs);
                    Some(theirs.clone())
                }
                (None, Some(only), None) | (None, None, Some(only)) => Some(only.clone()),
                (_, None, None) => None,
            };
            if let Some(merged) = merged {
                out.insert(name.clone(), merged);
            }
        }
        out
    }

    /// Members are the same where their [`identity`] is. The order is ours; what only they added follows the member that
    /// it follows with them.
    fn list(&mut self, field: &str, base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
        let (base, ours, theirs) = (numbered(base), numbered(ours), numbered(theirs));
        let find = |list: &[Numbered<'_>], wanted: &Numbered<'_>| -> Option<usize> {
            list.iter().position(|member| member.is(wanted))
        };
        let mut out: Vec<(Numbered<'_>, Value)> = Vec::new();
        for our in &ours {
            let before = find(&base, our).map(|at| base[at].value);
            match (before, find(&theirs, our)) {
                (before, Some(at)) => {
                    let path = format!("{field}[{}]", out.len());
                    let merged = self.value(&path, before, our.value, theirs[at].value);
                    out.push((our.clone(), merged));
                }
                // They took away what we left as it was.
                (Some(before), None) if before == our.value => {}
                (_, None) => out.push((our.clone(), our.value.clone())),
            }
        }
        let mut place = 0;
        for their in &theirs {
            if let Some(at) = out.iter().position(|(member, _)| member.is(their)) {
                place = at + 1;
                continue;
            }
            let before = find(&base, their).map(|at| base[at].value);
            if before != Some(their.value) {
                out.insert(place, (their.clone(), their.value.clone()));
                place += 1;
            }
        }
        out.into_iter().map(|(_, value)| value).collect()
    }

    fn name(&mut self, field: &str, ours: &Value, theirs: &Value) {
        let shown = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => json::write(other),
        };
        self.both.push(Both { field: field.to_owned(), ours: shown(ours), theirs: shown(theirs) });
    }
}

/// A member of a list, with how many of the same identity stand before it.
#[derive(Clone)]
struct Numbered<'v> {
    value: &'v Value,
    identity: String,
    nth: usize,
}

impl Numbered<'_> {
    fn is(&self, other: &Self) -> bool {
        self.nth == other.nth && self.identity == other.identity
    }
}

fn numbered(list: &[Value]) -> Vec<Numbered<'_>> {
    let mut counts = Map::<String, usize>::default();
    list.iter()
        .map(|value| {
            let identity = identity(value);
            let count = counts.or_default(identity.clone());
            let nth = *count;
            *count += 1;
            Numbered { value, identity, nth }
        })
        .collect()
}

/// What makes a member of a list the same on both sides though its words changed: an attachment its id, a question its
/// words, a measurement or a piece its time. Anything else is the same only if it says the same.
fn identity(value: &Value) -> String {
    let Value::Object(fields) = value else { return json::write(value) };
    for name in ["id", "question", "at", "name", "what", "text"] {
        if let Some(value) = fields.get(name) {
            return format!("{name} {}", json::write(value));
        }
    }
    json::write(value)
}

#[cfg(test)]
mod tests;
