use order::Map;

use super::*;
use crate::{Content, Kind};
use crate::{Entry, archive::Writer, export};

fn here() -> Here<'static> {
    // One hour ahead of UTC, but for a zone that is nine.
    Here {
        now: "2026-11-26T22:00:00+01:00".parse().unwrap(),
        offset: &|_, zone| if zone == Some("Asia/Tokyo") { 540 } else { 60 },
    }
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = Writer::default();
    for (path, bytes) in files {
        writer.add_media(path, bytes).unwrap();
    }
    writer.finish().unwrap()
}

fn read(bytes: &[u8], name: &str) -> Result<Import, ImportError> {
    Source::open(bytes, name)?.read(&here())
}

fn entry(import: &Import, at: usize) -> &Entry {
    match &import.records[at].record.content {
        Content::Entry(entry) => entry,
        other => panic!("{other:?}"),
    }
}

fn told(import: &Import) -> Vec<&str> {
    import.report.iter().map(|line| line.what.as_str()).collect()
}

#[test]
fn day_one_brings_words_times_tags_and_photos() {
    let journal = br##"{"metadata":{"version":"1.0"},"entries":[
      {"uuid":"X","creationDate":"2024-08-31T14:30:00Z","modifiedDate":"2024-08-31T15:00:00Z","timeZone":"Asia\/Tokyo",
       "text":"# The sea\nWarm\\. Wide\\.\n\n![](dayone-moment:\/\/ABC)\n","tags":["sea","sea"],"starred":true,
       "location":{"country":"Japan"},"weather":{},
       "photos":[{"identifier":"ABC","md5":"0123","type":"jpeg"},{"identifier":"D","md5":"missing","type":"png"}]},
      {"text":"no date"}]}"##;
    let bytes = zip(&[("Journal.json", journal), ("photos/0123.jpeg", b"photo")]);
    let mut source = Source::open(&bytes, "x.zip").unwrap();
    let import = source.read(&here()).unwrap();
    assert_eq!(import.format, Format::DayOne);
    assert_eq!(import.records.len(), 1);
    let record = &import.records[0].record;
    assert_eq!(record.written.to_string(), "2024-08-31T23:30:00.000+09:00");
    assert_eq!(record.changed.to_string(), "2024-09-01T00:00:00.000+09:00");
    assert_eq!(record.tags, ["sea"]);
    let entry = entry(&import, 0);
    assert_eq!((entry.title.as_str(), entry.text.as_str()), ("The sea", "Warm. Wide."));
    assert_eq!((entry.attachments.len(), entry.attachments[0].media_type.as_str()), (1, "image/jpeg"));
    assert_eq!(import.attachments[0].id, entry.attachments[0].id);
    assert_eq!(source.attachment(&import.attachments[0]), Ok(b"photo".to_vec()));
    assert_eq!(
        told(&import),
        [
            "a file of its photos is not in the archive",
            "left out: it has no date",
            "places: left out of 1 entry",
            "stars: left out of 1 entry"
        ]
    );
}

#[test]
fn journey_brings_html_as_markdown() {
    let one = br#"{"id":"1","date_modified":1625494100149,"date_journal":1625133600000,"timezone":"Europe/Vienna",
      "text":"<p dir=\"auto\">In the <strong>park</strong></p><p>Coffee &amp; rain</p>","type":"html","mood":0,
      "lat":1.7976931348623157e+308,"lon":1.7976931348623157e+308,"address":"","favourite":false,
      "weather":{"id":-1,"description":""},"photos":["1-a.jpg"],"tags":["walk"]}"#;
    let bytes = zip(&[("1.json", one), ("1-a.jpg", b"x")]);
    let import = read(&bytes, "journey.zip").unwrap();
    assert_eq!(import.format, Format::Journey);
    assert_eq!(entry(&import, 0).text, "In the **park**\n\nCoffee & rain");
    assert_eq!(entry(&import, 0).attachments[0].name, "1-a.jpg");
    assert_eq!(import.records[0].record.written.to_string(), "2021-07-01T11:00:00.000+01:00");
    assert_eq!(told(&import), Vec::<&str>::new());
}

