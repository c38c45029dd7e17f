//! What holds for every pack and for every text that is taken for one.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

use pack::{
    ArticleId, Day, Depth, Error, Item, LONGEST_NOTE, MOST_ITEMS, MOST_SECTIONS, Pack, SectionId, decode,
    encode, tidy,
};
use proptest::{
    collection::{btree_set, vec},
    prelude::*,
};

/// As long as a clinic's address is.
const BEFORE: &str = "https://library.example-clinic.org/pack#";

fn item() -> impl Strategy<Value = Item> {
    let sections = btree_set(any::<[u8; 3]>(), 0..=MOST_SECTIONS).prop_shuffle_sections();
    (any::<[u8; 4]>(), sections, any::<bool>()).prop_map(|(article, sections, full)| Item {
        article: ArticleId(article),
        sections,
        depth: if full { Depth::Full } else { Depth::Short },
    })
}

trait Shuffled {
    fn prop_shuffle_sections(self) -> BoxedStrategy<Vec<SectionId>>;
}

impl<S: Strategy<Value = std::collections::BTreeSet<[u8; 3]>> + 'static> Shuffled for S {
    fn prop_shuffle_sections(self) -> BoxedStrategy<Vec<SectionId>> {
        self.prop_map(|ids| ids.into_iter().map(SectionId).collect::<Vec<_>>()).prop_shuffle().boxed()
    }
}

fn note() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-zé .\n]{0,300}", "\\PC{0,200}"].prop_map(|note| {
        let cut: String = tidy(&note).chars().take(LONGEST_NOTE).collect();
        tidy(&cut)
    })
}

fn a_pack() -> impl Strategy<Value = Pack> {
    let visit = proptest::option::of((2020u16..=2147, 1u8..=12, 1u8..=28));
    (vec(item(), 1..=MOST_ITEMS), note(), any::<bool>(), visit).prop_map(|(items, note, large, visit)| Pack {
        items,
        note,
        large,
        visit: visit.and_then(|(year, month, day)| Day::new(year, month, day)),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_was_written_is_read_and_the_same_pack_is_the_same_link(pack in a_pack()) {
        let fragment = encode(&pack);
        // Only with all limits reached at once it may be too long.
        if let Ok(fragment) = fragment {
            prop_assert_eq!(decode(&fragment), Ok(pack.clone()));
            prop_assert_eq!(encode(&pack), Ok(fragment.clone()));
            prop_assert!(fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        }
    }

    #[test]
    fn a_link_that_was_cut_off_is_told_from_one_that_was_changed(pack in a_pack(), at in any::<prop::sample::Index>()) {
        if let Ok(fragment) = encode(&pack) {
            let cut = 3 + at.index(fragment.len() - 3);
            prop_assert_eq!(decode(&fragment[..cut]), Err(Error::Truncated));
        }
    }

    #[test]
    fn no_letter_can_be_changed_unnoticed(pack in a_pack(), at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
        if let Ok(fragment) = encode(&pack) {
            let at = 3 + at.index(fragment.len() - 3);
            let changed = format!("{}{letter}{}", &fragment[..at], &fragment[at + 1..]);
            prop_assume!(changed != fragment);
            prop_assert!(decode(&changed).is_err());
        }
    }

    #[test]
    fn no_text_brings_the_reader_down(text in "\\PC{0,400}", code in "[A-Za-z0-9_-]{0,400}") {
        decode(&text).ok();
        decode(&format!("v1.{text}")).ok();
        decode(&format!("v1.{code}")).ok();
    }
}

/// A pack of so many sections, each of an article of its own: the longest way to name them.
fn of_sections(count: u8) -> Pack {
    let item = |number: u8| Item {
        article: ArticleId::of(&format!("article-{number}")),
        sections: vec![SectionId::of(&format!("section-{number}"))],
        depth: Depth::Full,
    };
    Pack { items: (0..count).map(item).collect(), ..Pack::default() }
}

#[test]
fn five_sections_fit_in_213_bytes_with_the_address_of_a_clinic() {
    let length = |count| (BEFORE.to_owned() + &encode(&of_sections(count)).unwrap()).len();
    let lengths = [1, 5, 12].map(length);
    assert_eq!(lengths, [63, 106, 181], "as docs/PACK-FORMAT.md says");
    assert!(lengths[1] <= 213);
}

#[test]
fn the_largest_pack_of_each_kind_is_a_link_and_one_more_is_refused() {
    let whole = |number: usize| Item::whole(ArticleId::of(&number.to_string()));
    let mut pack = Pack { items: (0..MOST_ITEMS).map(whole).collect(), ..Pack::default() };
    pack.note = "é".repeat(LONGEST_NOTE);
    assert_eq!(decode(&encode(&pack).unwrap()), Ok(pack.clone()));
    pack.note.push('é');
    assert_eq!(encode(&pack), Err(Error::TooLarge("a longer note")));
    pack.note.clear();
    pack.items.push(whole(99));
    assert_eq!(encode(&pack), Err(Error::TooLarge("more passages")));
    pack.items.truncate(1);
    pack.items[0].sections = (0..=MOST_SECTIONS as u8).map(|number| SectionId([number; 3])).collect();
    assert_eq!(encode(&pack), Err(Error::TooLarge("more sections")));
    assert_eq!(encode(&Pack::default()), Err(Error::Empty));
}

#[test]
fn a_note_makes_a_link_longer_by_less_than_its_letters() {
    let note = "Please read the first part before Thursday. The second part is for the evening after the session: it says what \
                is usual and when to call. If anything in it worries you, call us, and we will go through it together.";
    let with = encode(&Pack { note: note.to_owned(), ..of_sections(5) }).unwrap().len();
    assert_eq!((note.len(), BEFORE.len() + with), (213, 298), "as docs/PACK-FORMAT.md says");
    assert!(with - encode(&of_sections(5)).unwrap().len() < note.len());
}

#[test]
fn sections_of_one_article_share_its_id() {
    let sections = (0..5).map(|number| SectionId::of(&format!("section-{number}"))).collect();
    let item = Item { sections, ..Item::whole(ArticleId::of("an-article")) };
    let pack = Pack { items: vec![item], ..Pack::default() };
    assert_eq!(BEFORE.len() + encode(&pack).unwrap().len(), 79, "as docs/PACK-FORMAT.md says");
}
