//! From what a keeper has to the vault's key: opening by passphrase, words or passkey, and making a passphrase's slot at the cost
//! that this device bears.

use rand_core::CryptoRng;
use vault::{Cost, Error, NewSlot, Passphrase, PrfOutput, RecoveryPhrase, Slot, SlotKind, Vault, WayIn};

use super::{
    browser::{self, Random},
    ways,
};
use crate::protocol::{Key, Trouble};

/// How long a keeper may wait for the passphrase to be checked on this device, in milliseconds.
const WAIT: u32 = 1000;

/// A passphrase slot at the cost that fits this device.
pub fn passphrase_slot(vault: &Vault, bytes: &[u8]) -> Result<Slot, Trouble> {
    let passphrase = passphrase(bytes)?;
    let cost = calibrate(&mut Random)?;
    Ok(Slot::create(vault, NewSlot::Passphrase(&passphrase, cost), &mut Random)?)
}

/// A passphrase from its bytes.
fn passphrase(bytes: &[u8]) -> Result<Passphrase, Error> {
    Passphrase::from_nfkc(bytes.to_vec())
}

/// Opens the vault with the first slot of that kind that the secret fits.
///
/// # Errors
/// `Missing` if there is no slot of that kind; else why the last did not open.
pub fn open_with(slots: &[Slot], with: &Key, secret: &[u8]) -> Result<Vault, Error> {
    opened_by(slots, with, secret).map(|(vault, _)| vault)
}

/// The same, and which slot it was.
///
/// # Errors
/// Those of [`open_with`].
pub fn opened_by<'s>(slots: &'s [Slot], with: &Key, secret: &[u8]) -> Result<(Vault, &'s Slot), Error> {
    enum Secret {
        Passphrase(Passphrase),
        Recovery(RecoveryPhrase),
        Passkey(PrfOutput),
    }
    let (kind, secret) = match with {
        Key::Passphrase => (SlotKind::Passphrase, Secret::Passphrase(passphrase(secret)?)),
        Key::Recovery => {
            let words = std::str::from_utf8(secret).map_err(|_| Error::Phrase)?;
            (SlotKind::Recovery, Secret::Recovery(RecoveryPhrase::parse(words)?))
        }
        Key::Passkey { .. } => (SlotKind::Passkey, Secret::Passkey(PrfOutput::new(secret)?)),
    };
    let mut last = Error::Missing;
    for slot in slots.iter().filter(|slot| slot.kind() == kind) {
        if matches!(with, Key::Passkey { way } if *way != ways::name(slot.id())) {
            continue;
        }
        let way = match &secret {
            Secret::Passphrase(passphrase) => WayIn::Passphrase(passphrase),
            Secret::Recovery(phrase) => WayIn::Recovery(phrase),
            Secret::Passkey(output) => WayIn::Passkey(output),
        };
        match slot.open(way) {
            Ok(vault) => return Ok((vault, slot)),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// How much the key derivation may cost on this device: the least of it is run on a vault that is thrown away. The fastest of
/// several runs counts: in the first the browser is still making the code fast, and whatever else the device does just now would
/// make the key weaker for good.
fn calibrate(rng: &mut dyn CryptoRng) -> Result<Cost, Error> {
    let vault = Vault::create(rng)?;
    let nobody = passphrase(b"nobody")?;
    let mut least = f64::MAX;
    for _ in 0..4 {
        let start = browser::elapsed();
        Slot::create(&vault, NewSlot::Passphrase(&nobody, Cost::FLOOR), rng)?;
        least = least.min(browser::elapsed() - start);
    }
    Ok(Cost::calibrated(least as u32, WAIT))
}