#[test]
fn diarium_brings_what_stood_on_the_wall() {
    let list = br#"[{"date":"2024-05-17T21:40:00.12","heading":"Trip","html":"<p>To the sea.</p>","tags":["holiday"],
        "rating":4,"location":[43.5,39.7]},{"date":"2024-05-18 08:05:00","heading":"","html":"Rain."},{"heading":"x"}]"#;
    let bytes = zip(&[("Diarium.json", list), ("media/2024-05-17_214000120/a.jpg", b"x")]);
    let import = read(&bytes, "d.zip").unwrap();
    assert_eq!(import.format, Format::Diarium);
    assert_eq!(import.records[0].record.written.to_string(), "2024-05-17T21:40:00.120+01:00");
    assert_eq!((entry(&import, 0).title.as_str(), entry(&import, 0).attachments.len()), ("Trip", 1));
    assert_eq!(entry(&import, 1).text, "Rain.");
    assert_eq!(
        told(&import),
        ["left out: it has no date", "places: left out of 1 entry", "ratings: left out of 1 entry"]
    );
}

#[test]
fn daylio_brings_check_ins_and_does_not_guess_at_moods() {
    let csv = "\u{feff}full_date,date,weekday,time,mood,activities,scales,note_title,note\n\
        2026-07-26,July 26,Sunday,6:20 pm,rad,\"run | 😉 | good sleep\",,Title,\"Some <b>bold</b>, and more\"\n\
        2026-07-25,July 25,Saturday,18:20,fragile,,Sleep: 3,,\n\
        nonsense,,,,,,,,\n";
    let import = read(csv.as_bytes(), "daylio_export.csv").unwrap();
    assert_eq!(import.format, Format::Daylio);
    let Content::CheckIn(first) = &import.records[0].record.content else { panic!("a check-in") };
    assert_eq!(
        (first.mood.map(|mood| mood.get()), first.note.as_str()),
        (Some(9), "Title\nSome bold, and more")
    );
    assert_eq!(import.records[0].record.tags, ["run", "😉", "good sleep"]);
    assert_eq!(import.records[0].record.written.to_string(), "2026-07-26T18:20:00.000+01:00");
    let Content::CheckIn(second) = &import.records[1].record.content else { panic!("a check-in") };
    assert_eq!(
        (second.mood, import.records[1].record.tags.as_slice()),
        (None, &["mood: fragile".to_owned()][..])
    );
    assert_eq!(import.records.len(), 2);
    assert_eq!(told(&import).len(), 3);
    let old = "year,date,weekday,time,mood,activities,note\n2018,18 May,Friday,11:54 pm,good,\"clean | cook\",\"Went out\"\n";
    assert_eq!(read(old.as_bytes(), "x.csv").unwrap().records[0].record.day().to_string(), "2018-05-18");
}

#[test]
fn a_folder_of_markdown_brings_front_matter_names_and_pictures() {
    let files: [(&str, &[u8]); 5] = [
        ("v/2024-05-17 The sea.md", b"---\ntags: [a, '#b']\n---\nWarm.\n\n![sun](../img/s%20x.png)\n![[s y.png]]\n![web](https://a.example/b.png)\n![gone](gone.png)"),
        ("v/note.md", b"---\ntitle: Given\ndate: 2024-05-18 10:30\nmodified: 2024-05-19T00:00:00Z\n---\n# Other\n\ntext"),
        ("v/plain.txt", b"only words"),
        ("img/s x.png", b"1"),
        ("deep/er/s y.png", b"2"),
    ];
    let import = read(&zip(&files), "v.zip").unwrap();
    assert_eq!(import.format, Format::Markdown);
    let sea = entry(&import, 0);
    assert_eq!(
        (sea.title.as_str(), sea.attachments.len(), sea.attachments[0].alt.as_str()),
        ("The sea", 2, "sun")
    );
    assert_eq!(sea.text, "Warm.\n\n\n\n![web](https://a.example/b.png)\n![gone](gone.png)");
    assert_eq!(import.records[0].record.tags, ["a", "b"]);
    assert_eq!(import.records[0].record.written.to_string(), "2024-05-17T12:00:00.000+01:00");
    assert_eq!(
        (entry(&import, 1).title.as_str(), entry(&import, 1).text.as_str()),
        ("Given", "# Other\n\ntext")
    );
    assert_eq!(import.records[1].record.written.to_string(), "2024-05-18T10:30:00.000+01:00");
    assert_eq!(entry(&import, 2).title, "plain");
    assert_eq!(
        told(&import),
        [
            "a file that its text names is not in the archive",
            "it has no date; today is taken",
            "where pictures and recordings stood in the text: left out of 1 entry"
        ]
    );
    assert_eq!(
        read(b"# Hello\n\nwords", "2024-01-02.md").unwrap().records[0].record.day().to_string(),
        "2024-01-02"
    );
}

