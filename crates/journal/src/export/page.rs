//! A record as a page of Markdown: front matter that programs read, then words that people read.

use std::fmt::Write as _;

use crate::{
    Attachment, Capture, CheckIn, Contact, Content, Course, Entry, Item, PieceKind, Prompt, Record, RecordId,
    SafetyPlan, Session, Summary, Week, json, templates,
};

use super::attachment_path;

/// The page and its path.
pub(super) fn of(id: RecordId, record: &Record) -> Option<(String, String)> {
    if matches!(record.content, Content::Settings(_) | Content::Other(_)) {
        return None;
    }
    let summary = Summary::of(id, record);
    let name = if summary.title.is_empty() { kind_name(&record.content).to_owned() } else { summary.title };
    let mut page = Page::default();
    page.front(id, record, &name);
    match &record.content {
        Content::Entry(entry) => page.entry(entry),
        Content::Course(course) => page.course(course),
        Content::Session(session) => page.session(session),
        Content::Capture(capture) => page.capture(capture),
        Content::CheckIn(check_in) => page.check_in(check_in),
        Content::Week(week) => page.week(week),
        Content::SafetyPlan(plan) => page.safety_plan(plan),
        Content::Settings(_) | Content::Other(_) => {}
    }
    let day = record.day();
    let short = &id.to_string()[..8];
    let path = format!("{:04}/{day} {} {short}.md", day.year(), file_name(&name));
    let mut text = page.0;
    text.truncate(text.trim_end().len());
    text.push('\n');
    Some((path, text))
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
struct Page(String);

impl Page {
    fn front(&mut self, id: RecordId, record: &Record, name: &str) {
        self.0.push_str("---\n");
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
        self.0.push_str("---\n\n");
        // An entry without a title is not given one: its first words follow anyway.
        if !matches!(&record.content, Content::Entry(entry) if entry.title.trim().is_empty()) {
            let _ = write!(self.0, "# {}\n\n", one_line(name));
        }
    }

    /// A line of front matter. A JSON string is a YAML string, and it cannot be taken for anything else.
    fn key(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key}: {}", json::write(&value.into()));
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let _ = writeln!(self.0, "{key}: {}", json::write(&values.into()));
        }
    }

    fn numbers(&mut self, check_in: &CheckIn) {
        let life = &check_in.lifestyle;
        for (key, score) in [
            ("mood", check_in.mood),
            ("energy", check_in.energy),
            ("sleep", check_in.sleep),
            ("anxiety", check_in.anxiety),
            ("connection", check_in.connection),
            ("movement", life.movement),
            ("food", life.food),
            ("stress", life.stress),
            ("people", life.people),
            ("purpose", life.purpose),
        ] {
            if let Some(score) = score {
                let _ = writeln!(self.0, "{key}: {}", score.get());
            }
        }
        if let Some(minutes) = life.sleep_minutes {
            let _ = writeln!(self.0, "sleepMinutes: {minutes}");
        }
        self.list("practices", &check_in.practices);
    }

    fn heading(&mut self, heading: &str) {
        let _ = write!(self.0, "## {}\n\n", one_line(heading));
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.0.push_str(text.trim_end());
            self.0.push_str("\n\n");
        }
    }

    /// "Music: the slow list", on a line of its own.
    fn fact(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            let _ = write!(self.0, "**{name}:** {}\n\n", value.trim());
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
            let _ = writeln!(self.0, "- [{}] {}", if item.done { 'x' } else { ' ' }, one_line(&item.text));
        }
        if !items.is_empty() {
            self.0.push('\n');
        }
    }

    fn lines(&mut self, heading: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.heading(heading);
            for line in lines {
                let _ = writeln!(self.0, "- {}", one_line(line));
            }
            self.0.push('\n');
        }
    }

    /// A picture is shown, anything else is linked to. Both lead out of the year's folder.
    fn attachment(&mut self, attachment: &Attachment) {
        let mark = if attachment.media_type.starts_with("image/") { "!" } else { "" };
        let named = [&attachment.alt, &attachment.name].into_iter().find(|name| !name.trim().is_empty());
        let words = named.map_or("attachment", String::as_str).replace(['[', ']', '\\'], " ");
        let _ = write!(self.0, "{mark}[{}](../{})\n\n", one_line(&words), attachment_path(attachment));
    }

    fn entry(&mut self, entry: &Entry) {
        if let Some(origin) = &entry.origin {
            for line in origin.quoted.lines() {
                let _ = writeln!(self.0, "> {line}");
            }
            let place = origin.address().map_or_else(String::new, |address| format!(", {address}"));
            let name = [&origin.title, &origin.article].into_iter().find(|name| !name.is_empty());
            let name = name.map_or_else(String::new, |name| one_line(name));
            let _ = write!(self.0, ">\n> From *{name}*{place}\n\n");
        }
        self.text(&entry.text);
        self.prompts(&entry.prompts);
        self.items(&entry.items);
        for attachment in &entry.attachments {
            self.attachment(attachment);
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
            self.0.push_str("| time | blood pressure | pulse | oxygen |\n|---|---|---|---|\n");
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
                let _ = writeln!(self.0, "| {time} | {pressure} | {pulse} | {oxygen} |");
            }
            self.0.push('\n');
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

    fn capture(&mut self, capture: &Capture) {
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
                self.attachment(attachment);
            }
        }
    }

    fn check_in(&mut self, check_in: &CheckIn) {
        for scale in templates::SCALES {
            let score = match scale.key {
                "mood" => check_in.mood,
                "energy" => check_in.energy,
                "sleep" => check_in.sleep,
                "anxiety" => check_in.anxiety,
                _ => check_in.connection,
            };
            if let Some(score) = score {
                let line = format!("{} (0 {}, 10 {})", score.get(), scale.low, scale.high);
                self.fact(scale.name, &line);
            }
        }
        self.text(&check_in.note);
    }

    fn week(&mut self, week: &Week) {
        self.text(&week.text);
        self.prompts(&week.prompts);
        self.lines("Intentions", &week.gathered.intentions);
        self.lines("Still open", &week.gathered.open);
    }

    fn safety_plan(&mut self, plan: &SafetyPlan) {
        let people = |contacts: &[Contact]| -> Vec<String> {
            let line = |contact: &Contact| {
                let parts = [&contact.name, &contact.phone, &contact.note];
                parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
            };
            contacts.iter().map(line).collect()
        };
        for step in templates::SAFETY_STEPS {
            let lines = match step.field {
                "signs" => plan.signs.clone(),
                "alone" => plan.alone.clone(),
                "company" => people(&plan.company),
                "helpers" => people(&plan.helpers),
                "professionals" => people(&plan.professionals),
                "surroundings" => plan.surroundings.clone(),
                _ => plan.reasons.clone(),
            };
            self.lines(step.name, &lines);
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
