//! Attachments: whole, in order, or refused.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use proptest::prelude::*;
use support::*;
use vault::*;

fn opened(vault: &Vault, id: ObjectId, parts: &[Sealed]) -> Result<Vec<u8>, Error> {
    let mut opener = AttachmentOpener::new(id);
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&opener.part(vault, &Sealed::parse(part.as_bytes().to_vec())?)?);
    }
    let attached = opener.end()?;
    assert_eq!((attached.length, attached.parts), (bytes.len() as u64, parts.len() as u32));
    Ok(bytes)
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 7 % 251) as u8).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn t39_an_attachment_of_any_length_comes_back(length in 0..600_000_usize) {
        let vault = vault("a");
        let parts = attachment(&vault, id(1), &bytes(length), "seal");
        prop_assert_eq!(opened(&vault, id(1), &parts), Ok(bytes(length)));
        let stored: usize = parts.iter().map(|part| part.as_bytes().len() - HEADER_BYTES - 72 - 5).sum();
        prop_assert_eq!(stored, padded(length), "what is stored tells no more than the padded length");
    }
}

#[test]
fn lengths_at_the_edges_of_a_part_come_back() {
    let vault = vault("a");
    for length in
        [0, 1, FLOOR, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, 3 * PART_BYTES + 1]
    {
        let parts = attachment(&vault, id(1), &bytes(length), "seal");
        assert_eq!(opened(&vault, id(1), &parts), Ok(bytes(length)), "{length}");
    }
}

#[test]
fn t8_parts_in_any_other_order_doubled_or_dropped_are_refused() {
    let vault = vault("a");
    let parts = attachment(&vault, id(1), &bytes(5 * PART_BYTES), "seal");
    for one in 0..parts.len() {
        let mut doubled = parts.clone();
        doubled.insert(one, parts[one].clone());
        assert_eq!(opened(&vault, id(1), &doubled), Err(Error::OutOfOrder), "{one} doubled");
        let mut dropped = parts.clone();
        dropped.remove(one);
        let expected = if one + 1 == parts.len() { Error::Unfinished } else { Error::OutOfOrder };
        assert_eq!(opened(&vault, id(1), &dropped), Err(expected), "{one} dropped");
        for other in 0..one {
            let mut swapped = parts.clone();
            swapped.swap(one, other);
            assert_eq!(opened(&vault, id(1), &swapped), Err(Error::OutOfOrder), "{one} and {other}");
        }
    }
    assert_eq!(opened(&vault, id(1), &[]), Err(Error::Unfinished));
}

#[test]
fn t8_parts_of_two_sealings_of_one_attachment_do_not_mix() {
    let vault = vault("a");
    let one = attachment(&vault, id(1), &bytes(3 * PART_BYTES), "one");
    let two = attachment(&vault, id(1), &bytes(3 * PART_BYTES), "two");
    for at in 0..one.len() {
        let mut mixed = one.clone();
        mixed[at] = two[at].clone();
        assert!(opened(&vault, id(1), &mixed).is_err() || one.len() == 1);
    }
    assert_eq!(opened(&vault, id(2), &one), Err(Error::OtherObject));
}

#[test]
fn t5_a_part_flipped_or_cut_is_refused() {
    let vault = vault("a");
    let parts = attachment(&vault, id(1), b"small", "seal");
    assert_eq!(parts.len(), 1);
    for (how, bytes) in changed(parts[0].as_bytes()) {
        let opened = Sealed::parse(bytes).and_then(|part| AttachmentOpener::new(id(1)).part(&vault, &part));
        assert!(opened.is_err(), "{how}");
    }
}

#[test]
fn what_was_recorded_before_the_tab_died_can_be_read() {
    let vault = vault("a");
    let parts = attachment(&vault, id(1), &bytes(5 * PART_BYTES), "seal");
    let mut opener = AttachmentOpener::new(id(1));
    let first = opener.part(&vault, &parts[0]).unwrap();
    assert_eq!(*first, bytes(PART_BYTES));
    assert_eq!(opener.end(), Err(Error::Unfinished));
}

#[test]
fn nothing_is_taken_after_the_end_nor_more_at_once_than_is_sealed() {
    let mut sealer = AttachmentSealer::new(id(1));
    assert_eq!(sealer.push(&[0; 2 * PART_BYTES]), Ok(()));
    assert!(matches!(sealer.push(b"more"), Err(Error::TooLarge(_))));
    assert!(sealer.part(&vault("a"), &mut chance("part")).is_some());
    assert_eq!(sealer.push(b"more"), Ok(()));
    sealer.end();
    assert_eq!(sealer.push(b"more"), Err(Error::OutOfOrder));
}
