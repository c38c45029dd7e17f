//! Marking the words that were found, and the few sentences that show best why a section fits.

use std::{collections::HashMap, ops::Range};

use crate::{
    Index, Piece,
    meaning::Slot,
    words::{Beginnings, Word, is_stop_word, stem, words, words_like},
};

/// A snippet aims at this many characters…
const ENOUGH: usize = 120;
/// … and never has more than this many, but for the word at its end.
const MOST: usize = 220;

/// Knows which words were looked for and what each is worth.
pub(crate) struct Marker {
    worth: HashMap<String, f32>,
    beginnings: Beginnings,
}

impl Marker {
    pub fn new(index: &Index, slots: &[Slot]) -> Self {
        let mut worth = HashMap::new();
        for slot in slots {
            for &(term, share) in &slot.alternatives {
                let term = &index.terms[term as usize];
                let own = term.rarity * share * slot.weight;
                let known = worth.entry(term.stem.clone()).or_insert(own);
                *known = own.max(*known);
            }
        }
        Self::of(worth)
    }

    fn of(worth: HashMap<String, f32>) -> Self {
        let mut beginnings = Beginnings::default();
        worth.keys().for_each(|stem| beginnings.add(stem));
        Self { worth, beginnings }
    }

    /// A text in pieces, the words that were looked for marked.
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        self.pieces(text, 0..text.len(), &self.found(text))
    }

    /// The sentences that have the most of what was looked for, in pieces; the beginning where none has any.
    pub fn snippet(&self, text: &str) -> Vec<Piece> {
        let found = self.found(text);
        let sentences = sentences(text);
        let worth = |range: &Range<usize>| {
            let mut seen: Vec<&str> = Vec::new();
            let inside = found.iter().filter(|found| range.contains(&found.at.start));
            inside.fold(0.0, |sum, found| {
                let again = seen.contains(&found.stem.as_str());
                seen.push(&found.stem);
                sum + if again { 0.1 } else { 1.0 } * self.worth[&found.stem]
            })
        };
        let mut best = 0;
        let mut most = 0.0;
        for (at, range) in sentences.iter().enumerate() {
            let worth = worth(range);
            if worth > most {
                (best, most) = (at, worth);
            }
        }
        let Some(mut range) = sentences.get(best).cloned() else { return Vec::new() };
        if length(text, &range) > MOST {
            range = self.window(text, range, &found);
        }
        for next in &sentences[best + 1..] {
            let longer = range.start..next.end;
            if length(text, &range) >= ENOUGH || range.end > next.start || length(text, &longer) > MOST {
                break;
            }
            range = longer;
        }
        let (cut_before, cut_behind) = (range.start > 0, range.end < text.trim_end().len());
        let mut pieces = self.pieces(text, range.clone(), &found);
        let within = |at: usize| !sentences.iter().any(|sentence| sentence.start == at);
        if cut_before && within(range.start) {
            pieces.insert(0, Piece { text: "… ".to_owned(), marked: false });
        }
        if cut_behind {
            pieces.push(Piece { text: " …".to_owned(), marked: false });
        }
        pieces
    }

    /// The part of a long sentence where the most of what was looked for stands close together.
    fn window(&self, text: &str, sentence: Range<usize>, found: &[Looked]) -> Range<usize> {
        let all = words(&text[sentence.clone()]);
        let place = |word: &Word| word.at.start + sentence.start..word.at.end + sentence.start;
        let mut best = (0.0, 0, 0);
        let mut last = 0;
        for first in 0..all.len() {
            last = last.max(first);
            let start = place(&all[first]).start;
            while last + 1 < all.len() && length(text, &(start..place(&all[last + 1]).end)) <= MOST {
                last += 1;
            }
            let end = place(&all[last]).end;
            let inside = found.iter().filter(|found| (start..end).contains(&found.at.start));
            let worth: f32 = inside.map(|found| self.worth[&found.stem]).sum();
            if worth > best.0 || best.2 == 0 {
                best = (worth, start, end);
            }
        }
        let (_, start, end) = best;
        if end == 0 { sentence } else { start..end }
    }

    fn found(&self, text: &str) -> Vec<Looked> {
        let all = words_like(text, &self.beginnings).into_iter().filter(|word| !is_stop_word(&word.plain));
        let with_stems = all.map(|word| Looked { stem: stem(&word.plain), at: word.at });
        with_stems.filter(|looked| self.worth.contains_key(&looked.stem)).collect()
    }

    fn pieces(&self, text: &str, range: Range<usize>, found: &[Looked]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut push = |text: &str, marked: bool| {
            if !text.is_empty() {
                // A snippet is one line: where lines ended, a dot stands between them.
                let text = if text.contains('\n') { text.replace('\n', " · ") } else { text.to_owned() };
                pieces.push(Piece { text, marked });
            }
        };
        let mut done = range.start;
        for found in found.iter().filter(|found| range.contains(&found.at.start)) {
            // Joined words stand where their parts stand.
            if found.at.start >= done && found.at.end <= range.end {
                push(&text[done..found.at.start], false);
                push(&text[found.at.clone()], true);
                done = found.at.end;
            }
        }
        push(&text[done..range.end], false);
        pieces
    }
}

/// A word that was looked for, where it stands.
struct Looked {
    stem: String,
    at: Range<usize>,
}

fn length(text: &str, range: &Range<usize>) -> usize {
    text[range.clone()].chars().count()
}

/// Sentences: up to a mark that ends one, with a blank behind it, or to the end of a line. None is blank.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut push = |range: Range<usize>| {
        let part = &text[range.clone()];
        let start = range.start + (part.len() - part.trim_start().len());
        let end = range.start + part.trim_end().len();
        if start < end {
            out.push(start..end);
        }
    };
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let gap = chars.peek().is_none_or(|&(_, next)| next.is_whitespace());
        if c == '\n' || (matches!(c, '.' | '!' | '?' | '…') && gap) {
            push(start..end);
            start = end;
        }
    }
    push(start..text.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(words: &[&str]) -> Marker {
        Marker::of(words.iter().map(|word| (stem(word), 1.0)).collect())
    }

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn the_sentence_with_the_most_words_is_shown_with_its_words_marked() {
        let text = "Rest first. You may not remember what happened in your session. Memory comes back later.";
        let snippet = marker(&["remember", "happened", "session"]).snippet(text);
        assert_eq!(
            shown(&snippet),
            "You may not [remember] what [happened] in your [session]. Memory comes back later."
        );
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_words() {
        let text =
            format!("{}where the bladder hurts{}", "one thing and ".repeat(40), " and so on".repeat(40));
        let snippet = shown(&marker(&["bladder"]).snippet(&text));
        assert!(snippet.contains("[bladder]"), "{snippet}");
        assert!(snippet.starts_with("… ") && snippet.ends_with(" …"), "{snippet}");
        assert!(snippet.chars().count() <= MOST + 10, "{snippet}");
    }

    #[test]
    fn a_snippet_without_any_of_the_words_is_the_beginning() {
        assert_eq!(shown(&marker(&["other"]).snippet("First. Second.")), "First. Second.");
        assert_eq!(marker(&["other"]).snippet(""), []);
    }

    #[test]
    fn one_word_without_any_gap_is_still_shown() {
        let snippet = shown(&marker(&["x"]).snippet(&"é".repeat(1000)));
        assert!(!snippet.is_empty());
    }
}
