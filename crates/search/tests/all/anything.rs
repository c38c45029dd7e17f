//! Promises that hold for any library and any question.

use proptest::prelude::*;
use search::{Document, Filter, Found, Index, Lexicon, Section, Texts, build};

use crate::{example::documents, opened};

/// Words of a small language, so that random texts share some.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "memory", "session", "therapist", "sleep", "feeling", "grounding", "bladder", "journal", "window", "doctor",
            "intention", "music", "panic", "family", "insight", "pressure", "medicine", "evening",
        ])
        .prop_map(str::to_owned),
        1 => "[a-z]{3,9}",
        1 => prop::sample::select(vec!["the", "what", "is", "my", "not"]).prop_map(str::to_owned),
    ]
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..most).prop_map(|words| words.join(" "))
}

fn library() -> impl Strategy<Value = Vec<Document>> {
    let section = (words(4), words(40)).prop_map(|(heading, text)| Section {
        anchor: heading.replace(' ', "-"),
        heading,
        text,
        ..Section::default()
    });
    let article = (words(6), prop::collection::vec(section, 1..5));
    prop::collection::vec(article, 1..12).prop_map(|articles| {
        let numbered = articles.into_iter().enumerate();
        numbered
            .map(|(at, (title, sections))| Document {
                slug: format!("a{at}"),
                title,
                sections,
                ..Document::default()
            })
            .collect()
    })
}

fn search(documents: &[Document], query: &str) -> Found {
    let built = build(documents, &Lexicon::default());
    let (index, texts) = (Index::open(&built.index).unwrap(), Texts::open(&built.texts).unwrap());
    index.search(Some(&texts), query, &Filter::default(), 100)
}

proptest! {
    #[test]
    fn any_question_is_answered_from_any_library(documents in library(), query in ".{1,60}") {
        prop_assume!(!query.trim().is_empty());
        let excludes = query.contains('-') || query.contains('−');
        let narrows = query.contains(':');
        let found = search(&documents, &query);
        prop_assert!(excludes || narrows || !found.hits.is_empty());
        prop_assert!(found.hits.len() <= found.total);
    }

    #[test]
    fn more_words_never_find_less(documents in library(), one in words(5), more in words(5)) {
        let few = search(&documents, &format!("{one} "));
        let many = search(&documents, &format!("{one} {more} "));
        if !few.nearest {
            prop_assert!(!many.nearest);
            prop_assert!(many.total >= few.total);
        }
    }

    #[test]
    fn hits_come_best_first_and_each_once(documents in library(), query in words(8)) {
        let found = search(&documents, &query);
        prop_assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        for hit in &found.hits {
            prop_assert!(hit.places.windows(2).all(|pair| pair[0].score >= pair[1].score));
            prop_assert_eq!(found.hits.iter().filter(|other| other.slug == hit.slug).count(), 1);
        }
    }

    #[test]
    fn pieces_put_together_are_the_text_they_were_cut_from(documents in library(), query in words(8)) {
        for hit in search(&documents, &query).hits {
            let whole: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
            let own = documents.iter().find(|document| document.slug == hit.slug).unwrap();
            prop_assert_eq!(&whole, &own.title);
            for place in hit.places {
                let shown: String = place.snippet.iter().map(|piece| piece.text.as_str()).collect();
                let shown = shown.trim_start_matches("… ").trim_end_matches(" …").to_owned();
                prop_assert!(own.sections.iter().any(|section| section.text.contains(&shown)), "{}", shown);
            }
        }
    }

    #[test]
    fn a_word_that_no_other_title_has_finds_its_article_first(at in 0usize..12, documents in library()) {
        let mut documents = documents;
        let at = at % documents.len();
        documents[at].title = format!("{} quokka", documents[at].title);
        let found = search(&documents, "quokka");
        prop_assert_eq!(&found.hits[0].slug, &documents[at].slug);
    }

    #[test]
    fn any_text_can_be_asked(query in any::<String>()) {
        let (index, texts) = opened();
        let found = index.search(Some(&texts), &query, &Filter::default(), 10);
        prop_assert!(found.hits.len() <= documents().len());
    }

    #[test]
    fn any_bytes_can_be_opened_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        Texts::open(&bytes).ok();
        let bytes = [b"dws1".to_vec(), bytes].concat();
        Index::open(&bytes).ok();
    }
}
