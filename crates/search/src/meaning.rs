//! What the words of a query stand for in this index: terms, and what else may have been meant.

use std::{cmp::Reverse, ops::Range};

use crate::{
    Index,
    query::{Query, Wanted, phrase_stem},
    spelling::{allowance, distance, letters as letters_of, likeness, may_be_within},
    words::{is_small_talk, is_stop_word, stem, words},
};

/// Terms with a weight each, 1 for the word itself.
type Alternatives = Vec<(u32, f32)>;

/// One thing that was asked for: a section has it if it has one of the alternatives, and counts the best of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Slot {
    /// The terms that will do.
    pub alternatives: Alternatives,
    /// How much it counts in the query.
    pub weight: f32,
    /// The stem that was typed, where it is one word.
    pub stem: String,
}

/// A query in terms of the index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meaning {
    pub slots: Vec<Slot>,
    /// Mistyped words, and what they were taken for.
    pub repairs: Vec<Repair>,
}

/// A word that was taken for another.
#[derive(Clone, Debug)]
pub(crate) struct Repair {
    /// Where it stands in the query.
    at: Range<usize>,
    plain: String,
    /// What it was taken for.
    form: String,
}

/// How many terms a beginning of a word may stand for.
const COMPLETIONS: usize = 8;
/// How many terms a mistyped word may stand for.
const CORRECTIONS: usize = 3;

impl Index {
    /// Finds the terms that a query means.
    pub(crate) fn meaning(&self, query: &Query) -> Meaning {
        let mut out = Meaning { slots: self.synonyms(query), repairs: Vec::new() };
        let synonyms = out.slots.len();
        let topics = query.words.iter().filter(|wanted| !is_small_talk(&wanted.word.plain)).count();
        for (at, wanted) in query.words.iter().enumerate() {
            if let Some(slot) = out.slots[synonyms..].iter_mut().find(|slot| slot.stem == wanted.stem) {
                slot.weight = (slot.weight + self.tuning.repeated).min(1.0 + 3.0 * self.tuning.repeated);
                continue;
            }
            let small = topics >= 2 && is_small_talk(&wanted.word.plain);
            let weight = if small { self.tuning.small_talk } else { 1.0 };
            let has_synonym = out.slots[..synonyms].iter().any(|slot| slot.stem == wanted.stem);
            let last = query.open_ended && at + 1 == query.words.len();
            for (alternatives, repair) in self.stand_for(wanted, last, has_synonym) {
                let (at, plain) = (&wanted.word.at, &wanted.word.plain);
                out.repairs.extend(repair.map(|form| Repair { at: at.clone(), plain: plain.clone(), form }));
                out.slots.push(Slot { alternatives, weight, stem: wanted.stem.clone() });
            }
        }
        self.join_neighbours(query, &mut out.slots);
        // Synonyms of a word that is known are other ways to find that one thing.
        let others: Vec<Slot> = out.slots.drain(..synonyms).collect();
        for other in others {
            match out.slots.iter_mut().find(|slot| !other.stem.is_empty() && slot.stem == other.stem) {
                Some(slot) => slot.alternatives.extend(other.alternatives),
                None => out.slots.push(other),
            }
        }
        out
    }

    /// The terms of one word, each list a slot of its own, with the form that it was mistyped for.
    fn stand_for(
        &self,
        wanted: &Wanted,
        last: bool,
        has_synonym: bool,
    ) -> Vec<(Alternatives, Option<String>)> {
        let plain = &wanted.word.plain;
        if let Some(term) = self.term(&wanted.stem) {
            return vec![(vec![(term, 1.0)], None)];
        }
        if wanted.word.joined || has_synonym {
            return Vec::new();
        }
        if last {
            let completions = self.completions(plain);
            if !completions.is_empty() {
                return vec![(completions, None)];
            }
        }
        let corrections = self.corrections(plain, &wanted.stem);
        if let Some(&(best, _)) = corrections.first() {
            return vec![(corrections, Some(self.terms[best as usize].form.clone()))];
        }
        match self.split(plain) {
            Some((left, right)) => {
                let forms = [left, right].map(|term| self.terms[term as usize].form.as_str()).join(" ");
                vec![(vec![(left, 1.0)], Some(forms)), (vec![(right, 1.0)], None)]
            }
            None => Vec::new(),
        }
    }

