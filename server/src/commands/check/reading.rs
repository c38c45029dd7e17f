//! What `doorway check` tells of reading grades: the median, the hardest section of articles above a limit, and on
//! request the hardest sentences and words with their places.

use std::{cmp::Reverse, collections::HashMap, fmt::Write as _, io, path::Path};

use article::{
    Article, Library,
    grade::{self, ARTICLE_LIMIT, MEDIAN_LIMIT, SECTION_LIMIT},
};
use rayon::prelude::*;
use serde::Serialize;

use crate::library::folder;

/// A section with its grade.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub anchor: String,
    pub title: String,
    pub grade: f32,
}

/// The hardest sentences and words of a folder.
#[derive(Debug, Default, Serialize)]
pub(super) struct Hardest {
    sentences: Vec<Sentence>,
    words: Vec<Word>,
}

#[derive(Debug, Serialize)]
struct Sentence {
    path: String,
    line: usize,
    /// The grade that a text of nothing but this sentence would have, to one decimal.
    grade: f32,
    words: usize,
    text: String,
}

#[derive(Debug, Serialize)]
struct Word {
    word: String,
    syllables: usize,
    times: usize,
    /// Where it first stands.
    path: String,
    line: usize,
}

/// The sections that have a grade, in the order of the article.
pub(super) fn sections(article: &Article) -> Vec<Section> {
    let sections = article.sections.iter();
    sections
        .filter_map(|one| {
            let (anchor, title) = (one.anchor.to_string(), one.title.clone());
            Some(Section { anchor, title, grade: one.grade? })
        })
        .collect()
}

/// The hardest section of an article that is above a limit, or has a section above it.
pub(super) fn hardest_section(grade: Option<f32>, sections: &[Section]) -> Option<&Section> {
    let hardest = sections.iter().max_by(|one, other| one.grade.total_cmp(&other.grade))?;
    (grade.is_some_and(|grade| grade > ARTICLE_LIMIT) || hardest.grade > SECTION_LIMIT).then_some(hardest)
}

/// The median of what readers see.
pub(super) fn median(library: &Library) -> Option<f32> {
    grade::median(library.articles().iter().map(|published| &published.article))
}

/// The median as a line, and whether it is above its limit.
pub(super) fn median_line(median: f32) -> String {
    let too_hard = if median > MEDIAN_LIMIT { "warning: " } else { "" };
    format!("{too_hard}the median reading grade is {median:.1}; the aim is {MEDIAN_LIMIT} or below")
}

impl Hardest {
    /// Reads the articles of a folder once more, drafts included, and takes the `most` hardest sentences and words.
    pub fn of(dir: &Path, most: usize) -> io::Result<Self> {
        let sources = folder::read(&folder::list(dir)?).sources;
        let found: Vec<(String, grade::Hardest)> = sources
            .articles
            .into_par_iter()
            .map(|(path, text)| {
                let hardest = grade::hardest(&text, &path);
                (path, hardest)
            })
            .collect();
        let mut all = Self::default();
        let mut words: HashMap<String, Word> = HashMap::new();
        for (path, found) in found {
            for grade::Sentence { line, grade, words, text, .. } in found.sentences.into_iter().take(most) {
                let grade = (grade * 10.0).round() / 10.0;
                all.sentences.push(Sentence { path: path.clone(), line, grade, words, text });
            }
            for grade::Word { word, syllables, times, line, .. } in found.words {
                let first = || Word { word: word.clone(), syllables, times: 0, path: path.clone(), line };
                words.entry(word.clone()).or_insert_with(first).times += times;
            }
        }
        all.words = words.into_values().collect();
        all.sentences.sort_by(|one, other| other.grade.total_cmp(&one.grade));
        let weight = |word: &Word| Reverse(word.syllables * word.times);
        all.words.sort_by(|one, other| (weight(one), &one.word).cmp(&(weight(other), &other.word)));
        all.sentences.truncate(most);
        all.words.truncate(most);
        Ok(all)
    }

    pub fn human(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        if !self.sentences.is_empty() {
            text.push_str("the hardest sentences, with the grade that each would have alone\n");
        }
        for Sentence { path, line, grade, words, text: sentence } in &self.sentences {
            let _ = writeln!(text, "{grade:>5.1}  {words:>3} words  {path}:{line}\n       {sentence}");
        }
        if !self.words.is_empty() {
            text.push_str("\nthe hardest words: syllables, times, where first\n");
        }
        for Word { word, syllables, times, path, line } in &self.words {
            let _ = writeln!(text, "{syllables:>5}  {times:>5}  {word}  {path}:{line}");
        }
        text
    }
}