#[test]
fn what_a_folder_of_markdown_has_and_the_journal_does_not_take_is_said() {
    let files: [(&str, &[u8]); 6] = [
        ("2024-05-17 a.md", b"---\nmood: 7\nlocation:\n  city: Rome\nempty:\ndate: soon\n---\nOne ![](img/a.png) two.\n\n[Hear it](s/b.m4a)\n\nSee [the end](c.mp3), [gone](gone.ogg), [a note](x.md) and [a page](https://a.example/d.mp3)."),
        ("img/a.png", b"1"),
        ("img/unused.png", b"1"),
        ("s/b.m4a", b"1"),
        ("s/c.mp3", b"1"),
        ("doc.docx", b"1"),
    ];
    let import = read(&zip(&files), "v.zip").unwrap();
    let note = entry(&import, 0);
    assert_eq!(
        note.text,
        "One  two.\n\n\n\nSee the end, [gone](gone.ogg), [a note](x.md) and [a page](https://a.example/d.mp3)."
    );
    let attached: Vec<(&str, &str)> =
        note.attachments.iter().map(|one| (one.name.as_str(), one.alt.as_str())).collect();
    assert_eq!(attached, [("a.png", ""), ("b.m4a", "Hear it"), ("c.mp3", "the end")]);
    let lines: Vec<String> =
        import.report.iter().map(|line| format!("{}: {}", line.place, line.what)).collect();
    assert_eq!(
        lines,
        [
            "2024-05-17 a.md: a file that its text names is not in the archive",
            "doc.docx: left out: it belongs to no entry",
            "img/unused.png: left out: it belongs to no entry",
            ": date (front matter): left out of 1 entry",
            ": location (front matter): left out of 1 entry",
            ": mood (front matter): left out of 1 entry",
            ": where pictures and recordings stood in the text: left out of 1 entry",
        ]
    );
}

#[test]
fn our_own_markdown_comes_back_as_entries_and_that_is_said() {
    let records = examples();
    let mut writer = export::markdown_archive(&records).unwrap();
    for attachment in records.iter().flat_map(|(_, record)| export::attachments(record)) {
        export::add_attachment(&mut writer, attachment, b"bytes").unwrap();
    }
    let import = read(&writer.finish().unwrap(), "m.zip").unwrap();
    let all = import.records.iter().map(|new| match &new.record.content {
        Content::Entry(entry) => entry,
        other => panic!("{other:?}"),
    });
    let capture = all.clone().find(|entry| entry.text.contains("so far away")).unwrap();
    assert_eq!(capture.attachments.len(), 2);
    assert!(!capture.text.contains("attachments/"), "{}", capture.text);
    assert!(
        all.clone().any(|entry| entry.text.contains("**What you did:** A journal, Time outside, singing"))
    );
    assert_eq!(
        told(&import),
        [
            "left out: it is empty",
            "reflects (front matter): left out of 1 entry",
            "session (front matter): left out of 2 entries",
            "where pictures and recordings stood in the text: left out of 1 entry",
            "1 capture comes as an entry",
            "1 check-in comes as an entry",
            "1 course comes as an entry",
            "1 safety plan comes as an entry",
            "1 session comes as an entry",
            "1 week comes as an entry",
            "Markdown is for reading elsewhere. This journal's JSON comes back as it was."
        ]
    );
}

#[test]
fn where_a_photo_stood_in_a_text_of_day_one_is_said_to_be_lost() {
    let journal = br#"{"entries":[{"creationDate":"2024-08-31T14:30:00Z","text":"before ![](dayone-moment://A) after","photos":[{"md5":"1","type":"png"}]}]}"#;
    let import =
        read(&zip(&[("Journal.json", journal), ("photos/1.png", b"x"), ("photos/2.png", b"x")]), "x.zip");
    assert_eq!(
        told(&import.unwrap()),
        [
            "left out: it belongs to no entry",
            "where pictures and recordings stood in the text: left out of 1 entry"
        ]
    );
}

