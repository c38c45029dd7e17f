//! Holds the vault.

mod browser;
mod store;

/// Listens to the screens.
pub fn run() {}
