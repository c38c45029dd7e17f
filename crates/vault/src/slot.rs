//! Slots: ways into the vault. Each holds the vault key under a secret of its own, so that adding, changing or removing one
//! touches no record and no other slot.

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

use crate::bytes::{Reader, put_field};
use crate::error::Error;
use crate::header::{Header, Kind, Part, Place};
use crate::id::{Hash, KeyId, ObjectId, VaultId};
use crate::kdf::{Cost, Passphrase};
use crate::phrase::RecoveryPhrase;
use crate::secret::Secret;
use crate::suite::{ObjectKey, SEAL_BYTES, derive};
use crate::vault::Vault;

/// The most bytes of a slot.
pub const MAX_SLOT: usize = 2048;
/// The longest credential id, as WebAuthn has it.
pub const MAX_CREDENTIAL: usize = 1023;
/// Some of SHA-256 over all before it: tells accident from a wrong secret, and protects from nobody.
const CHECKSUM_BYTES: usize = 16;

/// What a slot is opened with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A passphrase, through Argon2id.
    Passphrase,
    /// The 24 words.
    Recovery,
    /// A passkey's PRF output.
    Passkey,
}

impl SlotKind {
    fn kind(self) -> Kind {
        match self {
            Self::Passphrase => Kind::PassphraseSlot,
            Self::Recovery => Kind::RecoverySlot,
            Self::Passkey => Kind::PasskeySlot,
        }
    }
}

impl std::fmt::Display for SlotKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery phrase",
            Self::Passkey => "passkey",
        })
    }
}

/// What a passkey gave for a slot's input. Wiped on drop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrfOutput(Secret);

impl PrfOutput {
    /// Takes what `getClientExtensionResults().prf.results.first` held.
    ///
    /// # Errors
    /// `Passkey` unless it is 32 bytes that are not all the same.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        let secret = Secret::copied(bytes).ok_or(Error::Passkey)?;
        if secret.is_constant() { Err(Error::Passkey) } else { Ok(Self(secret)) }
    }
}

