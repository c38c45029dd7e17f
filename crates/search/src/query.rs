//! What a reader typed, taken apart.

use crate::{
    Filter,
    words::{Word, is_stop_word, stem, words},
};

/// Longest query that is looked at, in characters. What follows is left out.
pub const LONGEST_QUERY: usize = 1000;

/// Only a query of at most this many pieces is written in signs: in a long message `-` is a dash.
const MOST_WITH_SIGNS: usize = 12;

/// A query: words to find, phrases to find as they stand, words to leave out, labels to narrow by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// The text that was looked at.
    pub text: String,
    /// Words with a topic, in their order, those of phrases among them.
    pub words: Vec<Wanted>,
    /// Stems of quoted phrases, stop words among them as they are.
    pub phrases: Vec<Vec<String>>,
    /// Stems of words to leave out.
    pub excluded: Vec<String>,
    /// What was written as `tag:…`, `category:…`, `phase:…`.
    pub filter: Filter,
    /// Whether the last word may go on.
    pub open_ended: bool,
}

/// A word to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub word: Word,
    pub stem: String,
}

impl Query {
    pub fn parse(text: &str) -> Self {
        let end = text.char_indices().nth(LONGEST_QUERY).map_or(text.len(), |(end, _)| end);
        let text = &text[..end];
        let mut query = Self { text: text.to_owned(), ..Self::default() };
        let mut offset = 0;
        let pieces: Vec<Piece<'_>> = std::iter::from_fn(|| Piece::next(text, &mut offset)).collect();
        let has_signs = pieces.len() <= MOST_WITH_SIGNS;
        for piece in pieces {
            query.add(Piece { excluded: piece.excluded && has_signs, ..piece });
        }
        let last = query.words.last().map(|wanted| wanted.word.at.end);
        query.open_ended = last == Some(text.len());
        query
    }

    fn add(&mut self, piece: Piece<'_>) {
        if let Some((name, value)) = piece.text.split_once(':').filter(|_| !piece.quoted) {
            let key = Some(fold::address_form(value)).filter(|key| !key.is_empty());
            match name.to_ascii_lowercase().as_str() {
                "tag" | "topic" => return self.filter.tag = key,
                "category" => return self.filter.category = key,
                "phase" => return self.filter.phase = key,
                _ => {}
            }
        }
        let all = words(piece.text);
        if piece.excluded {
            self.excluded.extend(stems(&all).filter(|stem| !is_stop_word(stem)));
            return;
        }
        if piece.quoted {
            let phrase: Vec<String> = stems(&all).collect();
            // A phrase of stop words alone can't be looked up; a single word is a word.
            if phrase.iter().filter(|stem| !is_stop_word(stem)).count() >= 1 {
                self.phrases.push(phrase);
            }
        }
        self.words.extend(all.into_iter().filter(|word| !is_stop_word(&word.plain)).map(|mut word| {
            word.at = word.at.start + piece.start..word.at.end + piece.start;
            Wanted { stem: stem(&word.plain), word }
        }));
    }
}

/// Stems of words; stop words stay as they are, so that a phrase can be compared with a text word by word.
fn stems(all: &[Word]) -> impl Iterator<Item = String> + '_ {
    all.iter().filter(|word| !word.joined).map(|word| phrase_stem(&word.plain))
}

pub(crate) fn phrase_stem(plain: &str) -> String {
    if is_stop_word(plain) { plain.to_owned() } else { stem(plain) }
}

/// A stretch of the query: a quoted phrase, or what stands between blanks.
struct Piece<'q> {
    text: &'q str,
    start: usize,
    quoted: bool,
    excluded: bool,
}

impl<'q> Piece<'q> {
    fn next(text: &'q str, offset: &mut usize) -> Option<Self> {
        let rest = &text[*offset..];
        let mut start = *offset + rest.find(|c: char| !c.is_whitespace())?;
        let minus = text[start..].starts_with(['-', '−']);
        let behind = text[start..].chars().nth(1);
        let excluded = minus && behind.is_some_and(|c| c.is_alphanumeric() || is_quote(c));
        if excluded {
            start += text[start..].chars().next().map_or(0, char::len_utf8);
        }
        let first = text[start..].chars().next()?;
        if is_quote(first) {
            let inner = start + first.len_utf8();
            // A quote that is not closed reaches to the end: it is still being typed.
            let end = text[inner..].find(is_quote).map_or(text.len(), |end| inner + end);
            *offset = text[end..].chars().next().map_or(end, |quote| end + quote.len_utf8());
            return Some(Self { text: &text[inner..end], start: inner, quoted: true, excluded });
        }
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
        *offset = end;
        Some(Self { text: &text[start..end], start, quoted: false, excluded })
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems_of(query: &Query) -> Vec<&str> {
        query.words.iter().map(|wanted| wanted.stem.as_str()).collect()
    }

    #[test]
    fn a_question_leaves_its_words_with_a_topic() {
        let query = Query::parse("i cant remember what happend in my session");
        assert_eq!(stems_of(&query), ["rememb", "happend", "session"]);
        assert!(query.open_ended);
        assert!(!Query::parse("session ").open_ended);
    }

    #[test]
    fn quotes_minus_and_labels_are_understood() {
        let query = Query::parse("“side effects” -bladder tag:first-days Category:SAFETY well-known");
        assert_eq!(query.phrases, [["side", "effect"]]);
        assert_eq!(query.excluded, ["bladder"]);
        assert_eq!(query.filter.tag.as_deref(), Some("first-days"));
        assert_eq!(query.filter.category.as_deref(), Some("safety"));
        assert_eq!(stems_of(&query), ["side", "effect", "well", "known"]);
    }

    #[test]
    fn every_word_knows_where_it_stands_in_the_query() {
        let text = "is “the day” — Größe -no 5-HT2A";
        for wanted in Query::parse(text).words {
            assert!(text.get(wanted.word.at.clone()).is_some(), "{wanted:?}");
        }
        let query = Query::parse("say \"one two");
        assert_eq!(&query.text[query.words[1].word.at.clone()], "one");
    }

    #[test]
    fn in_a_long_message_a_dash_is_no_sign() {
        let message =
            "i had my third one on monday and it was very strange -floating above the bed and so on";
        assert_eq!(Query::parse(message).excluded, [""; 0]);
        assert_eq!(Query::parse("strange -floating").excluded, ["float"]);
    }

    #[test]
    fn a_query_without_end_is_cut() {
        let query = Query::parse(&"é ".repeat(10_000));
        assert_eq!(query.text.chars().count(), LONGEST_QUERY);
    }
}
