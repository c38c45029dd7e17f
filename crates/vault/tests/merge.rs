//! Two copies of one vault, and the change of its key.

#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use support::*;
use vault::*;

fn side(vault: &Vault, revisions: &[&Sealed]) -> Side {
    let mut side = Side::new(vault, &Manifest::new(vault));
    revisions.iter().for_each(|sealed| side.add(sealed).unwrap());
    side
}

fn verdict(vault: &Vault, ours: &[&Sealed], theirs: &[&Sealed]) -> Verdict {
    let Plan(lines) = Plan::new(&side(vault, ours), &side(vault, theirs)).unwrap();
    assert_eq!(lines.len(), 1);
    lines[0].2
}

#[test]
fn which_record_wins_is_a_matter_of_descent() {
    let vault = vault("a");
    let one = record(&vault, id(1), "one");
    let two = edit(&vault, &one, "two");
    let three = edit(&vault, &two, "three");
    let other = edit(&vault, &one, "other");
    assert_eq!(verdict(&vault, &[], &[&one]), Verdict::Take, "into an empty vault everything is taken");
    assert_eq!(verdict(&vault, &[&one, &two], &[&two, &one]), Verdict::Same);
    assert_eq!(verdict(&vault, &[&one], &[&one, &two, &three]), Verdict::Take);
    assert_eq!(verdict(&vault, &[&one, &two, &three], &[&one]), Verdict::Keep);
    assert_eq!(verdict(&vault, &[&two], &[&three]), Verdict::Take, "the one before is named");
    let shared = Some((1, one.hash()));
    assert_eq!(verdict(&vault, &[&one, &two, &three], &[&one, &other]), Verdict::Both(shared));
    assert_eq!(verdict(&vault, &[&one, &other], &[&one, &two, &three]), Verdict::Both(shared));
    assert_eq!(verdict(&vault, &[&record(&vault, id(1), "x")], &[&one]), Verdict::Both(None));
    assert_eq!(verdict(&vault, &[&three], &[&one]), Verdict::Both(None), "unknown descent is not guessed");
}

#[test]
fn a_deletion_and_an_edit_made_apart_are_both_kept() {
    let vault = vault("a");
    let one = record(&vault, id(1), "one");
    let (deleted, edited) = (delete(&vault, &one, 5), edit(&vault, &one, "edited"));
    let shared = Some((1, one.hash()));
    assert_eq!(verdict(&vault, &[&one, &deleted], &[&one, &edited]), Verdict::Both(shared));
    assert_eq!(verdict(&vault, &[&one, &deleted], &[&one]), Verdict::Keep, "an old copy undoes no deletion");
    assert_eq!(verdict(&vault, &[&one], &[&one, &deleted]), Verdict::Take);
}

#[test]
fn t10_what_was_removed_for_good_does_not_come_back_with_an_old_copy() {
    let vault = vault("a");
    let one = record(&vault, id(1), "one");
    let tombstone = delete(&vault, &one, 5);
    let mut manifest = Manifest::new(&vault);
    manifest.seal_change(&vault, &[line(&tombstone, State::Purged)], &mut chance("m")).unwrap();
    let ours = Side::new(&vault, &manifest);
    let undone = edit(&vault, &tombstone, "one");
    for (theirs, expected) in [
        (vec![&one], Verdict::Gone),
        (vec![&one, &tombstone], Verdict::Gone),
        (vec![&one, &tombstone, &undone], Verdict::Both(None)),
    ] {
        assert_eq!(Plan::new(&ours, &side(&vault, &theirs)).unwrap().0[0].2, expected);
    }
}

#[test]
fn t10_an_attachment_that_was_removed_for_good_does_not_come_back_with_an_old_copy() {
    let vault = vault("a");
    let parts = attachment(&vault, id(1), b"one", "1");
    let gone = (Listed::Attachment, id(1), Entry::of(&parts[0], State::Purged));
    let mut manifest = Manifest::new(&vault);
    manifest.seal_change(&vault, &[gone], &mut chance("m")).unwrap();
    let ours = Side::new(&vault, &manifest);
    let plan = Plan::new(&ours, &side(&vault, &[&parts[0]])).unwrap();
    assert_eq!(plan.0, [(Listed::Attachment, id(1), Verdict::Gone)]);
    // A record is not gone because an attachment of the same name is.
    let record = record(&vault, id(1), "one");
    assert_eq!(Plan::new(&ours, &side(&vault, &[&record])).unwrap().0[0].2, Verdict::Take);
}

