//! How far two words are apart.

/// Whether `one` becomes `other` by at most `most` steps: a letter put in, left out or replaced, or two neighbours
/// swapped, which counts one (optimal string alignment).
pub(crate) fn within(one: &str, other: &str, most: usize) -> bool {
    distance(one, other, most).is_some()
}

/// How many steps lie between two words, if at most `most`.
pub(crate) fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if one.is_ascii() && other.is_ascii() {
        steps(one.as_bytes(), other.as_bytes(), most)
    } else {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        steps(&one, &other, most)
    }
}

fn steps<T: PartialEq>(one: &[T], other: &[T], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let width = other.len() + 1;
    let (mut before, mut row, mut next) = (vec![0; width], (0..width).collect::<Vec<_>>(), vec![0; width]);
    for (i, a) in one.iter().enumerate() {
        next[0] = i + 1;
        let mut least = next[0];
        for (j, b) in other.iter().enumerate() {
            let mut best = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            next[j + 1] = best;
            least = least.min(best);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before, &mut row);
        std::mem::swap(&mut row, &mut next);
    }
    Some(row[other.len()]).filter(|&steps| steps <= most)
}

/// Which letters a word has, as bits: those from a to z each their own, all others share one. Two words that are `n` steps
/// apart differ in at most `2 * n` bits, so most pairs need not be measured.
pub(crate) fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| bits | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 31 })
}

/// Whether words with these letters can be at most this many steps apart.
pub(crate) fn may_be_within(one: u32, other: u32, most: usize) -> bool {
    (one ^ other).count_ones() as usize <= 2 * most
}

/// How many steps a mistyped word of this many letters may be away from what was meant.
pub(crate) fn allowance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// How alike two words are by their pairs of letters (Dice), 0 to 1. Finds the nearest where no few steps lead.
pub(crate) fn likeness(one: &str, other: &str) -> f32 {
    let pairs = |word: &str| word.as_bytes().windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>();
    let (one, mut other) = (pairs(one), pairs(other));
    let all = one.len() + other.len();
    let mut shared = 0;
    for pair in one {
        if let Some(at) = other.iter().position(|&same| same == pair) {
            other.swap_remove(at);
            shared += 2;
        }
    }
    if all == 0 { 0.0 } else { shared as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_counts_one_and_so_does_a_swap() {
        assert_eq!(distance("anxeity", "anxiety", 2), Some(1));
        assert_eq!(distance("ketmine", "ketamine", 2), Some(1));
        assert_eq!(distance("theripist", "therapist", 2), Some(1));
        assert_eq!(distance("disociatoin", "dissociation", 2), Some(2));
        assert_eq!(distance("same", "same", 0), Some(0));
        assert_eq!(distance("", "ab", 2), Some(2));
    }

    #[test]
    fn what_is_further_apart_than_asked_for_is_not_measured() {
        assert_eq!(distance("sleep", "anger", 2), None);
        assert!(!within("cat", "category", 2));
        assert!(within("größe", "grösse", 2));
    }

    #[test]
    fn words_that_are_near_have_nearly_the_same_letters() {
        for (one, other) in
            [("anxeity", "anxiety"), ("ketmine", "ketamine"), ("theripist", "therapist"), ("5ht", "5hta")]
        {
            assert!(may_be_within(letters(one), letters(other), 1), "{one} {other}");
        }
        assert!(!may_be_within(letters("sleep"), letters("anger"), 1));
    }

    #[test]
    fn likeness_is_one_for_the_same_word_and_nothing_for_strangers() {
        assert!((likeness("night", "night") - 1.0).abs() < f32::EPSILON);
        assert!(likeness("night", "nacht") > 0.2);
        assert!(likeness("abc", "xyz") < f32::EPSILON);
    }
}
