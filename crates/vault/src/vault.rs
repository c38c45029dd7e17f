//! An open vault: its name and its key. Everything sealed goes through here.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::header::{HEADER_BYTES, Header, Kind, Part, Place};
use crate::id::{KeyId, VaultId};
use crate::label::Label;
use crate::sealed::Sealed;
use crate::secret::Secret;
use crate::suite::{ObjectKey, derive};

/// The name and key of a vault. Dropping it wipes the key.
///
/// ```text
/// vault key ─HKDF(salt = vault id)→ key of each record, attachment, manifest … (label ‖ object id)
///                                 → key id, which may be seen
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vault {
    id: VaultId,
    key: Secret,
    key_id: KeyId,
}

impl Vault {
    /// A new vault with a new name and key.
    ///
    /// # Errors
    /// `Randomness` if the platform gives none.
    pub fn create(rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        let id = VaultId::random(rng);
        if id.0.iter().all(|byte| *byte == id.0[0]) {
            return Err(Error::Randomness);
        }
        Ok(Self::new(id, Secret::random(rng)?))
    }

    /// The same vault under a new key: the beginning of a change of keys.
    ///
    /// # Errors
    /// `Randomness` if the platform gives none.
    pub fn with_new_key(&self, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        Ok(Self::new(self.id, Secret::random(rng)?))
    }

    pub(crate) fn new(id: VaultId, key: Secret) -> Self {
        let mut key_id = [0; 16];
        key_id.copy_from_slice(&derive(&id.0, key.expose(), Label::KeyId, &[]).expose()[..16]);
        Self { id, key, key_id: KeyId(key_id) }
    }

    /// Its name.
    pub fn id(&self) -> VaultId {
        self.id
    }

    /// The name of its key. Two devices compare it before either writes.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// Refuses another vault, and another key of this vault.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`.
    pub fn same_as(&self, vault: VaultId, key: KeyId) -> Result<(), Error> {
        if vault != self.id {
            Err(Error::OtherVault)
        } else if key != self.key_id {
            Err(Error::OtherKey)
        } else {
            Ok(())
        }
    }

    pub(crate) fn key(&self) -> &Secret {
        &self.key
    }

    pub(crate) fn derive(&self, label: Label, fields: &[&[u8]]) -> Secret {
        derive(&self.id.0, self.key.expose(), label, fields)
    }

    fn object_key(&self, kind: Kind, place: &Place) -> ObjectKey {
        ObjectKey::new(&self.derive(kind.label(), &[&place.id.0]))
    }

    /// Seals content that is padded already.
    pub(crate) fn seal(
        &self,
        kind: Kind,
        place: Place,
        part: Part,
        padded: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Sealed {
        let header = Header { vault: self.id, kind, place, key: self.key_id, part };
        let bytes = self.object_key(kind, &place).seal(&header.write(), padded, rng);
        Sealed::made(header, bytes)
    }

    /// Opens what is of this vault, this key and this kind. The content is still padded.
    pub(crate) fn open(&self, kind: Kind, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, Error> {
        let header = sealed.header();
        self.same_as(header.vault, header.key)?;
        if header.kind != kind {
            return Err(Error::OtherObject);
        }
        let (head, rest) = sealed.as_bytes().split_at(HEADER_BYTES);
        self.object_key(kind, &header.place).open(head, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Chance;

    #[test]
    fn an_open_vault_never_shows_its_key() {
        let vault = Vault::new(VaultId([1; 16]), Secret::copied(&[0xab; 32]).unwrap());
        assert!(!format!("{vault:?}").contains("abab"));
    }

    #[test]
    fn t36_devices_with_different_keys_are_told_apart_before_a_write() {
        let vault = Vault::create(&mut Chance::new("one")).unwrap();
        let other = Vault::create(&mut Chance::new("two")).unwrap();
        let rekeyed = vault.with_new_key(&mut Chance::new("three")).unwrap();
        assert_eq!(vault.same_as(vault.id(), vault.key_id()), Ok(()));
        assert_eq!(vault.same_as(other.id(), other.key_id()), Err(Error::OtherVault));
        assert_eq!(vault.same_as(rekeyed.id(), rekeyed.key_id()), Err(Error::OtherKey));
    }

    #[test]
    fn keys_of_objects_and_kinds_are_all_different() {
        let vault = Vault::create(&mut Chance::new("one")).unwrap();
        let keys = [(Label::Record, 1), (Label::Record, 2), (Label::Attachment, 1), (Label::Manifest, 1)]
            .map(|(label, id)| *vault.derive(label, &[&[id; 16]]).expose());
        for (at, key) in keys.iter().enumerate() {
            assert!(keys[..at].iter().all(|other| other != key));
        }
    }
}
