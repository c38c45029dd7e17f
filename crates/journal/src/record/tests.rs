use super::*;
use crate::{AttachmentId, Item, Piece, PieceKind, Prompt, RecordId, Score, limits};
use vault::ObjectId;

fn now() -> Moment {
    Moment::new(1_795_731_300_000, 60).unwrap()
}

fn finished() -> Record {
    let piece = Piece {
        at: now(),
        kind: PieceKind::Image,
        text: "A door".into(),
        attachment: None,
        more: More::default(),
    };
    Record::new(
        Content::Capture(Capture { pieces: vec![piece], finished: Some(now()), ..Capture::default() }),
        now(),
    )
}

#[test]
fn what_says_nothing_is_not_written() {
    let json = Record::new(Content::Entry(Entry::default()), now()).to_json().unwrap();
    assert_eq!(
        String::from_utf8(json).unwrap(),
        r#"{"changed":"2026-11-26T23:15:00.000+01:00","kind":"entry","v":1,"written":"2026-11-26T23:15:00.000+01:00"}"#
    );
}

#[test]
fn what_a_newer_version_added_survives_rewriting() {
    let json = r#"{"v":1,"kind":"entry","written":"2026-11-26T23:15:00.000+01:00","changed":"2026-11-26T23:15:00.000+01:00",
        "weather":{"sky":"grey"},"prompts":[{"question":"What?","mood":3}],"origin":{"article":"grounding","lang":"en"}}"#;
    let mut record = Record::from_json(json.as_bytes()).unwrap();
    let Content::Entry(entry) = &mut record.content else { panic!("an entry was read") };
    entry.prompts[0].answer = "That.".into();
    let value: Value = serde_json::from_slice(&record.to_json().unwrap()).unwrap();
    assert_eq!(value["weather"]["sky"], "grey");
    assert_eq!(value["prompts"][0]["mood"], 3);
    assert_eq!(value["prompts"][0]["answer"], "That.");
    assert_eq!(value["origin"]["lang"], "en");
}

#[test]
fn a_kind_of_a_newer_version_is_kept_and_not_changed() {
    let json = br#"{"v":1,"kind":"dream","written":"2026-11-26T23:15:00.000+01:00","changed":"2026-11-26T23:15:00.000+01:00","sky":1}"#;
    let record = Record::from_json(json).unwrap();
    assert_eq!(record.kind(), Kind::Other("dream".into()));
    assert_eq!(Record::from_json(&record.to_json().unwrap()), Ok(record.clone()));
    assert_eq!(record.may_become(&record), Ok(()));
    assert_eq!(record.may_become(&finished()), Err(Error::UnknownKind));
}

