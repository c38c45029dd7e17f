//! What a reader can count on.

use search::{Filter, Found, Index, Lexicon, Piece, Texts, build};

use crate::{example::documents, opened};

fn search(query: &str) -> Found {
    let (index, texts) = opened();
    index.search(Some(&texts), query, &Filter::default(), 10)
}

/// The first place as `slug#anchor`.
fn first(query: &str) -> String {
    let found = search(query);
    let hit = &found.hits[0];
    format!("{}#{}", hit.slug, hit.places[0].anchor)
}

fn marked(pieces: &[Piece]) -> Vec<&str> {
    pieces.iter().filter(|piece| piece.marked).map(|piece| piece.text.as_str()).collect()
}

#[test]
fn a_whole_question_with_typing_mistakes_finds_the_section_that_answers_it() {
    assert_eq!(first("i cant remember what happend in my session"), "writing-it-down#why-it-fades");
    let found = search("i cant remember what happend in my session");
    assert_eq!(marked(&found.hits[0].places[0].snippet), ["remember", "happened", "session"]);
    assert_eq!(found.meant.as_deref(), Some("i cant remember what happened in my session"));
    assert!(!found.nearest);
}

#[test]
fn a_heading_that_says_what_was_asked_comes_first() {
    assert_eq!(first("therapist red flags"), "finding-a-therapist#red-flags");
    assert_eq!(first("bladder red flags"), "your-bladder#red-flags");
}

#[test]
fn names_with_numbers_are_found_in_every_spelling() {
    for query in ["PHQ-9", "phq9", "phq 9", "5-HT2A", "5ht2a"] {
        assert_eq!(first(query), "measuring#the-scales", "{query}");
    }
}

#[test]
fn another_word_for_it_finds_it() {
    assert_eq!(search("shrink").hits[0].slug, "finding-a-therapist");
    assert_eq!(search("pee").hits[0].slug, "your-bladder");
    assert!(!search("shrink").nearest);
}

#[test]
fn a_word_that_is_still_being_typed_finds_what_it_may_become() {
    assert_eq!(search("thera").hits[0].slug, "finding-a-therapist");
    assert_eq!(search("thera").meant, None);
    assert_eq!(first("cafe"), "measuring#how-often");
}

#[test]
fn a_quoted_phrase_must_stand_as_it_is() {
    let found = search("\"hurt the bladder\"");
    assert_eq!(found.total, 1);
    assert_eq!(found.hits[0].slug, "your-bladder");
    // Nowhere in this order: the words alone are offered, and it is said that they are.
    let found = search("\"bladder the hurt\"");
    assert!(found.nearest);
    assert_eq!(found.hits[0].slug, "your-bladder");
}

#[test]
fn an_excluded_word_takes_away_what_has_it() {
    assert_eq!(search("red flags").total, 2);
    let found = search("red flags -therapist");
    assert!(found.hits.iter().all(|hit| hit.slug != "finding-a-therapist"));
    assert_eq!(found.hits[0].slug, "your-bladder");
}

#[test]
fn a_label_narrows_what_is_found_written_or_chosen() {
    let written = search("red flags category:safety");
    let (index, texts) = opened();
    let chosen = Filter { category: Some("safety".to_owned()), ..Filter::default() };
    let chosen = index.search(Some(&texts), "red flags", &chosen, 10);
    assert_eq!(written.total, 1);
    assert_eq!(written.hits[0].slug, chosen.hits[0].slug);
    // A label alone lists what has it.
    let listed = search("tag:red-flags");
    assert_eq!((listed.total, listed.nearest), (1, false));
    assert_eq!(listed.hits[0].slug, "finding-a-therapist");
}

#[test]
fn nothing_found_is_answered_with_the_nearest_things_and_said_to_be_so() {
    for query in ["xylophone", "zzzz qqqq", "の", "what if it is not", "?"] {
        let found = search(query);
        assert!(!found.hits.is_empty(), "{query}");
        assert!(found.nearest, "{query}");
    }
    assert_eq!(search("therapyst theripist").hits[0].slug, "finding-a-therapist");
}

#[test]
fn a_blank_query_asks_for_nothing() {
    assert_eq!(search("  \n "), Found::default());
}

#[test]
fn a_cry_for_help_is_heard_and_still_answered() {
    let found = search("i want to kill myself since the session");
    assert!(found.crisis);
    assert!(!found.hits.is_empty());
    assert!(!search("suicide prevention training for clinicians").crisis);
}

#[test]
fn every_title_finds_its_own_article_first() {
    for document in documents() {
        assert_eq!(search(&document.title).hits[0].slug, document.slug);
    }
}

#[test]
fn without_texts_the_order_is_the_same_and_there_are_no_snippets() {
    let (index, texts) = opened();
    for query in ["red flags", "remember session", "thera"] {
        let with = index.search(Some(&texts), query, &Filter::default(), 10);
        let without = index.search(None, query, &Filter::default(), 10);
        let slugs = |found: &Found| found.hits.iter().map(|hit| hit.slug.clone()).collect::<Vec<_>>();
        assert_eq!(slugs(&with), slugs(&without));
        assert!(without.hits.iter().flat_map(|hit| &hit.places).all(|place| place.snippet.is_empty()));
    }
}

#[test]
fn one_library_makes_the_same_bytes_each_time() {
    let lexicon = crate::example::lexicon();
    assert_eq!(build(&documents(), &lexicon), build(&documents(), &lexicon));
}

#[test]
fn an_empty_library_answers_without_hits() {
    let built = build(&[], &Lexicon::default());
    let (index, texts) = (Index::open(&built.index).unwrap(), Texts::open(&built.texts).unwrap());
    assert!(index.is_empty());
    assert!(index.search(Some(&texts), "anything", &Filter::default(), 10).hits.is_empty());
}

#[test]
fn how_people_ask_finds_a_section_and_is_never_shown_nor_excluded_by() {
    let mut documents = documents();
    documents[1].sections[1].asked = vec!["crimson stream".to_owned()];
    let built = build(&documents, &Lexicon::default());
    let (index, texts) = (Index::open(&built.index).unwrap(), Texts::open(&built.texts).unwrap());
    let search = |query: &str| index.search(Some(&texts), query, &Filter::default(), 10);
    let found = search("crimson");
    assert_eq!((found.hits[0].slug.as_str(), found.nearest), ("your-bladder", false));
    assert_eq!(found.hits[0].places[0].anchor, "red-flags");
    assert!(!format!("{found:?}").contains("crimson"));
    assert!(search("blood -crimson").hits.iter().any(|hit| hit.slug == "your-bladder"));
}
