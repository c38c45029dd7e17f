//! Which sections may be found at all: labels, excluded words, quoted phrases.

use crate::{
    Filter, Index, Texts,
    format::FieldKind,
    query::{Query, phrase_stem},
    words::{is_stop_word, words},
};

/// What a reader sees of a section: how people ask for it is not shown, so it neither excludes nor quotes.
const SEEN: [FieldKind; 2] = [FieldKind::Text, FieldKind::Heading];

impl Index {
    /// Which sections may be found at all.
    pub(crate) fn allowed(&self, query: &Query, filter: &Filter) -> Vec<bool> {
        let mut articles = vec![true; self.articles.len()];
        for (at, article) in self.articles.iter().enumerate() {
            for filter in [filter, &query.filter] {
                let is =
                    |wanted: &Option<String>, has: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(has);
                articles[at] &= is(&filter.category, &|key| self.categories[article.category].key == key)
                    && is(&filter.tag, &|key| article.tags.iter().any(|&tag| self.tags[tag].key == key))
                    && is(&filter.phase, &|key| article.phases.iter().any(|&at| self.phases[at].key == key));
            }
        }
        let mut sections = vec![true; self.sections.len()];
        for term in query.excluded.iter().filter_map(|stem| self.term(stem)) {
            for kind in [FieldKind::Title, FieldKind::About] {
                self.field(kind)
                    .postings(term)
                    .for_each(|posting| articles[posting.document as usize] = false);
            }
            for kind in SEEN {
                self.field(kind)
                    .postings(term)
                    .for_each(|posting| sections[posting.document as usize] = false);
            }
        }
        for (allowed, section) in sections.iter_mut().zip(&self.sections) {
            *allowed &= articles[section.article];
        }
        sections
    }

    /// Those of the allowed sections that have all phrases, in their text, heading or title.
    pub(crate) fn with_phrases(
        &self,
        allowed: &[bool],
        phrases: &[Vec<String>],
        texts: Option<&Texts>,
    ) -> Vec<bool> {
        let has = |text: &str, phrase: &[String]| {
            let all: Vec<String> =
                words(text).iter().filter(|word| !word.joined).map(|word| phrase_stem(&word.plain)).collect();
            all.windows(phrase.len()).any(|stretch| stretch == phrase)
        };
        let mut left = allowed.to_vec();
        for phrase in phrases {
            let mut having = vec![true; left.len()];
            // Only where all its words are is it worth reading the text.
            for term in phrase.iter().filter(|word| !is_stop_word(word)) {
                let mut with = vec![false; left.len()];
                if let Some(term) = self.term(term) {
                    self.each_section(term, |section| with[section] = true);
                }
                having.iter_mut().zip(with).for_each(|(all, with)| *all &= with);
            }
            for (at, section) in self.sections.iter().enumerate() {
                left[at] = left[at]
                    && having[at]
                    && texts.is_none_or(|texts| {
                        has(texts.section(at), phrase)
                            || has(&section.heading, phrase)
                            || has(&self.articles[section.article].title, phrase)
                    });
            }
        }
        left
    }

    /// Every section that a reader can see a term in.
    fn each_section(&self, term: u32, mut visit: impl FnMut(usize)) {
        for kind in SEEN {
            self.field(kind).postings(term).for_each(|posting| visit(posting.document as usize));
        }
        for posting in self.field(FieldKind::Title).postings(term) {
            self.sections_of(posting.document as usize).for_each(&mut visit);
        }
    }
}