/// The frozen examples, each under an id of its own.
fn examples() -> Vec<(RecordId, Record)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    let record = |(at, path): (u64, &std::path::PathBuf)| {
        (format!("{at:032x}").parse().unwrap(), Record::from_json(&std::fs::read(path).unwrap()).unwrap())
    };
    (1..).zip(&paths).map(record).collect()
}

#[test]
fn our_own_json_comes_back_without_loss() {
    let mut records = examples();
    let mut writer = export::json_archive(&records, here().now).unwrap();
    for attachment in records.iter().flat_map(|(_, record)| export::attachments(record)) {
        export::add_attachment(&mut writer, attachment, attachment.id.to_string().as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let mut source = Source::open(&bytes, "doorway.zip").unwrap();
    let import = source.read(&here()).unwrap();
    let back: Vec<(RecordId, Record)> =
        import.records.iter().map(|new| (new.id, new.record.clone())).collect();
    // But for the settings: those of the journal that it comes into stay.
    records.retain(|(_, record)| record.kind() != Kind::Settings);
    assert_eq!((import.format, back), (Format::Doorway, records.clone()));
    let settings = "settings: left out, this journal's own stay";
    assert_eq!((import.attachments.len(), told(&import)), (3, vec![settings]));
    for found in &import.attachments {
        assert_eq!(source.attachment(found), Ok(found.id.to_string().into_bytes()));
    }
    // And without the archive around it, the words.
    let import = read(&export::json(&records, here().now), "journal.json").unwrap();
    assert_eq!((import.records.len(), import.report.len()), (10, 3));
}

#[test]
fn references_follow_their_records_to_new_names() {
    let id = |number: u8| RecordId(ObjectId([number; 16]));
    let mut record = Record::new(
        Content::Entry(Entry { session: Some(id(1)), reflects: Some(id(2)), ..Entry::default() }),
        here().now,
    );
    rename(&mut record, &[(id(1), id(9))].into_iter().collect(), &Map::default());
    let Content::Entry(entry) = record.content else { panic!("an entry") };
    assert_eq!((entry.session, entry.reflects), (Some(id(9)), Some(id(2))));
}

/// Part of T20: hostile imports are refused, each with its own message.
#[test]
fn t20_what_is_no_journal_is_refused() {
    let deep = format!("{{\"entries\":{}", "[".repeat(100_000));
    for (bytes, error) in [
        (&b""[..], ImportError::Unknown),
        (b"\x00\xff\xfe", ImportError::NotText("x".into())),
        (b"{}", ImportError::Unknown),
        (b"{\"entries\":[]}", ImportError::Empty),
        (b"{\"entries\":[", ImportError::Damaged("x".into())),
        (deep.as_bytes(), ImportError::Damaged("x".into())),
        (b"a,b\n1,2\n", ImportError::Unknown),
        (b"{\"doorway\":\"journal\",\"format\":2,\"records\":[]}", ImportError::Newer),
        (b"{\"doorway\":\"journal\",\"format\":1}", ImportError::Damaged("the journal".into())),
        (b"PK\x03\x04", ImportError::Archive(ArchiveError::Damaged)),
    ] {
        assert_eq!(
            read(bytes, "x"),
            Err(error),
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
        );
    }
}

#[test]
fn brackets_that_never_end_are_text() {
    for mark in ["[", "![", "[[", "[](", "[a](b ", "[[a.m4a"] {
        let text = mark.repeat(limits::TEXT / mark.len());
        assert_eq!(entry(&read(text.as_bytes(), "2024-01-02 x.md").unwrap(), 0).text, text.trim());
    }
}

#[test]
fn one_bad_entry_does_not_keep_the_others_away() {
    let long = "x".repeat(limits::TEXT + 1);
    let json = format!(
        r#"{{"entries":[{{"creationDate":"2024-08-31T14:30:00Z","text":"{long}"}},7,null,{{"creationDate":"2024-08-31T14:30:00Z","text":"fine","photos":3}}]}}"#
    );
    let import = read(json.as_bytes(), "Journal.json").unwrap();
    assert_eq!(import.records.len(), 1);
    assert_eq!(import.report.len(), 3);
    assert!(!told(&import)[0].contains("xxx"));
}
