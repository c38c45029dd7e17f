//! Syllables of a word as it is spoken.

use std::{collections::HashMap, sync::LazyLock};

use super::rules::by_rule;

/// Words that the rules get wrong, with their syllables: facts from the CMU Pronouncing Dictionary, whose licence
/// stands beside them.
const TABLE: &str = include_str!("syllables.txt");

/// The table's words. A line is a word, a space and its syllables; lines that start with `#` say where it comes from.
fn table() -> impl Iterator<Item = (&'static str, usize)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(word, count)| Some((word, count.parse().ok()?)))
}

static EXCEPTIONS: LazyLock<HashMap<&'static [u8], usize>> = LazyLock::new(|| {
    let shortened = SHORTENED.iter().map(|&(word, count)| (word.as_bytes(), count));
    table().map(|(word, count)| (word.as_bytes(), count)).chain(shortened).collect()
});

/// What is written shorter than it is spoken, with its syllables.
const SHORTENED: [(&str, usize); 9] =
    [("dept", 2), ("dr", 2), ("etc", 4), ("kg", 3), ("mcg", 4), ("mg", 3), ("ml", 4), ("mm", 4), ("prof", 3)];

/// Capitals that are said as a word although they are short.
const SAID: [&str; 8] = ["AND", "DO", "IF", "NO", "NOT", "OR", "REM", "THE"];
/// Capitals that are said letter by letter although they are long and have a vowel.
const SPELLED: [&str; 8] = ["ADHD", "AUDIT", "EMDR", "MDMA", "NMDA", "NSAID", "SNRI", "SSRI"];

/// Syllables of what stands between two blanks; 0 if no letter or digit is in it.
///
/// Parts joined by hyphens or slashes are counted one by one. `buffer` is room for letters, kept by the caller
/// so that a long text needs it once.
pub(super) fn of_word(word: &str, buffer: &mut Vec<u8>) -> usize {
    if word.contains("://") || word.contains('@') || word.starts_with("www.") {
        return 1;
    }
    word.split(['-', '‐', '–', '/']).map(|part| of_part(part, buffer)).sum()
}

fn of_part(part: &str, buffer: &mut Vec<u8>) -> usize {
    let part = part.trim_matches(|c: char| !c.is_alphanumeric());
    if part.is_empty() {
        return 0;
    }
    if part.bytes().any(|b| b.is_ascii_digit()) {
        // "B12", "5mg": figures one by one, letters as the words that they make.
        let figures = part.bytes().filter(u8::is_ascii_digit).count();
        return figures
            + part.split(|c: char| !c.is_alphabetic()).map(|run| of_part(run, buffer)).sum::<usize>();
    }
    if part.contains('.') {
        // "e.g", "U.S", and also a full stop without a blank behind it.
        return part.split('.').map(|run| of_part(run, buffer)).sum();
    }
    if let Some(count) = of_capitals(part) {
        return count;
    }
    spell(part, buffer);
    of_letters(buffer)
}

/// The letters "FDA" one by one. `None` for what is not in capitals or said as a word.
fn of_capitals(part: &str) -> Option<usize> {
    let part = part.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(part);
    let part = part.strip_suffix(['\'', '’']).unwrap_or(part);
    if part.len() < 2 || !part.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let voiceless = !part.bytes().any(|b| b"AEIOUY".contains(&b));
    let spelled = voiceless || part.len() <= 3 && !SAID.contains(&part) || SPELLED.contains(&part);
    // "W" is the one letter with more than one syllable.
    spelled.then(|| part.bytes().map(|b| if b == b'W' { 3 } else { 1 }).sum())
}

/// Letters in lower-case ASCII, as the table has them; an apostrophe as `'`.
fn spell(part: &str, buffer: &mut Vec<u8>) {
    buffer.clear();
    for c in part.chars() {
        match c {
            'a'..='z' => buffer.push(c as u8),
            'A'..='Z' => buffer.push(c.to_ascii_lowercase() as u8),
            '\'' | '’' => buffer.push(b'\''),
            c if c.is_ascii() => {}
            c => buffer.extend(
                crate::text::address_form(c.encode_utf8(&mut [0; 4])).bytes().filter(u8::is_ascii_lowercase),
            ),
        }
    }
}

