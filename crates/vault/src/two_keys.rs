//! T17: a ciphertext that XChaCha20-Poly1305 accepts under two keys, made as an attacker would, and refused by the commitment.
//!
//! Poly1305's tag is a polynomial of the ciphertext's blocks modulo 2^130 − 5. With the two keys known, one block can be
//! solved for so that both polynomials give one tag.

use chacha20::XChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305, XNonce};

use crate::error::Error;
use crate::secret::Secret;
use crate::suite::{NONCE_BYTES, ObjectKey};

/// A number below 2^192, low limb first; kept below [`P`].
type Number = [u64; 3];
const P: Number = [u64::MAX - 4, u64::MAX, 3];
const ONE: Number = [1, 0, 0];

fn raw_add(a: Number, b: Number) -> Number {
    let mut carry = 0;
    std::array::from_fn(|limb| {
        let sum = u128::from(a[limb]) + u128::from(b[limb]) + carry;
        carry = sum >> 64;
        sum as u64
    })
}

fn below(a: Number, b: Number) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// a − b, for a ≥ b.
fn raw_sub(a: Number, b: Number) -> Number {
    let mut borrow = false;
    std::array::from_fn(|limb| {
        let (less, first) = a[limb].overflowing_sub(b[limb]);
        let (less, second) = less.overflowing_sub(borrow.into());
        borrow = first || second;
        less
    })
}

fn add(a: Number, b: Number) -> Number {
    let sum = raw_add(a, b);
    if below(sum, P) { sum } else { raw_sub(sum, P) }
}

fn sub(a: Number, b: Number) -> Number {
    add(a, raw_sub(P, b))
}

fn bits(a: Number) -> impl Iterator<Item = bool> {
    (0..130).rev().map(move |bit| a[bit / 64] >> (bit % 64) & 1 == 1)
}

fn mul(a: Number, b: Number) -> Number {
    bits(b).fold([0; 3], |sum, bit| {
        let twice = add(sum, sum);
        if bit { add(twice, a) } else { twice }
    })
}

/// 1 / a, as a^(P − 2).
fn inverse(a: Number) -> Number {
    bits(raw_sub(P, [2, 0, 0])).fold(ONE, |power, bit| {
        let square = mul(power, power);
        if bit { mul(square, a) } else { square }
    })
}

fn number(bytes: &[u8]) -> Number {
    let mut wide = [0; 24];
    wide[..bytes.len()].copy_from_slice(bytes);
    std::array::from_fn(|limb| u64::from_le_bytes(wide[limb * 8..limb * 8 + 8].try_into().unwrap()))
}

/// Poly1305's r and s for a key and a nonce.
fn one_time(key: &Secret, nonce: &[u8; NONCE_BYTES]) -> (Number, Number) {
    let mut block = [0; 32];
    XChaCha20::new(key.expose().into(), nonce.into()).apply_keystream(&mut block);
    for at in [3, 7, 11, 15] {
        block[at] &= 15;
    }
    for at in [4, 8, 12] {
        block[at] &= 252;
    }
    (number(&block[..16]), number(&block[16..]))
}

/// The polynomial over 16-byte blocks.
fn polynomial(r: Number, blocks: &[u8]) -> Number {
    blocks.chunks(16).fold([0; 3], |sum, block| mul(add(sum, number(&[block, &[1]].concat())), r))
}

/// 64 bytes and a tag that open under both keys. `header` has a length that 16 divides.
fn forged(keys: [&Secret; 2], nonce: &[u8; NONCE_BYTES], header: &[u8]) -> ([u8; 64], [u8; 16]) {
    let [(r1, s1), (r2, s2)] = keys.map(|key| one_time(key, nonce));
    let lengths = [(header.len() as u64).to_le_bytes(), 64_u64.to_le_bytes()].concat();
    (0..1000_u32)
        .find_map(|attempt| {
            let mut content = [0; 64];
            content[..4].copy_from_slice(&attempt.to_le_bytes());
            // The last block of the content is the unknown x. It counts times r², the lengths after it times r.
            let known = |r, s| {
                let before = polynomial(r, &[header, &content[..48]].concat());
                let square = mul(r, r);
                let after = mul(number(&[&lengths[..], &[1]].concat()), r);
                (add(add(mul(before, square), after), s), square)
            };
            let ((a1, q1), (a2, q2)) = (known(r1, s1), known(r2, s2));
            let x = mul(sub(a2, a1), inverse(sub(q1, q2)));
            // A full block stands for a number from 2^128 up to 2^129.
            if x[2] != 1 {
                return None;
            }
            content[48..56].copy_from_slice(&x[0].to_le_bytes());
            content[56..].copy_from_slice(&x[1].to_le_bytes());
            let tag = |r, s| {
                let sum = raw_add(polynomial(r, &[header, &content[..], &lengths].concat()), s);
                [sum[0].to_le_bytes(), sum[1].to_le_bytes()].concat()
            };
            (tag(r1, s1) == tag(r2, s2)).then(|| (content, tag(r1, s1).try_into().unwrap()))
        })
        .expect("about one attempt in eight succeeds")
}

fn accepts(key: &Secret, nonce: &[u8; NONCE_BYTES], header: &[u8], content: [u8; 64], tag: [u8; 16]) -> bool {
    let mut content = content;
    XChaCha20Poly1305::new(key.expose().into())
        .decrypt_inout_detached(&XNonce::from(*nonce), header, content.as_mut_slice().into(), &Tag::from(tag))
        .is_ok()
}

#[test]
fn t17_a_ciphertext_that_is_valid_under_two_keys_opens_under_one_at_most() {
    let (nonce, header) = ([9; NONCE_BYTES], [7; 32]);
    let objects = [1, 2].map(|byte| ObjectKey::new(&Secret::copied(&[byte; 32]).unwrap()));
    let keys = [objects[0].encryption(), objects[1].encryption()];
    let (content, tag) = forged(keys, &nonce, &header);
    for key in keys {
        assert!(accepts(key, &nonce, &header, content, tag), "the cipher alone accepts it under both");
    }
    for one in 0..2 {
        let commitment = objects[one].commitment(&nonce, &header);
        let sealed = [&nonce[..], commitment.expose(), &content, &tag].concat();
        assert!(objects[one].open(&header, &sealed).is_ok());
        assert_eq!(objects[1 - one].open(&header, &sealed), Err(Error::Commitment));
    }
}

#[test]
fn the_numbers_of_the_attack_are_right() {
    let a = [0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, 2];
    assert_eq!(mul(a, inverse(a)), ONE);
    assert_eq!(add(sub([5, 0, 0], a), a), [5, 0, 0]);
    assert_eq!(mul([0, 0, 1], [4, 0, 0]), [5, 0, 0], "2^130 is 5");
}
