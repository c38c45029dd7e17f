//! Front matter, field by field.

use article::{Phase, parse};

fn meta(extra: &str) -> article::Meta {
    let head = "title: T\nslug: t\nexcerpt: E.\ncategory: C\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\n";
    let (article, diagnostics) = parse(&format!("---\n{head}{extra}---\n"), "t.md");
    article.unwrap_or_else(|| panic!("{}", diagnostics[0])).meta
}

#[test]
fn every_optional_field_is_read() {
    let meta = meta(
        "updatedAt: 2026-02-01\nreviewedAt: \"2026-02-02\"\nreviewDue: 2027-02-02\nreviewedBy: \"Dr. R\"\n\
         phase: [weeks, before]\nreferences: [a2020]\naliases: [old]\nrelated: [other]\n\
         lang: pt-BR\ncodes: {icd10: [F32.9], snomed: [370143000], rxnorm: [\"6130\"]}\n",
    );
    assert_eq!(meta.updated_at.unwrap().to_string(), "2026-02-01");
    assert_eq!(meta.phases, [Phase::Before, Phase::Weeks], "in the order of treatment");
    assert_eq!(meta.codes["icd10"], ["F32.9"]);
    assert_eq!(meta.codes["snomed"], ["370143000"]);
    assert_eq!(meta.lang, "pt-BR");
    assert_eq!(meta.reviewed_by.as_deref(), Some("Dr. R"));
    assert_eq!(meta.aliases[0].as_str(), "old");
}

#[test]
fn one_phase_needs_no_list() {
    assert_eq!(meta("phase: day\n").phases, [Phase::Day]);
}

#[test]
fn a_placeholder_means_a_drawn_cover() {
    assert_eq!(meta("featuredImage: /images/articles/placeholder.jpg\n").featured_image, None);
    assert_eq!(
        meta("featuredImage: images/a.jpg\n").featured_image.map(|picture| picture.path).as_deref(),
        Some("/images/a.jpg")
    );
}

#[test]
fn a_field_without_a_value_counts_as_left_out() {
    assert_eq!(meta("updatedAt:\nrelated: []\n").updated_at, None);
}

#[test]
fn comments_and_folded_text_are_yaml_as_usual() {
    assert_eq!(meta("# a remark\nreviewedBy: >\n  Dr.\n  R\n").reviewed_by.as_deref(), Some("Dr. R"));
}

#[test]
fn renamed_anchors_must_lead_somewhere_and_then_resolve() {
    let head = "---\ntitle: T\nslug: t\nexcerpt: E.\ncategory: C\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\nanchors: {sleeping: sleep}\n---\n";
    let (article, _) = parse(&format!("{head}## Sleep\n[up](#sleeping)\n"), "t.md");
    assert_eq!(article.unwrap().anchors().collect::<Vec<_>>(), ["sleep", "sleeping"]);
    assert!(parse(&format!("{head}## Sleeping\n"), "t.md").0.is_none());
}
