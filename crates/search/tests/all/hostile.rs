//! Bytes that are no index, and texts that are no words.

use search::{Filter, Index, Texts};

use crate::{example::built, opened};

#[test]
fn a_cut_index_is_refused_wherever_it_is_cut() {
    let built = built();
    for end in 0..built.index.len() {
        assert!(Index::open(&built.index[..end]).is_err(), "{end}");
    }
    for end in 0..built.texts.len() {
        assert!(Texts::open(&built.texts[..end]).is_err(), "{end}");
    }
}

#[test]
fn something_behind_the_end_is_refused() {
    let built = built();
    assert!(Index::open(&[built.index, vec![0]].concat()).is_err());
    assert!(Texts::open(&[built.texts, vec![0]].concat()).is_err());
}

#[test]
fn another_version_is_refused_by_its_first_bytes() {
    let mut bytes = built().index;
    bytes[3] += 1;
    assert_eq!(
        Index::open(&bytes).unwrap_err().to_string(),
        "the search index is damaged: it is no index of this version"
    );
}

#[test]
fn one_wrong_byte_is_refused_or_makes_an_index_that_can_be_searched() {
    let built = built();
    let texts = Texts::open(&built.texts).unwrap();
    for at in 0..built.index.len() {
        for change in [1, 0x40, 0x80, 0xff] {
            let mut bytes = built.index.clone();
            bytes[at] ^= change;
            if let Ok(index) = Index::open(&bytes) {
                index.search(Some(&texts), "remember \"red flags\" -cure thera", &Filter::default(), 10);
            }
        }
    }
}

#[test]
fn texts_of_another_library_do_no_harm() {
    let (index, _) = opened();
    let other = Texts::open(&[0]).unwrap();
    let found = index.search(Some(&other), "red flags", &Filter::default(), 10);
    assert!(!found.hits.is_empty());
}