    /// Terms that begin as the word does, the most frequent first.
    fn completions(&self, plain: &str) -> Alternatives {
        if plain.chars().count() < 2 {
            return Vec::new();
        }
        let start = self.terms.partition_point(|term| term.form.as_str() < plain);
        let mut found: Vec<u32> = (start..self.terms.len())
            .take_while(|&at| self.terms[at].form.starts_with(plain))
            .map(|at| at as u32)
            .collect();
        let rank = |term: &u32| (Reverse(self.terms[*term as usize].sections), *term);
        order::sort_by(&mut found, |one, other| rank(one).cmp(&rank(other)));
        found.into_iter().take(COMPLETIONS).map(|term| (term, self.tuning.mistyped)).collect()
    }

    /// Terms that the word may have been meant to be: those with the fewest steps, then those that begin alike, then
    /// the most frequent.
    fn corrections(&self, plain: &str, stem: &str) -> Alternatives {
        let letters = plain.chars().count();
        if plain.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let first = plain.chars().next();
        let own = [letters_of(plain), letters_of(stem)];
        let mut found: Vec<(usize, bool, Reverse<u32>, u32)> = Vec::new();
        let mut most = allowance(letters);
        // A word of six or seven letters may be two steps away if nothing is nearer.
        while most > 0 {
            for (at, term) in (0..).zip(&self.terms) {
                let near = |own: u32, word: &str, letters: u32, other: &str| {
                    may_be_within(own, letters, most).then(|| distance(word, other, most)).flatten()
                };
                let by_form = near(own[0], plain, term.letters[0], &term.form);
                let by_stem = near(own[1], stem, term.letters[1], &term.stem);
                if let Some(steps) = by_form.into_iter().chain(by_stem).min() {
                    let elsewhere = term.form.chars().next() != first;
                    found.push((steps, elsewhere, Reverse(term.sections), at));
                }
            }
            if !found.is_empty() || most >= 2 || letters < 6 {
                break;
            }
            most += 1;
        }
        order::sort(&mut found);
        let best = found.first().map(|best| (best.0, best.1));
        let alike = found.into_iter().filter(|other| Some((other.0, other.1)) == best);
        let weight = |rank: usize| self.tuning.mistyped / (1.0 + 0.5 * rank as f32);
        alike.take(CORRECTIONS).enumerate().map(|(rank, found)| (found.3, weight(rank))).collect()
    }

    /// Two words written as one: the parts that are both known, preferring parts that are frequent.
    fn split(&self, plain: &str) -> Option<(u32, u32)> {
        let cuts = plain.char_indices().map(|(at, _)| at).skip(3);
        let parts = cuts.filter(|&at| plain.len() - at >= 3).filter_map(|at| {
            let (left, right) = plain.split_at(at);
            Some((self.term(&stem(left))?, self.term(&stem(right))?))
        });
        let sections = |term: u32| self.terms[term as usize].sections;
        parts.max_by_key(|&(left, right)| (sections(left).min(sections(right)), Reverse(left)))
    }

    /// Two words that the index knows as one: `phq 9`, `life style`.
    fn join_neighbours(&self, query: &Query, slots: &mut Vec<Slot>) {
        let single: Vec<&Wanted> = query.words.iter().filter(|wanted| !wanted.word.joined).collect();
        for pair in single.windows(2) {
            let between = &query.text[pair[0].word.at.end..pair[1].word.at.start];
            let together = stem(&format!("{}{}", pair[0].word.plain, pair[1].word.plain));
            if between.trim().is_empty()
                && let Some(term) = self.term(&together)
                && slots.iter().all(|slot| slot.stem != together)
            {
                slots.push(Slot { alternatives: vec![(term, 1.0)], weight: 1.0, stem: together });
            }
        }
    }

