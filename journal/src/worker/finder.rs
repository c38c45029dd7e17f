//! The search over what is decrypted, in this worker's memory and never on disk. The library's engine builds an index whole
//! and not by additions, so there are several: one for each stretch of the journal, made one after another while the keeper
//! can already write, and a small one for what has changed since.

use journal::RecordId;
use order::Map;
use search::{Document, Index, Texts};

use super::shelf::{Thing, What};

/// Things of one stretch. Building one takes some tens of milliseconds, in which the worker hears nothing.
const STRETCH: usize = 500;
/// So many changed things become a stretch of their own.
const CHANGED: usize = 64;

/// All indexes.
#[derive(Default)]
pub struct Finder {
    stretches: Vec<Stretch>,
    /// In which of them a thing stands as it is now. What another still says of it is old.
    home: Map<RecordId, usize>,
    /// Things that are in none yet, the last first.
    waiting: Vec<RecordId>,
    /// Things that have changed since, and what they say.
    changed: Map<RecordId, Document>,
    /// The index of the changed.
    latest: Stretch,
    /// Whether it is behind them.
    behind: bool,
}

#[derive(Default)]
struct Stretch {
    index: Option<Index>,
    texts: Texts,
}

/// The words around what was found: text, and whether it is what was looked for.
type Snippet = Vec<(String, bool)>;

/// What was found, before it is narrowed.
#[derive(Debug, Default, PartialEq)]
pub struct Hits {
    /// Each with the words around what was found, best first.
    pub hits: Vec<(RecordId, Snippet)>,
    /// The query as it was probably meant.
    pub meant: Option<String>,
    /// Whether these are only the nearest things.
    pub nearest: bool,
}

impl Stretch {
    fn of(documents: &[Document]) -> Self {
        let built = search::build(documents, &search::Lexicon::default());
        let index = Index::open(&built.index).ok();
        Self { index, texts: Texts::open(&built.texts).unwrap_or_default() }
    }
}

impl Finder {
    /// Has all of these indexed, in this order, by calls of [`Finder::step`].
    pub fn begin(&mut self, ids: impl IntoIterator<Item = RecordId>) {
        self.waiting = ids.into_iter().collect();
        self.waiting.reverse();
    }

