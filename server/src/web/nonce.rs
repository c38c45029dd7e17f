//! The word that lets a response's own scripts run, and no others.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// 128 random bits in base64, new for every response.
#[derive(Clone)]
pub struct Nonce(String);

impl Nonce {
    /// Characters of every nonce.
    pub const LENGTH: usize = 24;

    /// Takes fresh bits from the system.
    pub fn new() -> Self {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).expect("the system's random source works, or nothing secret can");
        Self(STANDARD.encode(bits))
    }

    /// As it stands in the page and in the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Nonce {
    fn default() -> Self {
        Self::new()
    }
}