fn of_letters(word: &[u8]) -> usize {
    let Some(at) = word.iter().position(|&b| b == b'\'') else { return of_plain(word).max(1) };
    let (stem, ending) = (&word[..at], &word[at + 1..]);
    let hisses =
        [&b"s"[..], b"x", b"z", b"ch", b"sh", b"ce", b"ge", b"se"].iter().any(|hiss| stem.ends_with(hiss));
    let count = match ending {
        // "did-n't", but "don't", "can't", "aren't".
        b"t" => match stem {
            b"don" | b"won" | b"can" | b"aren" | b"weren" => 1,
            _ => of_plain(stem.strip_suffix(b"n").unwrap_or(stem)) + 1,
        },
        b"s" => of_plain(stem) + usize::from(hisses),
        // "it'll" has one more, "you'll" has not.
        b"ll" | b"ve" | b"d" => {
            let joins = stem.last().is_some_and(|last| b"aeiouy".contains(last));
            of_plain(stem) + usize::from(!joins)
        }
        b"clock" => of_plain(stem) + 1,
        _ => of_plain(stem),
    };
    count.max(1)
}

fn of_plain(word: &[u8]) -> usize {
    EXCEPTIONS.get(word).copied().unwrap_or_else(|| by_rule(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(word: &str) -> usize {
        of_word(word, &mut Vec::new())
    }

    #[track_caller]
    fn assert_counts(known: &[(usize, &str)]) {
        let mut wrong = Vec::new();
        for (right, words) in known {
            for word in words.split(' ') {
                let counted = count(word);
                if counted != *right {
                    wrong.push(format!("{word}: {counted} and not {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join(", "));
    }

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        assert_counts(&[
            (1, "a the walk safe whale calm changed makes needs through breathe walked does whole shoes"),
            (
                2,
                "table open needed changes safely hopeful movement trying going prism rhythm faces science quiet",
            ),
            (2, "people being business client several really poem create"),
            (3, "medicine creative media period idea radio actual remember infusion area every"),
            (4, "integration anxiety experience situation information emotional reality therapeutic"),
            (5, "association university"),
        ]);
    }

    #[test]
    fn words_of_the_field_that_the_dictionary_lacks_are_counted_by_rule() {
        assert_counts(&[
            (2, "trade-off"),
            (3, "ketamine mindfulness infusions"),
            (4, "esketamine"),
            (5, "dissociation"),
            (6, "psychodynamically antidepressant-like"),
        ]);
    }

    #[test]
    fn contractions_and_possessives_count_what_is_heard() {
        assert_counts(&[
            (1, "don’t can't it's you're you'll I've cat's we'd"),
            (2, "didn’t isn't it'll nurse's clinic's o'clock"),
            (3, "therapist's"),
        ]);
    }

    #[test]
    fn capitals_and_figures_are_spoken_one_by_one_and_joined_words_part_by_part() {
        assert_counts(&[
            (1, "5 “I” (A)"),
            (2, "28 0.5 e.g. U.S. UK IV Dr."),
            (3, "CBT FDA OCD B12 603 5–14 “CBT”, well-being"),
            (4, "PTSD SSRIs 2021 EMDR 5mg open-ended"),
            (5, "WHO"),
            (0, "– … & *"),
        ]);
    }

    #[test]
    fn the_table_holds_only_what_the_rules_get_wrong_in_the_order_of_the_alphabet() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        let words: Vec<&str> = table().map(|(word, _)| word).collect();
        assert_eq!(words.len(), lines, "each line is a word and a number");
        assert!(words.len() > 5000 && words.is_sorted_by(|one, next| one < next), "{} words", words.len());
        let needless: Vec<&str> = table()
            .filter(|(word, count)| by_rule(word.as_bytes()) == *count)
            .map(|(word, _)| word)
            .collect();
        assert!(needless.is_empty(), "make the table anew as examples/syllables.rs says: {needless:?}");
    }

    #[test]
    fn the_table_was_made_with_the_rules_of_today() {
        let mark = super::super::mark::of_rules();
        assert!(
            TABLE.lines().any(|line| line == format!("# rules {mark}")),
            "the rules have changed ({mark}): make the table anew as examples/syllables.rs says"
        );
    }
}
