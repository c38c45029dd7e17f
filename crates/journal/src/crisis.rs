//! Words that sound like a crisis. Whoever looks for them in the journal is shown help first, decided on the device and told to
//! nobody. The lists are those of the library's search (`content/search.yaml`), because the same words mean the same here.

use search::Lexicon;

/// What sounds like a crisis, whatever stands around it.
const CRISIS: &[&str] = &[
    "suicide",
    "suicidal",
    "kill myself",
    "killing myself",
    "end my life",
    "ending my life",
    "end it all",
    "take my own life",
    "take my life",
    "want to die",
    "wanna die",
    "want to be dead",
    "wish I was dead",
    "wish I were dead",
    "better off dead",
    "better off without me",
    "don't want to live",
    "dont want to be alive",
    "don't want to be here",
    "do not want to live",
    "no reason to live",
    "nothing to live for",
    "not worth living",
    "no point in living",
    "can't go on",
    "cannot go on",
    "can't take it anymore",
    "hurt myself",
    "hurting myself",
    "harm myself",
    "harming myself",
    "self harm",
    "selfharm",
    "self injury",
    "cut myself",
    "cutting myself",
    "hang myself",
    "shoot myself",
    "jump off a bridge",
    "overdose",
    "overdosed",
    "took too many pills",
    "took too much",
    "kms",
    "unalive",
    "say goodbye to everyone",
    "kill him",
    "kill her",
    "kill them",
    "kill someone",
    "hurt someone",
    "can't breathe",
    "not breathing",
    "stopped breathing",
    "chest pain",
    "someone is dying",
    "being abused",
    "raped",
    "touched me during",
];

/// What contains one of those and is everyday.
const EVERYDAY: &[&str] = &[
    "suicide prevention",
    "suicide rating scale",
    "suicide severity",
    "suicide risk assessment",
    "suicide screening",
    "suicide research",
    "suicide statistics",
    "suicidal ideation study",
    "suicidal thoughts study",
    "effect on suicidal",
    "ketamine for suicidal ideation",
    "trial of suicidal",
    "self harm training",
    "overdose prevention",
    "overdose training",
];

/// Whether a text sounds like a crisis. One other word may stand between the words of a phrase, and a small typing mistake in a
/// long word is heard too.
pub fn sounds_like(text: &str) -> bool {
    let list = |phrases: &[&str]| phrases.iter().copied().map(str::to_owned).collect();
    Lexicon { crisis: list(CRISIS), not_crisis: list(EVERYDAY), ..Lexicon::default() }
        .sounds_like_crisis(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The phrases of one list of the library's file, which has one in quotes on each line.
    fn listed(name: &str) -> Vec<String> {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/search.yaml");
        let file = std::fs::read_to_string(file).unwrap();
        let lines = file.lines().skip_while(|line| *line != format!("{name}:")).skip(1);
        let lines = lines.take_while(|line| line.starts_with(' '));
        lines.map(|line| line.trim().trim_start_matches("- ").trim_matches('"').to_owned()).collect()
    }

    #[test]
    fn the_lists_are_those_of_the_library() {
        assert_eq!(CRISIS, listed("crisis"));
        assert_eq!(EVERYDAY, listed("notCrisis"));
    }

    #[test]
    fn every_phrase_is_heard_and_everyday_ones_are_not() {
        for phrase in CRISIS {
            assert!(sounds_like(&format!("that night {phrase} he said")), "{phrase}");
        }
        for phrase in EVERYDAY {
            assert!(!sounds_like(phrase), "{phrase}");
        }
        for everyday in ["", "water", "I live by the sea", "breathe", "the day he died down there"] {
            assert!(!sounds_like(everyday), "{everyday}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_heard_too() {
        assert!(sounds_like("suicde"));
        assert!(sounds_like("I just want to die"));
    }
}
