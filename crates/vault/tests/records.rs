//! Records: sealed one by one, each in its place, each with its history.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use proptest::prelude::*;
use support::*;
use vault::*;

fn reopened(vault: &Vault, bytes: Vec<u8>) -> Result<Body, Error> {
    Sealed::parse(bytes).and_then(|sealed| vault.open_record(&sealed))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn t39_what_was_sealed_opens_to_the_same(
        bytes in proptest::collection::vec(any::<u8>(), 0..20_000),
        id in any::<[u8; 16]>(),
        revision in 2..u64::MAX,
        previous in any::<[u8; 32]>(),
        seed in "[a-z]{8}",
    ) {
        let vault = vault("property");
        let place = Place { id: ObjectId(id), revision, previous: Hash(previous) };
        let body = Body::content(&bytes);
        let sealed = vault.seal_record(place, &body, &mut chance(&seed)).unwrap();
        let read = Sealed::parse(sealed.as_bytes().to_vec()).unwrap();
        prop_assert_eq!(&read, &sealed);
        prop_assert_eq!(read.header().place, place);
        prop_assert_eq!(vault.open_record(&read), Ok(body));
    }

    #[test]
    fn t39_a_tombstone_comes_back_with_its_time(deleted_at in any::<u64>()) {
        let vault = vault("property");
        let sealed = delete(&vault, &record(&vault, id(1), "x"), deleted_at);
        prop_assert_eq!(vault.open_record(&sealed), Ok(Body::Tombstone(Tombstone { deleted_at })));
    }

    #[test]
    fn t5_bytes_that_nobody_sealed_never_open(bytes in proptest::collection::vec(any::<u8>(), 0..6000)) {
        prop_assert!(reopened(&vault("a"), bytes).is_err());
    }
}

#[test]
fn t5_a_record_with_any_byte_flipped_cut_or_added_is_refused() {
    let vault = vault("a");
    let sealed = record(&vault, id(1), "a sentence");
    for (how, bytes) in changed(sealed.as_bytes()) {
        assert!(reopened(&vault, bytes).is_err(), "{how}");
    }
}

#[test]
fn t6_two_records_swapped_are_refused_for_what_was_asked() {
    let vault = vault("a");
    let (one, two) = (record(&vault, id(1), "one"), record(&vault, id(2), "two"));
    // The header of one before the content of the other, and the same with nonce and commitment.
    for at in [HEADER_BYTES, HEADER_BYTES + 24, HEADER_BYTES + 56] {
        let mixed = [&one.as_bytes()[..at], &two.as_bytes()[at..]].concat();
        assert!(matches!(reopened(&vault, mixed), Err(Error::Commitment | Error::Damaged)), "{at}");
    }
    // Whole, under the other's name in the store: it says who it is, and so it is there twice and the other not at all.
    let mut manifest = Manifest::new(&vault);
    manifest.seal_change(&vault, &[&one, &two].map(|it| line(it, State::Live)), &mut chance("m")).unwrap();
    let mut verifier = Verifier::default();
    for sealed in [&two, &two] {
        verifier.newest(&vault, &manifest, sealed);
    }
    let found: Vec<_> = verifier.end(&manifest).iter().map(|finding| (finding.id, finding.what)).collect();
    assert_eq!(found, [(id(2), Error::Planted), (id(1), Error::Missing)]);
}

/// T6: any field of the header taken from another record that is as authentic.
#[test]
fn t6_no_field_of_a_header_can_be_swapped() {
    let vault = vault("a");
    let one = edit(&vault, &record(&vault, id(1), "one"), "one again");
    let two = edit(&vault, &edit(&vault, &record(&vault, id(2), "two"), "two again"), "and again");
    let mut at = 0;
    for length in [4, 2, 2, 16, 1, 16, 8, 32, 16, 8] {
        let field = at + 2..at + 2 + length;
        at = field.end;
        let mut mixed = one.as_bytes().to_vec();
        mixed[field.clone()].copy_from_slice(&two.as_bytes()[field.clone()]);
        if mixed != one.as_bytes() {
            assert_eq!(reopened(&vault, mixed), Err(Error::Commitment), "{field:?}");
        }
    }
    assert_eq!(at, HEADER_BYTES);
}

