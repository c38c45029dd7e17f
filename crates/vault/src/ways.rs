//! The ways into one vault, and how they change: at once, so that no cut can lock the keeper out.

use crate::error::Error;
use crate::id::ObjectId;
use crate::manifest::{Change, Entry, Listed, Manifest, State};
use crate::slot::{Slot, SlotKind};
use crate::vault::Vault;

/// The most slots of a vault.
pub const MAX_SLOTS: usize = 16;

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

    /// A change: `new` is added, and `old` are taken away. Gives the ways there are then, and the lines of the manifest that say so.
    /// They are written with the slots themselves, all of it in one transaction.
    ///
    /// # Errors
    /// `LastSlot` if one of `old` is not there, or if nothing or only passkeys would be left, which go with their devices;
    /// `TooLarge` for a 17th; those of [`Ways::of`].
    pub fn change(
        &self,
        vault: &Vault,
        new: Option<&Slot>,
        old: &[ObjectId],
    ) -> Result<(Self, Vec<Change>), Error> {
        let mut slots = self.0.clone();
        let mut lines = Vec::new();
        for &id in old {
            let at = slots.iter().position(|slot| slot.id() == id).ok_or(Error::LastSlot)?;
            lines.push((Listed::Slot, id, Entry::slot(&slots.remove(at), State::Purged)));
        }
        if let Some(slot) = new {
            lines.push((Listed::Slot, slot.id(), Entry::slot(slot, State::Live)));
            // In the order of their names, as a store has them.
            let at = slots.iter().position(|other| other.id() > slot.id()).unwrap_or(slots.len());
            slots.insert(at, slot.clone());
        }
        if slots.iter().all(|slot| slot.kind() == SlotKind::Passkey) {
            return Err(Error::LastSlot);
        }
        Ok((Self::of(vault, slots)?, lines))
    }
}
