//! What the search finds in the bundled articles, for questions as people ask them.

use std::{path::Path, sync::Arc};

use jiff::Timestamp;
use search::{Filter, Found};
use server::library::{Edition, Shelf};

fn edition() -> Arc<Edition> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let clock = Arc::new(|| "2027-01-01T12:00:00Z".parse::<Timestamp>().unwrap());
    Shelf::open(&content, false, clock).unwrap().0.current()
}

fn search(edition: &Edition, query: &str) -> Found {
    edition.search.index.search(Some(&edition.search.texts), query, &Filter::default(), 10)
}

/// The places in the order in which a reader meets them: article by article, each with its best sections.
fn places(found: &Found) -> Vec<String> {
    let hits = found.hits.iter();
    let places =
        hits.flat_map(|hit| hit.places.iter().map(|place| (hit.slug.as_str(), place.anchor.as_str())));
    let address = |(slug, anchor): (&str, &str)| match anchor {
        "" => slug.to_owned(),
        anchor => format!("{slug}#{anchor}"),
    };
    places.map(address).collect()
}

/// Asks every question of a list. Returns how many find a right place among the first three, and what went wrong.
fn ask(edition: &Edition, list: &str) -> (usize, usize, Vec<String>) {
    let (mut right, mut asked, mut wrong) = (0, 0, Vec::new());
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (question, wanted) = line.split_once(" -> ").expect("a question, an arrow, its places");
        let wanted: Vec<&str> = wanted.split(" | ").map(str::trim).collect();
        for place in &wanted {
            let (slug, anchor) = place.split_once('#').unwrap_or((place, ""));
            let article =
                edition.library.article(slug).unwrap_or_else(|| panic!("no article {slug}: {line}"));
            let known = anchor.is_empty() || article.article.anchors().any(|known| known == anchor);
            assert!(known, "no place {place}: {line}");
        }
        let found = places(&search(edition, question));
        asked += 1;
        if found.iter().take(3).any(|place| wanted.contains(&place.as_str())) {
            right += 1;
        } else {
            wrong.push(format!("{question}\n    found {:?}", &found[..found.len().min(3)]));
        }
    }
    (right, asked, wrong)
}

#[test]
fn what_people_ask_is_answered_within_the_first_three_places() {
    let (right, asked, wrong) = ask(&edition(), include_str!("../questions.txt"));
    println!("{right} of {asked}");
    assert!(asked >= 60);
    assert!(right * 100 >= asked * 88, "{right} of {asked}; not answered:\n{}", wrong.join("\n"));
}

/// These were written without knowing the engine, in words that the articles mostly do not have. The bar is where the
/// search stood when they came; it may be raised.
#[test]
fn questions_in_words_that_nobody_prepared_for_are_mostly_answered() {
    let (right, asked, wrong) = ask(&edition(), include_str!("../questions-unseen.txt"));
    println!("{right} of {asked}");
    assert!(right * 100 >= asked * 50, "{right} of {asked}; not answered:\n{}", wrong.join("\n"));
}

#[test]
fn the_question_of_a_patient_and_that_of_a_clinician_find_their_section_first() {
    let edition = edition();
    let first = |query: &str| places(&search(&edition, query))[0].clone();
    assert_eq!(
        first("i cant remember what happend in my session"),
        "writing-it-down#why-you-may-not-remember-it"
    );
    assert!(first("KAP red flags").ends_with("#red-flags"));
}

#[test]
fn every_title_finds_its_own_article_first() {
    let edition = edition();
    for one in edition.library.articles() {
        let meta = &one.article.meta;
        assert_eq!(search(&edition, &meta.title).hits[0].slug, meta.slug.as_str(), "{}", meta.title);
    }
}

#[test]
fn words_of_a_crisis_are_heard_in_the_ways_they_are_typed() {
    let edition = edition();
    for query in [
        "i want to kill myself",
        "I WANT TO DIE",
        "i dont want to live anymore",
        "i don’t want to be here any more",
        "suicidal after ketamine",
        "sucidal thoughts",
        "thinking about suicide since my session",
        "better off without me",
        "how to end my life",
        "i cut myself again",
        "self-harm",
        "took too many pills",
        "cant go on",
        "everyone would be better off dead",
        "chest pain after infusion",
        "he is not breathing",
        "i might hurt someone",
        "wanna die",
        "no reason to live",
    ] {
        assert!(search(&edition, query).crisis, "{query}");
    }
}

#[test]
fn everyday_words_are_not_taken_for_a_crisis() {
    let edition = edition();
    for query in [
        "suicide prevention training for clinicians",
        "killing time",
        "killing time in the waiting room",
        "dying to know how long it lasts",
        "ego death",
        "end of my session",
        "my life after treatment",
        "suicide risk assessment scale",
        "ketamine for suicidal ideation",
        "overdose prevention",
        "cut down on coffee",
        "i want to live better",
        "diet",
        "can i go on with work",
        "can i go on holiday",
        "someone to drive me",
        "does the shot hurt",
        "take my medicine",
        "pain in my back",
        "jump rope",
    ] {
        assert!(!search(&edition, query).crisis, "{query}");
    }
}
