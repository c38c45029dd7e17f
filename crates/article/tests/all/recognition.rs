//! What is recognised in ordinary Markdown, on an article of the shape that founding articles have.

use article::{Article, Block, BlockBody, BlockKind, Part, parse};

const LOOK_ALIKE: &str = include_str!("fixtures/look-alike.md");

fn look_alike() -> Article {
    let (article, diagnostics) = parse(LOOK_ALIKE, "look-alike.md");
    assert!(diagnostics.is_empty(), "{}", diagnostics[0]);
    article.unwrap()
}

fn body(text: &str) -> Article {
    let head = "---\ntitle: T\nslug: t\nexcerpt: E.\ncategory: C\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\n---\n";
    let (article, diagnostics) = parse(&format!("{head}{text}"), "t.md");
    article.unwrap_or_else(|| panic!("{}", diagnostics[0]))
}

fn of(article: &Article, kind: BlockKind) -> Vec<&Block> {
    article.blocks().filter(|block| block.kind == kind).collect()
}

fn items(block: &Block) -> usize {
    match &block.body {
        BlockBody::Items(items) => items.len(),
        BlockBody::Named(items) => items.len(),
        BlockBody::Fields(fields) => fields.len(),
        BlockBody::Html(_) => 0,
    }
}

#[test]
fn six_question_sets_hold_twenty_six_questions_and_quotes_stay() {
    let article = look_alike();
    let sets = of(&article, BlockKind::Questions);
    assert_eq!(sets.len(), 6);
    assert_eq!(sets.iter().map(|set| items(set)).sum::<usize>(), 26);
    let quoted = sets.iter().find(|set| set.label_is_heading).unwrap();
    let BlockBody::Items(questions) = &quoted.body else { panic!("questions are items") };
    assert_eq!(questions[0], "“How many loaves do we bake?”");
}

#[test]
fn cards_checklists_families_and_the_rest_are_counted_exactly() {
    let article = look_alike();
    let count = |kind| of(&article, kind).iter().map(|block| items(block)).collect::<Vec<_>>();
    assert_eq!(count(BlockKind::Phase), [4, 3, 4]);
    assert_eq!(count(BlockKind::Approach), [3; 5]);
    assert_eq!(count(BlockKind::Challenge), [2; 5]);
    assert_eq!(count(BlockKind::RedFlags), [6]);
    assert_eq!(count(BlockKind::Checklist), [4; 3]);
    assert_eq!(count(BlockKind::Places), [5]);
    assert_eq!(count(BlockKind::Practice), [2; 6]);
    assert_eq!(count(BlockKind::Factors), [6]);
    assert_eq!(count(BlockKind::Takeaways), [8]);
    assert_eq!(article.blocks().count(), 32, "everything else is prose");
    assert!(article.disclaimer.as_deref().unwrap().starts_with("This text is a fixture"));
}

#[test]
fn the_outline_of_the_look_alike_stays_as_it_is() {
    insta::assert_snapshot!(look_alike().outline());
}

#[test]
fn the_title_is_shown_once() {
    let article = look_alike();
    assert!(article.sections.iter().all(|section| section.title != article.meta.title));
    assert_eq!(article.sections[0].level, 2);
}

#[test]
fn a_directive_overrides_the_guess() {
    let article =
        body(":::checklist Before you leave\n- Is the oven off?\n- Are the windows shut?\n:::\n\n- plain\n");
    let [Part::Block(block), Part::Prose(prose)] = article.lead.as_slice() else {
        panic!("{:?}", article.lead)
    };
    assert_eq!(
        (block.kind, block.label.as_str(), items(block)),
        (BlockKind::Checklist, "Before you leave", 2)
    );
    assert_eq!(prose, "<ul><li>plain</li></ul>");
}

#[test]
fn a_directive_needs_no_empty_lines_around_it() {
    let article = body("## Help\nSome words\n:::help Get help now\nCall **112**.\n:::\n- a list\n");
    assert_eq!(of(&article, BlockKind::Help).len(), 1);
    assert!(article.sections[0].parts.len() == 3, "{:?}", article.sections[0].parts);
}

#[test]
fn a_directive_inside_a_code_fence_is_code() {
    let article = body("```\n:::questions\n```\n");
    assert_eq!(article.blocks().count(), 0);
    assert_eq!(article.lead, [Part::Prose("<pre tabindex=\"0\"><code>:::questions\n</code></pre>".into())]);
}

#[test]
fn a_lead_in_that_names_nothing_stays_prose() {
    let article = body("## A\n**During this time:**\n- one\n- two\n\n**Why it matters:** because.\n");
    assert_eq!(article.blocks().count(), 0);
}

#[test]
fn a_numbered_list_behind_a_lead_in_is_steps() {
    let article = body("## A\n**To begin:**\n\n1. one\n2. two\n");
    assert_eq!(of(&article, BlockKind::Steps).len(), 1);
}

#[test]
fn block_anchors_live_under_their_section_and_headings_keep_theirs() {
    let article = body("## A\n**Questions:**\n- b?\n\n## A questions\n\n## A\n");
    let anchors: Vec<String> = article.anchors().collect();
    assert_eq!(anchors, ["a", "a-questions", "a-2", "a-questions-2"]);
}

#[test]
fn levels_are_made_right_and_siblings_stay_siblings() {
    let article = body("# One\n### deep\n### deep too\n## Two\n###### far\n");
    let levels: Vec<u8> = article.sections.iter().map(|section| section.level).collect();
    assert_eq!(levels, [2, 3, 3, 3, 4]);
}

#[test]
fn the_hash_of_a_section_follows_its_own_words_only() {
    let (one, other) = (body("## A\nx *y*\n\n## B\nz\n"), body("## A\nX — y!\n\n## B\nzz\n"));
    assert_eq!(one.sections[0].hash, other.sections[0].hash);
    assert_ne!(one.sections[1].hash, other.sections[1].hash);
}
