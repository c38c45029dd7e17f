//! How hard a passphrase is to guess, estimated for somebody who has the device's disk and all the time in the world.
//!
//! Counts bits: the cheapest way in which a guesser who knows people's habits could have put it together from common words,
//! dates, runs of the keyboard, repetitions, words of a language and, last, single characters. It errs on the low side: a word of
//! which it has never heard counts as a word.

use std::ops::Range;

/// What people choose most, without the numbers and signs around it, commonest first.
const COMMON: &str = "password passwort 123456 qwerty letmein welcome admin iloveyou monkey dragon football baseball \
    abc123 master login princess sunshine shadow superman batman trustno1 hello freedom whatever starwars \
    michael jennifer jordan hunter thomas robert daniel andrew joshua george charlie matthew jessica ashley \
    michelle nicole hannah amanda samantha maggie ginger pepper buster soccer hockey killer summer winter \
    spring autumn monday friday january february march april august september october november december \
    secret access mustang corvette ferrari mercedes porsche computer internet google facebook samsung apple \
    chocolate cookie banana orange purple yellow silver golden flower butterfly angel heaven jesus christ \
    family mother father sister brother daughter friend forever lovely loveme iloveu kisses sweet honey \
    baby babygirl liverpool chelsea arsenal barcelona juventus london paris berlin newyork america canada \
    england scotland ireland germany france australia pokemon naruto minecraft matrix gandalf merlin tigger \
    snoopy mickey donald disney spider ranger eagle falcon tiger lion wolf cowboy yankees lakers steelers \
    cheese coffee whiskey guitar music dance rocket thunder phoenix diamond crystal passion destiny justice \
    victory winner champion lucky happy smile peace changeme default guest test temp user root journal diary \
    notes private mine health doorway door therapy ketamine healing clinic doctor anxiety session";
/// Rows of a keyboard, and the alphabet, along which fingers run.
const ROWS: [&str; 7] = [
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
];
/// Bits of a word of a language that is not among the commonest: one of 8,000.
const WORD: f64 = 13.0;
/// The longest that one word is; what is longer is several, written together.
const LONGEST_WORD: usize = 10;
/// No more characters than this are looked at: the rest can only make it stronger.
const LOOKED_AT: usize = 100;

/// What a passphrase would stand against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Hours, for somebody with the device; less for somebody who knows the keeper.
    Weak,
    /// People around; not a strong computer.
    Some,
    /// Strong computers, for years.
    Good,
    /// Anybody who is known to try.
    Strong,
}

impl Strength {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Weak => {
                "Easy to guess. Somebody with your device could find it in hours, somebody who knows you perhaps sooner."
            }
            Self::Some => {
                "Stands against people around you. Somebody with your device and a strong computer could find it in weeks."
            }
            Self::Good => "Stands for years against somebody with your device and strong computers.",
            Self::Strong => "Stands against anybody who is known to try, for longer than a lifetime.",
        }
    }
}

/// Estimates it. A guess costs the vault's Argon2id: about a thousand a second for one strong computer, a million for a hall
/// of them.
pub fn estimate(passphrase: &str) -> Strength {
    match bits(passphrase) {
        bits if bits < 24.0 => Strength::Weak,
        bits if bits < 40.0 => Strength::Some,
        bits if bits < 56.0 => Strength::Good,
        _ => Strength::Strong,
    }
}

/// The bits of the cheapest way to put it together.
fn bits(passphrase: &str) -> f64 {
    let typed: Vec<char> = passphrase.chars().take(LOOKED_AT).collect();
    let plain: Vec<char> = typed.iter().map(|&letter| plain(letter)).collect();
    // The cheapest way up to each character.
    let mut best = vec![0.0];
    for end in 1..=typed.len() {
        let cheapest =
            (0..end).map(|start| best[start] + piece(&typed, &plain, start..end)).fold(f64::MAX, f64::min);
        best.push(cheapest);
    }
    // Said again, a phrase is hardly harder to guess.
    let again = (1..=typed.len() / 2).find(|&length| {
        typed.len().is_multiple_of(length)
            && plain.iter().zip(&plain[length..]).all(|(one, next)| one == next)
    });
    match again {
        Some(length) => best[length].min(best[typed.len()]) + ((typed.len() / length) as f64).log2(),
        None => best[typed.len()],
    }
}

/// What a piece costs if it is one thing; the largest number if it is not.
fn piece(typed: &[char], plain: &[char], at: Range<usize>) -> f64 {
    let (typed, plain) = (&typed[at.clone()], &plain[at.clone()]);
    let length = at.len();
    let mut cost = f64::MAX;
    if let [letter] = typed {
        return if *letter == ' ' { 1.0 } else { single(*letter) };
    }
    let shapes = changes(typed, plain);
    if length <= LONGEST_WORD
        && let Some(rank) = common(plain)
    {
        cost = cost.min((rank as f64 + 1.0).log2() + shapes);
    }
    if length >= 3 && plain.iter().all(|letter| *letter == plain[0]) {
        cost = cost.min(single(typed[0]) + (length as f64).log2());
    }
    if length >= 3 && ROWS.iter().any(|row| runs(row, plain)) {
        cost = cost.min(6.0 + (length as f64).log2() + shapes);
    }
    if typed.iter().all(char::is_ascii_digit) {
        cost = cost.min(date(typed));
    }
    if length <= LONGEST_WORD && is_like_a_word(typed) {
        let single_letters = typed.iter().map(|letter| single(*letter)).sum::<f64>();
        cost = cost.min(single_letters.min(WORD + if typed[0].is_uppercase() { 1.0 } else { 0.0 }));
    }
    cost
}

