//! Syllables of an English word by rule: groups of vowels, less the silent ones, plus those that two vowels in a
//! row make. What the rules get wrong stands in the table beside them, which `examples/syllables.rs` makes from
//! them: after a change here it must be made anew.

/// Syllables of a word in lower-case ASCII letters; 0 for a word without any.
pub(crate) fn by_rule(word: &[u8]) -> usize {
    // A silent e stays silent before these endings: "safe-ly", "hope-ful", "move-ment".
    for (ending, more) in
        [("fully", 2), ("ly", 1), ("ful", 1), ("less", 1), ("ness", 1), ("ments", 1), ("ment", 1)]
    {
        if let Some(stem) = word.strip_suffix(ending.as_bytes())
            && stem.len() > 2
            && stem.ends_with(b"e")
            && !stem.ends_with(b"le")
        {
            return by_rule(stem) + more;
        }
    }
    // "ba-sic-ly" is heard, whatever is written.
    if word.ends_with(b"ically") {
        return by_rule(&word[..word.len() - 4]) + 1;
    }
    let mut count = 0;
    for at in 0..word.len() {
        if is_vowel(word, at) {
            let follows = at > 0 && is_vowel(word, at - 1);
            count += usize::from(!follows || is_break(word, at));
        }
    }
    count -= usize::from(count > 1 && is_last_silent(word));
    // "prism", "rhythm": a syllable without a vowel.
    let humming = ends(word, &["sm", "thm", "sms", "thms"]);
    (count + usize::from(humming)).max(usize::from(!word.is_empty()))
}

fn is_vowel(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'y' => at > 0 && !(word.get(at + 1).is_some_and(|&next| vowel(next)) && vowel(word[at - 1])),
        letter => vowel(letter),
    }
}

fn vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether the vowel at a place is spoken apart from the vowel before it.
fn is_break(word: &[u8], at: usize) -> bool {
    let starts = |with: &str| word[at..].starts_with(with.as_bytes());
    let earlier = at.checked_sub(2).map(|earlier| word[earlier]);
    match (word[at - 1], word[at]) {
        // "do-ing", "try-ing", "be-ing", but not "rein" or "coin".
        (_, b'i') if at >= 2 && (starts("ing") || starts("ism") || starts("ist")) => true,
        // "na-tion", "spe-cial", "re-gion" are one; "med-i-a", "pe-ri-od", "ra-di-o" are two.
        (b'i', b'a' | b'o' | b'u') => {
            let soft = matches!(earlier, Some(b't' | b'c' | b's' | b'g' | b'x')) && at + 1 < word.len();
            !soft || starts("ate") || starts("ati")
        }
        (b'i', b'e') => {
            starts("et") && !starts("eth")
                || starts("ence")
                // "happi-er", but not "frontier" or "chief".
                || matches!(&word[at..], b"er" | b"ers" | b"est") && !matches!(earlier, Some(b't'))
                || starts("ent") && !matches!(earlier, Some(b'c' | b't'))
        }
        (b'e', b'o') => earlier.is_some() && !starts("op") && !matches!(earlier, Some(b'g')),
        (b'u', b'a') => !matches!(earlier, Some(b'q' | b'g') | None),
        (b'u', b'o' | b'u') => true,
        (b'y', b'i' | b'a' | b'o') => true,
        (b'a', b'o') => true,
        (b'e', b'a') => starts("ate") || starts("act"),
        (b'o', b'e') => starts("ex") || starts("em"),
        _ => false,
    }
}

/// Whether the ending's vowel is not spoken.
fn is_last_silent(word: &[u8]) -> bool {
    let length = word.len();
    let consonant = |back: usize| {
        length > back && !matches!(word[length - 1 - back], b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
    };
    if word.ends_with(b"le") {
        // "ta-ble" is spoken, "whale" is not; the vowel before l makes the difference.
        !consonant(2)
    } else if word.ends_with(b"les") {
        !consonant(3)
    } else if word.ends_with(b"e") {
        consonant(1) || ends(word, &["gue", "que"])
    } else if word.ends_with(b"es") {
        consonant(2) && !ends(word, &["ses", "xes", "zes", "ces", "ges", "ches", "shes"])
    } else if word.ends_with(b"ed") {
        // "bat-tled" is spoken as "bat-tle" is.
        let syllabic = word.ends_with(b"led") && consonant(3) && !ends(word, &["lled", "rled", "wled"]);
        consonant(2) && !syllabic && !ends(word, &["ted", "ded"])
    } else {
        false
    }
}

fn ends(word: &[u8], endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending.as_bytes()))
}
