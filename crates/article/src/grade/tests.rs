//! Grades that were computed by hand, and what lists, names and short sections do to them.

use super::*;

fn passages(texts: &[&str]) -> Vec<Passage> {
    texts.iter().map(|text| Passage { text: (*text).to_owned(), ..Passage::default() }).collect()
}

fn tally(texts: &[&str]) -> Tally {
    Tally::of(&passages(texts), &mut Vec::new())
}

fn grade(texts: &[&str]) -> f32 {
    tally(texts).grade(None)
}

/// A sentence of eight words.
const PLAIN: &str = "You may feel calm after a short session. ";

#[test]
fn a_worked_example_has_the_grade_that_a_hand_computes() {
    // Ketamine(3) is(1) a(1) medicine(3). It(1) can(1) ease(1) depression(3) for(1) a(1) short(1) time(1), and(1)
    // you(1) still(1) need(1) sleep(1).
    let text = "Ketamine is a medicine. It can ease depression for a short time, and you still need sleep.";
    let tally = tally(&[text]);
    assert_eq!((tally.words, tally.syllables, tally.sentences), (17, 23, 2));
    // 0.39 × 17/2 = 3.315; 11.8 × 23/17 = 15.965; 3.315 + 15.965 − 15.59 = 3.690
    assert_eq!(tally.grade(None), 3.7);
}

#[test]
fn short_words_in_short_sentences_have_grade_0_and_long_ones_a_high_one() {
    assert_eq!(grade(&["The cat sat on the mat. It was warm."]), 0.0);
    let hard =
        grade(&["Pharmacological interventions necessitate considerable interdisciplinary collaboration, \
        notwithstanding organisational constraints and administrative responsibilities."]);
    assert!(hard > 25.0, "{hard}");
}

#[test]
fn list_items_without_a_full_stop_make_a_text_no_easier() {
    let prose = [PLAIN.repeat(10)];
    let prose: Vec<&str> = prose.iter().map(String::as_str).collect();
    let with_list =
        [&prose[..], &["Bring these:", "a warm sweater", "water with you", "a book to read"]].concat();
    let with_sentences =
        [&prose[..], &["Bring these.", "A warm sweater.", "Water with you.", "A book to read."]].concat();
    assert!(grade(&with_sentences) < grade(&prose), "sentences of three words are easier");
    // The mean sentence stays as it is; only the syllables are counted in.
    let (plain, list) = (tally(&prose), tally(&with_list));
    assert_eq!(list.mean_sentence(), plain.mean_sentence());
    let by_hand = formula(8.0, list.syllables as f32 / list.words as f32);
    assert!((list.grade(None) - by_hand).abs() < 0.06, "{} and not {by_hand}", list.grade(None));
}

#[test]
fn a_long_list_item_counts_as_the_sentence_that_it_is() {
    let prose = PLAIN.repeat(10);
    let item = "that you can reach a nurse at once by day and by night on a line that you have tried";
    let with = tally(&[&prose, item]);
    let as_if_short = formula(8.0, with.syllables as f32 / with.words as f32);
    assert!(with.grade(None) > as_if_short + 0.3, "{} and {as_if_short}", with.grade(None));
    assert_eq!(grade(&[&prose, item]), grade(&[&prose, &format!("{item}.")]));
}

#[test]
fn the_name_of_a_list_item_is_not_taken_for_a_short_sentence() {
    let named = Passage { text: format!("Calm. {PLAIN}"), name: "Calm.".len(), start: 0 };
    let tally = Tally::of(&[named], &mut Vec::new());
    assert_eq!((tally.sentences, tally.in_sentences), (1, 8));
    assert_eq!(tally.fragments, [1]);
}

#[test]
fn a_section_of_nothing_but_fragments_takes_the_mean_sentence_of_its_article() {
    let prose = passages(&[&PLAIN.repeat(20)]);
    let list = passages(&["calm and a book"; 20]);
    let grades = Grades::of(&[], [(2, &prose), (2, &list)].into_iter());
    // 8 words a sentence; "calm and a book" has 4 syllables in 4 words: 3.12 + 11.8 − 15.59 < 0.
    assert_eq!(grades.sections[1], Some(0.0));
    let long = passages(&["a companion who accompanies everybody"; 20]);
    let grades = Grades::of(&[], [(2, &prose), (2, &long)].into_iter());
    let syllables = Tally::of(&long, &mut Vec::new()).syllables as f32;
    let by_hand = formula(8.0, syllables / 100.0);
    assert!(
        grades.sections[1].is_some_and(|grade| (grade - by_hand).abs() < 0.06),
        "{grades:?} and not {by_hand}"
    );
}

#[test]
fn a_text_too_short_to_say_has_no_grade() {
    let (short, longer) = (passages(&[&PLAIN.repeat(7)]), passages(&[&PLAIN.repeat(8)]));
    let of = |sections: &[(u8, &Vec<Passage>)]| Grades::of(&[], sections.iter().copied());
    assert_eq!(of(&[(2, &short)]), Grades { article: None, sections: vec![None] });
    let grades = of(&[(2, &longer)]);
    assert!(grades.article.is_none() && grades.sections[0].is_some(), "64 words: {grades:?}");
    assert!(of(&[(2, &longer), (2, &short)]).article.is_some(), "120 words");
}

#[test]
fn a_section_too_short_is_graded_with_the_one_it_stands_under() {
    let hard =
        "Pharmacological interventions necessitate interdisciplinary collaboration everywhere. ".repeat(3);
    let (own, below) = (passages(&[&PLAIN.repeat(7)]), passages(&[&hard]));
    let alone = Grades::of(&[], [(2, &own)].into_iter());
    let with = Grades::of(&[], [(2, &own), (3, &below)].into_iter());
    assert_eq!(alone.sections, [None]);
    assert!(with.sections[0].is_some_and(|grade| grade > 10.0) && with.sections[1].is_none(), "{with:?}");
    let beside = Grades::of(&[], [(2, &own), (2, &below)].into_iter());
    assert_eq!(beside.sections, [None, None], "a neighbour is not above");
}

#[test]
fn only_english_has_a_grade() {
    assert!(is_for("en") && is_for("en-GB") && is_for("EN"));
    assert!(!is_for("de") && !is_for("enm") && !is_for(""));
}
