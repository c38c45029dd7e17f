//! A record as a page: for a file of Markdown with front matter that programs read, then words that people read; for paper and for
//! reading in parts, so that what is attached is shown in its place.

use std::fmt::Write as _;

use crate::{
    Attachment, Capture, CheckIn, Content, Course, Entry, Item, PieceKind, Prompt, Record, RecordId,
    SafetyPlan, Score, Session, Summary, Week, json, templates,
};

use super::attachment_path;

/// A stretch of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<'r> {
    /// Words, in Markdown.
    Words(String),
    /// What is attached, and in a word what it is.
    Attached(&'r Attachment, &'static str),
}

/// The file and its path.
pub(super) fn file(id: RecordId, record: &Record) -> Option<(String, String)> {
    let (name, body) = (title(id, record), body(id, record)?);
    let day = record.day();
    let mut page = Page::default();
    page.front(id, record, &name);
    for part in body.done() {
        match part {
            Part::Words(words) => page.text(&words),
            // A picture is shown, anything else is linked to. Both lead out of the year's folder.
            Part::Attached(attachment, what) => {
                let mark = if attachment.media_type.starts_with("image/") { "!" } else { "" };
                let words = name_of(attachment, what, &day.to_string()).replace(['[', ']', '\\'], " ");
                let path = attachment_path(attachment);
                page.text(&format!("{mark}[{}](../{path})", one_line(&words)));
            }
        }
    }
    let short = &id.to_string()[..8];
    let path = format!("{:04}/{day} {} {short}.md", day.year(), file_name(&name));
    let mut text = page.text;
    text.truncate(text.trim_end().len());
    text.push('\n');
    Some((path, text))
}

/// All that people read of it, in parts.
pub(super) fn parts(id: RecordId, record: &Record) -> Option<Vec<Part<'_>>> {
    let mut page = body(id, record)?;
    page.fact("Tags", &record.tags.join(", "));
    page.fact("Themes", &record.themes.join(", "));
    Some(page.done())
}

/// What a record is called.
pub(super) fn title(id: RecordId, record: &Record) -> String {
    let title = Summary::of(id, record).title;
    if title.is_empty() { kind_name(&record.content).to_owned() } else { title }
}

/// What an attachment is called: as the keeper has described it, by its file's name unless it is a picture, or by what it is and
/// the day.
pub fn name_of(attachment: &Attachment, what: &str, day: &str) -> String {
    let name = if attachment.media_type.starts_with("image/") { "" } else { &attachment.name };
    let named = [&attachment.alt, name].into_iter().find(|name| !name.trim().is_empty());
    named.map_or_else(|| format!("{what}, {day}"), str::to_owned)
}

fn body(id: RecordId, record: &Record) -> Option<Page<'_>> {
    let mut page = Page::default();
    // An entry without a title is not given one: its first words follow anyway.
    if !matches!(&record.content, Content::Entry(entry) if entry.title.trim().is_empty()) {
        let _ = write!(page.text, "# {}\n\n", one_line(&title(id, record)));
    }
    match &record.content {
        Content::Entry(entry) => page.entry(entry),
        Content::Course(course) => page.course(course),
        Content::Session(session) => page.session(session),
        Content::Capture(capture) => page.capture(capture),
        Content::CheckIn(check_in) => page.check_in(check_in),
        Content::Week(week) => page.week(week),
        Content::SafetyPlan(plan) => page.safety_plan(plan),
        Content::Settings(_) | Content::Other(_) => return None,
    }
    Some(page)
}

/// Letters, digits and single spaces, at most 60 characters: what every system takes as a file's name.
fn file_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    let mut out = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = out.char_indices().nth(60) {
        out.truncate(out[..end].trim_end().len());
    }
    if out.is_empty() { "untitled".to_owned() } else { out }
}

fn kind_name(content: &Content) -> &'static str {
    match content {
        Content::Entry(_) => "Entry",
        Content::Course(_) => "Course of treatment",
        Content::Session(_) => "Session",
        Content::Capture(_) => "Capture",
        Content::CheckIn(_) => "Check-in",
        Content::Week(_) => "Week",
        Content::SafetyPlan(_) => "Safety plan",
        Content::Settings(_) | Content::Other(_) => "",
    }
}

