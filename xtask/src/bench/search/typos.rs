//! One slip of the fingers in the word that says most: the same for the same text, on every machine.

use super::super::dice::Dice;

/// Shorter words are abbreviations or say little.
const SHORTEST: usize = 4;

/// The text with one typo in its longest word that is not a stop word, the first of them if there are
/// several. A text without such a word stays as it is.
pub fn with_typo(text: &str) -> String {
    let Some((start, word)) = longest(text) else { return text.to_owned() };
    let mut dice = Dice::new(seed(text));
    let wrong = misspelt(word, &mut dice);
    format!("{}{wrong}{}", &text[..start], &text[start + word.len()..])
}

/// The word and where it starts.
fn longest(text: &str) -> Option<(usize, &str)> {
    let sign = |c: char| !c.is_ascii_alphabetic();
    let mut longest: Option<(usize, &str)> = None;
    let mut start = 0;
    for part in text.split_inclusive(sign) {
        let word = part.trim_end_matches(sign);
        let telling = word.len() >= SHORTEST && !STOP_WORDS.contains(&word.to_ascii_lowercase().as_str());
        if telling && longest.is_none_or(|(_, other)| word.len() > other.len()) {
            longest = Some((start, word));
        }
        start += part.len();
    }
    longest
}

/// Two letters swapped, one left out, one too many, or one mistaken.
fn misspelt(word: &str, dice: &mut Dice) -> String {
    loop {
        let mut letters: Vec<char> = word.chars().collect();
        let at = dice.below(letters.len());
        let letter = char::from(b'a' + dice.below(26) as u8);
        match dice.below(4) {
            0 if at + 1 < letters.len() => letters.swap(at, at + 1),
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, letter),
            _ => letters[at] = letter,
        }
        let wrong: String = letters.into_iter().collect();
        if wrong != word {
            return wrong;
        }
    }
}

/// A number from a text (FNV-1a).
fn seed(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Words of four letters and more that every question may have.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "about", "after", "also", "another", "anyone", "anything", "because", "been", "before", "being",
    "between", "both", "cannot", "could", "does", "doing", "done", "during", "each", "ever", "every", "from",
    "have", "having", "here", "however", "into", "itself", "just", "like", "many", "more", "most", "much",
    "must", "only", "other", "others", "over", "please", "should", "since", "some", "someone", "something",
    "such", "than", "that", "their", "them", "then", "there", "these", "they", "thing", "things", "this",
    "those", "through", "under", "until", "upon", "very", "want", "well", "were", "what", "when", "where",
    "whether", "which", "while", "whose", "will", "with", "within", "without", "would", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether one swap of neighbours, one letter less, more or else makes one word of the other.
    fn one_slip_apart(a: &str, b: &str) -> bool {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let (a, b) = (&a[front..], &b[front..]);
        match (a, b) {
            ([x, y, rest @ ..], [v, w, other @ ..]) if x == w && y == v && rest == other => true,
            ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
            ([_, rest @ ..], _) if rest == b => true,
            (_, [_, rest @ ..]) if rest == a => true,
            _ => false,
        }
    }

    #[test]
    fn only_the_longest_word_that_says_something_is_changed() {
        let wrong = with_typo("Should I be without breakfast, or not?");
        let word = wrong.strip_prefix("Should I be without ").and_then(|rest| rest.strip_suffix(", or not?"));
        assert!(one_slip_apart(word.unwrap(), "breakfast"), "{wrong}");
    }

    #[test]
    fn of_words_of_one_length_the_first_is_changed() {
        assert_eq!(longest("the lungs heart"), Some((4, "lungs")));
        assert_eq!(longest("5-HT2A or über something"), None);
    }

    #[test]
    fn the_same_text_gets_the_same_typo_and_all_kinds_come() {
        let texts: Vec<_> = (0..200).map(|number| format!("question {number}")).collect();
        let mut kinds = [0; 3];
        for text in &texts {
            let wrong = with_typo(text);
            assert_eq!(wrong, with_typo(text));
            let word = wrong.split(' ').next().unwrap();
            assert!(word != "question" && one_slip_apart(word, "question"), "{word}");
            kinds[word.len() - 7] += 1;
        }
        assert!(kinds.iter().all(|count| *count > 20), "{kinds:?}");
    }

    #[test]
    fn a_text_without_a_long_word_stays() {
        assert_eq!(with_typo("do you or I"), "do you or I");
        assert_eq!(with_typo(""), "");
    }
}
