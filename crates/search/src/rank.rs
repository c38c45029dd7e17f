//! From the terms of a query to the best sections and articles.

use crate::{
    Filter, Found, Hit, Index, Piece, Place, Texts,
    field::Field,
    format::FieldKind,
    meaning::{Meaning, Repair, Slot, repaired},
    query::Query,
    resemblance::Resemblance,
    snippet::Marker,
};

/// Sections shown of one article.
const PLACES: usize = 3;

/// The fields whose documents are sections.
const SECTION_FIELDS: [FieldKind; 3] = [FieldKind::Text, FieldKind::Heading, FieldKind::Asked];

/// Points by section and by article, for one query.
struct Points {
    sections: Vec<f32>,
    articles: Vec<f32>,
}

impl Index {
    /// Answers a query with at most `limit` articles, best first.
    ///
    /// Words are looked for separately: the more of them a section has, and the rarer they are, the better it fits. The
    /// last word is taken for a beginning where it is unknown. Where nothing has any of the words, the answer holds the
    /// nearest things and says so; it has no hits only if the query is blank, the index is empty, or a filter or an
    /// excluded word leaves nothing. Without `texts` there are no snippets, and a quoted phrase only asks for its words.
    ///
    /// The same bytes and the same query give the same answer everywhere.
    pub fn search(&self, texts: Option<&Texts>, query: &str, filter: &Filter, limit: usize) -> Found {
        self.rank(texts, query, filter, limit).map_or_else(Found::default, Ranked::found)
    }