#[test]
fn a_newer_format_is_not_read_as_if_it_were_known() {
    assert_eq!(Record::from_json(br#"{"v":2,"kind":"entry"}"#), Err(Error::NewerFormat(2)));
    for wrong in
        [&b"{}"[..], br#"{"v":0}"#, br#"{"v":"1"}"#, br#"{"v":1,"kind":"entry"}"#, b"[]", b"", b"\xff"]
    {
        assert!(matches!(Record::from_json(wrong), Err(Error::NotARecord { .. })));
    }
}

#[test]
fn no_message_of_a_fault_quotes_what_was_written() {
    let json = br#"{"v":1,"kind":"entry","written":"my secret","changed":"x"}"#;
    let shown = format!("{0} {0:?}", Record::from_json(json).unwrap_err());
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn a_finished_capture_takes_labels_and_a_session_and_nothing_else() {
    let before = finished();
    let mut labelled = before.clone();
    labelled.tags.push("door".into());
    labelled.changed = Moment::new(now().milliseconds() + 1, 60).unwrap();
    if let Content::Capture(capture) = &mut labelled.content {
        capture.session = Some(RecordId(ObjectId([7; 16])));
    }
    assert_eq!(before.may_become(&labelled), Ok(()));
    let change: [fn(&mut Capture); 4] = [
        |capture| capture.pieces[0].text.push('!'),
        |capture| capture.pieces.clear(),
        |capture| capture.finished = None,
        |capture| drop(capture.more.0.insert("x".into(), 1.into())),
    ];
    for change in change {
        let mut changed = before.clone();
        if let Content::Capture(capture) = &mut changed.content {
            change(capture);
        }
        assert_eq!(before.may_become(&changed), Err(Error::Finished));
    }
    let mut moved = before.clone();
    moved.written = Moment::new(0, 0).unwrap();
    assert_eq!(before.may_become(&moved), Err(Error::Finished));
    let entry = Record::new(Content::Entry(Entry::default()), now());
    assert_eq!(before.may_become(&entry), Err(Error::OtherKind));
}

#[test]
fn everything_out_of_bounds_is_named_at_once() {
    let mut record = Record::new(
        Content::Entry(Entry {
            title: "x".repeat(limits::LINE + 1),
            items: vec![Item { text: "y".repeat(limits::TEXT + 1), ..Item::default() }],
            prompts: vec![Prompt::default(); limits::LIST + 1],
            ..Entry::default()
        }),
        now(),
    );
    record.tags = vec!["fine".into(), " ".into()];
    let Err(Error::Invalid(problems)) = record.to_json() else { panic!("it is out of bounds") };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["tags[1]", "title", "prompts", "items[0].text"]);
}

#[test]
fn a_record_that_the_vault_cannot_hold_is_refused_whole() {
    let piece = "z".repeat(limits::TEXT);
    let prompts = vec![Prompt { answer: piece, ..Prompt::default() }; 5];
    let record = Record::new(Content::Entry(Entry { prompts, ..Entry::default() }), now());
    assert!(matches!(record.to_json(), Err(Error::TooLarge { .. })));
}

#[test]
fn a_record_belongs_to_the_day_that_it_speaks_of() {
    let mut check_in = CheckIn::new("2026-11-20".parse().unwrap());
    check_in.mood = Some(Score::new(4).unwrap());
    assert_eq!(Record::new(Content::CheckIn(check_in), now()).day().to_string(), "2026-11-20");
    assert_eq!(finished().day().to_string(), "2026-11-26");
}

#[test]
fn of_two_settings_all_devices_choose_the_same() {
    let at = |milliseconds| Moment::new(milliseconds, 0).unwrap();
    let settings = |word_count, moment| {
        Record::new(Content::Settings(Settings { word_count, ..Settings::default() }), moment)
    };
    let (one, two) = (settings(true, at(5)), settings(false, at(5)));
    let (low, high) = (RecordId(ObjectId([1; 16])), RecordId(ObjectId([2; 16])));
    let chosen = |records: [(RecordId, &Record); 2]| Settings::standing(records).map(|(id, _)| id);
    assert_eq!(chosen([(low, &one), (high, &two)]), Some(high));
    assert_eq!(chosen([(high, &two), (low, &one)]), Some(high));
    assert_eq!(chosen([(low, &settings(true, at(6))), (high, &two)]), Some(low));
    let id = AttachmentId(ObjectId([0; 16]));
    assert_eq!(id.to_string().parse(), Ok(id));
}

/// Part of T18: what a day, a questionnaire, one letter and 900 characters take is one size, because the vault pads to it.
#[test]
fn t18_short_records_stay_below_the_floor_of_the_padding() {
    let mut day = CheckIn::new("2026-11-26".parse().unwrap());
    day.mood = Some(Score::new(3).unwrap());
    let letter = Entry { text: "x".into(), ..Entry::default() };
    let long = Entry { text: "ü".repeat(900), ..Entry::default() };
    let questionnaire = Entry {
        title: "PHQ-9".into(),
        prompts: vec![Prompt { question: "q".repeat(120), answer: "3".into(), ..Prompt::default() }; 10],
        ..Entry::default()
    };
    let contents =
        [Content::CheckIn(day), Content::Entry(letter), Content::Entry(long), Content::Entry(questionnaire)];
    for content in contents {
        let bytes = Record::new(content, now()).to_json().unwrap().len();
        assert_eq!(vault::padded(bytes + 5), vault::FLOOR, "{bytes}");
    }
}
