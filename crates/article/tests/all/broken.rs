//! Every file in `broken/` has something wrong with it; the golden files hold what an editor is told.
//!
//! All of them are read as one library, so that they can also clash with each other.

use std::path::Path;

use article::{Library, Severity, Sources};

/// The folder as a server would read it. Some files hold bytes that an editor cannot type; those are made here.
fn sources() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/broken");
    let mut articles: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    let windows = "\u{feff}---\r\ntitle: \"Windows\"\r\nslug: windows\r\nexcerpt: \"Lines end otherwise.\"\r\ncategory: SAFETY\r\nauthor: A\r\npublishedAt: 2026-02-30\r\ntags:\r\n  - ünïcödé\r\n  - \"\"\r\n---\r\n\r\n## Straße\r\nTab\tund größer [hier](#nirgends)\r\n";
    articles.push(("windows.md".into(), windows.into()));
    let image = ("images/a.png".to_owned(), (10, 20));
    Sources { articles, images: [image].into(), ..Sources::default() }
}

#[test]
fn every_problem_of_every_file_is_told_in_one_run() {
    let (library, diagnostics) = Library::build(&sources(), "2026-06-01".parse().unwrap());
    for (path, _) in sources().articles {
        let of_file: Vec<_> = diagnostics.iter().filter(|one| one.path == path).collect();
        assert!(!of_file.is_empty(), "{path} has nothing wrong with it");
        let text: Vec<String> = of_file.iter().map(|one| one.to_string()).collect();
        insta::with_settings!({ snapshot_path => "snapshots/broken", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(path.trim_end_matches(".md"), text.join("\n\n"));
        });
    }
    let shown: Vec<&str> = library.articles().iter().map(|one| one.article.meta.slug.as_str()).collect();
    assert_eq!(shown, ["only-warnings", "first"], "nothing with an error is served");
}

#[test]
fn a_place_points_at_the_words_that_are_meant() {
    for one in Library::build(&sources(), "2026-06-01".parse().unwrap()).1 {
        let characters = one.source_line.chars().count();
        assert!(one.line >= 1 && one.column >= 1 && one.length >= 1);
        assert!(one.column <= characters + 1, "{one}");
        assert!(characters <= 200);
    }
}

#[test]
fn diagnostics_are_json_for_editors() {
    let (_, diagnostics) = article::parse("no head", "a.md");
    let json = serde_json::to_value(&diagnostics[0]).unwrap();
    assert_eq!(diagnostics[0].severity, Severity::Error);
    assert_eq!(json["severity"], "error");
    assert_eq!((&json["line"], &json["column"], &json["length"]), (&1.into(), &1.into(), &7.into()));
}