#[derive(Default)]
struct Page<'r> {
    parts: Vec<Part<'r>>,
    /// The words behind the last part.
    text: String,
}

impl<'r> Page<'r> {
    fn done(mut self) -> Vec<Part<'r>> {
        self.turn();
        self.parts
    }

    /// Makes a part of the words.
    fn turn(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(Part::Words(std::mem::take(&mut self.text)));
        }
    }

    fn attached(&mut self, attachment: &'r Attachment, what: &'static str) {
        self.turn();
        self.parts.push(Part::Attached(attachment, what));
    }

    fn front(&mut self, id: RecordId, record: &Record, name: &str) {
        self.text.push_str("---\n");
        self.key("title", name);
        self.key("kind", record.kind().as_str());
        self.key("day", &record.day().to_string());
        self.key("date", &record.written.to_string());
        self.key("modified", &record.changed.to_string());
        self.list("tags", &record.tags);
        self.list("themes", &record.themes);
        let (session, reflects) = match &record.content {
            Content::Entry(entry) => (entry.session, entry.reflects),
            Content::Capture(capture) => (capture.session, None),
            _ => (None, None),
        };
        for (key, id) in [("id", Some(id)), ("session", session), ("reflects", reflects)] {
            if let Some(id) = id {
                self.key(key, &id.to_string());
            }
        }
        if let Content::CheckIn(check_in) = &record.content {
            self.numbers(check_in);
        }
        self.text.push_str("---\n\n");
    }

    /// A line of front matter. A JSON string is a YAML string, and it cannot be taken for anything else.
    fn key(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key}: {}", json::write(&value.into()));
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let _ = writeln!(self.text, "{key}: {}", json::write(&values.into()));
        }
    }

    fn numbers(&mut self, check_in: &CheckIn) {
        for (scale, score) in scored(check_in) {
            let _ = writeln!(self.text, "{}: {}", scale.key, score.get());
        }
        if let Some(minutes) = check_in.lifestyle.sleep_minutes {
            let _ = writeln!(self.text, "sleepMinutes: {minutes}");
        }
        self.list("practices", &check_in.practices);
    }

    fn heading(&mut self, heading: &str) {
        let _ = write!(self.text, "## {}\n\n", one_line(heading));
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.text.push_str(text.trim_end());
            self.text.push_str("\n\n");
        }
    }

    /// "Music: the slow list", on a line of its own.
    fn fact(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            let _ = write!(self.text, "**{name}:** {}\n\n", value.trim());
        }
    }

    fn prompts(&mut self, prompts: &[Prompt]) {
        for prompt in prompts {
            self.heading(&prompt.question);
            self.text(if prompt.skipped { "*Left out.*" } else { &prompt.answer });
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            let _ = writeln!(self.text, "- [{}] {}", if item.done { 'x' } else { ' ' }, one_line(&item.text));
        }
        if !items.is_empty() {
            self.text.push('\n');
        }
    }

    fn lines(&mut self, heading: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.heading(heading);
            for line in lines {
                let _ = writeln!(self.text, "- {}", one_line(line));
            }
            self.text.push('\n');
        }
    }

    fn entry(&mut self, entry: &'r Entry) {
        if let Some(origin) = &entry.origin {
            for line in origin.quoted.lines() {
                let _ = writeln!(self.text, "> {line}");
            }
            let place = origin.address().map_or_else(String::new, |address| format!(", {address}"));
            let name = [&origin.title, &origin.article].into_iter().find(|name| !name.is_empty());
            let name = name.map_or_else(String::new, |name| one_line(name));
            let _ = write!(self.text, ">\n> From *{name}*{place}\n\n");
        }
        self.text(&entry.text);
        self.prompts(&entry.prompts);
        self.items(&entry.items);
        for attachment in &entry.attachments {
            let what = match attachment.media_type.split('/').next() {
                Some("image") => "Photo",
                Some("audio") => "Voice memo",
                _ => "File",
            };
            self.attached(attachment, what);
        }
    }

    fn course(&mut self, course: &Course) {
        self.fact("Where", &course.place);
        self.fact("With", &course.with);
        self.fact("Since", &course.started.map_or_else(String::new, |day| day.to_string()));
        self.text(&course.notes);
    }

    fn session(&mut self, session: &Session) {
        self.fact("When", &session.at.map_or_else(String::new, |at| at.to_string()));
        self.fact("How", &session.route);
        if let Some(dose) = &session.dose {
            let amount =
                dose.amount.map_or_else(String::new, |_| format!("{} {}", dose.amount_text(), dose.unit));
            self.fact("Dose", &[dose.text.as_str(), amount.trim()].join(" "));
        }
        self.fact("Setting", &session.setting);
        self.fact("Companion", &session.companion);
        self.fact("Music", &session.music);
        self.fact("Intention", &session.intention);
        if !session.vitals.is_empty() {
            self.text.push_str("| time | blood pressure | pulse | oxygen |\n|---|---|---|---|\n");
            for vital in &session.vitals {
                let number =
                    |number: Option<u16>| number.map_or_else(String::new, |number| number.to_string());
                let time = vital.at.map_or_else(String::new, |at| {
                    let (hour, minute) = at.time();
                    format!("{hour:02}:{minute:02}")
                });
                let pressure = format!("{}/{}", number(vital.systolic), number(vital.diastolic));
                let pressure = if pressure == "/" { "" } else { &pressure };
                let (pulse, oxygen) = (number(vital.pulse), number(vital.oxygen));
                let _ = writeln!(self.text, "| {time} | {pressure} | {pulse} | {oxygen} |");
            }
            self.text.push('\n');
        }
        let effects: Vec<String> = session
            .effects
            .iter()
            .map(|effect| format!("{} {}", effect.what, effect.note).trim().to_owned())
            .collect();
        self.lines("Side effects", &effects);
        if !session.checklist.is_empty() {
            self.heading("Before");
            self.items(&session.checklist);
        }
        self.text(&session.notes);
    }

    fn capture(&mut self, capture: &'r Capture) {
        for piece in &capture.pieces {
            let (hour, minute) = piece.at.time();
            let prompt = templates::CAPTURE_PROMPTS.iter().find(|prompt| prompt.kind == piece.kind.as_str());
            let name = match (&piece.kind, prompt) {
                (_, Some(prompt)) => prompt.name,
                (PieceKind::Voice, _) => "Voice",
                (PieceKind::Drawing, _) => "Drawing",
                _ => "",
            };
            self.heading(format!("{hour:02}:{minute:02} {name}").trim());
            self.text(&piece.text);
            if let Some(attachment) = &piece.attachment {
                let what = if piece.kind == PieceKind::Drawing { "Drawing" } else { "Voice memo" };
                self.attached(attachment, what);
            }
        }
    }

    fn check_in(&mut self, check_in: &CheckIn) {
        for (scale, score) in scored(check_in) {
            let line = format!("{} (0 {}, 10 {})", score.get(), scale.low, scale.high);
            self.fact(scale.name, &line);
        }
        if let Some(minutes) = check_in.lifestyle.sleep_minutes {
            self.fact("Time asleep", &format!("{} h {:02} min", minutes / 60, minutes % 60));
        }
        let practices: Vec<&str> = check_in.practices.iter().map(|key| practice_name(key)).collect();
        self.fact("What you did", &practices.join(", "));
        self.text(&check_in.note);
    }

    fn week(&mut self, week: &Week) {
        self.text(&week.text);
        self.prompts(&week.prompts);
        self.lines("Intentions", &week.gathered.intentions);
        self.lines("Still open", &week.gathered.open);
    }

    fn safety_plan(&mut self, plan: &SafetyPlan) {
        for step in templates::SAFETY_STEPS {
            self.lines(step.name, &step.told(plan, ", "));
        }
    }
}

/// The scales that were answered, those of the day and those of what surrounds it.
fn scored(check_in: &CheckIn) -> Vec<(templates::Scale, Score)> {
    let score = |scale: templates::Scale| Some((scale, scale.score(check_in)?));
    templates::SCALES.into_iter().chain(templates::LIFESTYLE).filter_map(score).collect()
}

/// The name of a practice for people; one of the keeper's own is its name itself.
fn practice_name(key: &str) -> &str {
    templates::PRACTICES.iter().find(|practice| practice.key == key).map_or(key, |practice| practice.name)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
