//! How much a heading says what a query says, as a whole.

use std::collections::HashMap;

use crate::{
    Index,
    meaning::Slot,
    query::Query,
    words::{is_stop_word, stem, words},
};

/// A query, ready to be compared with headings.
pub(crate) struct Resemblance {
    /// What each stem is worth, stop words among them; alternatives of a word share its place.
    worth: HashMap<String, (usize, f32)>,
    /// The query's words.
    words: Vec<String>,
    /// What all of the query's words with a topic are worth together.
    pub whole: f32,
    /// The same with the words without a topic.
    all: f32,
}

impl Resemblance {
    pub fn new(index: &Index, query: &Query, slots: &[Slot]) -> Self {
        let mut worth = HashMap::new();
        let mut whole = 0.0;
        for (place, slot) in slots.iter().enumerate() {
            let mut most: f32 = 0.0;
            for &(term, share) in &slot.alternatives {
                let term = &index.terms[term as usize];
                let own = term.rarity * share * slot.weight;
                most = most.max(own);
                worth.entry(term.stem.clone()).or_insert((place, own));
            }
            whole += most;
        }
        let mut all = whole;
        let mut place = slots.len();
        for word in words(&query.text).into_iter().filter(|word| is_stop_word(&word.plain)) {
            worth.entry(word.plain).or_insert_with(|| {
                all += index.tuning.stop_word;
                place += 1;
                (place, index.tuning.stop_word)
            });
        }
        Self { worth, words: plain_words(&query.text), whole, all }
    }

    /// Whether a text has the same words as the query, in the same order.
    pub fn is(&self, text: &str) -> bool {
        self.words == plain_words(text)
    }

    /// 1 where query and heading have the same words, 0 where they share none (Dice, weighted by rarity).
    pub fn with(&self, index: &Index, heading: &str) -> f32 {
        let mut seen: Vec<usize> = Vec::new();
        let (mut shared, mut own) = (0.0, 0.0);
        for word in words(heading).into_iter().filter(|word| !word.joined) {
            let is_stop = is_stop_word(&word.plain);
            let stem = if is_stop { word.plain } else { stem(&word.plain) };
            match self.worth.get(&stem) {
                Some(&(place, worth)) if !seen.contains(&place) => {
                    seen.push(place);
                    shared += worth;
                    own += worth;
                }
                _ if is_stop => own += index.tuning.stop_word,
                _ => own += index.term(&stem).map_or(1.0, |term| index.terms[term as usize].rarity),
            }
        }
        let both = self.all + own;
        if both > 0.0 { 2.0 * shared / both } else { 0.0 }
    }
}

fn plain_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.plain).collect()
}
