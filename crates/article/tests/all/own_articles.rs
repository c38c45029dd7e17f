//! The articles that come with the program.

use std::path::Path;

use article::{Library, Sources, grade};

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
fn they_ask_no_more_of_their_readers_than_they_should() {
    let (library, _) = Library::build(&sources(), "2030-01-01".parse().unwrap());
    let articles: Vec<_> = library.articles().iter().map(|one| &one.article).collect();
    let mut hard = Vec::new();
    for article in &articles {
        let slug = &article.meta.slug;
        // One without a grade is too short to say, and none of ours should be.
        if article.grade.is_none_or(|grade| grade > grade::ARTICLE_LIMIT) {
            hard.push(format!("{slug}: {:?}", article.grade));
        }
        for section in &article.sections {
            if let Some(grade) = section.grade.filter(|grade| *grade > grade::SECTION_LIMIT) {
                hard.push(format!("{slug}#{}: {grade}", section.anchor));
            }
        }
    }
    assert!(hard.is_empty(), "{}", hard.join("\n"));
    let median = grade::median(articles.iter().copied()).unwrap();
    assert!(median <= grade::MEDIAN_LIMIT, "the median is {median}");
}

#[test]
fn the_outline_of_the_founding_article_stays_as_it_is() {
    let (library, _) = Library::build(&sources(), "2030-01-01".parse().unwrap());
    insta::assert_snapshot!(
        library.article("integration-therapy-maximizing-benefits").unwrap().article.outline()
    );
}
