//! What is out of bounds in a record. Everything is found at once, each with its field.

use crate::{
    Attachment, Capture, CheckIn, Contact, Content, Course, Entry, Item, Problem, Prompt, Record, SafetyPlan,
    Session, Settings, Week,
};

/// How much there may be of what. Generous for people, tight for what is not one.
pub mod limits {
    /// Bytes of a title, a name, a number to call, a unit: what stands in one line.
    pub const LINE: usize = 2_000;
    /// Bytes of a tag or a theme.
    pub const LABEL: usize = 200;
    /// Bytes of what stands behind `#` in the link of a pack: the longest that a pack may have.
    pub const PACK: usize = 4_096;
    /// Bytes of a text or an answer. Some 300 printed pages.
    pub const TEXT: usize = 1_000_000;
    /// Members of a list in a record: prompts, pieces, attachments, people.
    pub const LIST: usize = 1_000;
    /// Tags, or themes, of one record.
    pub const LABELS: usize = 100;
    /// Minutes of sleep in a day.
    pub const SLEEP_MINUTES: u16 = 24 * 60;
    /// Blood pressure, mmHg, and beats a minute: more than devices show.
    pub const VITAL: u16 = 400;
    /// Minutes after which a journal may lock.
    pub const LOCK_MINUTES: std::ops::RangeInclusive<u16> = 1..=120;
}

/// Everything that is out of bounds.
pub(crate) fn problems(record: &Record) -> Vec<Problem> {
    let mut check = Check::default();
    for (name, labels) in [("tags", &record.tags), ("themes", &record.themes)] {
        if labels.len() > limits::LABELS {
            check.found(name, format!("there are {}, and at most {} fit", labels.len(), limits::LABELS));
        }
        for (at, label) in labels.iter().take(limits::LABELS).enumerate() {
            let field = format!("{name}[{at}]");
            check.bytes(&field, label, limits::LABEL);
            if label.trim().is_empty() {
                check.found(&field, "it is empty".to_owned());
            }
        }
    }
    match &record.content {
        Content::Entry(entry) => check.entry(entry),
        Content::Course(course) => check.course(course),
        Content::Session(session) => check.session(session),
        Content::Capture(capture) => check.capture(capture),
        Content::CheckIn(check_in) => check.check_in(check_in),
        Content::Week(week) => check.week(week),
        Content::SafetyPlan(plan) => check.safety_plan(plan),
        Content::Settings(settings) => check.settings(settings),
        Content::Other(_) => {}
    }
    check.0
}

#[derive(Default)]
struct Check(Vec<Problem>);

impl Check {
    fn found(&mut self, field: &str, what: String) {
        self.0.push(Problem { field: field.to_owned(), what });
    }

    fn bytes(&mut self, field: &str, text: &str, most: usize) {
        if text.len() > most {
            self.found(field, format!("it has {} bytes, and at most {most} fit", text.len()));
        }
    }

    fn line(&mut self, field: &str, text: &str) {
        self.bytes(field, text, limits::LINE);
    }

    fn text(&mut self, field: &str, text: &str) {
        self.bytes(field, text, limits::TEXT);
    }

    fn number(&mut self, field: &str, number: Option<u16>, most: u16) {
        if let Some(number) = number.filter(|&number| number > most) {
            self.found(field, format!("it is {number}, and at most {most} makes sense"));
        }
    }

