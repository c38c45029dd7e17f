//! What is written, opened and in memory: what lists, calendar and labels are answered from. Pure; it knows no key and no
//! store.

use std::collections::BTreeSet;

use journal::{Content, Day, Filter, Gathered, Kind, Moment, Record, RecordId, Revision, Settings, Summary};
use order::Map;
use vault::{Hash, ObjectId, Place, Tombstone};

use crate::protocol::{LabelsInUse, Mark, Page, Plan, Trouble, Why};

/// The most things of one page.
const PAGE: usize = 200;

/// A thing, in its newest revision.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its newest revision.
    pub revision: Revision,
    /// Where the next revision stands; none if the newest cannot even be read as something sealed.
    pub next: Option<Place>,
    /// What it is.
    pub what: What,
}

/// What a thing is.
#[derive(Clone, Debug)]
pub enum What {
    /// It is there.
    Live(Box<Live>),
    /// It is deleted.
    Deleted(Tombstone),
    /// It does not open, or says something that this program cannot read. It is kept as it is.
    Damaged(Trouble),
}

/// A thing that is there.
#[derive(Clone, Debug)]
pub struct Live {
    /// All of it.
    pub record: Record,
    /// What lists show of it.
    pub summary: Summary,
}

/// All things.
#[derive(Debug, Default)]
pub struct Shelf {
    things: Map<RecordId, Thing>,
    /// Those that are there, in the order of the timeline, backwards.
    timeline: BTreeSet<(Day, Moment, RecordId)>,
}

impl What {
    /// A thing that is there.
    pub fn live(id: RecordId, record: Record) -> Self {
        let summary = Summary::of(id, &record);
        Self::Live(Box::new(Live { record, summary }))
    }
}

impl Shelf {
    /// Puts a thing in, in the place of what it was before.
    pub fn put(&mut self, id: RecordId, thing: Thing) {
        self.remove(id);
        if let What::Live(live) = &thing.what {
            self.timeline.insert((live.summary.day, live.summary.at, id));
        }
        self.things.insert(id, thing);
    }

    /// Takes a thing out: it is gone for good.
    pub fn remove(&mut self, id: RecordId) {
        if let Some(Thing { what: What::Live(live), .. }) = self.things.remove(&id) {
            self.timeline.remove(&(live.summary.day, live.summary.at, id));
        }
    }

    /// A thing, in whatever state.
    pub fn get(&self, id: RecordId) -> Option<&Thing> {
        self.things.get(&id)
    }

    /// What a thing says, with its revision.
    ///
    /// # Errors
    /// `NotThere`, `Deleted`, or why it does not open.
    pub fn live(&self, id: RecordId) -> Result<(&Live, Revision), Trouble> {
        match self.things.get(&id) {
            None => Err(Trouble::new(Why::NotThere, "there is no such thing in this journal")),
            Some(Thing { what: What::Live(live), revision, .. }) => Ok((live, *revision)),
            Some(Thing { what: What::Deleted(_), .. }) => Err(Trouble::new(Why::Deleted, "this is deleted")),
            Some(Thing { what: What::Damaged(trouble), .. }) => Err(trouble.clone()),
        }
    }

    /// All things, by their names.
    pub fn all(&self) -> impl Iterator<Item = (RecordId, &Thing)> {
        self.things.iter().map(|(id, thing)| (*id, thing))
    }

    /// What is there, by its names.
    pub fn all_live(&self) -> impl Iterator<Item = (RecordId, &Live)> {
        self.things.iter().filter_map(|(id, thing)| match &thing.what {
            What::Live(live) => Some((*id, live.as_ref())),
            _ => None,
        })
    }

    /// How many things there are for the keeper: what a list without a filter shows.
    pub fn count(&self) -> usize {
        let all = Filter::default();
        self.newest_first().filter(|live| all.lets(&live.summary)).count()
    }