#[test]
fn t6_a_record_does_not_pass_for_another_kind() {
    let vault = vault("a");
    let mut bytes = record(&vault, id(1), "one").into_bytes();
    let kind_at = 34;
    assert_eq!(bytes[kind_at], Kind::Record as u8);
    bytes[kind_at] = Kind::Manifest as u8;
    let as_manifest = Sealed::parse(bytes).unwrap();
    assert_eq!(vault.open_record(&as_manifest), Err(Error::OtherObject));
    assert_eq!(Manifest::open(&vault, &as_manifest), Err(Error::OtherObject));
}

#[test]
fn t7_a_record_moved_between_vaults_is_refused() {
    let (mine, other) = (vault("mine"), vault("other"));
    let sealed = record(&other, id(1), "theirs");
    assert_eq!(mine.open_record(&sealed), Err(Error::OtherVault));
    // With the names of vault and key changed to mine.
    let mut bytes = sealed.into_bytes();
    let own = record(&mine, id(1), "mine").into_bytes();
    bytes[..HEADER_BYTES].copy_from_slice(&own[..HEADER_BYTES]);
    assert_eq!(reopened(&mine, bytes), Err(Error::Commitment));
}

#[test]
fn t36_a_record_under_another_key_of_the_vault_is_told_apart() {
    let vault = vault("a");
    let rekeyed = vault.with_new_key(&mut chance("new key")).unwrap();
    assert_eq!(rekeyed.open_record(&record(&vault, id(1), "x")), Err(Error::OtherKey));
}

/// T18: a mood, a questionnaire, one character and 900 characters of four bytes each.
#[test]
fn t18_short_entries_all_have_one_stored_size() {
    let vault = vault("a");
    let wide = "𝄞".repeat(900);
    let sizes = ["", "7", r#"{"mood":4}"#, r#"{"phq9":[0,1,2,3,0,1,2,3,0]}"#, "x", &wide]
        .map(|text| record(&vault, id(1), text).as_bytes().len());
    let tombstone = delete(&vault, &record(&vault, id(1), "x"), 5).as_bytes().len();
    assert_eq!(sizes, [tombstone; 6]);
    assert_eq!(tombstone, HEADER_BYTES + 72 + FLOOR);
}

#[test]
fn nothing_of_the_content_can_be_read_outside() {
    let vault = vault("a");
    let sealed = record(&vault, id(1), "ketamine ketamine ketamine");
    let seen = String::from_utf8_lossy(sealed.as_bytes()).into_owned();
    assert!(!seen.contains("ketamine"));
    assert!(!format!("{sealed:?} {:?}", vault.open_record(&sealed)).contains("ketamine"));
}

#[test]
fn a_record_beyond_the_limit_is_refused_and_one_at_the_limit_is_not() {
    let vault = vault("a");
    let seal = |length| {
        let body = Body::content(&vec![7; length]);
        vault.seal_record(Place::first(id(1)), &body, &mut chance("big"))
    };
    assert_eq!(seal(MAX_RECORD + 1).err(), Some(Error::TooLarge("a record")));
    let sealed = seal(MAX_RECORD).unwrap();
    assert!(reopened(&vault, sealed.into_bytes()).is_ok());
}

#[test]
fn a_deletion_can_be_undone_for_30_days_and_a_clock_set_back_only_keeps_longer() {
    let vault = vault("a");
    let first = record(&vault, id(1), "kept");
    let tombstone = delete(&vault, &first, 1_000_000);
    let Ok(Body::Tombstone(deletion)) = vault.open_record(&tombstone) else { panic!("a tombstone") };
    let month = 30 * 24 * 3600 * 1000;
    assert_eq!(deletion.may_purge(1_000_000 + month - 1), Err(Error::StillKept));
    assert_eq!(deletion.may_purge(0), Err(Error::StillKept));
    assert_eq!(deletion.may_purge(1_000_000 + month), Ok(()));
    // Undoing is a revision like any other, with what the one before the deletion said.
    let undone = edit(&vault, &tombstone, "kept");
    assert_eq!(vault.open_record(&undone), vault.open_record(&first));
}
