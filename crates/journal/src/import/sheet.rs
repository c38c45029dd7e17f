//! What an import collects while it reads: records, attachments, the report.

use super::*;

/// Collects.
pub(super) struct Sheet {
    records: Vec<NewRecord>,
    attachments: Vec<Found>,
    report: Vec<Line>,
    /// Lines that found no place in the report.
    untold: usize,
    /// Fields that were left out, each with how many entries had it.
    left_out: Map<String, usize>,
    /// Kinds of thing that come as entries, each with how many there are.
    as_entries: Map<String, usize>,
    /// Whether there is a page of this journal's own Markdown.
    own_pages: bool,
    files: Map<String, u64>,
    /// Files that were read for their words.
    read: Map<String, ()>,
    /// Paths by the names of their files without folders, where that is one.
    by_name: Map<String, Option<String>>,
    taken: Map<String, AttachmentId>,
}

impl Sheet {
    pub fn new(files: Map<String, u64>) -> Self {
        let mut named: Vec<(String, &String)> =
            files.keys().map(|path| (name_of(path).to_lowercase(), path)).collect();
        order::sort(&mut named);
        let same = named.chunk_by(|one, other| one.0 == other.0);
        let by_name =
            same.map(|all| (all[0].0.clone(), (all.len() == 1).then(|| all[0].1.clone()))).collect();
        Self {
            records: Vec::new(),
            attachments: Vec::new(),
            report: Vec::new(),
            untold: 0,
            left_out: Map::default(),
            as_entries: Map::default(),
            own_pages: false,
            files,
            read: Map::default(),
            by_name,
            taken: Map::default(),
        }
    }

    /// Adds a record under a name that is made up; what is out of bounds goes to the report in its place.
    pub fn add(&mut self, place: &str, record: Record) -> Result<(), ImportError> {
        let id = RecordId(numbered(self.records.len() as u64 + 1));
        self.add_named(place, id, record)
    }

    /// Adds a record under its name.
    pub fn add_named(&mut self, place: &str, id: RecordId, record: Record) -> Result<(), ImportError> {
        if self.records.len() >= MAX_RECORDS {
            return Err(ImportError::TooMany);
        }
        match record.check() {
            Ok(()) => self.records.push(NewRecord { id, record }),
            Err(Error::Invalid(problems)) => {
                for problem in problems {
                    self.tell(place, &format!("left out: {problem}"));
                }
            }
            Err(error) => self.tell(place, &format!("left out: {error}")),
        }
        Ok(())
    }

    /// Says something in the report.
    pub fn tell(&mut self, place: &str, what: &str) {
        if self.report.len() < MAX_LINES {
            self.report.push(Line { place: short(place), what: what.to_owned() });
        } else {
            self.untold += 1;
        }
    }

    /// Notes that a file is read for its words.
    pub fn opened(&mut self, path: &str) {
        self.read.insert(path.to_owned(), ());
    }

    /// Notes that a field of an entry has no place here.
    pub fn leave_out(&mut self, field: &str) {
        let field = short(field);
        if self.left_out.len() < MAX_LINES || self.left_out.contains_key(&field) {
            *self.left_out.or_default(field) += 1;
        } else {
            self.untold += 1;
        }
    }

    /// Notes a page of this journal's own Markdown, and what kind of thing it was.
    pub fn own_page(&mut self, kind: &str) {
        self.own_pages = true;
        if let "course" | "session" | "capture" | "check-in" | "week" | "safety-plan" = kind {
            *self.as_entries.or_default(kind.replace("y-", "y ")) += 1;
        }
    }

    /// Notes that attachments stood within a text and come behind it: marks of them were taken out, the first of them at `first`.
    pub fn moved(&mut self, text: &str, first: Option<usize>) {
        if first.is_some_and(|first| !text[first..].trim().is_empty()) {
            self.leave_out("where pictures and recordings stood in the text");
        }
    }

