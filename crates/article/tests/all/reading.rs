//! Reading grades: where they are warned of, and where the hardest passages are found.

use article::{Diagnostic, Library, Sources, grade};

const EASY: &str = "You may feel calm after a short session. Rest at home and drink some water. ";
const HARD: &str = "Pharmacological interventions necessitate considerable interdisciplinary collaboration. ";

fn text(extra: &str, body: &str) -> String {
    format!(
        "---\ntitle: T\nslug: one\nexcerpt: E.\ncategory: SAFETY\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\n{extra}---\n{body}"
    )
}

/// Line and words of the warnings.
fn warnings(source: &str) -> Vec<(usize, String)> {
    let (article, diagnostics) = article::parse(source, "one.md");
    assert!(article.is_some() && !diagnostics.iter().any(Diagnostic::is_error), "{diagnostics:?}");
    diagnostics.into_iter().map(|one| (one.line, one.message)).collect()
}

#[test]
fn a_section_above_the_limit_is_warned_of_at_its_heading() {
    let body = format!("## Easy\n\n{}\n\n## Hard\n\n{}\n", EASY.repeat(40), HARD.repeat(10));
    let found = warnings(&text("", &body));
    let [(line, message)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(*line, 14, "{message}");
    assert!(message.starts_with("the reading grade of this section is "), "{message}");
}

#[test]
fn an_article_above_the_limit_is_warned_of_at_its_slug() {
    let found = warnings(&text("", &HARD.repeat(20)));
    let [(line, message)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(*line, 3, "{message}");
    assert!(message.starts_with("the reading grade is "), "{message}");
}

#[test]
fn headings_tables_code_and_titles_of_blocks_do_not_count() {
    let easy = EASY.repeat(20);
    let besides = "| Pharmacological | Interdisciplinary |\n|---|---|\n| Considerable | Collaboration |\n\n\
        ```\nnotwithstanding organisational responsibilities\n```\n\n";
    let plain = text("", &format!("## Rest\n\n{easy}\n\n:::practice Rest\n{easy}\n:::\n"));
    let with = text(
        "",
        &format!(
            "## Interdisciplinary collaboration\n\n{easy}\n\n{besides}:::practice Pharmacological responsibilities\n{easy}\n:::\n"
        ),
    );
    let grade = |source: &str| article::parse(source, "one.md").0.unwrap().grade.unwrap();
    assert_eq!(grade(&plain), grade(&with));
}

#[test]
fn a_bold_name_is_no_sentence_with_its_mark_inside_or_behind() {
    let list = |item: &str| text("", &format!("- {item} {EASY}\n").repeat(10));
    let grade = |source: &str| article::parse(source, "one.md").0.unwrap().grade.unwrap();
    let (inside, behind) = (grade(&list("**Rest.**")), grade(&list("**Rest**:")));
    assert_eq!(inside, behind);
    assert!(grade(&list("Rest.")) < inside, "as plain words it is a sentence of one word");
}

#[test]
fn a_text_in_another_language_has_no_grade_and_no_warning() {
    let source = text("lang: de\n", &format!("## Wort\n\n{}", HARD.repeat(20)));
    assert_eq!(warnings(&source), []);
    let article = article::parse(&source, "one.md").0.unwrap();
    assert!(article.grade.is_none() && article.sections[0].grade.is_none());
    assert_eq!(grade::hardest(&source, "one.md"), grade::Hardest::default());
}

#[test]
fn citations_are_counted_with_their_marks_also_in_tables() {
    let bib = "@article{a2020, author = {A, B}, title = {T}, journal = {J}, year = {2020}, evidence = {Randomised trial}, people = {20}}\n\
        @article{b2021, author = {B, C}, title = {U}, journal = {J}, year = {2021}}\n";
    let body = "It helped [@a2020, evidence]. So did rest [@a2020; @b2021].\n\n| x |\n|---|\n| y [@a2020, evidence] |\n";
    let sources = Sources {
        articles: vec![("one.md".to_owned(), text("", body))],
        site: vec![("references.bib".to_owned(), bib.to_owned())],
        ..Sources::default()
    };
    let (library, diagnostics) = Library::build(&sources, "2026-06-01".parse().unwrap());
    let article = &library.article("one").unwrap_or_else(|| panic!("{diagnostics:?}")).article;
    assert_eq!((article.citations, article.marked), (4, 2));
}

#[test]
fn the_hardest_sentences_and_words_are_found_with_their_lines() {
    let body = "## Rest\n\nGo to bed. Now sleep.\nPharmacological interventions necessitate considerable\ninterdisciplinary \
        collaboration [@x], as always.\nSleep is one of the interventions.\n";
    let found = grade::hardest(&text("", body), "one.md");
    let [sentence] = found.sentences.as_slice() else { panic!("{found:?}") };
    assert_eq!((sentence.line, sentence.words), (13, 8));
    assert!(
        sentence.grade > 20.0
            && sentence.text.ends_with("considerable interdisciplinary collaboration, as always."),
        "{sentence:?}"
    );
    let first = &found.words[0];
    assert_eq!((first.word.as_str(), first.syllables, first.times, first.line), ("interventions", 4, 2, 13));
    assert!(found.words.iter().all(|word| word.syllables >= 3), "{found:?}");
}

#[test]
fn the_median_lies_between_the_middle_two() {
    let article = |grade| {
        let mut article = article::parse(&text("", "Text."), "one.md").0.unwrap();
        article.grade = grade;
        article
    };
    let of = |grades: &[Option<f32>]| {
        grade::median(&grades.iter().map(|grade| article(*grade)).collect::<Vec<_>>())
    };
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[None]), None);
    assert_eq!(of(&[Some(3.0), None, Some(9.0), Some(4.0)]), Some(4.0));
    assert_eq!(of(&[Some(6.0), Some(3.0), Some(9.0), Some(5.0)]), Some(5.5));
}