    /// The same without what is shown of the articles, for who asks many indexes and shows the best of all; `None` if
    /// the query is blank.
    pub fn rank<'i>(
        &'i self,
        texts: Option<&'i Texts>,
        query: &str,
        filter: &Filter,
        limit: usize,
    ) -> Option<Ranked<'i>> {
        let query = Query::parse(query);
        if query.text.trim().is_empty() {
            return None;
        }
        let crisis = self.phrases.sound_like_crisis(&query.text);
        let mut allowed = self.allowed(&query, filter);
        let mut meaning = self.meaning(&query);
        let mut nearest = false;
        if !query.phrases.is_empty() {
            let with_phrases = self.with_phrases(&allowed, &query.phrases, texts);
            match with_phrases.contains(&true) {
                true => allowed = with_phrases,
                false => nearest = true,
            }
        }
        let asks_for_words = !query.words.is_empty();
        let mut scores = self.scores(&meaning.slots, &allowed);
        self.compare_headings(&query, &meaning.slots, &mut scores);
        if asks_for_words && scores.iter().all(|&score| score <= 0.0) {
            nearest = true;
            meaning = Meaning { slots: self.nearest(&query), repairs: Vec::new() };
            scores = self.scores(&meaning.slots, &allowed);
        }
        if scores.iter().all(|&score| score <= 0.0) {
            // Labels alone, or nothing near: the library in its own order.
            nearest = asks_for_words || self.labels_nothing(&query, filter);
            scores = self.first_sections(&allowed);
        }
        let marker = Marker::new(self, &meaning.slots);
        let mut articles = self.best_articles(&scores);
        let total = articles.len();
        articles.truncate(limit);
        let Meaning { repairs, .. } = meaning;
        Some(Ranked {
            index: self,
            texts,
            text: query.text,
            repairs,
            marker,
            scores,
            articles,
            total,
            nearest,
            crisis,
        })
    }

    fn labels_nothing(&self, query: &Query, filter: &Filter) -> bool {
        *filter == Filter::default() && query.filter == Filter::default()
    }

    /// The score of every section; 0 where nothing fits or it is not allowed.
    fn scores(&self, slots: &[Slot], allowed: &[bool]) -> Vec<f32> {
        let mut points =
            Points { sections: vec![0.0; self.sections.len()], articles: vec![0.0; self.articles.len()] };
        for slot in slots {
            self.add(slot, &mut points);
        }
        let mut scores = self.together(&points, allowed);
        let lent = self.feedback(slots, &scores);
        if !lent.is_empty() {
            for (term, weight) in lent {
                let slot = Slot { alternatives: vec![(term, 1.0)], weight, ..Slot::default() };
                self.add(&slot, &mut points);
            }
            // What only the lent words find stays unfound: a reader could not see why it is there.
            let again = self.together(&points, allowed);
            for (score, again) in scores.iter_mut().zip(again) {
                if *score > 0.0 {
                    *score = again;
                }
            }
        }
        scores
    }

    fn together(&self, points: &Points, allowed: &[bool]) -> Vec<f32> {
        let sections = points.sections.iter().zip(&self.sections).zip(allowed);
        sections
            .map(
                |((&own, section), &allowed)| {
                    if allowed { own + points.articles[section.article] } else { 0.0 }
                },
            )
            .collect()
    }

    /// Adds what one slot is worth. Of several alternatives a document counts the best.
    fn add(&self, slot: &Slot, points: &mut Points) {
        let tuning = &self.tuning;
        let sections = [1.0, tuning.heading, tuning.asked].into_iter().zip(SECTION_FIELDS);
        for (weight, kind) in sections {
            self.add_field(self.field(kind), slot, weight, &mut points.sections);
        }
        let articles = [(FieldKind::Title, tuning.title), (FieldKind::About, tuning.about)];
        for (kind, weight) in articles {
            self.add_field(self.field(kind), slot, weight, &mut points.articles);
        }
    }

    fn add_field(&self, field: &Field, slot: &Slot, weight: f32, points: &mut [f32]) {
        let worth = |term: u32, share: f32| self.terms[term as usize].rarity * weight * share * slot.weight;
        if let &[(term, share)] = slot.alternatives.as_slice() {
            let worth = worth(term, share);
            for posting in field.postings(term) {
                points[posting.document as usize] += worth * field.saturation(posting, self.tuning.k1);
            }
            return;
        }
        let mut found: Vec<(u32, f32)> = Vec::new();
        for &(term, share) in &slot.alternatives {
            let worth = worth(term, share);
            found.extend(
                field.postings(term).map(|one| (one.document, worth * field.saturation(one, self.tuning.k1))),
            );
        }
        order::sort_by(&mut found, |one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        found.dedup_by_key(|found| found.0);
        for (document, worth) in found {
            points[document as usize] += worth;
        }
    }

    /// Raises those of the best sections whose heading, or whose article's title, says what the query says.
    ///
    /// Here words without a topic count a little too: "when they say no" and "did it not help" consist of them.
    fn compare_headings(&self, query: &Query, slots: &[Slot], scores: &mut [f32]) {
        let tuning = &self.tuning;
        let best = best(scores, tuning.compared);
        let asked = Resemblance::new(self, query, slots);
        for section in best {
            let own = &self.sections[section];
            let heading = tuning.resemblance * asked.with(self, &own.heading);
            let title = &self.articles[own.article].title;
            // Who types a title wants that article.
            let title = match asked.is(title) {
                true => tuning.is_title,
                false => tuning.title_resemblance * asked.with(self, title),
            };
            scores[section] += asked.whole * (heading + title);
        }
    }

    fn first_sections(&self, allowed: &[bool]) -> Vec<f32> {
        let mut scores = vec![0.0; self.sections.len()];
        for article in 0..self.articles.len() {
            if let Some(first) = self.sections_of(article).find(|&section| allowed[section]) {
                scores[first] = 1.0;
            }
        }
        scores
    }

    /// All articles that have something, with their best sections, best first.
    fn best_articles(&self, scores: &[f32]) -> Vec<Fitting> {
        let mut ranked = Vec::new();
        for article in 0..self.articles.len() {
            let range = self.sections_of(article);
            let places: Vec<usize> =
                best(&scores[range.clone()], PLACES).into_iter().map(|place| range.start + place).collect();
            if places.is_empty() {
                continue;
            }
            let mut share = 1.0;
            let mut score = 0.0;
            for (rank, &place) in places.iter().enumerate() {
                score += share * scores[place];
                share = if rank == 0 { self.tuning.further } else { share / 2.0 };
            }
            let enough = scores[places[0]] * self.tuning.shown_with;
            let sections = places.into_iter().filter(|&place| scores[place] >= enough).collect();
            ranked.push(Fitting { article, score, sections });
        }
        order::sort_by(&mut ranked, |one, other| {
            other.score.total_cmp(&one.score).then(one.article.cmp(&other.article))
        });
        ranked
    }
}

