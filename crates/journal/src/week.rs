//! The weekly review: what the week held, and a few questions.

use crate::{Content, Day, Moment, Prompt, Record, RecordId, shape::shape};

shape! {
    /// A look back on seven days.
    Week {
        @needs {
            /// The first of the seven days.
            first: Day,
        }
        /// The questions and their answers.
        prompts: Vec<Prompt>,
        /// Anything else; Markdown.
        text: String,
        /// What was looked at.
        gathered: Gathered,
    }
}

impl Week {
    /// An empty review of the seven days from `first` on.
    pub fn new(first: Day) -> Self {
        Self {
            first,
            prompts: Vec::new(),
            text: String::new(),
            gathered: Gathered::default(),
            more: Default::default(),
        }
    }
}

shape! {
    /// What was there when the week was reviewed, each in its order of time.
    #[derive(Default)]
    Gathered {
        /// Check-ins.
        check_ins: Vec<RecordId>,
        /// Entries and captures.
        entries: Vec<RecordId>,
        /// Sessions.
        sessions: Vec<RecordId>,
        /// The lines that sessions of the last four weeks were begun with.
        intentions: Vec<String>,
        /// What was still to be done: things to tick of the last four weeks, as they stood.
        open: Vec<String>,
    }
}

/// How long something to tick and an intention are gathered after they were written: they fade then, and nobody is reminded.
const OPEN_DAYS: i64 = 28;

/// What the seven days from `first` on hold, from all records, in any order.
pub fn gather<'r>(first: Day, records: impl IntoIterator<Item = (RecordId, &'r Record)>) -> Gathered {
    let last = first.plus(6);
    let mut all: Vec<(Day, Moment, RecordId, &Record)> = records
        .into_iter()
        .map(|(id, record)| (record.day(), record.written, id, record))
        .filter(|(day, ..)| *day <= last && last.days_after(*day) < OPEN_DAYS)
        .collect();
    order::sort_by(&mut all, |one, other| (one.0, one.1, one.2).cmp(&(other.0, other.1, other.2)));
    let mut gathered = Gathered::default();
    for (day, _, id, record) in all {
        let this_week = day >= first;
        match &record.content {
            Content::CheckIn(_) if this_week => gathered.check_ins.push(id),
            Content::Capture(_) if this_week => gathered.entries.push(id),
            Content::Session(session) => {
                if this_week {
                    gathered.sessions.push(id);
                }
                if !session.intention.trim().is_empty() {
                    gathered.intentions.push(session.intention.trim().to_owned());
                }
            }
            Content::Entry(entry) => {
                if this_week {
                    gathered.entries.push(id);
                }
                gathered
                    .open
                    .extend(entry.to_do().iter().filter(|item| !item.done).map(|item| item.text.clone()));
            }
            _ => {}
        }
    }
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CheckIn, Entry, Item, Origin, Session};
    use vault::ObjectId;

    fn id(number: u8) -> RecordId {
        RecordId(ObjectId([number; 16]))
    }

    fn at(day: &str) -> Moment {
        format!("{day}T12:00:00Z").parse().unwrap()
    }

    #[test]
    fn a_week_gathers_its_own_days_and_what_is_still_open() {
        let item = |text: &str, done| Item { text: text.into(), done, ..Item::default() };
        let entry = |day, items| Record::new(Content::Entry(Entry { items, ..Entry::default() }), at(day));
        let session =
            |intention: &str| Content::Session(Session { intention: intention.into(), ..Session::default() });
        let records = [
            (id(1), entry("2026-11-25", vec![item("call", false), item("bake", true)])),
            (id(2), entry("2026-11-02", vec![item("swim", false)])),
            (id(3), entry("2026-10-20", vec![item("long ago", false)])),
            (id(4), entry("2026-11-30", vec![item("next week", false)])),
            (
                id(5),
                Record::new(Content::CheckIn(CheckIn::new("2026-11-23".parse().unwrap())), at("2026-11-27")),
            ),
            (id(6), Record::new(session(" Let me rest "), at("2026-11-24"))),
            (id(8), Record::new(session("Be kind"), at("2026-11-02"))),
            (id(9), Record::new(session("Long ago"), at("2026-10-20"))),
            (id(7), Record::new(Content::Capture(Default::default()), at("2026-11-23"))),
        ];
        let first = "2026-11-23".parse().unwrap();
        let gathered = gather(first, records.iter().map(|(id, record)| (*id, record)));
        assert_eq!(gathered.check_ins, [id(5)]);
        assert_eq!(gathered.entries, [id(7), id(1)]);
        assert_eq!(gathered.sessions, [id(6)]);
        assert_eq!(gathered.intentions, ["Be kind", "Let me rest"]);
        assert_eq!(gathered.open, ["swim", "call"]);
    }

    #[test]
    fn warning_signs_and_places_to_look_are_never_still_open() {
        for (kind, open) in [("red-flags", 0), ("places", 0), ("checklist", 1)] {
            let origin = Some(Origin { kind: kind.into(), ..Origin::default() });
            let items = vec![Item { text: "You might act on it".into(), ..Item::default() }];
            let entry = Entry { items, origin, ..Entry::default() };
            let record = Record::new(Content::Entry(entry), at("2026-11-25"));
            let gathered = gather("2026-11-23".parse().unwrap(), [(id(1), &record)]);
            assert_eq!((gathered.open.len(), gathered.entries.len()), (open, 1), "{kind}");
            assert_eq!(crate::Summary::of(id(1), &record).facts.items, open, "{kind}");
        }
    }
}
