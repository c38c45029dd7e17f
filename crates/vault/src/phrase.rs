//! The recovery phrase: 256 random bits as 24 words of BIP39's English list, the last of them partly a checksum.

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;

/// How many words there are.
pub const PHRASE_WORDS: usize = 24;
/// The English list of BIP39, a word a line.
const LIST: &str = include_str!("words.txt");
/// The bytes of a phrase: the secret, and its checksum.
const BITS: usize = 33;
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
        let lower = Zeroizing::new(text.to_ascii_lowercase());
        let mut bits = Zeroizing::new([0; BITS]);
        let mut count = 0;
        for word in lower.split_whitespace() {
            if count == PHRASE_WORDS {
                return Err(Error::Phrase);
            }
            put_word(&mut *bits, count, place(word).ok_or(Error::Phrase)?);
            count += 1;
        }
        let (secret, _) = bits.split_first_chunk::<32>().expect("33 bytes hold 32");
        let right = count == PHRASE_WORDS && bits[32] == checksum(secret);
        if right { Ok(Self(Secret::from_bytes(*secret))) } else { Err(Error::Phrase) }
    }

    /// Whether a word as it was typed is one of the list: whole, or by its first four letters or more.
    pub fn knows(typed: &str) -> bool {
        place(typed).is_some()
    }

    /// The words of the list that begin so, in their order: to offer an ending while somebody types.
    pub fn words_from(beginning: &str) -> Vec<&'static str> {
        LIST.lines().filter(|word| word.starts_with(beginning)).collect()
    }

    /// The words in their order, to be written down. Where they are shown is the caller's to wipe.
    pub fn words(&self) -> [&'static str; PHRASE_WORDS] {
        let mut bits = Zeroizing::new([checksum(self.0.expose()); BITS]);
        bits[..32].copy_from_slice(self.0.expose());
        std::array::from_fn(|at| word(&*bits, at))
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

/// The first 66 bits as six words.
pub(crate) fn six_words(bytes: &[u8; 32]) -> [&'static str; 6] {
    std::array::from_fn(|at| word(bytes, at))
}

/// What the last word says beside its three bits: the first byte of the SHA-256 of the others.
fn checksum(secret: &[u8; 32]) -> u8 {
    Sha256::digest(secret)[0]
}

/// The bits of a word, the highest first, by the byte and the bit in which each stands.
fn places(at: usize) -> impl Iterator<Item = (usize, u8)> {
    (at * 11..at * 11 + 11).map(|bit| (bit / 8, 0x80 >> (bit % 8)))
}

/// The word of the list that eleven bits name.
fn word(bits: &[u8], at: usize) -> &'static str {
    let number = places(at).fold(0, |number, (byte, bit)| number << 1 | usize::from(bits[byte] & bit != 0));
    LIST.lines().nth(number).expect("eleven bits name one of 2048 words")
}

/// Writes the number of a word into its eleven bits, which are 0.
fn put_word(bits: &mut [u8], at: usize, number: usize) {
    for (shift, (byte, bit)) in (0..11).rev().zip(places(at)) {
        if number >> shift & 1 == 1 {
            bits[byte] |= bit;
        }
    }
}

/// The number of the word that is meant: the word itself, or the only one that begins so.
fn place(typed: &str) -> Option<usize> {
    if let Some(number) = LIST.lines().position(|word| word == typed) {
        return Some(number);
    }
    let mut meant = LIST.lines().enumerate().filter(|(_, word)| typed.len() >= 4 && word.starts_with(typed));
    let (number, _) = meant.next()?;
    meant.next().is_none().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Chance;
    use bip39::{Language, Mnemonic};

    #[test]
    fn the_list_and_the_phrases_are_those_of_bip39() {
        assert!(LIST.lines().eq(Language::English.word_list().iter().copied()));
        let mut chance = Chance::new("many phrases");
        for _ in 0..200 {
            let phrase = RecoveryPhrase::create(&mut chance).unwrap();
            let theirs = Mnemonic::from_entropy_in(Language::English, phrase.secret().expose()).unwrap();
            assert!(theirs.words().eq(phrase.words()));
            assert_eq!(RecoveryPhrase::parse(&theirs.to_string()), Ok(phrase));
        }
    }

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
