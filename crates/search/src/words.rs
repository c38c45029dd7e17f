//! From text to words: where they stand, their plain form, their stem, and which of them say nothing.

use std::ops::Range;

use waken_snowball::{SnowballEnv, algorithms::english_stemmer};

/// A word where it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// Lower case, without marks and apostrophes; not empty.
    pub plain: String,
    /// Whether it repeats the words before it as one: `phq9` behind `phq` and `9`.
    pub joined: bool,
}

/// The words of a text in their order.
///
/// Letters and digits make words. An apostrophe is inside a word and falls out, and a possessive `s` with it. Points and
/// commas between digits belong to the number. Parts with hyphens are words of their own; where one of them has a digit
/// or at most two letters (`PHQ-9`, `5-HT2A`, `e-mail`) they are also one word together, so that it is found either way.
pub(crate) fn words(text: &str) -> Vec<Word> {
    scan(text, None)
}

/// The same without most of the words that begin unlike all that are looked for: a text is read faster so.
pub(crate) fn words_like(text: &str, beginnings: &Beginnings) -> Vec<Word> {
    scan(text, Some(beginnings))
}

/// How words begin that are looked for: their first two letters. A stem begins as its word does, but for a `y` that has
/// become an `i` ("dying").
#[derive(Clone, Debug, Default)]
pub(crate) struct Beginnings([u32; 26]);

impl Beginnings {
    pub fn add(&mut self, word: &str) {
        match *word.as_bytes() {
            [first @ b'a'..=b'z', second @ b'a'..=b'z', ..] => {
                self.0[usize::from(first - b'a')] |= Self::bit(second);
            }
            // A word of one letter, or with other signs: all that begin so may be meant.
            [first @ b'a'..=b'z', ..] => self.0[usize::from(first - b'a')] = u32::MAX,
            _ => {}
        }
    }

    fn bit(second: u8) -> u32 {
        1 << (if second == b'y' { b'i' } else { second } - b'a')
    }

    /// The end of a word that begins at `start` and is surely none of them: plain letters between blanks.
    fn skip(&self, text: &str, start: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let letter = |at: usize| bytes.get(at).map(u8::to_ascii_lowercase).filter(u8::is_ascii_lowercase);
        let (first, second) = (letter(start)?, letter(start + 1)?);
        if self.0[usize::from(first - b'a')] & Self::bit(second) != 0 {
            return None;
        }
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let plain_end = |byte: Option<&u8>| {
            byte.is_none_or(|byte| matches!(byte, b' ' | b'\n' | b')' | b':' | b';' | b'?'))
        };
        let begins_plainly = start == 0 || matches!(bytes[start - 1], b' ' | b'\n' | b'(');
        (begins_plainly && plain_end(bytes.get(start + length))).then_some(start + length)
    }
}

fn scan(text: &str, beginnings: Option<&Beginnings>) -> Vec<Word> {
    let mut out = Vec::new();
    let mut scanner = Scanner { text, at: 0, beginnings };
    // Where the parts of the compound at hand begin in `out`.
    let mut compound = 0;
    while let Some(word) = scanner.next_word() {
        let hyphen = out.last().is_some_and(|before: &Word| is_hyphen(&text[before.at.end..word.at.start]));
        if !hyphen {
            join(&mut out, compound);
            compound = out.len();
        }
        out.push(word);
    }
    join(&mut out, compound);
    out
}

/// Adds the parts since `from` as one word, where that is worth it.
fn join(out: &mut Vec<Word>, from: usize) {
    let parts = &out[from..];
    let odd = |part: &Word| part.plain.len() <= 2 || part.plain.bytes().any(|byte| byte.is_ascii_digit());
    if !(2..=4).contains(&parts.len()) || !parts.iter().any(odd) {
        return;
    }
    let at = parts[0].at.start..parts[parts.len() - 1].at.end;
    let plain = parts.iter().map(|part| part.plain.as_str()).collect();
    out.push(Word { at, plain, joined: true });
}

fn is_hyphen(between: &str) -> bool {
    matches!(between, "-" | "\u{2010}" | "\u{2011}" | "\u{2013}")
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    beginnings: Option<&'t Beginnings>,
}

impl Scanner<'_> {
    fn next_word(&mut self) -> Option<Word> {
        let mut start = self.at + self.text[self.at..].find(char::is_alphanumeric)?;
        while let Some(end) = self.beginnings.and_then(|beginnings| beginnings.skip(self.text, start)) {
            start = end + self.text[end..].find(char::is_alphanumeric)?;
        }
        let mut plain = String::new();
        let mut end = start;
        let mut chars = self.text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            let inside = next.is_some_and(char::is_alphanumeric);
            if c.is_alphanumeric() || fold::is_mark(c) {
                push_plain(&mut plain, c);
            } else if matches!(c, '\'' | '’' | '\u{ad}') && inside {
                // "don't" is `dont`; what makes a possessive is taken off below.
                if c != '\u{ad}' && is_possessive(&self.text[start + offset + c.len_utf8()..]) {
                    end = start + offset + c.len_utf8() + 1;
                    break;
                }
            } else if matches!(c, '.' | ',') && is_digit(plain.chars().next_back()) && is_digit(next) {
                if c == '.' {
                    plain.push('.');
                }
            } else {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        self.at = end;
        Some(Word { at: start..end, plain, joined: false })
    }
}

fn is_possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn push_plain(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase().filter(|&c| !fold::is_mark(c)) {
        match fold::plain(c) {
            Some(plain) => out.push_str(plain),
            None => out.push(c),
        }
    }
}

