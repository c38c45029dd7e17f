//! The questions that the journal offers are those of our articles, word by word, and lead to where they stand.

use std::path::Path;

use journal::templates::{self, Source};

fn article(slug: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../content/articles/{slug}.md"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn has_heading(text: &str, heading: &str) -> bool {
    text.lines().any(|line| line.starts_with('#') && line.trim_start_matches('#').trim() == heading)
}

fn check(source: &Source, lines: &[&str]) {
    let text = article(source.article);
    assert!(text.contains(&format!("title: \"{}\"", source.title)), "{source:?}");
    assert!(has_heading(&text, source.section), "{source:?}");
    assert_eq!(source.anchor, fold::address_form(&format!("{} {}", source.section, source.label)));
    let labelled = [format!("**{}:**", source.label), format!(":::checklist {}", source.label)];
    let block = text.lines().skip_while(|line| !labelled.iter().any(|label| label == line)).skip(1);
    let items: Vec<&str> = block
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty() && *line != ":::")
        .map(|line| line.trim_start_matches("- "))
        .collect();
    assert_eq!(items, lines, "{source:?}");
}

#[test]
fn every_question_and_item_stands_in_its_article() {
    for set in templates::question_sets() {
        check(&set.source, set.questions);
    }
    for list in templates::checklists() {
        check(&list.source, list.items);
    }
}

#[test]
fn practices_and_safety_plan_lead_to_sections_that_are_there() {
    let text = article(templates::PRACTICES_ARTICLE);
    for practice in templates::PRACTICES {
        assert!(has_heading(&text, practice.name), "{practice:?}");
        assert_eq!(practice.anchor, fold::address_form(practice.name));
    }
    let (slug, anchor) = templates::SAFETY_PLAN_SOURCE;
    assert!(article(slug).lines().any(|line| line.starts_with('#') && fold::address_form(line) == anchor));
    let capture = article("the-first-three-days");
    for prompt in &templates::CAPTURE_PROMPTS[..3] {
        assert!(capture.contains(prompt.question), "{prompt:?}");
    }
}

#[test]
fn no_two_offers_share_a_key() {
    let mut keys: Vec<&str> = templates::question_sets().map(|set| set.key).collect();
    keys.extend(templates::checklists().map(|list| list.key));
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
}