    /// Whether everything is indexed.
    pub fn is_complete(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Indexes the next stretch; `document` makes one of a thing, where it is still there.
    pub fn step(&mut self, document: impl Fn(RecordId) -> Option<Document>) {
        let next = self.waiting.split_off(self.waiting.len().saturating_sub(STRETCH));
        // What has changed meanwhile is indexed with the changed.
        let (ids, documents): (Vec<_>, Vec<_>) = next
            .into_iter()
            .rev()
            .filter(|id| !self.home.contains_key(id) && !self.changed.contains_key(id))
            .filter_map(|id| Some((id, document(id)?)))
            .unzip();
        self.add(ids, &documents);
    }

    fn add(&mut self, ids: impl IntoIterator<Item = RecordId>, documents: &[Document]) {
        let number = self.stretches.len();
        let here = ids.into_iter().map(|id| (id, number));
        self.home = std::mem::take(&mut self.home).into_iter().chain(here).collect();
        self.stretches.push(Stretch::of(documents));
    }

    /// Notes what a thing is now.
    pub fn put(&mut self, id: RecordId, thing: &Thing) {
        // Whatever an index says of it is old from now on.
        self.home.remove(&id);
        match &thing.what {
            What::Live(live) => drop(self.changed.insert(id, journal::document(id, &live.record))),
            _ => drop(self.changed.remove(&id)),
        }
        self.waiting.retain(|waiting| *waiting != id);
        self.behind = true;
    }

    /// Brings the index of the changed up to date.
    pub fn catch_up(&mut self) {
        if !std::mem::take(&mut self.behind) {
            return;
        }
        if self.changed.len() >= CHANGED {
            let (ids, documents): (Vec<_>, Vec<_>) = std::mem::take(&mut self.changed).into_iter().unzip();
            self.add(ids, &documents);
        }
        self.latest = Stretch::of(&self.changed.values().cloned().collect::<Vec<_>>());
    }

    /// Finds things: the best `count` of those that `lets` lets through, of the best `of_each` of each index.
    pub fn find(
        &mut self,
        query: &str,
        of_each: usize,
        count: usize,
        lets: impl Fn(RecordId) -> bool,
    ) -> Hits {
        self.catch_up();
        let number = self.stretches.len();
        let mut ranked = Vec::new();
        for (at, stretch) in self.stretches.iter().chain([&self.latest]).enumerate() {
            let Some(index) = stretch.index.as_ref().filter(|index| !index.is_empty()) else { continue };
            let filter = search::Filter::default();
            ranked
                .extend(index.rank(Some(&stretch.texts), query, &filter, of_each).map(|ranked| (at, ranked)));
        }
        // Where one has the words, what is merely near in another is noise.
        let nearest = ranked.iter().all(|(_, ranked)| ranked.nearest());
        ranked.retain(|(_, ranked)| ranked.nearest() == nearest);
        let meant = ranked.iter().find_map(|(_, ranked)| ranked.meant());
        let mut hits: Vec<(f32, RecordId, usize, usize)> = Vec::new();
        let mut seen: Map<RecordId, ()> = Map::default();
        for (which, (at, ranked)) in ranked.iter().enumerate() {
            for (place, (slug, score)) in ranked.articles().enumerate() {
                let Ok(id) = slug.parse::<RecordId>() else { continue };
                let here = if *at == number {
                    self.changed.contains_key(&id)
                } else {
                    self.home.get(&id) == Some(at)
                };
                if here && lets(id) && seen.insert(id, ()).is_none() {
                    hits.push((score, id, which, place));
                }
            }
        }
        order::sort_by(&mut hits, |(one, ..), (other, ..)| other.total_cmp(one));
        hits.truncate(count);
        // Only what is shown is worth a snippet.
        let shown = hits.into_iter().map(|(_, id, which, place)| {
            let snippet = ranked[which].1.snippet(place);
            (id, snippet.into_iter().map(|piece| (piece.text, piece.marked)).collect())
        });
        Hits { hits: shown.collect(), meant, nearest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use journal::{Content, Entry, Record};
    use vault::ObjectId;

    fn id(number: u16) -> RecordId {
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        RecordId(ObjectId(bytes))
    }

    fn thing(number: u16, text: &str) -> Thing {
        let entry = Entry { text: text.to_owned(), ..Entry::default() };
        let record = Record::new(Content::Entry(entry), "2026-11-26T12:00:00Z".parse().unwrap());
        Thing { revision: 1, next: None, what: What::live(id(number), record) }
    }

    fn document(number: u16, text: &str) -> Document {
        match thing(number, text).what {
            What::Live(live) => journal::document(id(number), &live.record),
            _ => unreachable!("it is there"),
        }
    }

    fn found(finder: &mut Finder, query: &str) -> Vec<RecordId> {
        finder.find(query, 10, 10, |_| true).hits.into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn things_of_all_stretches_are_found_and_nothing_near_beside_them() {
        let mut finder = Finder::default();
        finder.begin((0..1200).map(id));
        let text = |number: RecordId| {
            let number = u16::from_be_bytes([number.0.0[0], number.0.0[1]]);
            Some(document(
                number,
                if number % 500 == 7 { "a lighthouse at night" } else { "an ordinary day" },
            ))
        };
        let mut steps = 0;
        while !finder.is_complete() {
            finder.step(text);
            steps += 1;
        }
        assert_eq!(steps, 3);
        let mut found = found(&mut finder, "lighthouse");
        found.sort();
        assert_eq!(found, [id(7), id(507), id(1007)]);
    }

    #[test]
    fn what_was_changed_or_deleted_is_found_as_it_is_now() {
        let mut finder = Finder::default();
        finder.begin([id(1), id(2)]);
        finder.step(|id| Some(document(u16::from_be_bytes([id.0.0[0], id.0.0[1]]), "a red door")));
        finder.put(id(1), &thing(1, "a blue window"));
        assert_eq!(found(&mut finder, "door"), [id(2)]);
        assert_eq!(found(&mut finder, "window"), [id(1)]);
        let deleted = What::Deleted(vault::Tombstone { deleted_at: 1 });
        finder.put(id(2), &Thing { revision: 2, next: None, what: deleted });
        assert!(!found(&mut finder, "door").contains(&id(2)));
    }

    #[test]
    fn many_changes_become_a_stretch_of_their_own_and_stay_found() {
        let mut finder = Finder::default();
        for number in 0..200 {
            finder.put(id(number), &thing(number, "a small boat"));
            finder.catch_up();
        }
        finder.put(id(3), &thing(3, "a large boat"));
        assert_eq!(finder.find("boat", 300, 300, |_| true).hits.len(), 200);
        assert_eq!(found(&mut finder, "large"), [id(3)]);
    }
}
