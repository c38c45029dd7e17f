//! The recovery phrase: 256 random bits as 24 words of BIP39's English list, the last of them partly a checksum.

use bip39::{Language, Mnemonic};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::error::Error;
use crate::secret::Secret;

/// How many words there are.
pub const PHRASE_WORDS: usize = 24;
/// The longest text that is looked at for words, in bytes.
const MAX_TEXT: usize = 1024;

/// A recovery phrase. Wiped on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryPhrase(Secret);

impl RecoveryPhrase {
    /// A new one.
    ///
    /// # Errors
    /// `Randomness` if the platform gives none.
    pub fn create(rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        Secret::random(rng).map(Self)
    }

    /// From what a person typed: any case, any spaces, and each word by its first four letters or more, which are enough to
    /// tell the words of the list apart.
    ///
    /// # Errors
    /// `Phrase` unless there are 24 words of the list and the checksum fits.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_TEXT {
            return Err(Error::Phrase);
        }
        let mut whole = Zeroizing::new(String::with_capacity(PHRASE_WORDS * 9));
        let lower = Zeroizing::new(text.to_ascii_lowercase());
        let mut count = 0;
        for word in lower.split_whitespace() {
            count += 1;
            if count > PHRASE_WORDS {
                return Err(Error::Phrase);
            }
            whole.push_str(Self::word(word).ok_or(Error::Phrase)?);
            whole.push(' ');
        }
        let mut words =
            Mnemonic::parse_in_normalized(Language::English, &whole).map_err(|_| Error::Phrase)?;
        let mut entropy = words.to_entropy_array();
        words.zeroize();
        let secret = Secret::copied(&entropy.0[..entropy.1]);
        entropy.0.zeroize();
        secret.map(Self).ok_or(Error::Phrase)
    }

    /// The word of the list that is meant.
    fn word(typed: &str) -> Option<&'static str> {
        let list = Language::English.word_list();
        if let Some(index) = Language::English.find_word(typed) {
            return Some(list[usize::from(index)]);
        }
        let mut meant = list.iter().filter(|word| typed.len() >= 4 && word.starts_with(typed));
        meant.next().filter(|_| meant.next().is_none()).copied()
    }

    /// Whether a word as it was typed is one of the list: whole, or by its first four letters or more.
    pub fn knows(typed: &str) -> bool {
        Self::word(typed).is_some()
    }

    /// The words of the list that begin so, in their order: to offer an ending while somebody types.
    pub fn words_from(beginning: &str) -> Vec<&'static str> {
        Language::English.words_by_prefix_iter(beginning).collect()
    }

    /// The words in their order, to be written down. Where they are shown is the caller's to wipe.
    pub fn words(&self) -> [&'static str; PHRASE_WORDS] {
        let mut phrase =
            Mnemonic::from_entropy_in(Language::English, self.0.expose()).expect("32 bytes are 24 words");
        let mut words = [""; PHRASE_WORDS];
        words.iter_mut().zip(phrase.words()).for_each(|(to, word)| *to = word);
        phrase.zeroize();
        words
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }
}

impl std::fmt::Debug for RecoveryPhrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryPhrase(…)")
    }
}

/// The first 66 bits as six words, 11 bits each, the first bit first.
pub(crate) fn six_words(bytes: &[u8; 32]) -> [&'static str; 6] {
    std::array::from_fn(|word| {
        let index = (word * 11..word * 11 + 11)
            .fold(0, |index, bit| index << 1 | usize::from(bytes[bit / 8] >> (7 - bit % 8) & 1));
        Language::English.word_list()[index]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Chance;

    #[test]
    fn the_words_that_were_written_down_are_the_phrase() {
        let phrase = RecoveryPhrase::create(&mut Chance::new("phrase")).unwrap();
        let words = phrase.words();
        assert_eq!(RecoveryPhrase::parse(&words.join(" ")), Ok(phrase.clone()));
        assert_eq!(RecoveryPhrase::parse(&words.join("\n  ").to_uppercase()), Ok(phrase.clone()));
        let short: Vec<_> = words.iter().map(|word| &word[..word.len().min(4)]).collect();
        assert_eq!(RecoveryPhrase::parse(&short.join(" ")), Ok(phrase.clone()));
        assert_eq!(format!("{phrase:?}"), "RecoveryPhrase(…)");
    }

    #[test]
    fn the_published_vector_of_the_list_is_read() {
        let zeros = format!("{}art", "abandon ".repeat(23));
        assert_eq!(RecoveryPhrase::parse(&zeros).unwrap().secret().expose(), &[0; 32]);
        let ones = format!("{}vote", "zoo ".repeat(23));
        assert_eq!(RecoveryPhrase::parse(&ones).unwrap().secret().expose(), &[255; 32]);
    }

    #[test]
    fn a_word_that_is_wrong_missing_or_too_many_is_noticed() {
        let words = RecoveryPhrase::create(&mut Chance::new("phrase")).unwrap().words();
        assert_eq!(RecoveryPhrase::parse(&words[..23].join(" ")), Err(Error::Phrase));
        assert_eq!(RecoveryPhrase::parse(&words[..12].join(" ")), Err(Error::Phrase));
        assert_eq!(RecoveryPhrase::parse(&(words.join(" ") + " art")), Err(Error::Phrase));
        assert_eq!(RecoveryPhrase::parse(""), Err(Error::Phrase));
        assert_eq!(RecoveryPhrase::parse(&"a ".repeat(9999)), Err(Error::Phrase));
        let mut other = words;
        other[3] = "doorway";
        assert_eq!(RecoveryPhrase::parse(&other.join(" ")), Err(Error::Phrase));
        // A checksum of 8 bits: of the 2047 other words in one place about 8 pass, and are then another secret.
        let passing = Language::English.word_list().iter().filter(|word| {
            let mut other = words;
            other[3] = word;
            RecoveryPhrase::parse(&other.join(" ")).is_ok()
        });
        assert!((1..30).contains(&passing.count()));
    }

    #[test]
    fn a_word_that_is_being_typed_is_known_by_its_beginning() {
        assert!(RecoveryPhrase::knows("abandon") && RecoveryPhrase::knows("aban"));
        assert!(!RecoveryPhrase::knows("aba") && !RecoveryPhrase::knows("doorway"));
        assert_eq!(RecoveryPhrase::words_from("zo"), ["zone", "zoo"]);
        assert!(RecoveryPhrase::words_from("x").is_empty());
    }

    #[test]
    fn six_words_are_the_first_66_bits() {
        assert_eq!(six_words(&[0; 32]), ["abandon"; 6]);
        assert_eq!(six_words(&[255; 32]), ["zoo"; 6]);
        let mut bytes = [0; 32];
        bytes[1] = 0b0010_0000;
        bytes[8] = 0b0100_0000;
        assert_eq!(six_words(&bytes)[0], "ability");
        assert_eq!(six_words(&bytes)[5], "ability");
    }
}
