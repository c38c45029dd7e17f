//! A mark of the rules: eight hex digits that change when the rules count otherwise. The table of exceptions carries
//! the mark of the rules that it was made for.

use super::rules::by_rule;

/// What the rules look at around a run of letters.
const AROUND: [(&str, &str); 29] = [
    ("", ""),
    ("b", ""),
    ("be", ""),
    ("", "e"),
    ("", "es"),
    ("", "ed"),
    ("", "le"),
    ("", "les"),
    ("t", "led"),
    ("", "er"),
    ("", "est"),
    ("", "ing"),
    ("", "ism"),
    ("", "ly"),
    ("", "ically"),
    ("", "efully"),
    ("", "eless"),
    ("", "ement"),
    ("b", "tion"),
    ("b", "ience"),
    ("", "iate"),
    ("", "ments"),
    ("", "ely"),
    ("", "eful"),
    ("", "eness"),
    ("", "sm"),
    ("", "sms"),
    ("", "thm"),
    ("", "thms"),
];

/// The counts of all runs of three letters, alone and within beginnings and endings that the rules know.
pub(crate) fn of_rules() -> String {
    let letters = || b'a'..=b'z';
    // FNV-1a.
    let mut hash: u32 = 0x811c_9dc5;
    for (before, after) in AROUND {
        for (one, two, three) in letters()
            .flat_map(|one| letters().flat_map(move |two| letters().map(move |three| (one, two, three))))
        {
            let word = [before.as_bytes(), &[one, two, three], after.as_bytes()].concat();
            hash = (hash ^ u32::try_from(by_rule(&word)).unwrap_or(u32::MAX)).wrapping_mul(0x0100_0193);
        }
    }
    format!("{hash:08x}")
}
