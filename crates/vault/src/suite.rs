//! The cipher suite: how bytes under an object key become sealed bytes and back.
//!
//! ```text
//! object key ─HKDF→ encryption key ─┐
//!            ─HKDF→ commitment      ├─ header ‖ nonce ‖ commitment ‖ XChaCha20-Poly1305(content)
//!            ─HKDF→ nonce key ──────┘
//! ```
//! The commitment binds key, nonce and header: XChaCha20-Poly1305 alone lets one ciphertext be valid under two keys. The
//! nonce is 192 bits from the platform, mixed with what is sealed, so that a tab that was cloned together with its
//! randomness still never uses one nonce for two contents.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::label::Label;
use crate::secret::Secret;

/// Bytes of a nonce.
pub const NONCE_BYTES: usize = 24;
/// Bytes of a key commitment.
pub const COMMITMENT_BYTES: usize = 32;
/// Bytes of an authentication tag.
pub const TAG_BYTES: usize = 16;
/// What sealing adds behind the header.
pub const SEAL_BYTES: usize = NONCE_BYTES + COMMITMENT_BYTES + TAG_BYTES;

/// HKDF-Extract and -Expand with SHA-256. `info` is the label behind its length, then `fields`, all of fixed length.
pub(crate) fn derive(salt: &[u8], secret: &[u8], label: Label, fields: &[&[u8]]) -> Secret {
    expand(&Hkdf::new(Some(salt), secret), label, fields)
}

fn expand(hkdf: &Hkdf<Sha256>, label: Label, fields: &[&[u8]]) -> Secret {
    let mut info = vec![label.text().len() as u8];
    info.extend_from_slice(label.text().as_bytes());
    fields.iter().for_each(|field| info.extend_from_slice(field));
    let mut out = Secret::blank();
    hkdf.expand(&info, out.expose_mut()).expect("32 bytes are less than the 8160 that HKDF gives");
    out
}

/// The key of one object: a record, an attachment, a slot.
pub(crate) struct ObjectKey {
    encryption: Secret,
    hkdf: Hkdf<Sha256>,
}

impl ObjectKey {
    pub fn new(key: &Secret) -> Self {
        let hkdf = Hkdf::from_prk(key.expose()).expect("32 bytes are a key's length");
        Self { encryption: expand(&hkdf, Label::Encryption, &[]), hkdf }
    }

    #[cfg(test)]
    pub fn encryption(&self) -> &Secret {
        &self.encryption
    }

    pub fn commitment(&self, nonce: &[u8; NONCE_BYTES], header: &[u8]) -> Secret {
        expand(&self.hkdf, Label::Commitment, &[nonce, &Sha256::digest(header)])
    }

    /// HMAC(nonce key, randomness ‖ SHA-256(header) ‖ SHA-256(content)), cut to 192 bits. A reader needs none of this: the
    /// nonce is stored.
    fn nonce(&self, header: &[u8], content: &[u8], rng: &mut dyn CryptoRng) -> [u8; NONCE_BYTES] {
        let key = expand(&self.hkdf, Label::Nonce, &[]);
        let mut input = Zeroizing::new([0; 96]);
        rng.fill_bytes(&mut input[..32]);
        input[32..64].copy_from_slice(&Sha256::digest(header));
        input[64..].copy_from_slice(&Sha256::digest(content));
        let (mixed, _) = Hkdf::<Sha256>::extract(Some(key.expose()), &*input);
        mixed[..NONCE_BYTES].try_into().expect("a hash is longer than a nonce")
    }

    /// Seals `content` behind `header`; both lengths are the caller's rule.
    pub fn seal(&self, header: &[u8], content: &[u8], rng: &mut dyn CryptoRng) -> Vec<u8> {
        let nonce = self.nonce(header, content, rng);
        let mut out = Vec::with_capacity(header.len() + SEAL_BYTES + content.len());
        out.extend_from_slice(header);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(self.commitment(&nonce, header).expose());
        let start = out.len();
        out.extend_from_slice(content);
        let tag = XChaCha20Poly1305::new(self.encryption.expose().into())
            .encrypt_inout_detached(&XNonce::from(nonce), header, (&mut out[start..]).into())
            .expect("limits keep contents far below the cipher's 256 GiB");
        out.extend_from_slice(&tag);
        out
    }

    /// Opens what follows the header.
    ///
    /// # Errors
    /// `Malformed` if it is too short, `Commitment` before anything is decrypted, `Damaged` if the tag is wrong.
    pub fn open(&self, header: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let short = Error::Malformed("it ends too early");
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(short)?;
        let (commitment, rest) = rest.split_first_chunk::<COMMITMENT_BYTES>().ok_or(short)?;
        let (content, tag) = rest.split_last_chunk::<TAG_BYTES>().ok_or(short)?;
        if !bool::from(self.commitment(nonce, header).expose().ct_eq(commitment)) {
            return Err(Error::Commitment);
        }
        let mut out = Zeroizing::new(content.to_vec());
        XChaCha20Poly1305::new(self.encryption.expose().into())
            .decrypt_inout_detached(
                &XNonce::from(*nonce),
                header,
                out.as_mut_slice().into(),
                &Tag::from(*tag),
            )
            .map_err(|_| Error::Damaged)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Chance;
    use std::collections::HashSet;

    fn key(byte: u8) -> ObjectKey {
        ObjectKey::new(&Secret::copied(&[byte; 32]).unwrap())
    }

    #[test]
    fn sealed_bytes_open_again_and_only_with_their_header() {
        let sealed = key(1).seal(b"header", b"content", &mut Chance::new("seal"));
        assert_eq!(&sealed[..6], b"header");
        assert_eq!(**key(1).open(b"header", &sealed[6..]).unwrap(), *b"content");
        assert_eq!(key(1).open(b"Header", &sealed[6..]), Err(Error::Commitment));
        assert_eq!(key(2).open(b"header", &sealed[6..]), Err(Error::Commitment));
    }

    /// T15: the same header and content, sealed a million times.
    #[test]
    fn t15_a_million_nonces_are_a_million() {
        let key = key(1);
        let mut rng = Chance::new("nonces");
        let mut seen = HashSet::with_capacity(1_000_000);
        for _ in 0..1_000_000 {
            assert!(seen.insert(key.nonce(b"header", b"content", &mut rng)));
        }
    }

    /// T15: the worst clone, with the very state of the randomness.
    #[test]
    fn t15_a_cloned_tab_with_the_same_randomness_uses_no_nonce_twice() {
        let key = key(1);
        let rng = Chance::new("clone");
        let nonces: HashSet<_> = (0..1000_u32)
            .flat_map(|content| [(0, content), (1, content)])
            .map(|(header, content)| key.nonce(&[header], &content.to_le_bytes(), &mut rng.clone()))
            .collect();
        assert_eq!(nonces.len(), 2000);
    }
}
