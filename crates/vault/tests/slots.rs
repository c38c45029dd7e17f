//! Ways into a vault, and what somebody who holds the store could do to them.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use proptest::prelude::*;
use support::*;
use vault::*;

fn by_passphrase(vault: &Vault, text: &str) -> Slot {
    Slot::create(vault, NewSlot::Passphrase(&passphrase(text), Cost::FLOOR), &mut chance(text)).unwrap()
}

proptest! {
    #[test]
    fn t39_a_slot_opens_to_the_vault_that_it_was_made_for(
        seed in "[a-z]{8}",
        credential in proptest::collection::vec(any::<u8>(), 1..=MAX_CREDENTIAL),
        input in any::<[u8; 32]>(),
    ) {
        let vault = vault(&seed);
        let slot = Slot::parse(recovery_slot(&vault, &seed).as_bytes().to_vec()).unwrap();
        prop_assert_eq!(slot.open(WayIn::Recovery(&recovery(&seed))), Ok(vault.clone()));
        let output = PrfOutput::new(&(0..32).collect::<Vec<_>>()).unwrap();
        let way = NewSlot::Passkey(&credential, input, &output);
        let slot = Slot::create(&vault, way, &mut chance(&seed)).unwrap();
        let slot = Slot::parse(slot.as_bytes().to_vec()).unwrap();
        prop_assert_eq!(slot.passkey(), Some((&credential[..], &input)));
        prop_assert_eq!(slot.open(WayIn::Passkey(&output)), Ok(vault));
    }
}

#[test]
fn each_way_opens_the_same_vault_and_no_other_way_does() {
    let vault = vault("a");
    let output = PrfOutput::new(&(0..32).collect::<Vec<_>>()).unwrap();
    let slots = [
        by_passphrase(&vault, "correct horse"),
        recovery_slot(&vault, "words"),
        Slot::create(&vault, NewSlot::Passkey(b"credential", [9; 32], &output), &mut chance("k")).unwrap(),
    ];
    let horse = passphrase("correct horse");
    let words = recovery("words");
    let ways = [WayIn::Passphrase(&horse), WayIn::Recovery(&words), WayIn::Passkey(&output)];
    for (at, slot) in slots.iter().enumerate() {
        let slot = Slot::parse(slot.as_bytes().to_vec()).unwrap();
        for (with, way) in ways.iter().enumerate() {
            let expected = if at == with { Ok(vault.clone()) } else { Err(Error::OtherObject) };
            assert_eq!(slot.open(*way), expected);
        }
    }
    assert_eq!(slots[2].passkey(), Some((&b"credential"[..], &[9; 32])));
    let other = PrfOutput::new(&(1..33).collect::<Vec<_>>()).unwrap();
    assert_eq!(
        slots[0].open(WayIn::Passphrase(&passphrase("Correct horse"))),
        Err(Error::WrongSecret(SlotKind::Passphrase))
    );
    assert_eq!(
        slots[1].open(WayIn::Recovery(&recovery("other"))),
        Err(Error::WrongSecret(SlotKind::Recovery))
    );
    assert_eq!(slots[2].open(WayIn::Passkey(&other)), Err(Error::WrongSecret(SlotKind::Passkey)));
}

/// T1: the same passphrase in both vaults, which is the attacker's best case.
#[test]
fn t1_a_slot_of_another_vault_is_refused() {
    let (mine, other) = (vault("mine"), vault("other"));
    let slot = by_passphrase(&other, "same");
    let same = passphrase("same");
    assert_eq!(slot.open(WayIn::Passphrase(&same)), Ok(other));
    assert_eq!(Ways::of(&mine, vec![slot]), Err(Error::OtherVault));
}

/// T1: the other vault's wrapped key under my vault's header.
#[test]
fn t1_a_slot_put_together_from_two_vaults_is_refused() {
    let (mine, other) = (vault("mine"), vault("other"));
    let (a, b) = (recovery_slot(&mine, "same"), recovery_slot(&other, "same"));
    let (a, b) = (a.as_bytes(), b.as_bytes());
    for at in [HEADER_BYTES, HEADER_BYTES + 34, a.len() - 64 - 32, a.len() - 64] {
        let mixed = with_checksum([&a[..at], &b[at..]].concat());
        let slot = Slot::parse(mixed).unwrap();
        let opened = slot.open(WayIn::Recovery(&recovery("same")));
        assert!(matches!(opened, Err(Error::WrongSecret(SlotKind::Recovery) | Error::DamagedSlot)), "{at}");
    }
}

