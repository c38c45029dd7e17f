//! `doorway check` and `doorway new`, as the program does them.

use std::{path::Path, process::Output};

use crate::house::{self, House, article, article_with};

fn doorway(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = house::doorway().args(arguments).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_sound_folder_passes_with_a_table_of_its_articles() {
    let house = House::new();
    let (code, out, err) = doorway(&["check", text(house.content())]);
    assert_eq!(code, Some(0), "{out}{err}");
    let row = out.lines().find(|line| line.starts_with("rest ")).unwrap();
    assert!(out.contains("grade  words  references  blocks  marked citations"), "{out}");
    assert!(row.split_whitespace().count() == 8 && out.contains("2 articles: 0 errors"), "{out}");
}

#[test]
fn every_problem_is_shown_and_fails_the_check() {
    let house = House::new();
    house.write("articles/one.md", "---\nslug: \"one\"\n---\nText.\n");
    house.write("articles/two.md", "---\nslug: \"two\"\n---\nText.\n");
    let (code, out, err) = doorway(&["check", text(house.content())]);
    assert_eq!(code, Some(1));
    assert!(out.contains("articles/one.md") && out.contains("articles/two.md"), "{out}");
    assert!(err.contains("not ready"), "{err}");

    let (code, out, _) = doorway(&["check", text(house.content()), "--format", "json"]);
    assert_eq!(code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let paths: Vec<&str> =
        report["diagnostics"].as_array().unwrap().iter().map(|d| d["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"articles/one.md") && paths.contains(&"articles/two.md"), "{out}");
    assert!(report["diagnostics"][0]["line"].is_u64());
}

#[test]
fn an_overdue_review_is_a_warning() {
    let house = House::new();
    house.write(
        "articles/old.md",
        &article_with("old", "reviewedAt: \"2019-01-01\"\nreviewDue: \"2020-01-01\""),
    );
    let (code, out, _) = doorway(&["check", text(house.content())]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("old: the review was due on 2020-01-01"), "{out}");
}

#[test]
fn a_section_that_is_hard_to_read_is_a_warning_and_its_sentences_and_words_are_listed_on_request() {
    let house = House::new();
    let hard = "Pharmacological interventions necessitate considerable interdisciplinary collaboration almost everywhere. ";
    let text = article("rest", "Rest").replace("Last words.", &hard.repeat(15));
    house.write("articles/rest.md", &text);
    let line = text.lines().position(|line| line.starts_with("Pharmacological")).unwrap() + 1;
    let (code, out, _) = doorway(&["check", self::text(house.content())]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("the reading grade of this section is"), "{out}");
    assert!(out.contains("hardest section of rest: ") && out.contains("(#the-night-after)"), "{out}");
    assert!(out.contains("warning: the median reading grade is "), "{out}");
    assert!(!out.contains("the hardest sentences"), "{out}");

    let (_, out, _) = doorway(&["check", self::text(house.content()), "--hardest", "3"]);
    let place = format!("articles/rest.md:{line}");
    assert!(out.contains(&format!("8 words  {place}")), "{out}");
    assert!(out.contains(&format!("interdisciplinary  {place}")), "{out}");

    let (_, out, _) = doorway(&["check", self::text(house.content()), "--hardest", "3", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let rest = report["articles"].as_array().unwrap().iter().find(|row| row["article"] == "rest").unwrap();
    assert_eq!(rest["sections"][0]["anchor"], "the-night-after", "the other sections are too short: {out}");
    assert_eq!(report["median_grade"], rest["grade"], "the other article is too short");
    assert_eq!(report["hardest"]["sentences"].as_array().unwrap().len(), 3);
    assert_eq!(report["hardest"]["sentences"][0]["line"], line);
    assert_eq!(report["hardest"]["words"][0]["times"], 15);
}

#[test]
fn a_published_anchor_that_is_lost_fails_the_check() {
    let house = House::new();
    let list = house.content().join("anchors.txt");
    let check = |extra: &[&str]| {
        doorway(&[&["check", text(house.content()), "--published", text(&list)], extra].concat())
    };

    assert_eq!(check(&[]).0, Some(1), "a list that is not there must not pass");
    assert_eq!(check(&["--write-published"]).0, Some(0));
    let written = std::fs::read_to_string(&list).unwrap();
    assert!(
        written.lines().any(|line| line == "rest#getting-ready")
            && written.lines().any(|line| line == "quiet"),
        "{written}"
    );
    assert_eq!(check(&[]).0, Some(0));

    house.write("articles/rest.md", &article("rest", "Rest").replace("Getting ready", "Making ready"));
    house.remove("articles/quiet.md");
    let (code, out, _) = check(&["--write-published"]);
    assert_eq!(code, Some(1));
    assert!(
        out.contains("rest#getting-ready no longer resolves") && out.contains("quiet no longer resolves"),
        "{out}"
    );
    let still = std::fs::read_to_string(&list).unwrap();
    assert!(still.contains("rest#getting-ready\n") && still.contains("rest#making-ready\n"), "{still}");

    let renamed = article_with("rest", "aliases: [quiet]\nanchors: { getting-ready: making-ready }");
    house.write("articles/rest.md", &renamed.replace("Getting ready", "Making ready"));
    let (code, out, _) = check(&[]);
    assert_eq!(code, Some(0), "{out}");
}

#[test]
fn a_new_article_is_a_draft_that_is_not_shown_and_never_overwrites() {
    let house = House::new();
    let folder = text(house.content());
    let (code, out, err) = doorway(&["new", "A quiet evening", "--content", folder]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("articles/a-quiet-evening.md"), "{out}");
    let written = std::fs::read_to_string(house.content().join("articles/a-quiet-evening.md")).unwrap();
    assert!(written.contains("title: \"A quiet evening\"") && written.contains("draft: true"), "{written}");
    let (code, out, _) = doorway(&["check", folder]);
    assert!(code == Some(0) && out.contains("2 articles: 0 errors, 1 warning"), "{out}");
    let (code, _, err) = doorway(&["new", "A quiet evening", "--content", folder]);
    assert_eq!(code, Some(1));
    assert!(err.contains("is there already"), "{err}");
}

#[test]
fn each_command_has_help() {
    for command in ["serve", "check", "new"] {
        let (code, out, _) = doorway(&[command, "--help"]);
        assert_eq!(code, Some(0));
        assert!(out.contains("Usage: doorway"), "{out}");
    }
}

#[test]
fn names_that_the_short_ids_of_packs_cannot_tell_apart_fail_the_check() {
    let house = House::new();
    // Two English words with one CRC-32, and two headings with the same low 24 bits of theirs.
    house.write("articles/one.md", &article("plumless", "Plumless"));
    house.write("articles/two.md", &article_with("another", "aliases: [buckeroo]"));
    let headings = article("rest", "Rest")
        .replace("Getting ready", "Slow hour soft evening")
        .replace("The night after", "Quiet hour long walk");
    house.write("articles/rest.md", &headings);
    let (code, out, _) = doorway(&["check", text(house.content())]);
    assert_eq!(code, Some(1), "{out}");
    assert!(
        out.contains("cannot tell buckeroo and plumless apart\n  help: give the newer of the two articles"),
        "{out}"
    );
    let places = "cannot tell rest#quiet-hour-long-walk and rest#slow-hour-soft-evening apart";
    assert!(out.contains(places) && out.contains("into other words"), "{out}");

    // Two names of one article are no clash: both lead to it.
    house.write("articles/one.md", &article_with("plumless", "aliases: [buckeroo]"));
    house.remove("articles/two.md");
    house.write("articles/rest.md", &article("rest", "Rest"));
    let (code, out, _) = doorway(&["check", text(house.content())]);
    assert_eq!(code, Some(0), "{out}");
}
