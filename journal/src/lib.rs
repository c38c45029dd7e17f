//! The keeper's client: two programs, each a feature.
//!
//! `journal` is what `/journal` loads: the page calls [`screens`], which shows and asks; the worker calls [`worker`], which alone holds
//! keys, stored records and what they say. Between them goes what `protocol` names, and nothing else.
//!
//! `exchange` is fetched a little after the start, whoever came and whatever for. The screen *Keep it safe* calls [`exchange`]: exports
//! and imports. A page that a keeper has saved is this program too and calls [`reader`], which reads a backup by itself.

// Each program leaves out what only the other shows; with both features nothing may be left over.
#![cfg_attr(not(all(feature = "journal", feature = "exchange")), allow(dead_code, unused_imports))]

mod asking;
mod protocol;
mod screens;
mod wire;
mod worker;

use wasm_bindgen::prelude::wasm_bindgen;

/// Shows the journal in its page. Called once a document.
#[cfg(feature = "journal")]
#[wasm_bindgen]
pub fn screens() {
    screens::open();
}

/// Answers the screens. Called once a worker.
#[cfg(feature = "journal")]
#[wasm_bindgen]
pub fn worker() {
    worker::run();
}

/// Shows exports and imports in an element, asking a worker whose journal is open. Calling what is given back takes them away.
#[cfg(feature = "exchange")]
#[wasm_bindgen]
pub fn exchange(place: &web_sys::Element, worker: web_sys::Worker) -> js_sys::Function {
    screens::exchange::open(place, worker)
}

/// Reads a backup, in a page of its own. Called once a document.
#[cfg(feature = "exchange")]
#[wasm_bindgen]
pub fn reader() {
    screens::reader::open();
}