/// An article that fits, and its sections that do, best first.
struct Fitting {
    article: usize,
    score: f32,
    sections: Vec<usize>,
}

/// The best articles of one index for one query, before anything is shown of them.
pub struct Ranked<'i> {
    index: &'i Index,
    texts: Option<&'i Texts>,
    text: String,
    repairs: Vec<Repair>,
    marker: Marker,
    scores: Vec<f32>,
    articles: Vec<Fitting>,
    total: usize,
    nearest: bool,
    crisis: bool,
}

impl Ranked<'_> {
    /// The last parts of the articles' addresses, and how well each fits, best first.
    pub fn articles(&self) -> impl Iterator<Item = (&str, f32)> {
        self.articles
            .iter()
            .map(|fitting| (self.index.articles[fitting.article].slug.as_str(), fitting.score))
    }

    /// See [`Found::nearest`].
    pub fn nearest(&self) -> bool {
        self.nearest
    }

    /// See [`Found::meant`].
    pub fn meant(&self) -> Option<String> {
        match self.repairs.is_empty() {
            true => None,
            false => self.meant_by(&self.hits()),
        }
    }

    /// The snippet of the best section of the article at a place in [`Ranked::articles`].
    pub fn snippet(&self, at: usize) -> Vec<Piece> {
        self.articles.get(at).map_or_else(Vec::new, |fitting| self.snippet_of(fitting.sections[0]))
    }

    fn snippet_of(&self, section: usize) -> Vec<Piece> {
        self.texts.map_or_else(Vec::new, |texts| self.marker.snippet(texts.section(section)))
    }

    fn meant_by(&self, hits: &[Hit]) -> Option<String> {
        let pieces = hits
            .iter()
            .flat_map(|hit| &hit.places)
            .flat_map(|place| place.heading.iter().chain(&place.snippet));
        let marked = pieces.filter(|piece| piece.marked).map(|piece| piece.text.as_str());
        repaired(&self.text, &self.repairs, marked)
    }

    fn hits(&self) -> Vec<Hit> {
        let hits = self.articles.iter().map(|fitting| {
            let article = &self.index.articles[fitting.article];
            let place = |&section: &usize| {
                let own = &self.index.sections[section];
                Place {
                    anchor: own.anchor.clone(),
                    heading: self.marker.mark(&own.heading),
                    kind: self.index.kinds[own.kind].clone(),
                    snippet: self.snippet_of(section),
                    score: self.scores[section],
                }
            };
            Hit {
                slug: article.slug.clone(),
                title: self.marker.mark(&article.title),
                category: self.index.categories[article.category].clone(),
                places: fitting.sections.iter().map(place).collect(),
                score: fitting.score,
            }
        });
        hits.collect()
    }

    fn found(self) -> Found {
        let hits = self.hits();
        let meant = self.meant_by(&hits);
        Found { hits, total: self.total, nearest: self.nearest, meant, crisis: self.crisis }
    }
}

/// The places of the highest scores above 0, highest first, at most `most`; of equals the first comes first.
pub(crate) fn best(scores: &[f32], most: usize) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::with_capacity(most + 1);
    for (at, &score) in scores.iter().enumerate().filter(|&(_, &score)| score > 0.0) {
        if best.len() == most && best.last().is_none_or(|&last| scores[last] >= score) {
            continue;
        }
        let place = best.partition_point(|&other| scores[other] >= score);
        best.insert(place, at);
        best.truncate(most);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn the_best_come_in_order_and_of_equals_the_first() {
        assert_eq!(best(&[0.0, 2.0, 3.0, 2.0, 1.0], 3), [2, 1, 3]);
        assert_eq!(best(&[0.0, 0.0], 3), [0usize; 0]);
        assert_eq!(best(&[1.0], 0), [0usize; 0]);
    }
}
