//! A text without sections as an article with one, and an answer as ids: what a collection knows and no more. No
//! editor's words are given to the index, which are written for one library.

use search::{Damaged, Filter, Index, Texts};

/// As many as are scored.
const FIRST: usize = 10;

/// An open index, and its texts when they have come: then the snippets are made too, as for a reader.
pub struct Engine {
    index: Index,
    texts: Option<Texts>,
}

impl Engine {
    pub fn open(index: &[u8]) -> Result<Self, Damaged> {
        Ok(Self { index: Index::open(index)?, texts: None })
    }

    pub fn add_texts(&mut self, texts: &[u8]) -> Result<(), Damaged> {
        self.texts = Some(Texts::open(texts)?);
        Ok(())
    }

    /// The ids of the first ten.
    pub fn rank(&self, query: &str) -> Vec<String> {
        let found = self.index.search(self.texts.as_ref(), query, &Filter::default(), FIRST);
        found.hits.into_iter().map(|hit| hit.slug).collect()
    }
}