/// How a new slot shall be opened.
#[derive(Clone, Copy, Debug)]
pub enum NewSlot<'a> {
    /// By a passphrase, at this cost.
    Passphrase(&'a Passphrase, Cost),
    /// By the recovery phrase.
    Recovery(&'a RecoveryPhrase),
    /// By a passkey: its credential id, the PRF input it was asked with, and what it gave.
    Passkey(&'a [u8], [u8; 32], &'a PrfOutput),
}

/// What somebody who wants in has.
#[derive(Clone, Copy, Debug)]
pub enum WayIn<'a> {
    /// A passphrase.
    Passphrase(&'a Passphrase),
    /// The 24 words.
    Recovery(&'a RecoveryPhrase),
    /// A passkey's output for [`Slot::passkey`]'s input.
    Passkey(&'a PrfOutput),
}

#[derive(Clone, PartialEq, Eq)]
enum Parameters {
    Passphrase(Cost),
    Recovery,
    Passkey { credential: Vec<u8>, input: [u8; 32] },
}

/// A slot as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Slot {
    header: Header,
    salt: [u8; 32],
    parameters: Parameters,
    /// Where what is authenticated ends: header, salt and parameters.
    head: usize,
    bytes: Vec<u8>,
}

impl Slot {
    /// Makes a way into an open vault.
    ///
    /// # Errors
    /// `Memory` for Argon2id, `Passkey` for a credential id of impossible length.
    pub fn create(vault: &Vault, way: NewSlot<'_>, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        let (kind, parameters, way) = match way {
            NewSlot::Passphrase(passphrase, cost) => {
                (SlotKind::Passphrase, Parameters::Passphrase(cost), WayIn::Passphrase(passphrase))
            }
            NewSlot::Recovery(phrase) => (SlotKind::Recovery, Parameters::Recovery, WayIn::Recovery(phrase)),
            NewSlot::Passkey(credential, input, output) => {
                if credential.is_empty() || credential.len() > MAX_CREDENTIAL {
                    return Err(Error::Passkey);
                }
                let parameters = Parameters::Passkey { credential: credential.to_vec(), input };
                (SlotKind::Passkey, parameters, WayIn::Passkey(output))
            }
        };
        let header = Header {
            vault: vault.id(),
            kind: kind.kind(),
            place: Place::first(ObjectId::random(rng)),
            key: vault.key_id(),
            part: Part::WHOLE,
        };
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let mut head = header.write();
        put_field(&mut head, &salt);
        put_field(&mut head, &parameters.write());
        let key = wrapping_key(&parameters, &salt, way)?.expect("a slot is made for the way it is made with");
        let mut bytes = key.seal(&head, vault.key().expose(), rng);
        bytes.extend_from_slice(&checksum(&bytes));
        Ok(Self { header, salt, parameters, head: head.len(), bytes })
    }

    /// Reads a slot that anyone may have made. Nothing costly runs.
    ///
    /// # Errors
    /// Those of a header; `Parameters`; `TooLarge`; `DamagedSlot` if it was changed by accident; `Malformed`.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Error> {
        if bytes.len() > MAX_SLOT {
            return Err(Error::TooLarge("a slot"));
        }
        let mut reader = Reader::new(&bytes);
        let header = Header::read(&mut reader)?;
        if !header.kind.is_slot() {
            return Err(Error::OtherObject);
        }
        if header.place.revision != 1 {
            return Err(Error::Malformed("a slot has one revision"));
        }
        let salt = reader.exact()?;
        let parameters = Parameters::read(header.kind, reader.field()?)?;
        let head = bytes.len() - reader.left();
        reader.bytes(SEAL_BYTES + 32)?;
        let sealed = bytes.len() - reader.left();
        if reader.array()? != checksum(&bytes[..sealed]) {
            return Err(Error::DamagedSlot);
        }
        reader.end()?;
        Ok(Self { header, salt, parameters, head, bytes })
    }

    /// Opens the vault with this slot. Costly for a passphrase: as much as [`Slot::cost`] says.
    ///
    /// # Errors
    /// `OtherObject` for another kind of way in; `WrongSecret`; `DamagedSlot` if the secret is right and what it should open is
    /// not whole; `OtherKey` if the slot holds another key than it says; `Memory`.
    pub fn open(&self, way: WayIn<'_>) -> Result<Vault, Error> {
        let key = wrapping_key(&self.parameters, &self.salt, way)?.ok_or(Error::OtherObject)?;
        let (head, rest) = self.bytes.split_at(self.head);
        let sealed = &rest[..rest.len() - CHECKSUM_BYTES];
        let plain = key.open(head, sealed).map_err(|error| match error {
            Error::Commitment => Error::WrongSecret(self.kind()),
            _ => Error::DamagedSlot,
        })?;
        let key = Secret::copied(&plain).ok_or(Error::DamagedSlot)?;
        let vault = Vault::new(self.header.vault, key);
        if vault.key_id() == self.header.key { Ok(vault) } else { Err(Error::OtherKey) }
    }

    /// Its name.
    pub fn id(&self) -> ObjectId {
        self.header.place.id
    }

    /// Whose it says it is.
    pub fn vault(&self) -> VaultId {
        self.header.vault
    }

    /// The key it says it holds.
    pub fn key_id(&self) -> KeyId {
        self.header.key
    }

    /// What opens it.
    pub fn kind(&self) -> SlotKind {
        match self.parameters {
            Parameters::Passphrase(_) => SlotKind::Passphrase,
            Parameters::Recovery => SlotKind::Recovery,
            Parameters::Passkey { .. } => SlotKind::Passkey,
        }
    }

    /// What a passphrase slot costs to try.
    pub fn cost(&self) -> Option<Cost> {
        if let Parameters::Passphrase(cost) = self.parameters { Some(cost) } else { None }
    }

    /// A passkey slot's credential id and PRF input.
    pub fn passkey(&self) -> Option<(&[u8], &[u8; 32])> {
        match &self.parameters {
            Parameters::Passkey { credential, input } => Some((credential, input)),
            _ => None,
        }
    }

    /// The hash that the manifest names.
    pub fn hash(&self) -> Hash {
        Hash::of(&self.bytes)
    }

    /// All its bytes, to be stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Slot({}, {:?})", self.kind(), self.id())
    }
}

impl Parameters {
    fn write(&self) -> Vec<u8> {
        match self {
            Self::Passphrase(cost) => cost.write().to_vec(),
            Self::Recovery => Vec::new(),
            Self::Passkey { credential, input } => [&input[..], credential].concat(),
        }
    }

    fn read(kind: Kind, bytes: &[u8]) -> Result<Self, Error> {
        match kind {
            Kind::PassphraseSlot => Cost::read(bytes).map(Self::Passphrase),
            Kind::RecoverySlot if bytes.is_empty() => Ok(Self::Recovery),
            Kind::PasskeySlot if (33..=32 + MAX_CREDENTIAL).contains(&bytes.len()) => {
                let (input, credential) = bytes.split_first_chunk().expect("it has 33 bytes or more");
                Ok(Self::Passkey { credential: credential.to_vec(), input: *input })
            }
            _ => Err(Error::Malformed("the parameters of a slot have another length")),
        }
    }
}

/// The key that wraps the vault key, or none if the way in is of another kind than the slot.
fn wrapping_key(
    parameters: &Parameters,
    salt: &[u8; 32],
    way: WayIn<'_>,
) -> Result<Option<ObjectKey>, Error> {
    let (kind, secret) = match (parameters, way) {
        (Parameters::Passphrase(cost), WayIn::Passphrase(text)) => {
            (SlotKind::Passphrase, cost.run(text, salt)?)
        }
        (Parameters::Recovery, WayIn::Recovery(phrase)) => (SlotKind::Recovery, phrase.secret().clone()),
        (Parameters::Passkey { .. }, WayIn::Passkey(output)) => (SlotKind::Passkey, output.0.clone()),
        _ => return Ok(None),
    };
    Ok(Some(ObjectKey::new(&derive(salt, secret.expose(), kind.kind().label(), &[]))))
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    *Sha256::digest(bytes).first_chunk().expect("a hash is longer")
}
