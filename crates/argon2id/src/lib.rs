//! Argon2id, version 1.3, with one lane: RFC 9106.
//!
//! A keeper waits for this on every unlocking, and a thief who has the disk does not run it in a browser: whatever it is slower here,
//! the keeper's parameters are weaker for. The crate `argon2` computes word by word in WebAssembly; this computes with the browser's
//! vectors, two words at a time, and takes four fifths of its time in Chromium. It is held to `argon2` in tests. Blake2b is `blake2`'s.
//!
//! The browser needs WebAssembly's vectors: Chrome 91, Firefox 89, Safari 16.4.

#![deny(missing_docs)]

mod block;
mod pair;

use blake2::{Blake2b, Blake2b512, Digest, digest::consts::U32};

use zeroize::Zeroizing;

use block::{Block, compress};
use pair::Turns;

/// The least memory, in KiB.
pub const MIN_MEMORY: u32 = 8;

/// Parts of a pass.
const SLICES: usize = 4;
/// Argon2id's number, and the version's.
const KIND: u32 = 2;
const VERSION: u32 = 0x13;
/// Bytes that are derived.
const TAG: u32 = 32;

/// The device does not have the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// Derives 32 bytes from a passphrase and a salt, with `memory` KiB and so many passes over it. The memory is wiped.
///
/// # Errors
/// [`OutOfMemory`].
///
/// # Panics
/// With less memory than [`MIN_MEMORY`], no pass, or input of 4 GiB.
pub fn derive(
    passphrase: &[u8],
    salt: &[u8],
    memory: u32,
    passes: u32,
    out: &mut [u8; TAG as usize],
) -> Result<(), OutOfMemory> {
    assert!(memory >= MIN_MEMORY && passes > 0, "not what the standard allows");
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).expect("less than 4 GiB").to_le_bytes();
    let mut seed = Blake2b512::new();
    for number in [1, TAG, memory, passes, VERSION, KIND] {
        seed.update(number.to_le_bytes());
    }
    for bytes in [passphrase, salt, &[], &[]] {
        seed.update(length(bytes));
        seed.update(bytes);
    }
    let seed = finished(seed);

    let mut blocks = Blocks::new(memory as usize / SLICES * SLICES, passes)?;
    let mut bytes = Zeroizing::new([0; Block::BYTES]);
    for at in 0..2_u32 {
        long_hash(&[&*seed, &at.to_le_bytes(), &0_u32.to_le_bytes()], &mut bytes);
        blocks.filled.push(Block::ZERO);
        blocks.filled[at as usize].read(&bytes);
    }
    for pass in 0..passes {
        (0..SLICES).for_each(|slice| blocks.fill(pass, slice));
    }
    blocks.filled[blocks.all - 1].write(&mut bytes);
    let tag = Blake2b::<U32>::new().chain_update(TAG.to_le_bytes()).chain_update(bytes.as_slice());
    tag.finalize_into(out.into());
    Ok(())
}

/// H′ to the length of a block: half of each hash, and all of the last.
fn long_hash(parts: &[&[u8]], out: &mut [u8; Block::BYTES]) {
    let mut hash = Blake2b512::new().chain_update((Block::BYTES as u32).to_le_bytes());
    parts.iter().for_each(|part| hash.update(part));
    let mut hash = finished(hash);
    let (halves, last) = out.as_chunks_mut::<32>().0.split_at_mut(30);
    for half in halves {
        half.copy_from_slice(&hash[..32]);
        hash = finished(Blake2b512::new_with_prefix(hash.as_slice()));
    }
    last.as_flattened_mut().copy_from_slice(hash.as_slice());
}

/// A hash that is wiped.
fn finished(hash: Blake2b512) -> Zeroizing<[u8; 64]> {
    let mut out = Zeroizing::new([0; 64]);
    hash.finalize_into((&mut *out).into());
    out
}

/// The memory. The first pass lengthens it block by block, so that nothing is written twice.
struct Blocks {
    filled: Vec<Block>,
    all: usize,
    passes: u32,
    mixed: Block,
    turns: Turns,
}

impl Blocks {
    fn new(all: usize, passes: u32) -> Result<Self, OutOfMemory> {
        let mut filled = Vec::new();
        filled.try_reserve_exact(all).map_err(|_| OutOfMemory)?;
        Ok(Self { filled, all, passes, mixed: Block::ZERO, turns: Turns::new() })
    }

