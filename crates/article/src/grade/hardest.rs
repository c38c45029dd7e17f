//! The sentences and words that make a text hard: where to start when a grade is too high.

use std::{cmp::Reverse, collections::HashMap};

use super::{formula, is_for, prose::Passage, sentences, syllables};
use crate::{
    front, markdown, outline,
    source::{File, Report},
    vocabulary::Vocabulary,
};

/// A sentence of fewer words is not called hard, whatever its words.
const FEWEST: usize = 8;
/// A word of fewer syllables is not called hard.
const FEWEST_SYLLABLES: usize = 3;

/// What is hard in one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hardest {
    /// Sentences and fragments of at least 8 words, hardest first.
    pub sentences: Vec<Sentence>,
    /// Words of at least 3 syllables, by their syllables times how often they stand there.
    pub words: Vec<Word>,
}

/// A sentence with the grade that it would have alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Line, from 1, in which it starts.
    pub line: usize,
    /// The grade that a text of nothing but this sentence would have.
    pub grade: f32,
    /// How many words it has.
    pub words: usize,
    /// The sentence, without markup.
    pub text: String,
}

/// A word with the times that it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case, unless it is written in capitals.
    pub word: String,
    /// How many syllables it is counted for.
    pub syllables: usize,
    /// How often it stands there.
    pub times: usize,
    /// Line, from 1, in which it first stands.
    pub line: usize,
}

/// The hardest sentences and words of a file, all of them; none of a file in
/// another language than English. Names of terms, references and other files
/// are not looked up, as in [`parse`](crate::parse).
pub fn hardest(source: &str, path: &str) -> Hardest {
    let file = File::new(path, source);
    let mut report = Report::new(&file);
    let split = front::split(&file, &mut report);
    let vocabulary = Vocabulary::unchecked();
    let front = front::read(&split, &vocabulary, &mut report);
    if front.meta.is_some_and(|meta| !is_for(&meta.lang)) {
        return Hardest::default();
    }
    let body = markdown::read(split.body, &vocabulary, &mut report);
    let outline = outline::outline(body.nodes, None, &mut report);

    let mut found = Hardest::default();
    let mut words: HashMap<String, Word> = HashMap::new();
    let mut buffer = Vec::new();
    for passage in outline.besides.iter().chain(outline.prose.iter().flatten()) {
        let start = file.line_of(passage.start) + 1;
        let line_of = |part: &str| start + lines_before(passage, part);
        sentences::cut(passage, &mut buffer, |stretch| {
            if stretch.words >= FEWEST {
                let count = stretch.words as f32;
                let grade = formula(count, stretch.syllables as f32 / count);
                let text = stretch.text.split_whitespace().collect::<Vec<_>>().join(" ");
                found.sentences.push(Sentence {
                    line: line_of(stretch.text),
                    grade,
                    words: stretch.words,
                    text,
                });
            }
        });
        for part in passage.text.split([' ', '\n', '\t', '\u{a0}', '—']) {
            let syllables = syllables::of_word(part, &mut buffer);
            let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
            if syllables < FEWEST_SYLLABLES || !bare.chars().any(char::is_alphabetic) {
                continue;
            }
            let capitals = bare.chars().all(|c| !c.is_lowercase());
            let word = if capitals { bare.to_owned() } else { bare.to_lowercase() };
            let first = || Word { word: word.clone(), syllables, times: 0, line: line_of(part) };
            words.entry(word.clone()).or_insert_with(first).times += 1;
        }
    }
    found.sentences.sort_by(|one, other| other.grade.total_cmp(&one.grade).then(one.line.cmp(&other.line)));
    found.words = words.into_values().collect();
    found.words.sort_by(|one, other| {
        (Reverse(one.weight()), &one.word).cmp(&(Reverse(other.weight()), &other.word))
    });
    found
}

impl Word {
    /// Syllables times how often the word stands there.
    pub fn weight(&self) -> usize {
        self.syllables * self.times
    }
}

/// Line breaks of a passage before a part of it.
fn lines_before(passage: &Passage, part: &str) -> usize {
    let before = (part.as_ptr() as usize).saturating_sub(passage.text.as_ptr() as usize);
    passage.text.bytes().take(before).filter(|&byte| byte == b'\n').count()
}
