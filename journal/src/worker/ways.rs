//! The ways in: passphrase, recovery phrase, passkeys. A change of one is one transaction, so it cannot be cut.

use std::rc::Rc;

use journal::{Moment, RecordId};
use vault::{
    Entry, Error, Listed, NewSlot, ObjectId, PHRASE_WORDS, PrfOutput, RecoveryPhrase, Slot, SlotKind, State,
    Ways,
};
use zeroize::Zeroizing;

use super::{
    Worker,
    browser::Random,
    keys::{open_with, passphrase_slot},
    reading,
    store::{Table, key},
    writing::Writing,
};
use crate::protocol::{Key, PasskeyQuestion, PasskeyWay, Trouble, Way, WayKind, Why, Words};

/// Words that must be typed back.
const ASKED_BACK: usize = 3;

/// A slot as screens see it.
pub fn way(slot: &Slot) -> Way {
    Way {
        id: name(slot.id()),
        kind: match slot.kind() {
            SlotKind::Passphrase => WayKind::Passphrase,
            SlotKind::Recovery => WayKind::Recovery,
            SlotKind::Passkey => WayKind::Passkey,
        },
        passkey: slot
            .passkey()
            .map(|(credential, input)| PasskeyWay { credential: credential.to_vec(), input: input.to_vec() }),
    }
}

/// A slot's name in a letter.
pub fn name(id: ObjectId) -> String {
    RecordId(id).to_string()
}

impl Worker {
    /// All ways in.
    pub fn ways(&self) -> Result<Vec<Way>, Trouble> {
        self.room.with(|open| Ok(open.ways.slots().iter().map(way).collect()))
    }

    /// Changes the passphrase, or sets one where there is none.
    pub async fn change_passphrase(
        self: &Rc<Self>,
        present: &[u8],
        new: Zeroizing<Vec<u8>>,
    ) -> Result<(), Trouble> {
        let turn = self.turn().await;
        let (slots, vault) = self.room.with(|open| {
            open.may_write()?;
            Ok((open.ways.slots().to_vec(), open.vault.clone()))
        })?;
        let old: Vec<_> =
            slots.iter().filter(|slot| slot.kind() == SlotKind::Passphrase).map(Slot::id).collect();
        if !old.is_empty() {
            open_with(&slots, &Key::Passphrase, present)?;
        }
        let slot = passphrase_slot(&vault, &new)?;
        self.change_ways(turn, Some(slot), &old).await
    }

    /// Makes a new recovery phrase in the place of the one there was.
    pub async fn new_recovery(self: &Rc<Self>) -> Result<Words, Trouble> {
        let turn = self.turn().await;
        let phrase = RecoveryPhrase::create(&mut Random)?;
        let (slot, old) = self.room.with(|open| {
            open.may_write()?;
            let old: Vec<_> = open
                .ways
                .slots()
                .iter()
                .filter(|slot| slot.kind() == SlotKind::Recovery)
                .map(Slot::id)
                .collect();
            Ok((Slot::create(&open.vault, NewSlot::Recovery(&phrase), &mut Random)?, old))
        })?;
        self.change_ways(turn, Some(slot), &old).await?;
        let words = phrase.words().map(str::to_owned).to_vec();
        self.room.with(|open| {
            open.phrase = Some(phrase);
            Ok(())
        })?;
        self.note_recovery(None).await?;
        Ok(Words(words))
    }

    /// Whether these are words of the phrase that was just made.
    pub async fn confirm_recovery(self: &Rc<Self>, words: &[(usize, String)]) -> Result<bool, Trouble> {
        let right = self.room.with(|open| {
            let phrase = open.phrase.as_ref();
            let phrase =
                phrase.ok_or_else(|| Trouble::new(Why::Order, "these words are not known here any more"))?;
            let right = phrase.words();
            let mut places: Vec<_> = words.iter().map(|(place, _)| *place).collect();
            order::sort(&mut places);
            places.dedup();
            let fits = |(place, word): &(usize, String)| {
                *place < PHRASE_WORDS && right[*place] == word.trim().to_ascii_lowercase()
            };
            Ok(places.len() >= ASKED_BACK && words.iter().all(fits))
        })?;
        if right {
            self.note_recovery(Some(self.clock.now())).await?;
        }
        Ok(right)
    }

