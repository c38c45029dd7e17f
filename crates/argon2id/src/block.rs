//! A block of the memory, and the compression function that makes one of two: RFC 9106, sections 3.5 and 3.6.

use crate::pair::{Pair, Turns, ZERO, across, mix, pair, turn32, turn63, words, xor};

/// 1 KiB: 128 words, in pairs.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Block([Pair; 64]);

impl Block {
    pub const BYTES: usize = 1024;
    pub const WORDS: usize = Self::BYTES / 8;
    pub const ZERO: Self = Self([ZERO; 64]);

    /// Takes its words out of bytes, in place: no copy of them is left anywhere.
    pub fn read(&mut self, bytes: &[u8; Self::BYTES]) {
        for (both, bytes) in self.0.iter_mut().zip(bytes.as_chunks::<16>().0) {
            let number = u128::from_le_bytes(*bytes);
            *both = pair([number as u64, (number >> 64) as u64]);
        }
    }

    /// Puts its words into bytes, in place.
    pub fn write(&self, bytes: &mut [u8; Self::BYTES]) {
        for (both, bytes) in self.0.iter().zip(bytes.as_chunks_mut::<16>().0) {
            let [low, high] = words(*both);
            *bytes = (u128::from(high) << 64 | u128::from(low)).to_le_bytes();
        }
    }

    pub fn word(&self, at: usize) -> u64 {
        words(self.0[at / 2])[at % 2]
    }

    /// A block that begins with these words; the others are zero.
    pub fn beginning(words: [u64; 8]) -> Self {
        let mut block = Self::ZERO;
        for (both, words) in block.0.iter_mut().zip(words.as_chunks::<2>().0) {
            *both = pair(*words);
        }
        block
    }
}

/// Adds G(`x`, `y`) to what is in `out`, bit by bit: as passes after the first want it, and the first begins with zeros. `mixed` is
/// room to work in.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
pub fn compress(x: &Block, y: &Block, out: &mut Block, mixed: &mut Block, turns: Turns) {
    for ((out, mixed), (x, y)) in out.0.iter_mut().zip(&mut mixed.0).zip(x.0.iter().zip(&y.0)) {
        *mixed = xor(*x, *y);
        *out = xor(*out, *mixed);
    }
    for row in mixed.0.as_chunks_mut::<8>().0 {
        *row = permute(*row, turns);
    }
    for at in 0..8 {
        let row = |row: usize| mixed.0[8 * row + at];
        let column = permute([row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7)], turns);
        for (row, both) in column.into_iter().enumerate() {
            let out = &mut out.0[8 * row + at];
            *out = xor(*out, both);
        }
    }
}

/// P over sixteen words: a round of Blake2b with a product in each sum, first down the columns, then down the diagonals.
#[inline]
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
fn permute([a0, a1, b0, b1, c0, c1, d0, d1]: [Pair; 8], turns: Turns) -> [Pair; 8] {
    let [a, [b0, b1], [c0, c1], [d0, d1]] = quarter([a0, a1], [b0, b1], [c0, c1], [d0, d1], turns);
    let b = [across(b0, b1), across(b1, b0)];
    let d = [across(d1, d0), across(d0, d1)];
    let [[a0, a1], [b0, b1], [c1, c0], [d0, d1]] = quarter(a, b, [c1, c0], d, turns);
    [a0, a1, across(b1, b0), across(b0, b1), c0, c1, across(d0, d1), across(d1, d0)]
}

type Four = [Pair; 2];

/// GB, four times beside each other.
#[inline]
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
fn quarter(a: Four, b: Four, c: Four, d: Four, turns: Turns) -> [Four; 4] {
    let a = mix(a, b);
    let d = [turn32(xor(d[0], a[0])), turn32(xor(d[1], a[1]))];
    let c = mix(c, d);
    let b = [turns.turn24(xor(b[0], c[0])), turns.turn24(xor(b[1], c[1]))];
    let a = mix(a, b);
    let d = [turns.turn16(xor(d[0], a[0])), turns.turn16(xor(d[1], a[1]))];
    let c = mix(c, d);
    let b = [turn63(xor(b[0], c[0])), turn63(xor(b[1], c[1]))];
    [a, b, c, d]
}
