//! Secrets: wiped when dropped, never shown, compared in constant time.

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::Error;

/// 32 secret bytes.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret([u8; 32]);

impl Secret {
    /// 32 zeros, to be written over.
    pub(crate) fn blank() -> Self {
        Self([0; 32])
    }

    /// Copies 32 bytes that somebody else made, and no other number of them. What they were copied from is the caller's to wipe.
    pub fn copied(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self::blank();
        (bytes.len() == 32).then(|| {
            secret.0.copy_from_slice(bytes);
            secret
        })
    }

    /// Fresh from the platform. Refused if what comes is one byte 32 times: then there is no randomness.
    pub fn random(rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        let mut secret = Self::blank();
        rng.fill_bytes(&mut secret.0);
        if secret.is_constant() { Err(Error::Randomness) } else { Ok(secret) }
    }

    /// Whether all bytes are the same, as from a source that is broken or lies.
    pub(crate) fn is_constant(&self) -> bool {
        let first = self.0[0];
        self.0.iter().fold(0, |differs, byte| differs | (byte ^ first)) == 0
    }

    /// The bytes, for the cipher or the print of a recovery sheet. Do not keep a copy.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn expose_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl ConstantTimeEq for Secret {
    fn ct_eq(&self, other: &Self) -> subtle::Choice {
        self.0.ct_eq(&other.0)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for Secret {}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Chance;

    #[test]
    fn a_secret_is_never_shown() {
        assert_eq!(format!("{:?}", Secret([7; 32])), "Secret(…)");
    }

    #[test]
    fn t38_wiping_wipes_and_dropping_wipes() {
        fn is_wiped_on_drop<T: ZeroizeOnDrop>() {}
        is_wiped_on_drop::<Secret>();
        let mut secret = Secret([7; 32]);
        secret.zeroize();
        assert_eq!(secret.expose(), &[0; 32]);
    }

    #[test]
    fn a_source_that_gives_no_randomness_is_refused() {
        struct Broken;
        impl rand_core::TryRng for Broken {
            type Error = core::convert::Infallible;
            fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
                Ok(0)
            }
            fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
                Ok(0)
            }
            fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
                out.fill(0);
                Ok(())
            }
        }
        impl rand_core::TryCryptoRng for Broken {}
        assert_eq!(Secret::random(&mut Broken), Err(Error::Randomness));
        assert!(Secret::random(&mut Chance::new("works")).is_ok());
    }

    #[test]
    fn a_secret_has_32_bytes_and_no_other_number() {
        assert_eq!(Secret::copied(&[7; 32]), Some(Secret([7; 32])));
        assert_eq!([0, 31, 33].map(|length| Secret::copied(&vec![7; length])), [None, None, None]);
    }

    #[test]
    fn secrets_are_equal_when_all_their_bytes_are() {
        assert_eq!(Secret([7; 32]), Secret([7; 32]));
        for at in 0..32 {
            let mut other = [7; 32];
            other[at] ^= 1;
            assert_ne!(Secret([7; 32]), Secret(other));
        }
    }
}
