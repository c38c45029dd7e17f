//! What tests, vectors and the fuzzer share: randomness that comes out the same every time.

use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};
use std::convert::Infallible;

/// Block n is SHA-256(seed ‖ n as 64 bits, little-endian); what is asked for is cut off the front, block by block. For
/// tests only: whoever knows the seed knows everything.
#[derive(Clone)]
pub struct Chance {
    seed: Vec<u8>,
    block: u64,
    ready: Vec<u8>,
}

impl Chance {
    pub fn new(seed: &str) -> Self {
        Self { seed: seed.as_bytes().to_vec(), block: 0, ready: Vec::new() }
    }
}

impl TryRng for Chance {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for byte in out {
            if self.ready.is_empty() {
                let block = Sha256::new().chain_update(&self.seed).chain_update(self.block.to_le_bytes());
                self.ready = block.finalize().iter().rev().copied().collect();
                self.block += 1;
            }
            *byte = self.ready.pop().expect("a block was just made");
        }
        Ok(())
    }
}

impl TryCryptoRng for Chance {}