/// T3: also by one who writes the right checksum.
#[test]
fn t3_a_slot_whose_parameters_were_changed_does_not_open() {
    let slot = by_passphrase(&vault("a"), "p");
    let memory_at = HEADER_BYTES + 34 + 2;
    let mut lowered = slot.as_bytes().to_vec();
    lowered[memory_at..memory_at + 4].copy_from_slice(&1024_u32.to_le_bytes());
    assert_eq!(Slot::parse(with_checksum(lowered)), Err(Error::Parameters("below the floor")));
    let mut raised = slot.as_bytes().to_vec();
    raised[memory_at + 4] = 3;
    let raised = Slot::parse(with_checksum(raised)).unwrap();
    assert_eq!(
        raised.open(WayIn::Passphrase(&passphrase("p"))),
        Err(Error::WrongSecret(SlotKind::Passphrase))
    );
}

#[test]
fn t5_a_slot_with_any_byte_flipped_cut_or_added_is_refused_as_damaged_and_not_as_a_wrong_passphrase() {
    let slot = by_passphrase(&vault("a"), "p");
    for (how, bytes) in changed(slot.as_bytes()) {
        assert!(Slot::parse(bytes).is_err(), "{how}");
    }
    let mut bytes = slot.as_bytes().to_vec();
    let last = bytes.len() - 20;
    bytes[last] ^= 1;
    assert_eq!(Slot::parse(bytes), Err(Error::DamagedSlot));
}

/// T5: even if whoever flips the bytes makes the checksum fit.
#[test]
fn t5_a_slot_flipped_on_purpose_does_not_open_either() {
    let slot = recovery_slot(&vault("a"), "words");
    let words = recovery("words");
    for at in 0..slot.as_bytes().len() - 16 {
        let mut bytes = slot.as_bytes().to_vec();
        bytes[at] ^= 0x10;
        let opened = Slot::parse(with_checksum(bytes)).and_then(|slot| slot.open(WayIn::Recovery(&words)));
        assert!(opened.is_err(), "flipped at {at}");
    }
}

#[test]
fn t35_a_passkey_that_lies_about_its_secret_is_refused() {
    assert_eq!(PrfOutput::new(&[]), Err(Error::Passkey));
    assert_eq!(PrfOutput::new(&[0; 32]), Err(Error::Passkey));
    assert_eq!(PrfOutput::new(&[7; 32]), Err(Error::Passkey));
    assert_eq!(PrfOutput::new(&(0..64).collect::<Vec<_>>()), Err(Error::Passkey));
    assert!(PrfOutput::new(&(0..32).collect::<Vec<_>>()).is_ok());
    let output = PrfOutput::new(&(0..32).collect::<Vec<_>>()).unwrap();
    for credential in [&[][..], &[1; 1024]] {
        let made =
            Slot::create(&vault("a"), NewSlot::Passkey(credential, [0; 32], &output), &mut chance("k"));
        assert_eq!(made, Err(Error::Passkey));
    }
}

/// T31: the new way comes with the old one's end, in one line each of one change. Whichever manifest stands on the disk, and whatever
/// slots lie beside it, it is the old way or the new one that is known, and never none or both.
#[test]
fn t31_a_change_of_passphrase_is_one_change_of_the_manifest() {
    let vault = vault("a");
    let (old, new) = (by_passphrase(&vault, "old"), by_passphrase(&vault, "new"));
    let words = recovery_slot(&vault, "words");
    let ways = Ways::of(&vault, by_name([&old, &words])).unwrap();
    let before = listing(&vault, &[&old, &words]);
    let (changed, lines) = ways.change(&vault, Some(&new), &[old.id()]).unwrap();
    let mut after = before.clone();
    after.seal_change(&vault, &lines, &mut chance("change")).unwrap();
    let all = by_name([&old, &words, &new]);
    assert_eq!(Ways::known(&vault, &before, all.clone()), Ok(ways));
    assert_eq!(Ways::known(&vault, &after, all), Ok(changed));
}

