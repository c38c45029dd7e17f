//! Whatever a keeper writes is read back as it was written: from its own JSON, and from an export that was brought along.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

use journal::{
    Attachment, Capture, CheckIn, Contact, Content, Course, Day, Dose, Effect, Entry, Gathered, Item, Kind,
    Lifestyle, Moment, More, Origin, Piece, PieceKind, Prompt, Record, RecordId, SafetyPlan, Score, Session,
    Settings, Vital, Week, Weekday, export,
    import::{Here, Source},
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::Value;
use vault::ObjectId;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), ".{1,40}", Just("\"\\\n\u{0}\u{2028}<b>😀".to_owned())]
}

fn moment() -> impl Strategy<Value = Moment> {
    (-50_000_000_000_000i64..240_000_000_000_000, -1439i16..1440)
        .prop_map(|(milliseconds, offset)| Moment::new(milliseconds, offset).unwrap())
}

fn day() -> impl Strategy<Value = Day> {
    (-700_000i64..2_900_000).prop_map(|days| Day::from_epoch(days).unwrap())
}

fn id() -> impl Strategy<Value = RecordId> {
    any::<[u8; 16]>().prop_map(|bytes| RecordId(ObjectId(bytes)))
}

fn score() -> impl Strategy<Value = Option<Score>> {
    option::of((0..=10u8).prop_map(|number| Score::new(number).unwrap()))
}

/// Fields of a newer version, under names that no version of this has.
fn more() -> impl Strategy<Value = More> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
        vec(text(), 0..3).prop_map(Value::from),
    ];
    vec(("x-[a-z]{1,5}", value), 0..3).prop_map(|fields| More(fields.into_iter().collect()))
}

fn item() -> impl Strategy<Value = Item> {
    (text(), any::<bool>(), more()).prop_map(|(text, done, more)| Item { text, done, more })
}

fn prompt() -> impl Strategy<Value = Prompt> {
    (text(), text(), any::<bool>(), more()).prop_map(|(question, answer, skipped, more)| Prompt {
        question,
        answer,
        skipped,
        more,
    })
}

fn attachment() -> impl Strategy<Value = Attachment> {
    (
        any::<[u8; 16]>(),
        text(),
        text(),
        0..1u64 << 30,
        option::of(any::<u32>()),
        option::of(any::<u64>()),
        more(),
    )
        .prop_map(|(id, name, alt, bytes, width, milliseconds, more)| Attachment {
            id: ObjectId(id).into(),
            name,
            media_type: "image/webp".into(),
            bytes,
            width,
            height: None,
            milliseconds,
            alt,
            more,
        })
}

fn origin() -> impl Strategy<Value = Origin> {
    (text(), text(), text(), more()).prop_map(|(article, title, quoted, more)| Origin {
        article,
        title,
        quoted,
        more,
        ..Origin::default()
    })
}

fn entry() -> impl Strategy<Value = Content> {
    let parts = (
        text(),
        text(),
        option::of(origin()),
        vec(prompt(), 0..4),
        vec(item(), 0..4),
        vec(attachment(), 0..2),
    );
    (parts, option::of(id()), option::of(id()), more()).prop_map(
        |((title, text, origin, prompts, items, attachments), reflects, session, more)| {
            Content::Entry(Entry {
                title,
                text,
                origin,
                prompts,
                items,
                attachments,
                reflects,
                session,
                more,
            })
        },
    )
}

fn session() -> impl Strategy<Value = Content> {
    // As people write amounts; what has more than fifteen digits may come back by one unit in the last place.
    let amount = (0..1_000_000u32).prop_map(|number| f64::from(number) / 1000.0);
    let dose = (text(), option::of(amount), text()).prop_map(|(text, amount, unit)| Dose {
        text,
        amount,
        unit,
        ..Dose::default()
    });
    let vital = (option::of(moment()), option::of(0..=400u16), option::of(0..=100u16))
        .prop_map(|(at, pulse, oxygen)| Vital { at, pulse, oxygen, ..Vital::default() });
    let effect = (text(), text()).prop_map(|(what, note)| Effect { what, note, ..Effect::default() });
    let parts = (option::of(id()), option::of(moment()), text(), option::of(dose), vec(vital, 0..3));
    (parts, vec(effect, 0..2), vec(item(), 0..3), text(), more()).prop_map(
        |((course, at, route, dose, vitals), effects, checklist, notes, more)| {
            Content::Session(Session {
                course,
                at,
                route,
                dose,
                vitals,
                effects,
                checklist,
                notes,
                more,
                ..Session::default()
            })
        },
    )
}