/// The letter that a sign or a capital stands for.
fn plain(letter: char) -> char {
    match letter {
        '@' | '4' => 'a',
        '3' => 'e',
        '1' | '!' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' => 't',
        letter => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// Bits of capitals and of signs in place of letters.
fn changes(typed: &[char], plain: &[char]) -> f64 {
    let changed = typed.iter().zip(plain).filter(|(typed, plain)| typed != plain).count();
    if changed == 0 { 0.0 } else { 1.0 + changed as f64 }
}

/// The place of a common choice.
fn common(plain: &[char]) -> Option<usize> {
    let fits =
        |word: &str| word.len() == plain.len() && word.chars().map(self::plain).eq(plain.iter().copied());
    COMMON.split_whitespace().position(fits)
}

/// Whether it runs along a row, either way.
fn runs(row: &str, letters: &[char]) -> bool {
    let row: Vec<char> = row.chars().map(plain).collect();
    let found = |letters: &[char]| row.windows(letters.len()).any(|run| run == letters);
    found(letters) || found(&letters.iter().rev().copied().collect::<Vec<_>>())
}

/// Bits of digits that may be a year or a day.
fn date(digits: &[char]) -> f64 {
    let number =
        digits.iter().fold(0_u64, |number, digit| number.saturating_mul(10) + u64::from(*digit as u8 - b'0'));
    match digits.len() {
        4 if (1900..2040).contains(&number) => 7.0,
        // A day, a month and a year, in any order and with or without the century.
        6 | 8 => 16.0,
        // A day and a month.
        4 => 10.0,
        _ => f64::MAX,
    }
}

/// Whether it could be a word of a language, or several written together: small letters, vowels among them, no long heap of
/// consonants.
fn is_like_a_word(letters: &[char]) -> bool {
    let small = letters
        .iter()
        .enumerate()
        .all(|(at, letter)| letter.is_lowercase() || (at == 0 && letter.is_uppercase()));
    let is_vowel = |letter: &char| "aeiouyäöüáéíóúàèìòùâêîôûåøæ".contains(*letter) || !letter.is_ascii();
    let heaps = letters
        .split(|letter| is_vowel(&letter.to_lowercase().next().unwrap_or(*letter)))
        .map(<[char]>::len)
        .max();
    letters.len() >= 2 && small && heaps.unwrap_or_default() <= 4
}

/// Bits of a character by itself.
fn single(letter: char) -> f64 {
    match letter {
        '0'..='9' => 3.3,
        'a'..='z' | 'A'..='Z' => 5.2,
        letter if letter.is_ascii() => 6.0,
        _ => 6.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_chooses_is_weak() {
        for choice in [
            "",
            "a",
            "password",
            "Password1",
            "P@ssw0rd!",
            "qwertyuiop",
            "12345678901234",
            "aaaaaaaaaaaaaaaaaaaa",
            "abcdefghijkl",
            "summer2019",
            "19870412",
            "04121987!",
            "letmeinletmein",
            "michael1990",
            "hannah",
            "Doorway2026",
            "zyxwvuts",
            "asdfghjkl;",
        ] {
            assert_eq!(estimate(choice), Strength::Weak, "{choice} has {} bits", bits(choice));
        }
    }

    #[test]
    fn a_word_or_two_stand_against_people_and_not_against_computers() {
        for choice in ["tangerine kettle", "Umbrella-window7", "correct horse", "purpleelephant88"] {
            assert_eq!(estimate(choice), Strength::Some, "{choice} has {} bits", bits(choice));
        }
    }

    #[test]
    fn four_words_are_good_and_six_are_strong() {
        assert_eq!(estimate("correct horse battery staple"), Strength::Good);
        assert_eq!(
            estimate("correcthorsebatterystaple"),
            Strength::Some,
            "written together they could be three words"
        );
        assert_eq!(estimate("orbit lemon wagon crucial topic vivid"), Strength::Strong);
        assert_eq!(estimate("ich gehe morgens gern am Fluss entlang"), Strength::Strong);
    }

    #[test]
    fn what_a_password_manager_makes_is_strong() {
        for choice in ["kV9#xQ2m!Lw7Tz", "8f3k-qx7p-22dn-w9zt-b4", "xkqjzvwpbgthrnmlcd"] {
            assert_eq!(estimate(choice), Strength::Strong, "{choice} has {} bits", bits(choice));
        }
    }

    #[test]
    fn saying_it_again_makes_it_hardly_harder() {
        assert_eq!(estimate("tangerinetangerinetangerine"), estimate("tangerine"));
        assert!(bits("banjobanjobanjobanjo") < 20.0);
    }

    #[test]
    fn a_long_text_of_common_words_is_strong() {
        let long = "the quick brown fox jumps over the lazy dog and then sits down by the river ".repeat(9);
        assert_eq!(estimate(&long), Strength::Strong);
    }
}