#[test]
fn t31_the_last_way_in_that_is_no_passkey_cannot_be_removed() {
    let vault = vault("a");
    let (one, two) = (recovery_slot(&vault, "one"), recovery_slot(&vault, "two"));
    let output = PrfOutput::new(&(0..32).collect::<Vec<_>>()).unwrap();
    let passkey = NewSlot::Passkey(b"credential", [9; 32], &output);
    let passkey = Slot::create(&vault, passkey, &mut chance("k")).unwrap();
    let last = Ways::of(&vault, by_name([&one, &passkey])).unwrap();
    assert_eq!(last.change(&vault, None, &[one.id()]), Err(Error::LastSlot));
    assert_eq!(last.change(&vault, None, &[two.id()]), Err(Error::LastSlot), "one that is not there");
    let (both, _) = last.change(&vault, Some(&two), &[]).unwrap();
    let (left, lines) = both.change(&vault, None, &[one.id()]).unwrap();
    assert_eq!(left.slots(), by_name([&passkey, &two]));
    assert_eq!(lines, [(Listed::Slot, one.id(), Entry::slot(&one, State::Purged))]);
    assert_eq!(both.change(&vault, Some(&two), &[]), Err(Error::Planted), "one that is there");
}

#[test]
fn there_are_sixteen_ways_in_and_one_of_them_can_still_be_changed() {
    let vault = vault("a");
    let slots: Vec<_> = (0..=MAX_SLOTS).map(|at| recovery_slot(&vault, &at.to_string())).collect();
    let full = Ways::of(&vault, slots[..MAX_SLOTS].to_vec()).unwrap();
    let more = &slots[MAX_SLOTS];
    assert_eq!(full.change(&vault, Some(more), &[]), Err(Error::TooLarge("the number of slots")));
    assert!(full.change(&vault, Some(more), &[slots[0].id()]).is_ok());
}

/// Decision 1: the records know nothing of slots.
#[test]
fn changing_a_slot_touches_no_record() {
    let vault = vault("a");
    let sealed = record(&vault, id(1), "before");
    let reopened = by_passphrase(&vault, "new").open(WayIn::Passphrase(&passphrase("new"))).unwrap();
    assert_eq!(reopened.open_record(&sealed), Ok(content("before")));
}

/// T40: by whoever has the disk, and an old passphrase or a backup's.
#[test]
fn t40_a_slot_that_is_put_back_or_planted_is_no_way_in() {
    let vault = vault("a");
    let slots = ["kept", "taken away", "of a backup"].map(|text| by_passphrase(&vault, text));
    let [kept, gone, _] = &slots;
    let mut manifest = listing(&vault, &[kept, gone]);
    let ways = Ways::of(&vault, vec![kept.clone(), gone.clone()]).unwrap();
    let (left, lines) = ways.change(&vault, None, &[gone.id()]).unwrap();
    manifest.seal_change(&vault, &lines, &mut chance("change")).unwrap();
    let foreign = by_passphrase(&self::vault("other"), "kept");
    assert_eq!(Ways::known(&vault, &manifest, [&slots[..], &[foreign]].concat()), Ok(left));
}

/// T40: the price of a guess can't be moved by whoever holds the file.
#[test]
fn t40_each_guess_at_a_passphrase_costs_the_floor_at_least() {
    let cost = by_passphrase(&vault("a"), "p").cost().unwrap();
    assert!(cost.memory() >= MIN_MEMORY && cost.passes() >= MIN_PASSES);
    assert!(Cost::new(8, 1).is_err());
}

/// As a store has them.
fn by_name<const COUNT: usize>(slots: [&Slot; COUNT]) -> Vec<Slot> {
    let mut slots = slots.map(Slot::clone).to_vec();
    slots.sort_by_key(Slot::id);
    slots
}

/// A manifest that knows these ways in.
fn listing(vault: &Vault, slots: &[&Slot]) -> Manifest {
    let mut manifest = Manifest::new(vault);
    let live = |slot: &&Slot| (Listed::Slot, slot.id(), Entry::slot(slot, State::Live));
    let lines: Vec<_> = slots.iter().map(live).collect();
    manifest.seal_change(vault, &lines, &mut chance("listing")).unwrap();
    manifest
}

/// What a hostile hand would do after changing a slot: 16 bytes of SHA-256 at the end.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 16;
    let sum = Hash::of(&bytes[..end]);
    bytes[end..].copy_from_slice(&sum.0[..16]);
    bytes
}