    /// What is there, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Live> {
        self.timeline.iter().rev().filter_map(|(_, _, id)| self.live(*id).ok().map(|(live, _)| live))
    }

    /// A stretch of the timeline.
    pub fn list(&self, filter: &Filter, from: usize, count: usize) -> Page {
        let (mut things, mut total) = (Vec::new(), 0);
        for live in self.newest_first().filter(|live| filter.lets(&live.summary)) {
            if total >= from && things.len() < count.min(PAGE) {
                things.push(live.summary.clone());
            }
            total += 1;
        }
        Page { things, total }
    }

    /// On which days there is what.
    pub fn calendar(&self, from: Day, to: Day) -> Vec<Mark> {
        journal::marks(self.newest_first().map(|live| &live.summary), from, to)
    }

    /// Labels in use.
    pub fn labels(&self) -> LabelsInUse {
        let (tags, themes) = journal::labels(self.newest_first().map(|live| &live.summary));
        LabelsInUse { tags, themes }
    }

    /// What a week had.
    pub fn week(&self, first: Day) -> Gathered {
        journal::gather(first, self.all_live().map(|(id, live)| (id, &live.record)))
    }

    /// What is there, in one name: another after whatever is written, imported, restored or deleted. When things were changed
    /// does not tell, since what comes from elsewhere brings its own days. Settings do not count: a backup is noted in them.
    pub fn state(&self) -> String {
        let mut all = Vec::new();
        for (id, thing) in self.things.iter() {
            if let What::Live(live) = &thing.what
                && live.record.kind() != Kind::Settings
            {
                all.extend_from_slice(&id.0.0);
                all.extend_from_slice(&thing.revision.to_be_bytes());
            }
        }
        let mut name = [0; 16];
        name.copy_from_slice(&Hash::of(&all).0[..16]);
        RecordId(ObjectId(name)).to_string()
    }

    /// The settings that stand, and the record that holds them.
    pub fn settings(&self) -> (Option<RecordId>, Settings) {
        let live = self.all_live().map(|(id, live)| (id, &live.record));
        Settings::standing(live).map_or_else(Default::default, |(id, settings)| (Some(id), settings.clone()))
    }

    /// All records of settings there are.
    pub fn all_settings(&self) -> Vec<ObjectId> {
        let settings = self.all_live().filter(|(_, live)| live.record.kind() == Kind::Settings);
        settings.map(|(id, _)| id.0).collect()
    }

    /// The safety plan that stands: of several, as two devices can make, the one changed last.
    pub fn plan(&self) -> Plan {
        let plans = self.all_live().filter(|(_, live)| live.record.kind() == Kind::SafetyPlan);
        let (id, live) = plans.max_by_key(|(id, live)| (live.record.changed, *id))?;
        let Content::SafetyPlan(plan) = &live.record.content else { return None };
        Some((id, self.things.get(&id)?.revision, plan.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use journal::Entry;

    fn entry(day: &str, text: &str) -> Record {
        let entry = Entry { text: text.to_owned(), ..Entry::default() };
        Record::new(Content::Entry(entry), format!("{day}T12:00:00Z").parse().unwrap())
    }

    fn shelf(records: &[(u8, Record)]) -> Shelf {
        let mut shelf = Shelf::default();
        for (number, record) in records {
            let id = RecordId(ObjectId([*number; 16]));
            shelf.put(id, Thing { revision: 1, next: None, what: What::live(id, record.clone()) });
        }
        shelf
    }

    #[test]
    fn a_page_of_the_timeline_is_newest_first_and_knows_how_many_there_are() {
        let shelf = shelf(&[
            (1, entry("2026-11-24", "one")),
            (2, entry("2026-11-26", "two")),
            (3, entry("2026-11-25", "three")),
        ]);
        let page = shelf.list(&Filter::default(), 1, 1);
        assert_eq!((page.total, page.things.len()), (3, 1));
        assert_eq!(page.things[0].title, "three");
        assert_eq!(shelf.list(&Filter::default(), 3, 9).things, []);
    }

    #[test]
    fn a_state_is_another_after_whatever_is_written_or_deleted_but_not_after_settings_are_changed() {
        let id = |number| RecordId(ObjectId([number; 16]));
        let thing =
            |revision, number, record| Thing { revision, next: None, what: What::live(id(number), record) };
        let mut shelf = shelf(&[(1, entry("2026-11-24", "one"))]);
        let first = shelf.state();
        let settings =
            Record::new(Content::Settings(Settings::default()), "2026-11-26T12:00:00Z".parse().unwrap());
        shelf.put(id(9), thing(4, 9, settings));
        assert_eq!(shelf.state(), first);
        shelf.put(id(2), thing(1, 2, entry("2020-01-01", "of another journal")));
        let second = shelf.state();
        shelf.put(id(1), thing(2, 1, entry("2026-11-24", "one")));
        let third = shelf.state();
        shelf.put(id(1), Thing { revision: 3, next: None, what: What::Deleted(Tombstone { deleted_at: 5 }) });
        let states = [first, second, third, shelf.state()];
        assert!(states.iter().enumerate().all(|(at, state)| !states[..at].contains(state)), "{states:?}");
    }

    #[test]
    fn what_is_deleted_or_damaged_is_on_no_list_and_says_why_it_cannot_be_opened() {
        let mut shelf = shelf(&[(1, entry("2026-11-24", "one")), (2, entry("2026-11-26", "two"))]);
        let (one, two) = (RecordId(ObjectId([1; 16])), RecordId(ObjectId([2; 16])));
        let tombstone = What::Deleted(Tombstone { deleted_at: 5 });
        shelf.put(one, Thing { revision: 2, next: None, what: tombstone });
        let damaged = What::Damaged(vault::Error::Damaged.into());
        shelf.put(two, Thing { revision: 2, next: None, what: damaged });
        assert_eq!((shelf.count(), shelf.all().count()), (0, 2));
        assert_eq!(shelf.live(one).unwrap_err().why, Why::Deleted);
        assert_eq!(shelf.live(two).unwrap_err().why, Why::Damaged);
        assert_eq!(shelf.live(RecordId(ObjectId([3; 16]))).unwrap_err().why, Why::NotThere);
    }

    #[test]
    fn the_settings_that_were_changed_last_stand_and_are_no_thing_of_the_keepers() {
        let settings = |minutes, at: &str| {
            let settings = Settings { lock_after_minutes: Some(minutes), ..Settings::default() };
            Record::new(Content::Settings(settings), at.parse().unwrap())
        };
        let shelf =
            shelf(&[(1, settings(9, "2026-11-26T12:00:00Z")), (2, settings(3, "2026-11-24T12:00:00Z"))]);
        assert_eq!(shelf.settings().1.lock_after_minutes, Some(9));
        assert_eq!(shelf.count(), 0);
    }
}
