//! Damages files of every kind that is read at random: `cargo run --release -p journal --example fuzz -- CASES [SEED]`. CASES for
//! each of the readers. Any panic is a fault of the reader; what is read must be within bounds and say the same when it is
//! written and read again.

#![allow(clippy::print_stdout)]

use fastrand::Rng;
use journal::{
    Moment, Record,
    archive::Writer,
    guided::Asked,
    import::{Here, Source},
    markdown,
};

const RECORDS: [&str; 4] = [
    include_str!("../tests/examples/entry.json"),
    include_str!("../tests/examples/session.json"),
    include_str!("../tests/examples/capture.json"),
    include_str!("../tests/examples/check-in.json"),
];

const DAY_ONE: &str = r##"{"metadata":{"version":"1.0"},"entries":[{"creationDate":"2024-08-31T14:30:00Z","timeZone":"Asia/Tokyo",
"text":"# Sea\n1\\. Warm\\. \\![](dayone-moment://A) ![](dayone-moment:/video/B)","tags":["a"],"photos":[{"md5":"1","type":"png"}]}]}"##;
const JOURNEY: &str = r#"[{"date_journal":1625133600000,"timezone":"Europe/Vienna","type":"html","photos":["a.jpg"],
"text":"<p dir=\"auto\">a <b>b</b><br>&amp;<ol><li>x<ul><li><i>y</i></ul></ol><a href='https://a.example'>z</a><script>1</script>"}]"#;
const DIARIUM: &str = r#"[{"date":"2024-05-17T21:40:00.12","heading":"h","html":"<blockquote><h2>a</h2>b</blockquote>","tags":["x"]}]"#;
const DAYLIO: &str = "full_date,date,weekday,time,mood,activities,note_title,note\n2026-07-26,July 26,Sunday,6:20 pm,rad,\"a | b\",t,\"x \"\"y\"\" <b>z</b>\"\n";
const NOTE: &str = "---\ntitle: \"a\"\ndate: 2024-05-17 10:00\nmood: 7\nplace:\n  city: e\nkind: capture\nid: 00112233445566778899aabbccddeeff\ntags:\n  - b\n  - 'c'\n---\n# a\n![x](a.jpg \"t\") ![[b.png|c]] [f](a.jpg)\n[[g.m4a|h]]\n- [ ] d [i](j.ogg)\n";
const MARKDOWN: &str = "# a\n*b* **c** ~~d~~ `e` [f](https://g.example) ![h](i)\n\n> j\n\n1. k\n   - l\n- [x] m\n\n```\nn\n```\n<p>o</p>\n";
/// What an article's block and a pack put into the address.
const BROUGHT: [&str; 2] = [
    "eyJ2IjoxLCJhcnRpY2xlIjoiYSIsImFuY2hvciI6ImIiLCJraW5kIjoicXVlc3Rpb25zIiwiaXRlbXMiOlsiYz8iXSwidGV4dCI6ImQifQ",
    "eyJ2IjoxLCJwYWNrIjoidjEuYzR5VWNRY0FBU0RyaHlWViIsInRpdGxlIjoiYSIsIml0ZW1zIjpbImIiXSwidGV4dCI6ImMifQ",
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let cases: u64 = arguments.next().and_then(|cases| cases.parse().ok()).unwrap_or(100_000);
    let mut dice = Rng::with_seed(arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1));
    let archives = [archive("Journal.json", DAY_ONE), archive("1.json", JOURNEY), archive("a/n.md", NOTE)];

    run("records", cases, || {
        let json = damaged(RECORDS[dice.usize(..RECORDS.len())].as_bytes(), &mut dice);
        let Ok(record) = Record::from_json(&json) else { return false };
        again(&record);
        true
    });
    for (name, text, file) in [
        ("Day One", DAY_ONE, "x.json"),
        ("Journey", JOURNEY, "x.json"),
        ("Diarium", DIARIUM, "x.json"),
        ("Daylio", DAYLIO, "x.csv"),
        ("notes", NOTE, "x.md"),
    ] {
        run(name, cases, || import(&damaged(text.as_bytes(), &mut dice), file));
    }
    run("archives", cases, || import(&damaged(&archives[dice.usize(..archives.len())], &mut dice), "x.zip"));
    run("blocks and packs", cases, || {
        let brought = damaged(BROUGHT[dice.usize(..BROUGHT.len())].as_bytes(), &mut dice);
        let Ok(asked) = Asked::read(&String::from_utf8_lossy(&brought)) else { return false };
        again(&Record::new(journal::Content::Entry(asked.into_entry()), now()));
        true
    });
    run("Markdown", cases, || {
        let text = damaged(MARKDOWN.as_bytes(), &mut dice);
        let text = String::from_utf8_lossy(&text);
        let html = markdown::to_html(&text);
        assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
        markdown::plain(&text);
        true
    });
}

fn run(name: &str, cases: u64, mut case: impl FnMut() -> bool) {
    let read = (0..cases).filter(|_| case()).count();
    println!("{name}: {cases} cases, {read} read, {} refused, no panic", cases - read as u64);
}

fn now() -> Moment {
    Moment::new(1_795_731_300_000, 60).expect("it is within the calendar")
}

/// What was read is written and read again without a difference.
fn again(record: &Record) {
    if let Ok(json) = record.to_json() {
        assert_eq!(Record::from_json(&json).as_ref(), Ok(record));
    }
}

fn import(bytes: &[u8], name: &str) -> bool {
    let Ok(mut source) = Source::open(bytes, name) else { return false };
    let Ok(import) = source.read(&Here { now: now(), offset: &|_, _| 60 }) else { return false };
    for new in &import.records {
        assert_eq!(new.record.check(), Ok(()));
        again(&new.record);
    }
    for found in &import.attachments {
        source.attachment(found).ok();
    }
    true
}

fn archive(path: &str, text: &str) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.add_text(path, text.as_bytes()).expect("a vector takes all that is written");
    writer.add_media("a.jpg", b"picture").expect("a vector takes all that is written");
    writer.finish().expect("a vector takes all that is written")
}

/// The bytes with one to four faults: a bit turned, a byte replaced, a stretch left out, doubled or cut off.
fn damaged(whole: &[u8], dice: &mut Rng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.usize(..4) {
        let at = dice.usize(..bytes.len().max(1));
        let end = (at + 1 + dice.usize(..12)).min(bytes.len());
        match dice.usize(..6) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << dice.usize(..8),
            1 => bytes[at] = dice.u8(..),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let stretch = bytes[at..end].to_vec();
                bytes.splice(at..at, stretch);
            }
            4 if dice.usize(..8) == 0 => bytes.truncate(at),
            _ => bytes[at] = b"<>&\\\"'[]{}()*_#-0"[dice.usize(..17)],
        }
    }
    bytes
}