    /// Fills a segment: section 3.2, step 5 and 6, and section 3.4.
    fn fill(&mut self, pass: u32, slice: usize) {
        let segment = self.all / SLICES;
        let mut addresses = None;
        // The first two blocks are made of the seed.
        let begin = if pass == 0 && slice == 0 { 2 } else { 0 };
        for at in begin..segment {
            let here = slice * segment + at;
            let before = here.checked_sub(1).unwrap_or(self.all - 1);
            // For half a pass, what is read does not depend on the passphrase: who watches the cache learns nothing of it.
            let random = if pass == 0 && slice < SLICES / 2 {
                let place = at % Block::WORDS;
                if place == 0 {
                    addresses = None;
                }
                let counter = (at / Block::WORDS + 1) as u64;
                addresses.get_or_insert_with(|| self.addresses(slice, counter)).word(place)
            } else {
                self.filled[before].word(0)
            };
            // Before this block stand, without the one just before it:
            let (from, count) = match pass {
                0 => (0, here - 1),
                _ => ((slice + 1) * segment, self.all - segment + at - 1),
            };
            let low = random & u64::from(u32::MAX);
            let back = (count as u64 * ((low * low) >> 32)) >> 32;
            let other = (from + count - 1 - back as usize) % self.all;
            if pass == 0 {
                self.filled.push(Block::ZERO);
            }
            let [x, y, out] =
                self.filled.get_disjoint_mut([before, other, here]).expect("three blocks of the memory");
            compress(x, y, out, &mut self.mixed, self.turns);
        }
    }

    /// 128 places that follow from the parameters alone.
    fn addresses(&mut self, slice: usize, counter: u64) -> Block {
        let input = Block::beginning([
            0,
            0,
            slice as u64,
            self.all as u64,
            self.passes.into(),
            KIND.into(),
            counter,
            0,
        ]);
        let [mut half, mut whole] = [Block::ZERO; 2];
        compress(&Block::ZERO, &input, &mut half, &mut self.mixed, self.turns);
        compress(&Block::ZERO, &half, &mut whole, &mut self.mixed, self.turns);
        whole
    }
}

impl Drop for Blocks {
    fn drop(&mut self) {
        self.filled.fill(Block::ZERO);
        self.mixed = Block::ZERO;
        // Without this, what nobody reads any more need not be written.
        zeroize::optimization_barrier(self.filled.as_slice());
        zeroize::optimization_barrier(&self.mixed);
    }
}

#[cfg(test)]
mod tests {
    use argon2::{Algorithm, Argon2, Params, Version};
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn derived(passphrase: &[u8], salt: &[u8], memory: u32, passes: u32) -> [u8; 32] {
        let mut out = [0; 32];
        derive(passphrase, salt, memory, passes, &mut out).unwrap();
        out
    }

    fn expected(passphrase: &[u8], salt: &[u8], memory: u32, passes: u32) -> [u8; 32] {
        let mut out = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, passes, 1, Some(32)).unwrap())
            .hash_password_into(passphrase, salt, &mut out)
            .unwrap();
        out
    }

    proptest! {
        #[test]
        fn it_derives_what_the_crate_argon2_derives(
            passphrase in vec(any::<u8>(), 0..200),
            salt in vec(any::<u8>(), 8..70),
            memory in MIN_MEMORY..2000,
            passes in 1_u32..5,
        ) {
            prop_assert_eq!(
                derived(&passphrase, &salt, memory, passes),
                expected(&passphrase, &salt, memory, passes)
            );
        }
    }

    #[test]
    fn at_full_cost_too_and_where_the_memory_is_no_multiple_of_four() {
        for (memory, passes) in [(64 << 10, 3), (19 << 10, 2), (64_853, 3), (8, 1), (11, 16)] {
            assert_eq!(
                derived(b"seven slow herons", &[7; 32], memory, passes),
                expected(b"seven slow herons", &[7; 32], memory, passes),
                "{memory} KiB, {passes} passes"
            );
        }
    }

    #[test]
    #[should_panic(expected = "not what the standard allows")]
    fn less_than_the_standard_allows_is_refused() {
        derived(b"a", &[0; 16], MIN_MEMORY - 1, 1);
    }
}
