//! The ways in: passphrase, recovery phrase, passkeys. A change of one is one transaction, so it cannot be cut.

use std::rc::Rc;

use journal::RecordId;
use vault::{Error, NewSlot, ObjectId, PHRASE_WORDS, PrfOutput, RecoveryPhrase, Slot, SlotKind, Ways};

use super::{
    Worker,
    browser::Random,
    keys::{open_with, passphrase_slot},
    store::{Table, key},
    writing::{Turn, Writing},
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

    /// Changes the passphrase, for whoever can open the journal.
    pub async fn change_passphrase(
        self: &Rc<Self>,
        with: &Key,
        proof: &[u8],
        new: &[u8],
    ) -> Result<(), Trouble> {
        let turn = self.turn().await;
        let (ways, vault) = self.room.with(|open| {
            open.may_write()?;
            Ok((open.ways.clone(), open.vault.clone()))
        })?;
        open_with(ways.slots(), with, proof)?;
        let slot = passphrase_slot(&vault, new)?;
        let mut writing = Writing::default();
        if *with == Key::Recovery {
            let now = self.clock.now();
            writing.records.push(self.changed_settings(|settings| settings.recovery_confirmed = Some(now))?);
        }
        self.change_ways(&turn, writing, Some(slot), &of_kind(&ways, SlotKind::Passphrase)).await
    }

    /// Makes a new recovery phrase in the place of the one there was.
    pub async fn new_recovery(self: &Rc<Self>) -> Result<Words, Trouble> {
        let turn = self.turn().await;
        let phrase = RecoveryPhrase::create(&mut Random)?;
        let (slot, old) = self.room.with(|open| {
            open.may_write()?;
            let old = of_kind(&open.ways, SlotKind::Recovery);
            Ok((Slot::create(&open.vault, NewSlot::Recovery(&phrase), &mut Random)?, old))
        })?;
        // In the same write: what was confirmed were other words.
        let settings = self.changed_settings(|settings| settings.recovery_confirmed = None)?;
        let writing = Writing { records: vec![settings], ..Writing::default() };
        self.change_ways(&turn, writing, Some(slot), &old).await?;
        // From here on nothing else opens what these words open: they are given, whatever has happened since.
        let words = phrase.words().map(str::to_owned).to_vec();
        self.room
            .with(|open| {
                open.phrase = Some(phrase);
                Ok(())
            })
            .ok();
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
            self.note_recovery().await?;
        }
        Ok(right)
    }

    /// Whether these 24 words open the journal.
    pub async fn prove_recovery(self: &Rc<Self>, words: &[u8]) -> Result<bool, Trouble> {
        let slots = self.room.with(|open| Ok(open.ways.slots().to_vec()))?;
        match open_with(&slots, &Key::Recovery, words) {
            Ok(_) => {
                self.note_recovery().await?;
                Ok(true)
            }
            Err(Error::WrongSecret(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn note_recovery(self: &Rc<Self>) -> Result<(), Trouble> {
        let now = self.clock.now();
        self.change_settings(|settings| settings.recovery_confirmed = Some(now)).await
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
        self.change_ways(&turn, Writing::default(), Some(slot), &[]).await?;
        Ok(added)
    }

    /// Takes a way in away.
    pub async fn remove_way(self: &Rc<Self>, id: &str) -> Result<(), Trouble> {
        let turn = self.turn().await;
        let id = self.room.with(|open| {
            open.may_write()?;
            let found = open.ways.slots().iter().find(|slot| name(slot.id()) == id);
            Ok(found.ok_or(Error::LastSlot)?.id())
        })?;
        self.change_ways(&turn, Writing::default(), None, &[id]).await
    }

    /// Adds one way in or takes some away, or both, in one write with what else is to be written.
    async fn change_ways(
        self: &Rc<Self>,
        turn: &Turn<'_>,
        mut writing: Writing,
        new: Option<Slot>,
        old: &[ObjectId],
    ) -> Result<(), Trouble> {
        let (store, ways) = self.room.with(|open| {
            let (ways, lines) = open.ways.change(&open.vault, new.as_ref(), old)?;
            writing.changes.extend(lines);
            for &id in old {
                writing.batch.delete(Table::Slots, key(id));
            }
            if let Some(slot) = &new {
                writing.batch.put(Table::Slots, key(slot.id()), slot.as_bytes().to_vec());
            }
            Ok((Rc::clone(&open.store), ways))
        })?;
        if let Err(trouble) = self.write(turn, writing).await {
            // All of it was written or nothing. Where the answer was lost, the disk knows which.
            let (id, wanted) = match &new {
                Some(slot) => (slot.id(), true),
                None => (old[0], false),
            };
            let there = store.get(Table::Slots, key(id)).await.map(|slot| slot.is_some());
            if there != Ok(wanted) {
                return Err(trouble);
            }
        }
        // Whoever has locked in the meantime: it is written.
        self.room
            .with(|open| {
                open.ways = ways;
                Ok(())
            })
            .ok();
        Ok(())
    }
}

/// The names of all ways in of a kind.
fn of_kind(ways: &Ways, kind: SlotKind) -> Vec<ObjectId> {
    ways.slots().iter().filter(|slot| slot.kind() == kind).map(Slot::id).collect()
}

/// Six words of the recovery list: 66 random bits.
pub fn six_words() -> Result<Words, Trouble> {
    // The words of a phrase are its bits in order, so its first six words are its first 66.
    let phrase = RecoveryPhrase::create(&mut Random)?;
    Ok(Words(phrase.words()[..6].iter().map(|word| (*word).to_owned()).collect()))
}
