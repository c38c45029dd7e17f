//! How many years of school a text asks of its reader: the Flesch-Kincaid grade, a proxy for how hard it is to read.
//!
//! The grade is 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid et al. 1975). It counts
//! lengths and knows nothing of sense: a low grade does not make a text clear, a high one is a reason to look.
//! It is made for English; texts in other languages have none.
//!
//! **What is counted.** Paragraphs and list items, also those within blocks and quotations, and the disclaimer. Not
//! headings, titles of blocks, tables, code, HTML, pictures, footnotes, citations and the marks of evidence.
//!
//! **Words** stand between blanks or long dashes and have a letter or a figure.
//!
//! **Syllables** are those of the first pronunciation in the CMU Pronouncing Dictionary, where it has the word, and
//! else those that rules of spelling give. Parts joined by a hyphen or a slash are counted one by one. Figures count
//! one syllable each ("2021" has four), letters of "CBT" one each; an address of the web counts one.
//!
//! **Sentences** end at `.`, `!`, `?` or `…`, also before a closing quote or bracket, unless a small letter follows
//! or the full stop is that of an abbreviation ("Dr.", "e.g."). A colon or a semicolon ends none.
//!
//! **Fragments.** A list item without a mark at its end, a lead-in that ends in a colon, and a few bold words that name
//! what follows ("**Sleep:** …") are no sentences. To count them as short sentences would make a text look easier for
//! having lists; to join them would make a clear list look like a sentence nobody would write. So their words
//! count for the syllables, and for the length of sentences a fragment counts only where it is longer than the text's
//! mean sentence: lists can make a grade worse through long items, never better. Where a section has nothing but
//! fragments, it takes the mean sentence of its article.
//!
//! **Too short.** Under 100 words an article has no grade, under 60 a section; such a section is graded with the one
//! it stands under.

mod hardest;
#[cfg(test)]
mod mark;
pub(crate) mod prose;
mod rules;
mod sentences;
mod syllables;

pub use hardest::{Hardest, Sentence, Word, hardest};

use self::prose::Passage;
use crate::Article;

/// An article above this grade is warned of.
pub const ARTICLE_LIMIT: f32 = 9.0;
/// A section above this grade is warned of.
pub const SECTION_LIMIT: f32 = 10.0;
/// A library whose median is above this grade is warned of.
pub const MEDIAN_LIMIT: f32 = 7.0;

/// Fewer words than this say nothing about an article.
const FEWEST: usize = 100;
/// Fewer words than this say nothing about a section.
const FEWEST_OF_SECTION: usize = 60;

/// The grades of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Grades {
    pub article: Option<f32>,
    /// One for each section, in their order.
    pub sections: Vec<Option<f32>>,
}

/// What is counted of a text.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tally {
    words: usize,
    syllables: usize,
    sentences: usize,
    /// Words of the sentences.
    in_sentences: usize,
    /// Words of each fragment.
    fragments: Vec<usize>,
}

impl Grades {
    /// `besides` is what belongs to no section: what stands before the first heading, and the disclaimer.
    /// `sections` are levels and passages in the order of the text.
    pub fn of<'p>(besides: &[Passage], sections: impl Iterator<Item = (u8, &'p Vec<Passage>)>) -> Self {
        let mut buffer = Vec::new();
        let mut article = Tally::of(besides, &mut buffer);
        let (levels, mut own): (Vec<u8>, Vec<Tally>) =
            sections.map(|(level, prose)| (level, Tally::of(prose, &mut buffer))).unzip();
        own.iter().for_each(|tally| article.add(tally));
        let mean = article.mean_sentence();

        let mut grades = vec![None; own.len()];
        // From the end, so that what is too short has reached the section above before that is graded.
        for at in (0..own.len()).rev() {
            let tally = std::mem::take(&mut own[at]);
            if tally.words >= FEWEST_OF_SECTION {
                grades[at] = Some(tally.grade(mean));
            } else if let Some(above) = (0..at).rev().find(|&above| levels[above] < levels[at]) {
                own[above].add(&tally);
            }
        }
        Self { article: (article.words >= FEWEST).then(|| article.grade(mean)), sections: grades }
    }
}

impl Tally {
    fn of(prose: &[Passage], buffer: &mut Vec<u8>) -> Self {
        let mut tally = Self::default();
        for passage in prose {
            sentences::cut(passage, buffer, |stretch| {
                tally.words += stretch.words;
                tally.syllables += stretch.syllables;
                if stretch.whole {
                    tally.sentences += 1;
                    tally.in_sentences += stretch.words;
                } else {
                    tally.fragments.push(stretch.words);
                }
            });
        }
        tally
    }

    fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.syllables += other.syllables;
        self.sentences += other.sentences;
        self.in_sentences += other.in_sentences;
        self.fragments.extend_from_slice(&other.fragments);
    }

    /// Words of the mean sentence; `None` where all are fragments.
    fn mean_sentence(&self) -> Option<f32> {
        (self.sentences > 0).then(|| self.in_sentences as f32 / self.sentences as f32)
    }

    /// The grade to one decimal, at least 0. `usual` is the mean sentence of the text around, for texts that have none.
    fn grade(&self, usual: Option<f32>) -> f32 {
        let mean = self.mean_sentence().or(usual).unwrap_or(0.0);
        let (mut sentences, mut words) = match self.sentences {
            0 if mean > 0.0 => (1.0, mean),
            _ => (self.sentences as f32, self.in_sentences as f32),
        };
        for &fragment in self.fragments.iter().filter(|&&fragment| fragment as f32 > mean) {
            sentences += 1.0;
            words += fragment as f32;
        }
        let grade = formula(words / sentences, self.syllables as f32 / self.words as f32);
        (grade.max(0.0) * 10.0).round() / 10.0
    }
}

/// Kincaid, Fishburne, Rogers and Chissom 1975.
fn formula(words_per_sentence: f32, syllables_per_word: f32) -> f32 {
    0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59
}

/// The median of the articles that have a grade; of an even number, the mean of the two in the middle.
pub fn median<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Option<f32> {
    let mut grades: Vec<f32> = articles.into_iter().filter_map(|article| article.grade).collect();
    grades.sort_by(f32::total_cmp);
    let (low, high) = (grades.get(grades.len().checked_sub(1)? / 2)?, grades.get(grades.len() / 2)?);
    Some((low + high) / 2.0)
}

/// Whether the formula can say anything of a text in this language.
pub(crate) fn is_for(lang: &str) -> bool {
    lang.split('-').next().is_some_and(|main| main.eq_ignore_ascii_case("en"))
}

#[cfg(test)]
mod tests;
