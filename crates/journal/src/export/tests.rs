use super::*;
use crate::archive::Reader;

/// The frozen examples, each under an id of its own.
fn all() -> Vec<(RecordId, Record)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/examples");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let record = |(at, path): (usize, &std::path::PathBuf)| {
        let id = format!("{:032x}", at + 1).parse().unwrap();
        (id, Record::from_json(&std::fs::read(path).unwrap()).unwrap())
    };
    files.iter().enumerate().map(record).collect()
}

fn page(kind: &str) -> String {
    let found =
        all().into_iter().find(|(_, record)| record.kind().as_str() == kind && record.tags != ["night"]);
    let (id, record) = found.unwrap();
    markdown_page(id, &record).unwrap().1
}

#[test]
fn an_archive_of_markdown_has_a_page_a_record_and_no_settings() {
    let mut writer = markdown_archive(&all()).unwrap();
    let (_, entry) = all().into_iter().find(|(_, record)| !attachments(record).is_empty()).unwrap();
    add_attachment(&mut writer, attachments(&entry)[0], b"picture").unwrap();
    let bytes = writer.finish().unwrap();
    let reader = Reader::open(&bytes).unwrap();
    let paths: Vec<String> = reader.files().iter().map(|file| file.path.clone()).collect();
    assert_eq!(paths.len(), 10, "{paths:#?}");
    for path in paths.iter().filter(|path| path.ends_with(".md")) {
        let text = String::from_utf8(reader.read(path).unwrap()).unwrap();
        assert!(text.starts_with("---\ntitle: \""), "{path}: {text}");
        assert!(!text.contains("\n\n\n") && text.ends_with('\n'), "{path}: {text}");
    }
}

#[test]
fn a_page_reads_as_a_person_would_write_it() {
    let check_in = page("check-in");
    assert!(
        check_in.contains("\nmood: 6\n")
            && check_in.contains("\npractices: [\"journaling\",\"nature\",\"singing\"]\n")
    );
    assert!(check_in.contains("**Anxiety:** 0 (0 none, 10 as strong as it gets)"), "{check_in}");
    for line in [
        "**Purpose:** 2 (0 nothing that mattered, 10 something that mattered)",
        "**Time asleep:** 7 h 30 min",
        "**What you did:** A journal, Time outside, singing",
    ] {
        assert!(check_in.contains(line), "{line} in {check_in}");
    }
    let session = page("session");
    assert!(session.contains("| 09:50 | 124/79 | 66 | 98 |\n|  | 141/ |  |  |"), "{session}");
    assert!(session.contains("**Dose:** the same as last time 0.5 mg/kg"));
    let capture = page("capture");
    assert!(capture.contains("## 11:31 Images\n\nAn arch, and water\n"), "{capture}");
    let is_of_a_pack =
        |record: &Record| matches!(&record.content, Content::Entry(entry) if entry.title.contains("Pack"));
    let (id, of_a_pack) = all().into_iter().find(|(_, record)| is_of_a_pack(record)).unwrap();
    let (_, of_a_pack) = markdown_page(id, &of_a_pack).unwrap();
    let way_back = "One a day is enough.\n>\n> From *Pack for 3 December 2026*, /pack#v1.8B-nri";
    assert!(of_a_pack.contains(way_back), "{of_a_pack}");
    assert!(page("safety-plan").contains("- Sam, +49 30 000000, also at night\n"));
}

#[test]
fn what_is_read_has_tags_and_themes_and_attachments_in_their_places() {
    let (id, entry) = all().into_iter().find(|(_, record)| record.tags == ["morning"]).unwrap();
    let read = parts(id, &entry).unwrap();
    let [Part::Words(before), Part::Attached(photo, what), Part::Words(after)] = read.as_slice() else {
        panic!("{read:?}")
    };
    assert!(before.starts_with("# The door\n\n") && before.ends_with("- [ ] Bake on Sunday\n\n"), "{before}");
    assert_eq!(name_of(photo, what, "today"), "A loaf on a blue table");
    assert_eq!(after, "**Tags:** morning\n\n**Themes:** left outside\n\n");
    let (id, capture) = all().into_iter().find(|(_, record)| record.kind() == crate::Kind::Capture).unwrap();
    let read = parts(id, &capture).unwrap();
    let at = read.iter().position(|part| matches!(part, Part::Attached(..))).unwrap();
    assert!(matches!(read.get(at + 1), Some(Part::Words(words)) if words.contains("## ")), "{read:?}");
}

#[test]
fn what_has_no_name_is_called_by_what_it_is_and_its_day() {
    let (_, entry) = all().into_iter().find(|(_, record)| record.tags == ["morning"]).unwrap();
    let mut photo = attachments(&entry)[0].clone();
    photo.alt.clear();
    assert_eq!(name_of(&photo, "Photo", "2026-11-21"), "Photo, 2026-11-21");
    photo.media_type = "audio/mp4".into();
    assert_eq!(name_of(&photo, "Voice memo", "2026-11-21"), "kitchen.webp");
}

#[test]
fn a_title_cannot_break_the_front_matter_or_leave_the_folder() {
    let mut entry = crate::Entry { title: "../x: \"y\"\n---\n# z".into(), ..crate::Entry::default() };
    entry.text = "words".into();
    let record = Record::new(Content::Entry(entry), Moment::new(0, 0).unwrap());
    let (path, text) = markdown_page("00000000000000000000000000000001".parse().unwrap(), &record).unwrap();
    assert_eq!(path, "1970/1970-01-01 x y --- z 00000000.md");
    assert!(text.starts_with("---\ntitle: \"../x: \\\"y\\\"\\n---\\n# z\"\nkind: \"entry\"\n"), "{text}");
    assert!(text.contains("\n# ../x: \"y\" --- # z\n"));
}

#[test]
fn the_same_journal_gives_the_same_json() {
    let mut records = all();
    let now = Moment::new(0, 60).unwrap();
    let one = json(&records, now);
    records.reverse();
    assert_eq!(json(&records, now), one);
    assert!(one.starts_with(b"{\n  \"doorway\": \"journal\",\n  \"format\": 1,\n  \"exported\": \"1970-01-01T01:00:00.000+01:00\""));
}
