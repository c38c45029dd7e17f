//! The engine as a client of its own: opened with the bytes of an index, asked for the ids of what it finds.

mod engine;

use wasm_bindgen::prelude::wasm_bindgen;

/// An open index.
#[wasm_bindgen]
pub struct Searcher(engine::Engine);

#[wasm_bindgen]
impl Searcher {
    /// Opens an index; its damage is what is thrown.
    #[wasm_bindgen(constructor)]
    pub fn open(index: &[u8]) -> Result<Searcher, String> {
        engine::Engine::open(index).map(Self).map_err(|error| error.to_string())
    }

    /// Adds the texts that snippets are made of.
    pub fn add_texts(&mut self, texts: &[u8]) -> Result<(), String> {
        self.0.add_texts(texts).map_err(|error| error.to_string())
    }

    /// The ids of the first ten.
    pub fn search(&self, query: &str) -> Vec<String> {
        self.0.rank(query)
    }
}