fn capture() -> impl Strategy<Value = Content> {
    let kind = prop_oneof![
        (0..PieceKind::ALL.len()).prop_map(|at| PieceKind::ALL[at].clone()),
        Just(PieceKind::Other("smell".into())),
    ];
    let piece = (moment(), kind, text(), option::of(attachment()), more())
        .prop_map(|(at, kind, text, attachment, more)| Piece { at, kind, text, attachment, more });
    (option::of(id()), vec(piece, 0..4), option::of(moment()), more()).prop_map(
        |(session, pieces, finished, more)| Content::Capture(Capture { session, pieces, finished, more }),
    )
}

fn check_in() -> impl Strategy<Value = Content> {
    let lifestyle = (option::of(0..=1440u16), score(), score()).prop_map(|(sleep_minutes, food, stress)| {
        Lifestyle { sleep_minutes, food, stress, ..Lifestyle::default() }
    });
    (day(), score(), score(), vec(text(), 0..3), lifestyle, text(), more()).prop_map(
        |(day, mood, anxiety, practices, lifestyle, note, more)| {
            Content::CheckIn(CheckIn { mood, anxiety, practices, lifestyle, note, more, ..CheckIn::new(day) })
        },
    )
}

fn others() -> impl Strategy<Value = Content> {
    let course = (text(), option::of(day()), text()).prop_map(|(name, started, notes)| {
        Content::Course(Course { name, started, notes, ..Course::default() })
    });
    let week = (day(), vec(prompt(), 0..3), vec(id(), 0..3), vec(text(), 0..3)).prop_map(
        |(first, prompts, entries, open)| {
            let gathered = Gathered { entries, open, ..Gathered::default() };
            Content::Week(Week { prompts, gathered, ..Week::new(first) })
        },
    );
    let contact = (text(), text()).prop_map(|(name, phone)| Contact { name, phone, ..Contact::default() });
    let plan =
        (vec(text(), 0..3), vec(contact, 0..3), any::<bool>()).prop_map(|(signs, helpers, while_locked)| {
            Content::SafetyPlan(SafetyPlan { signs, helpers, while_locked, ..SafetyPlan::default() })
        });
    let settings = (option::of(1..=120u16), any::<bool>(), 0..7usize, option::of(moment())).prop_map(
        |(lock_after_minutes, word_count, starts, backed_up)| {
            let week_starts = Weekday::ALL[starts];
            Content::Settings(Settings {
                lock_after_minutes,
                word_count,
                week_starts,
                backed_up,
                ..Settings::default()
            })
        },
    );
    prop_oneof![course, week, plan, settings]
}

fn record() -> impl Strategy<Value = Record> {
    let content = prop_oneof![entry(), session(), capture(), check_in(), others()];
    (content, moment(), moment(), vec("[a-z]{1,9}", 0..3), vec("[a-z]{1,9}", 0..3)).prop_map(
        |(content, written, changed, tags, themes)| Record { written, changed, tags, themes, content },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_record_is_read_as_it_was_written(record in record()) {
        let json = record.to_json().unwrap();
        let read = Record::from_json(&json).unwrap();
        prop_assert_eq!(&read, &record);
        prop_assert_eq!(read.to_json().unwrap(), json);
        prop_assert_eq!(record.may_become(&read), Ok(()));
    }

    #[test]
    fn a_record_within_other_json_is_the_same(record in record()) {
        let json = serde_json::to_string(&vec![&record]).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Record>>(&json).unwrap(), vec![record]);
    }

    #[test]
    fn what_is_exported_comes_back_without_loss(records in vec((id(), record()), 1..4)) {
        let mut records = records;
        records.sort_by_key(|(id, _)| *id);
        records.dedup_by_key(|(id, _)| *id);
        let now = Moment::new(0, 0).unwrap();
        let json = export::json(&records, now);
        // Settings stay where they are.
        records.retain(|(_, record)| record.kind() != Kind::Settings);
        prop_assume!(!records.is_empty());
        let import = Source::open(&json, "journal.json").unwrap().read(&Here { now, offset: &|_, _| 0 }).unwrap();
        let back: Vec<(RecordId, Record)> = import.records.into_iter().map(|new| (new.id, new.record)).collect();
        prop_assert_eq!(back, records);
    }

    #[test]
    fn every_record_has_a_line_a_document_and_a_page(id in id(), record in record()) {
        let summary = journal::Summary::of(id, &record);
        prop_assert!(summary.title.chars().count() <= 2_000);
        journal::document(id, &record);
        if let Some((path, text)) = export::markdown_page(id, &record) {
            prop_assert!(!path.contains("..") && path.split('/').count() == 2, "{path}");
            prop_assert!(text.starts_with("---\n"));
        }
    }
}