#[test]
fn t13_an_empty_copy_changes_nothing() {
    let vault = vault("a");
    let ours = side(&vault, &[&record(&vault, id(1), "one")]);
    assert_eq!(Plan::new(&ours, &side(&vault, &[])), Ok(Plan(vec![])));
}

#[test]
fn attachments_are_taken_or_kept_or_both() {
    let vault = vault("a");
    let (one, two) = (attachment(&vault, id(1), b"one", "1"), attachment(&vault, id(1), b"two", "2"));
    assert_eq!(verdict(&vault, &[], &[&one[0]]), Verdict::Take);
    assert_eq!(verdict(&vault, &[&one[0]], &[&one[0]]), Verdict::Same);
    assert_eq!(verdict(&vault, &[&one[0]], &[&two[0]]), Verdict::Both(None));
}

#[test]
fn t36_copies_under_different_keys_are_refused_before_anything_is_planned() {
    let (vault, other) = (vault("a"), vault("other"));
    let rekeyed = vault.with_new_key(&mut chance("new")).unwrap();
    let ours = side(&vault, &[&record(&vault, id(1), "one")]);
    assert_eq!(Plan::new(&ours, &side(&other, &[])), Err(Error::OtherVault));
    assert_eq!(Plan::new(&ours, &side(&rekeyed, &[])), Err(Error::OtherKey));
    let foreign = record(&rekeyed, id(1), "one");
    assert_eq!(side(&vault, &[]).add(&foreign), Err(Error::OtherKey));
}

fn rotated(
    vault: &Vault,
    store: &[Sealed],
    manifest: &Manifest,
) -> Result<(Vault, Manifest, Vec<Sealed>), Error> {
    let mut rng = chance("rotation");
    let mut rotation = Rotation::begin(vault, manifest, &mut rng)?;
    let mut out = Vec::new();
    for records in store.chunk_by(|a, b| a.header().place.id == b.header().place.id) {
        if records[0].header().kind == Kind::Record {
            out.extend(rotation.record(records, &mut rng)?);
        } else {
            let mut moving = rotation.attachment(records[0].header().place.id);
            for part in records {
                out.extend(rotation.part(&mut moving, part, &mut rng)?);
            }
            out.extend(rotation.attached(moving, &mut rng)?);
        }
    }
    let (new, manifest, sealed) = rotation.finish(&mut rng)?;
    assert_eq!(Manifest::open(&new, &sealed).as_ref(), Ok(&manifest));
    Ok((new, manifest, out))
}

#[test]
fn a_change_of_keys_takes_everything_along() {
    let vault = vault("a");
    let (store, manifest) = small_store(&vault);
    let (new, after, moved) = rotated(&vault, &store, &manifest).unwrap();
    assert_eq!(new.id(), vault.id());
    assert_ne!(new.key_id(), vault.key_id());
    assert_eq!(after.sequence(), manifest.sequence() + 1);
    for (before, after) in store.iter().zip(&moved).take(4) {
        assert_eq!(vault.open_record(before), new.open_record(after));
        assert_eq!(new.open_record(before), Err(Error::OtherKey));
        assert_eq!(vault.open_record(after), Err(Error::OtherKey));
    }
    let file = backup(&new, &[recovery_slot(&new, "words")], &after, &moved);
    assert_eq!(checked(&new, &file, 4096).unwrap().findings, []);
}

#[test]
fn t32_a_change_of_keys_with_anything_missing_or_old_is_refused() {
    let vault = vault("a");
    let (store, manifest) = small_store(&vault);
    for (without, expected) in [
        (0..2, Error::Missing),
        (2..4, Error::Missing),
        (4..7, Error::Missing),
        (1..2, Error::RolledBack),
        (3..4, Error::RolledBack),
        (5..6, Error::OutOfOrder),
        (6..7, Error::Unfinished),
    ] {
        let rest = [&store[..without.start], &store[without.end..]].concat();
        assert_eq!(rotated(&vault, &rest, &manifest).err(), Some(expected), "{without:?}");
    }
    let planted = [&store[..], &[record(&vault, id(9), "x")]].concat();
    assert_eq!(rotated(&vault, &planted, &manifest).err(), Some(Error::Planted));
}
