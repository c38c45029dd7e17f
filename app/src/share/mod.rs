//! Handing on: a passage, a pack, a handout, a poster.
//!
//! A pack is put together by [`compose`] out of the [`basket`], travels in the fragment of a link, and is opened by `open`:
//! all of it on the device. The server renders the frames of both pages and knows of no pack.

#[cfg(any(feature = "ssr", feature = "hydrate", test))]
pub mod catalogue;
#[cfg(any(feature = "hydrate", test))]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser uses all of it"))]
pub(crate) mod draft;
pub mod fragment;
#[cfg(feature = "ssr")]
pub(crate) mod frames;
pub mod message;
pub mod qr;

#[cfg(any(feature = "hydrate", test))]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser uses all of it"))]
mod composer;
#[cfg(any(feature = "hydrate", test))]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser uses all of it"))]
mod opened;

#[cfg(feature = "hydrate")]
mod articles;
#[cfg(feature = "hydrate")]
pub mod basket;
#[cfg(feature = "hydrate")]
mod code;
#[cfg(feature = "hydrate")]
pub(crate) mod compose;
#[cfg(feature = "hydrate")]
mod extract;
#[cfg(feature = "hydrate")]
mod menu;
#[cfg(feature = "hydrate")]
mod open;
#[cfg(feature = "hydrate")]
mod outward;
#[cfg(feature = "hydrate")]
pub(crate) mod passage;
#[cfg(feature = "hydrate")]
mod selection;

#[cfg(feature = "ssr")]
pub(crate) mod handout;
#[cfg(feature = "ssr")]
pub(crate) mod paper;
#[cfg(feature = "ssr")]
pub(crate) mod poster;

/// Watches what the whole page needs, once.
#[cfg(feature = "hydrate")]
pub(crate) fn start() {
    basket::start();
    compose::start();
    open::start();
    menu::start();
    selection::start();
}

/// Takes up what a page that has just come is for.
#[cfg(feature = "hydrate")]
pub(crate) fn arrived() {
    compose::arrived();
    open::arrived();
}
