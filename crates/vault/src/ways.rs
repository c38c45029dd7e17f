//! The ways into one vault, and how they change: in steps that may be cut anywhere without locking the keeper out.

use crate::error::Error;
use crate::id::ObjectId;
use crate::manifest::{Entry, Listed, Manifest, State};
use crate::slot::Slot;
use crate::vault::Vault;

/// The most slots of a vault.
pub const MAX_SLOTS: usize = 16;

/// One thing to do to the store. Each is done whole, in order, each before the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Write this slot.
    Put(Box<Slot>),
    /// Write the manifest that names the slots as they will be.
    Manifest,
    /// Remove the slot of this name.
    Delete(ObjectId),
}

/// The slots of one vault under one key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways(Vec<Slot>);

impl Ways {
    /// Takes the slots that were found. Those of another vault or key are refused, not left out.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`, `TooLarge`, `Planted` for a name that is there twice.
    pub fn of(vault: &Vault, slots: Vec<Slot>) -> Result<Self, Error> {
        if slots.len() > MAX_SLOTS {
            return Err(Error::TooLarge("the number of slots"));
        }
        for (at, slot) in slots.iter().enumerate() {
            vault.same_as(slot.vault(), slot.key_id())?;
            if slots[..at].iter().any(|other| other.id() == slot.id()) {
                return Err(Error::Planted);
            }
        }
        Ok(Self(slots))
    }

    /// Of the slots that lie in a store, those that the manifest knows. One that was planted, or put back after it was taken
    /// away, is no way in.
    ///
    /// # Errors
    /// `TooLarge`, `Planted` for a name that is there twice.
    pub fn known(vault: &Vault, manifest: &Manifest, mut slots: Vec<Slot>) -> Result<Self, Error> {
        slots.retain(|slot| manifest.get(Listed::Slot, slot.id()) == Some(Entry::slot(slot, State::Live)));
        Self::of(vault, slots)
    }

    /// All of them.
    pub fn slots(&self) -> &[Slot] {
        &self.0
    }

    /// Those that a server may keep: no passphrase's.
    pub fn that_may_leave(&self) -> impl Iterator<Item = &Slot> {
        self.0.iter().filter(|slot| slot.kind().may_leave_device())
    }

    /// Adds a way in.
    ///
    /// # Errors
    /// `TooLarge` for a 17th.
    pub fn add(&mut self, slot: Slot) -> Result<Vec<Step>, Error> {
        if self.0.len() >= MAX_SLOTS {
            return Err(Error::TooLarge("the number of slots"));
        }
        self.0.push(slot.clone());
        Ok(vec![Step::Put(Box::new(slot)), Step::Manifest])
    }

    /// Changes a way in, as when a passphrase is changed: the new one is there before the old one goes.
    ///
    /// # Errors
    /// `LastSlot` if there is no slot of that name.
    pub fn replace(&mut self, old: ObjectId, new: Slot) -> Result<Vec<Step>, Error> {
        let slot = self.0.iter_mut().find(|slot| slot.id() == old).ok_or(Error::LastSlot)?;
        *slot = new.clone();
        Ok(vec![Step::Put(Box::new(new)), Step::Manifest, Step::Delete(old)])
    }

    /// Takes a way in away.
    ///
    /// # Errors
    /// `LastSlot` if there is no other, or no such.
    pub fn remove(&mut self, id: ObjectId) -> Result<Vec<Step>, Error> {
        let at = self.0.iter().position(|slot| slot.id() == id).ok_or(Error::LastSlot)?;
        if self.0.len() == 1 {
            return Err(Error::LastSlot);
        }
        self.0.remove(at);
        Ok(vec![Step::Manifest, Step::Delete(id)])
    }
}