    /// Each member with its place, as far as a list may go.
    fn each<T>(&mut self, field: &str, list: &[T], check: impl Fn(&mut Self, &str, &T)) {
        if list.len() > limits::LIST {
            self.found(field, format!("there are {}, and at most {} fit", list.len(), limits::LIST));
        }
        for (at, member) in list.iter().take(limits::LIST).enumerate() {
            check(self, &format!("{field}[{at}]"), member);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.line("title", &entry.title);
        self.text("text", &entry.text);
        self.prompts(&entry.prompts);
        self.items("items", &entry.items);
        self.each("attachments", &entry.attachments, Self::attachment);
        if let Some(origin) = &entry.origin {
            let lines = [
                ("article", &origin.article),
                ("anchor", &origin.anchor),
                ("title", &origin.title),
                ("section", &origin.section),
                ("kind", &origin.kind),
                ("label", &origin.label),
            ];
            for (name, line) in lines {
                self.line(&format!("origin.{name}"), line);
            }
            self.text("origin.quoted", &origin.quoted);
            self.bytes("origin.pack", &origin.pack, limits::PACK);
        }
    }

    fn course(&mut self, course: &Course) {
        self.line("name", &course.name);
        self.line("place", &course.place);
        self.line("with", &course.with);
        self.text("notes", &course.notes);
    }

    fn session(&mut self, session: &Session) {
        self.line("route", &session.route);
        for (name, text) in [
            ("setting", &session.setting),
            ("companion", &session.companion),
            ("music", &session.music),
            ("intention", &session.intention),
            ("notes", &session.notes),
        ] {
            self.text(name, text);
        }
        if let Some(dose) = &session.dose {
            self.line("dose.text", &dose.text);
            self.line("dose.unit", &dose.unit);
            if dose.amount.is_some_and(|amount| !amount.is_finite() || amount < 0.0) {
                self.found("dose.amount", "it is not a number from 0 up".to_owned());
            }
        }
        self.each("vitals", &session.vitals, |check, field, vital| {
            check.number(&format!("{field}.systolic"), vital.systolic, limits::VITAL);
            check.number(&format!("{field}.diastolic"), vital.diastolic, limits::VITAL);
            check.number(&format!("{field}.pulse"), vital.pulse, limits::VITAL);
            check.number(&format!("{field}.oxygen"), vital.oxygen, 100);
        });
        self.each("effects", &session.effects, |check, field, effect| {
            check.line(&format!("{field}.what"), &effect.what);
            check.text(&format!("{field}.note"), &effect.note);
        });
        self.items("checklist", &session.checklist);
    }

    fn capture(&mut self, capture: &Capture) {
        self.each("pieces", &capture.pieces, |check, field, piece| {
            check.line(&format!("{field}.kind"), piece.kind.as_str());
            check.text(&format!("{field}.text"), &piece.text);
            if let Some(attachment) = &piece.attachment {
                check.attachment(&format!("{field}.attachment"), attachment);
            }
        });
    }

    fn check_in(&mut self, check_in: &CheckIn) {
        self.each("practices", &check_in.practices, |check, field, practice| check.line(field, practice));
        self.number("lifestyle.sleepMinutes", check_in.lifestyle.sleep_minutes, limits::SLEEP_MINUTES);
        self.text("note", &check_in.note);
    }

    fn week(&mut self, week: &Week) {
        self.prompts(&week.prompts);
        self.text("text", &week.text);
        let gathered = &week.gathered;
        for (name, ids) in [
            ("gathered.checkIns", &gathered.check_ins),
            ("gathered.entries", &gathered.entries),
            ("gathered.sessions", &gathered.sessions),
        ] {
            self.each(name, ids, |_, _, _| {});
        }
        self.each("gathered.intentions", &gathered.intentions, |check, field, line| check.text(field, line));
        self.each("gathered.open", &gathered.open, |check, field, line| check.text(field, line));
    }

    fn safety_plan(&mut self, plan: &SafetyPlan) {
        for (name, lines) in [
            ("signs", &plan.signs),
            ("alone", &plan.alone),
            ("surroundings", &plan.surroundings),
            ("reasons", &plan.reasons),
        ] {
            self.each(name, lines, |check, field, line| check.line(field, line));
        }
        for (name, contacts) in
            [("company", &plan.company), ("helpers", &plan.helpers), ("professionals", &plan.professionals)]
        {
            self.each(name, contacts, |check, field, contact: &Contact| {
                check.line(&format!("{field}.name"), &contact.name);
                check.line(&format!("{field}.phone"), &contact.phone);
                check.line(&format!("{field}.note"), &contact.note);
            });
        }
    }

    fn settings(&mut self, settings: &Settings) {
        if settings.lock_after_minutes.is_some_and(|minutes| !limits::LOCK_MINUTES.contains(&minutes)) {
            self.found("lockAfterMinutes", "it is not from 1 to 120 minutes".to_owned());
        }
    }

    fn prompts(&mut self, prompts: &[Prompt]) {
        self.each("prompts", prompts, |check, field, prompt| {
            check.text(&format!("{field}.question"), &prompt.question);
            check.text(&format!("{field}.answer"), &prompt.answer);
        });
    }

    fn items(&mut self, name: &str, items: &[Item]) {
        self.each(name, items, |check, field, item| check.text(&format!("{field}.text"), &item.text));
    }

    fn attachment(&mut self, field: &str, attachment: &Attachment) {
        self.line(&format!("{field}.name"), &attachment.name);
        self.line(&format!("{field}.mediaType"), &attachment.media_type);
        self.text(&format!("{field}.alt"), &attachment.alt);
        if attachment.bytes > vault::MAX_ATTACHMENT {
            self.found(
                &format!("{field}.bytes"),
                format!("it has {}, and at most {} fit", attachment.bytes, vault::MAX_ATTACHMENT),
            );
        }
    }
}