/// The stem of a plain word: Snowball's English (Porter 2) for words of ASCII letters, other words as they are.
pub(crate) fn stem(plain: &str) -> String {
    if !plain.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return plain.to_owned();
    }
    let mut env = SnowballEnv::create(plain);
    english_stemmer::stem(&mut env);
    env.get_current().into_owned()
}

/// Words that carry grammar and no topic: never in the index, never looked for.
pub(crate) fn is_stop_word(plain: &str) -> bool {
    STOP_WORDS.binary_search(&plain).is_ok()
}

/// Words of conversation: they ask, thank and hedge around what is meant. They count for less in a long question.
pub(crate) fn is_small_talk(plain: &str) -> bool {
    SMALL_TALK.binary_search(&plain).is_ok()
}

#[rustfmt::skip]
const STOP_WORDS: [&str; 165] = [
    "a", "about", "above", "after", "again", "against", "all", "am", "an", "and", "any", "are", "arent", "as", "at",
    "be", "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "cannot", "cant",
    "could", "couldnt", "d", "did", "didnt", "do", "does", "doesnt", "doing", "dont", "down", "during", "each", "few",
    "for", "from", "further", "had", "hadnt", "has", "hasnt", "have", "havent", "having", "he", "her", "here", "hers",
    "herself", "him", "himself", "his", "how", "i", "id", "if", "ill", "im", "in", "into", "is", "isnt", "it", "its",
    "itself", "ive", "just", "let", "lets", "ll", "m", "me", "might", "mine", "more", "most", "must", "my", "myself",
    "no", "nor", "not", "now", "of", "off", "on", "once", "only", "or", "other", "our", "ours", "ourselves", "out",
    "over", "own", "re", "s", "same", "shall", "she", "should", "shouldnt", "so", "some", "such", "t", "than", "that",
    "thats", "the", "their", "theirs", "them", "themselves", "then", "there", "theres", "these", "they", "theyre",
    "this", "those", "through", "to", "too", "under", "until", "up", "us", "ve", "very", "was", "wasnt", "we", "were",
    "werent", "what", "whats", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "wont",
    "would", "wouldnt", "you", "your", "youre", "yours", "yourself", "yourselves",
];

#[rustfmt::skip]
const SMALL_TALK: [&str; 60] = [
    "actually", "advice", "also", "always", "answer", "anybody", "anyone", "anything", "appreciate", "ask", "asking",
    "come", "dear", "even", "ever", "explain", "find", "get", "gets", "getting", "give", "go", "going", "gonna", "got",
    "happen", "hello", "hi", "info", "information", "know", "like", "look", "looking", "lot", "make", "maybe", "mean",
    "much", "please", "possible", "question", "questions", "really", "say", "someone", "something", "still", "suggest",
    "tell", "thank", "thanks", "thing", "things", "think", "try", "trying", "want", "wanted", "wondering",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.plain).collect()
    }

    #[test]
    fn words_lose_case_marks_and_apostrophes() {
        assert_eq!(plain("Don’t worry, CAFÉ-goers"), ["dont", "worry", "cafe", "goers"]);
        assert_eq!(plain("the patient's own"), ["the", "patient", "own"]);
        assert_eq!(plain("e\u{301}lan"), ["elan"]);
    }

    #[test]
    fn a_name_with_a_number_is_found_with_and_without_its_hyphen() {
        assert_eq!(plain("PHQ-9"), ["phq", "9", "phq9"]);
        assert_eq!(plain("5-HT2A"), ["5", "ht2a", "5ht2a"]);
        assert_eq!(plain("a 24-hour ban"), ["a", "24", "hour", "24hour", "ban"]);
        assert_eq!(plain("well-kept"), ["well", "kept"]);
    }

    #[test]
    fn a_number_keeps_its_point_and_loses_its_commas() {
        assert_eq!(plain("0.5 mg of 1,000. 7"), ["0.5", "mg", "of", "1000", "7"]);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Ünder the «Baum’s» tree";
        for word in words(text) {
            assert!(text.get(word.at.clone()).is_some(), "{word:?}");
        }
        let second = &words(text)[2];
        assert_eq!(&text[second.at.clone()], "Baum’s");
        assert_eq!(second.plain, "baum");
    }

    #[test]
    fn words_of_one_family_have_one_stem() {
        assert_eq!(stem("integrating"), stem("integration"));
        assert_eq!(stem("therapies"), stem("therapy"));
        assert_eq!(stem("phq9"), "phq9");
        assert_eq!(stem("größe"), "größe");
    }

    #[test]
    fn reading_faster_leaves_out_no_word_that_is_looked_for() {
        let mut beginnings = Beginnings::default();
        ["die", "session", "phq9", "x"].iter().for_each(|word| beginnings.add(word));
        let text =
            "The dying man's last session (sessions: two) was x-ray like; PHQ-9, serene. Senses and days";
        let all = words(text);
        let some = words_like(text, &beginnings);
        assert!(some.iter().all(|word| all.contains(word)));
        let plain: Vec<&str> = some.iter().map(|word| word.plain.as_str()).collect();
        for wanted in ["dying", "session", "sessions", "x", "phq9"] {
            assert!(plain.contains(&wanted), "{wanted} {plain:?}");
        }
        assert!(!plain.contains(&"was") && !plain.contains(&"and"), "{plain:?}");
    }

    #[test]
    fn the_lists_are_in_order_so_that_they_can_be_looked_up() {
        assert!(STOP_WORDS.is_sorted());
        assert!(SMALL_TALK.is_sorted());
        assert!(SMALL_TALK.iter().all(|word| !is_stop_word(word)));
    }
}
