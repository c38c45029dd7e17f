//! Handing on: a passage, a pack, a handout, a poster.
//!
//! A pack is put together by [`compose`] out of the [`basket`], travels in the fragment of a link, and is opened by `open`:
//! all of it on the device. The server renders the frames of both pages and knows of no pack.

pub mod fragment;
pub mod message;
pub mod qr;

#[cfg(feature = "hydrate")]
pub mod basket;
#[cfg(feature = "hydrate")]
pub(crate) mod compose;

/// Watches what the whole page needs, once.
#[cfg(feature = "hydrate")]
pub(crate) fn start() {
    basket::start();
}
