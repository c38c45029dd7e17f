//! The browser's entry points. No logic here: the page's own script calls them, `app` does the work.

use wasm_bindgen::prelude::wasm_bindgen;

/// Wakes the islands of the page and takes over moving between pages. Called once a document.
#[wasm_bindgen]
pub fn hydrate() {
    app::islands::wake();
}
