//! The keeper's client. One program with three ways in: the page calls [`screens`], which shows and asks; the worker calls
//! [`worker`], which alone holds keys, stored records and what they say. Between them goes what `protocol` names, and
//! nothing else. A page that a keeper has saved calls [`reader`], which reads a backup by itself.

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

/// Reads a backup, in a page of its own. Called once a document.
#[wasm_bindgen]
pub fn reader() {
    screens::reader::open();
}
