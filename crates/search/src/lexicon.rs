//! What an editor tells the search: words that mean the same, words that sound like a crisis.

use crate::{
    bytes::{Damaged, Reader, Writer},
    spelling::within,
    words::{stem, words},
};

/// An editor's words. Every entry is a word or a phrase in ordinary writing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Groups of words and phrases that mean the same: `["CBT", "cognitive behavioral therapy"]`.
    pub synonyms: Vec<Vec<String>>,
    /// Phrases that sound like a crisis, whatever stands around them.
    pub crisis: Vec<String>,
    /// Phrases that contain one of those and are everyday: "suicide prevention training".
    pub not_crisis: Vec<String>,
}

/// The lexicon as the index uses it: phrases as lists of plain words.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    pub synonyms: Vec<Vec<Vec<String>>>,
    crisis: Vec<Vec<String>>,
    not_crisis: Vec<Vec<String>>,
}

impl Lexicon {
    /// Whether a text sounds like a crisis: it has one of the phrases, not as part of an everyday one. For texts that are not
    /// asked of an index; [`crate::Found::crisis`] says it of a query.
    pub fn sounds_like_crisis(&self, text: &str) -> bool {
        let phrases = |list: &[String]| list.iter().map(|phrase| plain_words(phrase)).collect();
        let crisis = phrases(&self.crisis);
        Phrases { synonyms: Vec::new(), crisis, not_crisis: phrases(&self.not_crisis) }
            .sound_like_crisis(text)
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.list(&self.synonyms, |out, group| out.list(group, |out, phrase| out.text(phrase)));
        out.list(&self.crisis, |out, phrase| out.text(phrase));
        out.list(&self.not_crisis, |out, phrase| out.text(phrase));
    }
}

impl Phrases {
    pub fn read(bytes: &mut Reader<'_>) -> Result<Self, Damaged> {
        let phrase = |bytes: &mut Reader<'_>| bytes.text().map(plain_words);
        Ok(Self {
            synonyms: bytes.list(|bytes| {
                bytes.list(|bytes| Ok(phrase(bytes)?.iter().map(|word| stem(word)).collect()))
            })?,
            crisis: bytes.list(phrase)?,
            not_crisis: bytes.list(phrase)?,
        })
    }

    /// Whether a query sounds like a crisis: it has one of the phrases, not as part of an everyday one.
    pub fn sound_like_crisis(&self, query: &str) -> bool {
        let mut words = plain_words(query);
        for phrase in &self.not_crisis {
            while let Some((start, end)) = find(phrase, &words) {
                words.drain(start..end);
            }
        }
        self.crisis.iter().any(|phrase| find(phrase, &words).is_some())
    }
}

fn plain_words(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| !word.joined).map(|word| word.plain).collect()
}

/// Where the words of a phrase stand in their order, with at most one other word between two of them.
fn find(phrase: &[String], words: &[String]) -> Option<(usize, usize)> {
    let (first, rest) = phrase.split_first()?;
    (0..words.len()).filter(|&at| same(first, &words[at])).find_map(|start| {
        let mut end = start + 1;
        for word in rest {
            let next = words.iter().enumerate().skip(end).take(2).find(|(_, other)| same(word, other))?;
            end = next.0 + 1;
        }
        Some((start, end))
    })
}

/// Whether a word is meant: itself, another form of it, or mistyped by one where it is long enough to be told apart.
fn same(word: &str, typed: &str) -> bool {
    word == typed
        || (word.len() >= 4 && stem(word) == stem(typed))
        || (word.len() >= 6 && typed.len() >= 5 && within(word, typed, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases {
        let lexicon = Lexicon {
            synonyms: vec![vec!["CBT".to_owned(), "cognitive behavioral therapy".to_owned()]],
            crisis: ["suicide", "kill myself", "want to die"].map(str::to_owned).to_vec(),
            not_crisis: ["suicide prevention"].map(str::to_owned).to_vec(),
        };
        let mut writer = Writer::default();
        lexicon.write(&mut writer);
        Phrases::read(&mut Reader::new(&writer.0)).expect("what was written can be read")
    }

    #[test]
    fn a_phrase_is_heard_with_a_word_between_and_with_a_typing_mistake() {
        let phrases = phrases();
        for query in ["I want to kill myself", "i just want to maybe die", "suicde", "thoughts of SUICIDE!"] {
            assert!(phrases.sound_like_crisis(query), "{query}");
        }
    }

    #[test]
    fn an_everyday_phrase_is_not_taken_for_a_crisis() {
        let phrases = phrases();
        for query in ["suicide prevention training for clinicians", "killing time", "the dye in the pill", ""]
        {
            assert!(!phrases.sound_like_crisis(query), "{query}");
        }
        assert!(phrases.sound_like_crisis("suicide prevention did not help, i want to die"));
    }
}