    /// Other words for what the query says, as slots that carry the stem of the word they stand for, if it is one.
    fn synonyms(&self, query: &Query) -> Vec<Slot> {
        let said: Vec<String> = words(&query.text)
            .into_iter()
            .filter(|word| !word.joined)
            .map(|word| phrase_stem(&word.plain))
            .collect();
        let mut slots = Vec::new();
        for group in &self.phrases.synonyms {
            let Some(phrase) = group.iter().find(|phrase| contains(&said, phrase)) else { continue };
            let one_word = if let [word] = phrase.as_slice() { word.as_str() } else { "" };
            let known = !one_word.is_empty() && self.term(one_word).is_some();
            let weight = if known { self.tuning.synonym } else { 1.0 };
            for other in group.iter().filter(|other| *other != phrase && !contains(&said, other)) {
                let terms: Vec<u32> = other
                    .iter()
                    .filter(|word| !is_stop_word(word))
                    .filter_map(|word| self.term(word))
                    .collect();
                match terms.as_slice() {
                    // A word for a word stands in its place.
                    &[term] if other.len() == 1 => slots.push(Slot {
                        alternatives: vec![(term, weight)],
                        weight: 1.0,
                        stem: one_word.to_owned(),
                    }),
                    terms => slots.extend(terms.iter().map(|&term| Slot {
                        alternatives: vec![(term, 1.0)],
                        weight: weight / terms.len() as f32,
                        stem: String::new(),
                    })),
                }
            }
            if !one_word.is_empty()
                && !known
                && slots.iter().all(|slot| slot.stem != one_word)
                && !slots.is_empty()
            {
                // It was understood by its synonyms, so it is not mistyped.
                slots.push(Slot { stem: one_word.to_owned(), ..Slot::default() });
            }
        }
        slots
    }

    /// The nearest terms to words that stand for nothing: by their letters.
    pub(crate) fn nearest(&self, query: &Query) -> Vec<Slot> {
        let near = |wanted: &Wanted| {
            let mut near: Vec<(u32, f32)> = (0..)
                .zip(&self.terms)
                .map(|(at, term)| (at, likeness(&wanted.word.plain, &term.form)))
                .filter(|&(_, likeness)| likeness >= 0.4)
                .collect();
            order::sort_by(&mut near, |one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
            near.truncate(CORRECTIONS);
            near
        };
        let slots = query.words.iter().map(|wanted| (wanted, near(wanted)));
        slots
            .filter(|(_, alternatives)| !alternatives.is_empty())
            .map(|(wanted, alternatives)| Slot { alternatives, weight: 1.0, stem: wanted.stem.clone() })
            .collect()
    }
}

fn contains(said: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty() && said.windows(phrase.len()).any(|stretch| stretch == phrase)
}

/// The query with its mistyped words replaced; `None` where there are none. Of a term's forms one that is `shown` is taken
/// where it is as near: the index knows only the most frequent.
pub(crate) fn repaired<'p>(
    text: &str,
    repairs: &[Repair],
    shown: impl Iterator<Item = &'p str> + Clone,
) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for Repair { at, plain, form } in repairs {
        // Words of a phrase and its joined form may overlap; the first stands.
        if at.start < done {
            continue;
        }
        let steps = distance(plain, form, plain.len()).unwrap_or(usize::MAX);
        let own = stem(form);
        let near = shown
            .clone()
            .map(plain_form)
            .find(|other| stem(other) == own && distance(plain, other, steps.min(plain.len())).is_some());
        out.push_str(&text[done..at.start]);
        out.push_str(near.as_ref().unwrap_or(form));
        done = at.end;
    }
    out.push_str(&text[done..]);
    (done > 0).then_some(out)
}

fn plain_form(text: &str) -> String {
    words(text).into_iter().next().map_or_else(String::new, |word| word.plain)
}