    /// Notes which of the fields an entry has, as far as they say anything.
    pub fn leave_out_fields(&mut self, entry: &Value, fields: &[(&'static str, &'static str)]) {
        for (field, name) in fields {
            let says = match entry.get(field) {
                None | Some(Value::Null | Value::Bool(false)) => false,
                Some(Value::String(text)) => !text.is_empty(),
                Some(Value::Array(list)) => !list.is_empty(),
                Some(Value::Object(map)) => !map.is_empty(),
                Some(Value::Number(number)) => {
                    number.as_f64().is_some_and(|number| number != 0.0 && number.abs() < 1e300)
                }
                Some(_) => true,
            };
            if says {
                self.leave_out(name);
            }
        }
    }

    /// An attachment by its path, or by its file's name if only one file has it.
    pub fn attach(&mut self, wanted: &str) -> Option<Attachment> {
        let path = if self.files.contains_key(wanted) {
            wanted.to_owned()
        } else {
            self.by_name.get(&name_of(wanted).to_lowercase())?.clone()?
        };
        let bytes = *self.files.get(&path)?;
        let id = match self.taken.get(&path) {
            Some(id) => *id,
            None => {
                let id = AttachmentId(numbered(self.attachments.len() as u64 + 1));
                self.attachments.push(Found { id, path: path.clone(), bytes });
                self.taken.insert(path.clone(), id);
                id
            }
        };
        let name = short(name_of(&path));
        Some(Attachment {
            id,
            media_type: media::type_of(&name).to_owned(),
            name,
            bytes,
            width: None,
            height: None,
            milliseconds: None,
            alt: String::new(),
            more: Default::default(),
        })
    }

    /// Names an attachment of our own export, which has its id already.
    pub fn attach_own(&mut self, attachment: &Attachment) -> bool {
        let path = crate::export::attachment_path(attachment);
        let Some(&bytes) = self.files.get(&path) else { return false };
        if self.taken.insert(path.clone(), attachment.id).is_none() {
            self.attachments.push(Found { id: attachment.id, path, bytes });
        }
        true
    }

    /// Paths that begin so.
    pub fn under(&self, folder: &str) -> Vec<String> {
        let after = self.files.from(folder);
        after.map(|(path, _)| path).take_while(|path| path.starts_with(folder)).cloned().collect()
    }

    pub fn finish(mut self, format: Format) -> Import {
        let files: Vec<String> = self.files.keys().cloned().collect();
        for path in files {
            if !self.taken.contains_key(&path) && !self.read.contains_key(&path) {
                self.tell(&path, "left out: it belongs to no entry");
            }
        }
        let all = |what: String| Line { place: String::new(), what };
        for (field, count) in std::mem::take(&mut self.left_out) {
            let entries = if count == 1 { "entry" } else { "entries" };
            // These lines sum up the rest, so they have a place even in a full report.
            self.report.push(all(format!("{field}: left out of {count} {entries}")));
        }
        for (kind, count) in std::mem::take(&mut self.as_entries) {
            self.report.push(all(match count {
                1 => format!("1 {kind} comes as an entry"),
                _ => format!("{count} {kind}s come as entries"),
            }));
        }
        if self.own_pages {
            let what = "Markdown is for reading elsewhere. This journal's JSON comes back as it was.";
            self.report.push(all(what.to_owned()));
        }
        if self.untold > 0 {
            self.report.push(all(format!("and {} more", self.untold)));
        }
        Import { format, records: self.records, attachments: self.attachments, report: self.report }
    }
}

fn numbered(number: u64) -> ObjectId {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&number.to_be_bytes());
    ObjectId(id)
}

/// The part of a path behind its folders.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// As much of a name as a report and an attachment have room for.
fn short(name: &str) -> String {
    name[..name.floor_char_boundary(300)].to_owned()
}

/// Labels as a record may have them: trimmed, not empty, each once, no more and no longer than fit.
pub(super) fn labels(all: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for label in all {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let label = label[..label.floor_char_boundary(limits::LABEL)].trim().to_owned();
        if !label.is_empty() && !out.contains(&label) && out.len() < limits::LABELS {
            out.push(label);
        }
    }
    out
}

/// A field's text; empty if it has none.
pub(super) fn text_of<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The texts of a list, or of the field `name` of its members.
pub(super) fn texts_of(value: &Value, field: &str) -> Vec<String> {
    let list = value.get(field).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let text = |value: &Value| value.as_str().or_else(|| value.get("name")?.as_str()).map(str::to_owned);
    list.iter().filter_map(text).collect()
}
