//! Ways into a vault, and what somebody who holds the store could do to them.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use proptest::prelude::*;
use std::collections::BTreeMap;
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
    assert_eq!(slot.open_of(mine.id(), WayIn::Passphrase(&same)), Err(Error::OtherVault));
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

/// T31: whatever the step after which the tab is killed, the old way or the new way opens the vault, and after the last only
/// the new one does.
#[test]
fn t31_a_change_of_passphrase_cut_at_every_step_never_locks_out() {
    let vault = vault("a");
    let (old, new) = (by_passphrase(&vault, "old"), by_passphrase(&vault, "new"));
    let mut ways = Ways::of(&vault, vec![old.clone()]).unwrap();
    let steps = ways.replace(old.id(), new.clone()).unwrap();
    for done in 0..=steps.len() {
        let mut store = BTreeMap::from([(old.id(), old.clone())]);
        for step in &steps[..done] {
            match step {
                Step::Put(slot) => drop(store.insert(slot.id(), (**slot).clone())),
                Step::Delete(id) => drop(store.remove(id)),
                Step::Manifest => assert!(store.contains_key(&new.id()), "named before it is there"),
            }
        }
        let opens = |text: &str| {
            let text = passphrase(text);
            store.values().any(|slot| slot.open(WayIn::Passphrase(&text)).as_ref() == Ok(&vault))
        };
        assert!(opens("old") || opens("new"), "after {done} steps");
        if done == steps.len() {
            assert!(!opens("old") && opens("new"));
        }
    }
}

#[test]
fn t31_the_last_way_in_cannot_be_removed() {
    let vault = vault("a");
    let (one, two) = (recovery_slot(&vault, "one"), recovery_slot(&vault, "two"));
    let mut ways = Ways::of(&vault, vec![one.clone()]).unwrap();
    assert_eq!(ways.remove(one.id()), Err(Error::LastSlot));
    ways.add(two.clone()).unwrap();
    assert_eq!(ways.remove(one.id()), Ok(vec![Step::Manifest, Step::Delete(one.id())]));
    assert_eq!(ways.remove(one.id()), Err(Error::LastSlot));
    assert_eq!(ways.slots(), [two]);
}

/// Decision 1: the records know nothing of slots.
#[test]
fn changing_a_slot_touches_no_record() {
    let vault = vault("a");
    let sealed = record(&vault, id(1), "before");
    let reopened = by_passphrase(&vault, "new").open(WayIn::Passphrase(&passphrase("new"))).unwrap();
    assert_eq!(reopened.open_record(&sealed), Ok(content("before")));
}

/// T40: nothing that can be guessed is offered to a server, so there is nothing for it to guess at.
#[test]
fn t40_a_passphrase_slot_never_leaves_the_device() {
    let vault = vault("a");
    let slots = vec![by_passphrase(&vault, "p"), recovery_slot(&vault, "words")];
    let ways = Ways::of(&vault, slots).unwrap();
    let leaving: Vec<_> = ways.that_may_leave().map(Slot::kind).collect();
    assert_eq!(leaving, [SlotKind::Recovery]);
}

/// T40: the price of a guess can't be moved by whoever holds the file.
#[test]
fn t40_each_guess_at_a_passphrase_costs_the_floor_at_least() {
    let cost = by_passphrase(&vault("a"), "p").cost().unwrap();
    assert!(cost.memory() >= MIN_MEMORY && cost.passes() >= MIN_PASSES);
    assert!(Cost::new(8, 1).is_err());
}

/// What a hostile hand would do after changing a slot: 16 bytes of SHA-256 at the end.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 16;
    let sum = Hash::of(&bytes[..end]);
    bytes[end..].copy_from_slice(&sum.0[..16]);
    bytes
}
