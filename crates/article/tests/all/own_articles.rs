//! The articles that come with the program.

use std::path::Path;

use article::{Library, Sources};

fn sources() -> Sources {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let read = |folder: &str| -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = std::fs::read_dir(content.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"))
            .map(|entry| {
                let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
                (name, std::fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    };
    Sources { articles: read("articles"), ..Sources::default() }
}

#[test]
fn they_have_no_errors() {
    let (_, diagnostics) = Library::build(&sources(), "2030-01-01".parse().unwrap());
    let errors: Vec<String> =
        diagnostics.iter().filter(|one| one.is_error()).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n\n"));
}

#[test]
fn the_outline_of_the_founding_article_stays_as_it_is() {
    let (library, _) = Library::build(&sources(), "2030-01-01".parse().unwrap());
    insta::assert_snapshot!(
        library.article("integration-therapy-maximizing-benefits").unwrap().article.outline()
    );
}
