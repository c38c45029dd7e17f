//! Where sentences end.

use super::{prose::Passage, syllables};

/// Words whose full stop does not end a sentence.
const GOES_ON: [&str; 11] = ["al", "approx", "cf", "dr", "fig", "mr", "mrs", "ms", "prof", "st", "vs"];

/// Words up to the end of a sentence, or of a passage that does not end one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch<'p> {
    pub text: &'p str,
    pub words: usize,
    pub syllables: usize,
    /// Whether it ends as a sentence does. A name, a lead-in that ends in a colon and a list item without a full
    /// stop do not: they are fragments.
    pub whole: bool,
}

/// Cuts a passage. `buffer` is room that the counting of syllables needs.
pub(super) fn cut<'p>(passage: &'p Passage, buffer: &mut Vec<u8>, mut each: impl FnMut(Stretch<'p>)) {
    let text = passage.text.as_str();
    let mut open = Stretch { text: "", words: 0, syllables: 0, whole: false };
    let mut start = 0;
    let mut close = |open: &mut Stretch<'p>, start: &mut usize, end: usize, whole: bool| {
        if open.words > 0 {
            let Stretch { words, syllables, .. } = *open;
            each(Stretch { text: text[*start..end].trim(), words, syllables, whole });
            (open.words, open.syllables) = (0, 0);
        }
        *start = end;
    };
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    // A long dash joins no words.
    let mut words = text.split([' ', '\n', '\t', '\u{a0}', '—']).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let end = place(word) + word.len();
        if word.chars().any(char::is_alphanumeric) {
            open.words += 1;
            open.syllables += syllables::of_word(word, buffer).max(1);
        }
        let next = words.peek().copied();
        if place(word) < passage.name {
            // What names the passage is neither a sentence nor part of the first one.
            if next.is_none_or(|next| place(next) >= passage.name) {
                close(&mut open, &mut start, end, false);
            }
        } else if ends_sentence(word, next) {
            close(&mut open, &mut start, end, true);
        }
    }
    close(&mut open, &mut start, text.len(), false);
}

/// Whether a sentence ends with this word. Its mark may stand before a closing quote or bracket; behind it comes no
/// small letter.
fn ends_sentence(word: &str, next: Option<&str>) -> bool {
    let bare = word.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    if !bare.ends_with(['.', '!', '?', '…']) {
        return false;
    }
    let Some(next) = next else { return true };
    let begins = next.chars().find(|c| c.is_alphanumeric());
    if begins.is_some_and(char::is_lowercase) {
        return false;
    }
    let Some(stem) = bare.strip_suffix('.') else { return true };
    let stem = stem.trim_start_matches(['(', '[', '"', '“', '‘', '«']);
    // "No. 5", but "No. Stop there."
    if stem.eq_ignore_ascii_case("no") {
        return !begins.is_some_and(|c| c.is_ascii_digit());
    }
    // "J. Smith", but "so do I."
    let initial = stem.len() == 1 && stem.bytes().all(|b| b.is_ascii_uppercase()) && stem != "I";
    // "U.S. rules", "e.g. Monday", but "at 9 a.m. Then rest."
    let pointed = stem.contains('.')
        && stem.split('.').all(|part| part.chars().count() == 1)
        && !["a.m", "p.m"].iter().any(|time| stem.eq_ignore_ascii_case(time));
    !(initial || pointed || GOES_ON.iter().any(|short| stem.eq_ignore_ascii_case(short)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(text: &str) -> Vec<(String, bool)> {
        let passage = Passage { text: text.to_owned(), ..Passage::default() };
        let mut all = Vec::new();
        cut(&passage, &mut Vec::new(), |one| all.push((one.text.to_owned(), one.whole)));
        all
    }

    #[track_caller]
    fn assert_sentences(text: &str, sentences: &[&str]) {
        let cut = stretches(text);
        assert!(cut.iter().all(|(_, whole)| *whole), "{cut:?}");
        assert_eq!(cut.into_iter().map(|(text, _)| text).collect::<Vec<_>>(), sentences);
    }

    #[test]
    fn a_sentence_ends_at_its_mark_also_before_a_closing_quote_or_bracket() {
        assert_sentences("Rest. “Really?” (Yes!) Well…", &["Rest.", "“Really?”", "(Yes!)", "Well…"]);
        assert_sentences("Go home.\nThen sleep.", &["Go home.", "Then sleep."]);
    }

    #[test]
    fn a_sentence_goes_on_behind_an_abbreviation_a_decimal_or_a_quoted_question() {
        for one in [
            "Ask Dr. Ray, e.g. at noon, for 0.5 mg.",
            "“How are you?” she asked.",
            "The U.S. Food and Drug Administration has No. 5.",
            "It was J. Smith et al. (2021).",
        ] {
            assert_sentences(one, &[one]);
        }
        assert_sentences("Come at 9 a.m. Then rest.", &["Come at 9 a.m.", "Then rest."]);
        assert_sentences(
            "No. So do I. Bring water etc. Rest.",
            &["No.", "So do I.", "Bring water etc.", "Rest."],
        );
    }

    #[test]
    fn what_does_not_end_as_a_sentence_is_a_fragment() {
        assert_eq!(
            stretches("Plan it. Bring these:"),
            [("Plan it.".to_owned(), true), ("Bring these:".to_owned(), false)]
        );
        assert_eq!(stretches("a list of your medicines"), [("a list of your medicines".to_owned(), false)]);
        assert_eq!(stretches("– …"), []);
    }

    #[test]
    fn the_name_of_a_passage_is_a_fragment_of_its_own() {
        let passage =
            Passage { text: "Your clinic. Ask them.".to_owned(), name: "Your clinic.".len(), start: 0 };
        let mut all = Vec::new();
        cut(&passage, &mut Vec::new(), |one| all.push((one.text, one.words, one.whole)));
        assert_eq!(all, [("Your clinic.", 2, false), ("Ask them.", 2, true)]);
    }
}