    /// Whether these 24 words open the journal.
    pub async fn prove_recovery(self: &Rc<Self>, words: &[u8]) -> Result<bool, Trouble> {
        let slots = self.room.with(|open| Ok(open.ways.slots().to_vec()))?;
        match open_with(&slots, &Key::Recovery, words) {
            Ok(_) => {
                self.note_recovery(Some(self.clock.now())).await?;
                Ok(true)
            }
            Err(Error::WrongSecret(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn note_recovery(self: &Rc<Self>, confirmed: Option<Moment>) -> Result<(), Trouble> {
        self.change_settings(|settings| settings.recovery_confirmed = confirmed).await
    }

    /// What a new passkey shall be asked with.
    pub fn ask_passkey(&self) -> Result<PasskeyQuestion, Trouble> {
        self.room.with(|open| {
            open.may_write()?;
            if open.shelf.settings().1.recovery_confirmed.is_none() {
                let words = "first the recovery phrase must be confirmed: a passkey can be lost";
                return Err(Trouble::new(Why::RecoveryFirst, words));
            }
            let random = |bytes: usize| {
                let mut out = vec![0; bytes];
                rand_core::Rng::fill_bytes(&mut Random, &mut out);
                out
            };
            Ok(PasskeyQuestion { input: random(32), challenge: random(32), user: random(16) })
        })
    }

    /// Adds a passkey.
    pub async fn add_passkey(
        self: &Rc<Self>,
        credential: &[u8],
        input: &[u8],
        output: &[u8],
    ) -> Result<Way, Trouble> {
        let turn = self.turn().await;
        self.ask_passkey()?;
        let output = PrfOutput::new(output)?;
        let input = input.try_into().map_err(|_| Error::Passkey)?;
        let slot = self.room.with(|open| {
            Ok(Slot::create(&open.vault, NewSlot::Passkey(credential, input, &output), &mut Random)?)
        })?;
        let added = way(&slot);
        self.change_ways(turn, Some(slot), &[]).await?;
        Ok(added)
    }

    /// Takes a way in away.
    pub async fn remove_way(self: &Rc<Self>, id: &str) -> Result<(), Trouble> {
        let turn = self.turn().await;
        let id = self.room.with(|open| {
            open.may_write()?;
            let slots = open.ways.slots();
            let found = slots.iter().find(|slot| name(slot.id()) == id).ok_or(Error::LastSlot)?;
            // A passkey alone is no way back: it goes with its device.
            let left = slots.iter().any(|slot| slot.id() != found.id() && slot.kind() != SlotKind::Passkey);
            if left { Ok(found.id()) } else { Err(Error::LastSlot.into()) }
        })?;
        self.change_ways(turn, None, &[id]).await
    }

    async fn change_ways(
        self: &Rc<Self>,
        turn: super::writing::Turn<'_>,
        new: Option<Slot>,
        old: &[ObjectId],
    ) -> Result<(), Trouble> {
        let mut writing = Writing::default();
        let (store, vault) = self.room.with(|open| {
            if open.ways.slots().len() + usize::from(new.is_some()) - old.len() > vault::MAX_SLOTS {
                return Err(Error::TooLarge("the number of slots").into());
            }
            for &id in old {
                let entry = open.manifest.get(Listed::Slot, id).ok_or(Error::Missing)?;
                writing.changes.push((Listed::Slot, id, Entry { state: State::Purged, ..entry }));
                writing.batch.delete(Table::Slots, key(id));
            }
            if let Some(slot) = &new {
                writing.changes.push((Listed::Slot, slot.id(), Entry::slot(slot, State::Live)));
                writing.batch.put(Table::Slots, key(slot.id()), slot.as_bytes().to_vec());
            }
            Ok((Rc::clone(&open.store), open.vault.clone()))
        })?;
        let written = self.write(&turn, writing).await;
        // Also where it failed: the disk says which ways there are.
        let (slots, _) = reading::slots(&store).await?;
        self.room.with(|open| {
            open.ways = Ways::known(&vault, &open.manifest, slots)?;
            written
        })
    }
}

/// Six words of the recovery list: 66 random bits.
pub fn six_words() -> Result<Words, Trouble> {
    // The words of a phrase are its bits in order, so its first six words are its first 66.
    let phrase = RecoveryPhrase::create(&mut Random)?;
    Ok(Words(phrase.words()[..6].iter().map(|word| (*word).to_owned()).collect()))
}
