//! From a passphrase to a key: Argon2id, made as costly as this device bears, within limits that no file can move.

use zeroize::Zeroizing;

use crate::bytes::Reader;
use crate::error::Error;
use crate::secret::Secret;

/// The least memory, in KiB: 19 MiB, the least that OWASP's password storage sheet asks of Argon2id with two passes.
pub const MIN_MEMORY: u32 = 19 << 10;
/// The least number of passes.
pub const MIN_PASSES: u32 = 2;
/// The most memory, in KiB: 256 MiB. A phone's tab can still give that; more and a hostile file ends the tab instead of
/// being refused.
pub const MAX_MEMORY: u32 = 256 << 10;
/// The most passes. With [`MAX_MEMORY`] the worst that a file can ask is 21 times [`Cost::USUAL`]: some 6 seconds where the usual
/// takes 0.3.
pub const MAX_PASSES: u32 = 16;
/// The longest passphrase in bytes.
pub const MAX_PASSPHRASE: usize = 1024;

/// What Argon2id costs. One lane always: a worker has one thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory: u32,
    passes: u32,
}

impl Cost {
    /// 64 MiB and three passes.
    pub const USUAL: Self = Self { memory: 64 << 10, passes: 3 };
    /// The least there is.
    pub const FLOOR: Self = Self { memory: MIN_MEMORY, passes: MIN_PASSES };

    /// `memory` in KiB.
    ///
    /// # Errors
    /// `Parameters` below the floor or above the ceiling, whoever asks.
    pub fn new(memory: u32, passes: u32) -> Result<Self, Error> {
        if memory < MIN_MEMORY || passes < MIN_PASSES {
            Err(Error::Parameters("below the floor"))
        } else if memory > MAX_MEMORY || passes > MAX_PASSES {
            Err(Error::Parameters("above the ceiling"))
        } else {
            Ok(Self { memory, passes })
        }
    }

    /// The cost that fits a device which was measured: `took` milliseconds for [`Cost::FLOOR`], and `budget` milliseconds that a
    /// keeper may wait. Passes are added above the usual, memory is taken away below it, and the floor holds.
    pub fn calibrated(took: u32, budget: u32) -> Self {
        let speed = f64::from(MIN_MEMORY * MIN_PASSES) / f64::from(took.max(1));
        let work = (speed * f64::from(budget)) as u64;
        let usual = Self::USUAL;
        let passes = work / u64::from(usual.memory);
        if passes >= u64::from(usual.passes) {
            return Self { memory: usual.memory, passes: passes.min(MAX_PASSES.into()) as u32 };
        }
        let memory = (work / u64::from(usual.passes)) as u32;
        if memory >= MIN_MEMORY { Self { memory, passes: usual.passes } } else { Self::FLOOR }
    }

    /// KiB of memory.
    pub fn memory(self) -> u32 {
        self.memory
    }

    /// Passes over it.
    pub fn passes(self) -> u32 {
        self.passes
    }

    pub(crate) fn write(self) -> [u8; 12] {
        let mut out = [0; 12];
        out[..4].copy_from_slice(&self.memory.to_le_bytes());
        out[4..8].copy_from_slice(&self.passes.to_le_bytes());
        out[8..].copy_from_slice(&1_u32.to_le_bytes());
        out
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes);
        let (memory, passes, lanes) = (reader.u32()?, reader.u32()?, reader.u32()?);
        reader.end()?;
        if lanes != 1 {
            return Err(Error::Parameters("another number of lanes than one"));
        }
        Self::new(memory, passes)
    }

    /// Runs Argon2id (version 1.3) to 32 bytes. Its memory is wiped.
    ///
    /// # Errors
    /// `Memory` if the device does not have it.
    pub(crate) fn run(self, passphrase: &Passphrase, salt: &[u8; 32]) -> Result<Secret, Error> {
        let mut out = Secret::blank();
        argon2id::derive(&passphrase.0, salt, self.memory, self.passes, out.expose_mut())
            .map_err(|_| Error::Memory)?;
        Ok(out)
    }
}

/// A passphrase as bytes: UTF-8 of the text in normal form NFKC, which the caller makes (browsers have `normalize`), so that
/// the same letters typed on another keyboard are the same passphrase. Wiped on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<Vec<u8>>);

impl Passphrase {
    /// Takes the bytes over.
    ///
    /// # Errors
    /// `Passphrase` if there are none, or more than [`MAX_PASSPHRASE`].
    pub fn from_nfkc(bytes: Vec<u8>) -> Result<Self, Error> {
        let bytes = Zeroizing::new(bytes);
        if bytes.is_empty() || bytes.len() > MAX_PASSPHRASE {
            return Err(Error::Passphrase);
        }
        Ok(Self(bytes))
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t3_lowered_parameters_are_refused_whoever_asks() {
        assert!(Cost::new(MIN_MEMORY, MIN_PASSES).is_ok());
        assert!(Cost::new(MIN_MEMORY - 1, 3).is_err());
        assert!(Cost::new(64 << 10, MIN_PASSES - 1).is_err());
        assert!(Cost::new(0, 0).is_err());
    }

    #[test]
    fn t20_a_huge_key_derivation_is_refused_before_it_runs() {
        for (memory, passes) in [(MAX_MEMORY + 1, 2), (u32::MAX, 3), (MIN_MEMORY, 17), (MIN_MEMORY, u32::MAX)]
        {
            let mut bytes = Cost::USUAL.write();
            bytes[..4].copy_from_slice(&memory.to_le_bytes());
            bytes[4..8].copy_from_slice(&passes.to_le_bytes());
            assert_eq!(Cost::read(&bytes), Err(Error::Parameters("above the ceiling")));
        }
        let mut bytes = Cost::USUAL.write();
        bytes[8] = 4;
        assert!(Cost::read(&bytes).is_err());
    }

    #[test]
    fn calibration_stays_between_floor_and_ceiling_on_any_device() {
        for took in [0, 1, 5, 30, 100, 1000, 60_000, u32::MAX] {
            for budget in [0, 100, 500, 1000, 5000, u32::MAX] {
                let cost = Cost::calibrated(took, budget);
                assert_eq!(Cost::new(cost.memory, cost.passes), Ok(cost), "{took} ms, {budget} ms");
            }
        }
        assert_eq!(Cost::calibrated(60, 300), Cost { memory: 64_853, passes: 3 });
        assert_eq!(Cost::calibrated(30, 500), Cost { memory: 64 << 10, passes: 9 });
        assert_eq!(Cost::calibrated(5000, 1000), Cost::FLOOR);
    }

    #[test]
    fn a_passphrase_is_never_shown_nor_empty_nor_endless() {
        let passphrase = Passphrase::from_nfkc(b"correct horse".to_vec()).unwrap();
        assert_eq!(format!("{passphrase:?}"), "Passphrase(…)");
        assert_eq!(Passphrase::from_nfkc(vec![]), Err(Error::Passphrase));
        assert_eq!(Passphrase::from_nfkc(vec![b'a'; 1025]), Err(Error::Passphrase));
    }
}
