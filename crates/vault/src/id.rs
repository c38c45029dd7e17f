//! Names that may be seen: ids of vaults, objects and keys, and hashes. None of them is a secret and none says anything about
//! the content.

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $size:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $size]);

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "("))?;
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                f.write_str(")")
            }
        }
    };
}

name!(
    /// A vault's name: 16 random bytes, made once and kept for life.
    VaultId, 16
);
name!(
    /// The name of a record, an attachment, a slot or a backup: 16 random bytes.
    ObjectId, 16
);
name!(
    /// The name of a vault key, derived from it. Two devices with the same name have the same key.
    KeyId, 16
);
name!(
    /// SHA-256 over sealed bytes.
    Hash, 32
);

impl VaultId {
    /// A new one.
    pub fn random(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

impl ObjectId {
    /// Names what a vault has only one of: its manifest, its high-water marks.
    pub const ONLY: Self = Self([0; 16]);

    /// A new one.
    pub fn random(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

impl Hash {
    /// What stands in the place of the previous revision's hash when there is none.
    pub const NONE: Self = Self([0; 32]);

    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}
