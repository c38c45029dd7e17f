//! The keeper's client. One program with two ways in: the page calls [`screens`], which shows and asks; the worker calls
//! [`worker`], which alone holds keys, stored records and what they say. Between them goes what `protocol` names, and
//! nothing else.

mod asking;
mod protocol;
mod screens;
mod wire;
mod worker;

use wasm_bindgen::prelude::wasm_bindgen;

/// Shows the journal in its page. Called once a document.
#[wasm_bindgen]
pub fn screens() {
    screens::open();
}

/// Answers the screens. Called once a worker.
#[wasm_bindgen]
pub fn worker() {
    worker::run();
}
