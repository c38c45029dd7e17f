//! A store held to its manifest and its high-water marks: what a server, a backup or a thief could serve in place of the truth.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use proptest::prelude::*;
use std::collections::BTreeMap;
use support::*;
use vault::*;

fn entries() -> impl Strategy<Value = Vec<Change>> {
    let listed = prop_oneof![Just(Listed::Record), Just(Listed::Attachment), Just(Listed::Slot)];
    let state = prop_oneof![Just(State::Live), Just(State::Deleted), Just(State::Purged)];
    let entry = (1..u64::MAX, any::<[u8; 32]>(), state).prop_map(|(revision, hash, state)| Entry {
        revision,
        hash: Hash(hash),
        state,
    });
    let things = proptest::collection::btree_map((listed, any::<[u8; 16]>()), entry, 0..300);
    things.prop_map(|things: BTreeMap<_, _>| {
        things.into_iter().map(|((listed, id), entry)| (listed, ObjectId(id), entry)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn t39_a_manifest_comes_back_whole_and_by_its_changes(lines in entries(), cut in 0..300_usize) {
        let vault = vault("property");
        let mut manifest = Manifest::new(&vault);
        let empty = manifest.seal_whole(&vault, &mut chance("0")).unwrap();
        let (one, two) = lines.split_at(cut.min(lines.len()));
        let changes = [one, two].map(|lines| manifest.seal_change(&vault, lines, &mut chance("c")).unwrap());
        let mut followed = Manifest::open(&vault, &empty).unwrap();
        changes.iter().for_each(|change| followed.follow(&vault, change).unwrap());
        prop_assert_eq!(&followed, &manifest);
        let whole = manifest.seal_whole(&vault, &mut chance("w")).unwrap();
        prop_assert_eq!(&Manifest::open(&vault, &whole).unwrap(), &manifest);
        prop_assert_eq!(manifest.entries().collect::<Vec<_>>(), lines);
        let mut marks = Marks::default();
        marks.raise(&manifest).unwrap();
        let sealed = marks.seal(&vault, &mut chance("m"));
        prop_assert_eq!(Marks::open(&vault, &sealed), Ok(marks));
    }
}

/// Three records: one edited, one deleted, one untouched; and the store of their newest revisions.
struct Store {
    vault: Vault,
    manifest: Manifest,
    old: [Sealed; 3],
    newest: [Sealed; 3],
}

fn store() -> Store {
    let vault = vault("store");
    let old = [1, 2, 3].map(|byte| record(&vault, id(byte), "first"));
    let mut manifest = Manifest::new(&vault);
    let lines = old.each_ref().map(|sealed| line(sealed, State::Live));
    manifest.seal_change(&vault, &lines, &mut chance("m1")).unwrap();
    let newest = [edit(&vault, &old[0], "second"), delete(&vault, &old[1], 77), old[2].clone()];
    let lines = [line(&newest[0], State::Live), line(&newest[1], State::Deleted)];
    manifest.seal_change(&vault, &lines, &mut chance("m2")).unwrap();
    Store { vault, manifest, old, newest }
}

fn findings(store: &Store, newest: &[&Sealed]) -> Vec<(u8, Error)> {
    let mut verifier = Verifier::default();
    for sealed in newest {
        verifier.newest(&store.vault, &store.manifest, sealed);
    }
    verifier.end(&store.manifest).into_iter().map(|finding| (finding.id.0[0], finding.what)).collect()
}

#[test]
fn a_store_as_it_was_written_has_no_findings() {
    let store = store();
    let [a, b, c] = &store.newest;
    assert_eq!(findings(&store, &[a, b, c]), []);
}

#[test]
fn what_cannot_even_be_read_is_told_once_and_is_not_missing() {
    let store = store();
    let [_, b, c] = &store.newest;
    let mut verifier = Verifier::default();
    verifier.unread(Listed::Record, id(1), Error::Newer(2));
    assert!([b, c].iter().all(|sealed| verifier.newest(&store.vault, &store.manifest, sealed)));
    let found = verifier.end(&store.manifest);
    assert_eq!(found, [Finding { listed: Listed::Record, id: id(1), what: Error::Newer(2) }]);
}

#[test]
fn t9_a_record_rolled_back_is_found() {
    let store = store();
    let [_, b, c] = &store.newest;
    assert_eq!(findings(&store, &[&store.old[0], b, c]), [(1, Error::RolledBack)]);
}

#[test]
fn t9_a_record_that_is_withheld_is_found() {
    let store = store();
    let [a, b, _] = &store.newest;
    assert_eq!(findings(&store, &[a, b]), [(3, Error::Missing)]);
}

#[test]
fn t10_a_deletion_played_back_after_it_was_undone_is_found() {
    let mut store = store();
    let tombstone = store.newest[1].clone();
    let undone = edit(&store.vault, &tombstone, "first");
    store.manifest.seal_change(&store.vault, &[line(&undone, State::Live)], &mut chance("m3")).unwrap();
    let [a, _, c] = &store.newest;
    assert_eq!(findings(&store, &[a, &undone, c]), []);
    assert_eq!(findings(&store, &[a, &tombstone, c]), [(2, Error::DeletionReplayed)]);
}

#[test]
fn t10_a_deletion_withheld_is_found_also_after_the_record_is_gone_for_good() {
    let mut store = store();
    let [a, b, c] = store.newest.clone();
    assert_eq!(findings(&store, &[&a, &store.old[1], &c]), [(2, Error::DeletionWithheld)]);
    store.manifest.seal_change(&store.vault, &[line(&b, State::Purged)], &mut chance("m3")).unwrap();
    assert_eq!(findings(&store, &[&a, &c]), []);
    assert_eq!(findings(&store, &[&a, &store.old[1], &c]), [(2, Error::DeletionWithheld)]);
    assert_eq!(findings(&store, &[&a, &b, &c]), [(2, Error::DeletionWithheld)]);
    let back = edit(&store.vault, &b, "back");
    let refused = store.manifest.seal_change(&store.vault, &[line(&back, State::Live)], &mut chance("m4"));
    assert_eq!(refused, Err(Error::RolledBack), "what is gone stays gone");
}

#[test]
fn t11_a_record_that_this_vault_never_wrote_is_found() {
    let store = store();
    let [a, b, c] = &store.newest;
    // By one who knows the names of vault and key, but not the key.
    let mut planted = record(&store.vault, id(9), "planted").into_bytes();
    let end = planted.len() - 1;
    planted[end] ^= 1;
    let planted = Sealed::parse(planted).unwrap();
    assert_eq!(findings(&store, &[a, b, c, &planted]), [(9, Error::Planted)]);
    let other = record(&vault("other"), id(9), "planted");
    assert_eq!(findings(&store, &[a, b, c, &other]), [(9, Error::Planted)]);
    assert_eq!(findings(&store, &[a, b, c, a]), [(1, Error::Planted)], "a second newest revision");
}

#[test]
fn a_write_that_the_manifest_does_not_know_yet_is_told_from_a_planted_one() {
    let store = store();
    let [a, b, c] = &store.newest;
    let (later, new) = (edit(&store.vault, a, "third"), record(&store.vault, id(4), "new"));
    assert_eq!(findings(&store, &[&later, b, c, &new]), [(1, Error::Unlisted), (4, Error::Unlisted)]);
}

#[test]
fn t12_two_histories_of_one_record_or_one_manifest_are_told_apart() {
    let mut store = store();
    let [a, b, c] = store.newest.clone();
    let elsewhere = edit(&store.vault, &store.old[0], "elsewhere");
    assert_eq!(findings(&store, &[&elsewhere, &b, &c]), [(1, Error::Forked)]);
    let mut other = store.manifest.clone();
    let mine = store.manifest.seal_change(&store.vault, &[], &mut chance("mine")).unwrap();
    let more = line(&edit(&store.vault, &a, "theirs"), State::Live);
    let theirs = other.seal_change(&store.vault, &[more], &mut chance("theirs")).unwrap();
    assert_eq!(store.manifest.sequence(), other.sequence());
    assert_ne!(store.manifest.fingerprint(&store.vault), other.fingerprint(&store.vault));
    let mut marks = Marks::default();
    marks.raise(&store.manifest).unwrap();
    assert_eq!(marks.check(&other), Err(Error::Forked));
    assert_eq!(store.manifest.follow(&store.vault, &theirs), Err(Error::RolledBack));
    let next = other.seal_change(&store.vault, &[], &mut chance("next")).unwrap();
    assert_eq!(store.manifest.follow(&store.vault, &next), Err(Error::Forked));
    assert_eq!(mine.header().place.revision, 3);
}

#[test]
fn t9_a_manifest_rolled_back_is_refused_by_the_marks() {
    let vault = vault("a");
    let mut manifest = Manifest::new(&vault);
    let first = record(&vault, id(1), "first");
    manifest.seal_change(&vault, &[line(&first, State::Live)], &mut chance("1")).unwrap();
    let earlier = manifest.clone();
    let second = edit(&vault, &first, "second");
    manifest.seal_change(&vault, &[line(&second, State::Live)], &mut chance("2")).unwrap();
    let mut marks = Marks::default();
    marks.raise(&manifest).unwrap();
    let marks = Marks::open(&vault, &marks.clone().seal(&vault, &mut chance("3"))).unwrap();
    assert_eq!(marks.check(&manifest), Ok(()));
    assert_eq!(marks.check(&earlier), Err(Error::RolledBack));
    // The number went up, and still a record went back.
    let mut longer = earlier;
    longer.seal_change(&vault, &[], &mut chance("4")).unwrap();
    longer.seal_change(&vault, &[], &mut chance("5")).unwrap();
    assert_eq!(marks.check(&longer), Err(Error::RolledBack));
}

#[test]
fn t13_an_empty_remote_is_refused_and_deletes_nothing() {
    let store = store();
    let mut marks = Marks::default();
    marks.raise(&store.manifest).unwrap();
    assert_eq!(marks.check(&Manifest::new(&store.vault)), Err(Error::RolledBack));
    assert_eq!(marks.raise(&Manifest::new(&store.vault)), Err(Error::RolledBack));
    assert_eq!(marks.check(&store.manifest), Ok(()), "nothing was lowered");
    let found = findings(&store, &[]);
    assert_eq!(found, [(1, Error::Missing), (2, Error::Missing), (3, Error::Missing)]);
}

#[test]
fn t9_a_whole_manifest_and_its_changes_come_back_and_none_can_be_left_out() {
    let vault = vault("a");
    let mut manifest = Manifest::new(&vault);
    let whole = manifest.seal_whole(&vault, &mut chance("0")).unwrap();
    let mut head = record(&vault, id(1), "0");
    let mut changes = Vec::new();
    for text in ["1", "2", "3"] {
        changes.push(manifest.seal_change(&vault, &[line(&head, State::Live)], &mut chance(text)).unwrap());
        head = edit(&vault, &head, text);
    }
    let mut read = Manifest::open(&vault, &whole).unwrap();
    assert_eq!(read.follow(&vault, &changes[1]), Err(Error::Missing));
    changes.iter().for_each(|change| read.follow(&vault, change).unwrap());
    assert_eq!(read, manifest);
    assert_eq!(read.follow(&vault, &changes[2]), Err(Error::RolledBack));
    let whole = manifest.seal_whole(&vault, &mut chance("4")).unwrap();
    read.follow(&vault, &whole).unwrap();
    assert_eq!(Manifest::open(&vault, &whole), Ok(read));
    assert!(Manifest::open(&vault, &changes[0]).is_err());
}

#[test]
fn t5_a_manifest_or_marks_with_any_byte_flipped_cut_or_added_are_refused() {
    let vault = vault("a");
    let mut manifest = Manifest::new(&vault);
    manifest
        .seal_change(&vault, &[line(&record(&vault, id(1), "0"), State::Live)], &mut chance("0"))
        .unwrap();
    let whole = manifest.seal_whole(&vault, &mut chance("1")).unwrap();
    let mut marks = Marks::default();
    marks.raise(&manifest).unwrap();
    let marks = marks.seal(&vault, &mut chance("2"));
    for (how, bytes) in changed(whole.as_bytes()) {
        assert!(Sealed::parse(bytes).and_then(|sealed| Manifest::open(&vault, &sealed)).is_err(), "{how}");
    }
    for (how, bytes) in changed(marks.as_bytes()) {
        assert!(Sealed::parse(bytes).and_then(|sealed| Marks::open(&vault, &sealed)).is_err(), "{how}");
    }
}

#[test]
fn saving_one_of_ten_thousand_entries_writes_four_kibibytes_of_manifest() {
    let vault = vault("a");
    let sealed = record(&vault, id(1), "x");
    let mut manifest = Manifest::new(&vault);
    let lines: Vec<_> = (0..10_000_u32)
        .map(|number| {
            let mut id = [0; 16];
            id[..4].copy_from_slice(&number.to_be_bytes());
            (Listed::Record, ObjectId(id), Entry::of(&sealed, State::Live))
        })
        .collect();
    manifest.seal_change(&vault, &lines, &mut chance("all")).unwrap();
    let line = line(&edit(&vault, &sealed, "y"), State::Live);
    let change = manifest.seal_change(&vault, &[line], &mut chance("one")).unwrap();
    assert_eq!(change.as_bytes().len(), HEADER_BYTES + 72 + FLOOR);
}

#[test]
fn t1_a_slot_that_was_revoked_or_never_made_is_found() {
    let vault = vault("a");
    let slot = |seed| {
        let phrase = RecoveryPhrase::create(&mut chance(seed)).unwrap();
        Slot::create(&vault, NewSlot::Recovery(&phrase), &mut chance(seed)).unwrap()
    };
    let (kept, revoked, unknown) = (slot("kept"), slot("revoked"), slot("unknown"));
    let mut manifest = Manifest::new(&vault);
    let lines = [(&kept, State::Live), (&revoked, State::Purged)]
        .map(|(slot, state)| (Listed::Slot, slot.id(), Entry::slot(slot, state)));
    manifest.seal_change(&vault, &lines, &mut chance("m")).unwrap();
    let mut verifier = Verifier::default();
    [&kept, &revoked, &unknown].into_iter().for_each(|slot| verifier.slot(&manifest, slot));
    let found: Vec<_> = verifier.end(&manifest).iter().map(|finding| (finding.id, finding.what)).collect();
    assert_eq!(found, [(revoked.id(), Error::DeletionWithheld), (unknown.id(), Error::Planted)]);
    assert_eq!(Verifier::default().end(&manifest)[0].what, Error::Missing);
}

#[test]
fn a_history_is_whole_when_each_revision_names_the_one_before() {
    let store = store();
    let [first, ..] = &store.old;
    let second = &store.newest[0];
    let third = edit(&store.vault, second, "third");
    let elsewhere = edit(&store.vault, first, "elsewhere");
    assert_eq!(verify_history(&store.vault, &third, [second, first]), Ok(()));
    assert_eq!(verify_history(&store.vault, &third, [second]), Ok(()), "older ones may have been let go");
    assert_eq!(verify_history(&store.vault, &third, [first]), Err(Error::Forked));
    assert_eq!(verify_history(&store.vault, &third, [&elsewhere, first]), Err(Error::Forked));
    assert_eq!(verify_history(&store.vault, &third, [&store.old[1]]), Err(Error::OtherObject));
}

#[test]
fn a_fingerprint_is_six_words_and_changes_with_every_write() {
    let mut store = store();
    let before = store.manifest.fingerprint(&store.vault);
    assert_eq!(before.version, 2);
    assert_eq!(before, store.manifest.clone().fingerprint(&store.vault));
    store.manifest.seal_change(&store.vault, &[], &mut chance("x")).unwrap();
    let after = store.manifest.fingerprint(&store.vault);
    assert_eq!(after.version, 3);
    assert_ne!(before.words, after.words);
}
