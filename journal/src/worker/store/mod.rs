//! Where sealed bytes lie: IndexedDB, or memory for "use without saving". Knows keys as bytes and values as bytes, and nothing
//! of what they mean. All that belongs together is written by one [`Batch`], whole or not at all.

mod disk;
mod memory;
mod opening;
mod request;

use std::ops::Bound;

use vault::ObjectId;

use crate::protocol::Trouble;

pub use disk::{Disk, overtaken};
pub use memory::Memory;

/// What is kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Ways in, by id.
    Slots,
    /// The newest revision of each record, by id.
    Heads,
    /// Earlier revisions, by id and revision.
    Past,
    /// Parts of attachments, by id and index.
    Parts,
    /// The last whole manifest and the changes after it, by version.
    Manifest,
    /// What was typed and not saved, each under a name of its own.
    Drafts,
    /// What belongs to this browser and not to the journal: the device key and what is sealed under it.
    Device,
    /// High-water marks. In a database of its own, so that putting back an old copy of the other is noticed.
    Marks,
}

impl Table {
    /// Those of the vault's database.
    const VAULT: [Self; 7] =
        [Self::Slots, Self::Heads, Self::Past, Self::Parts, Self::Manifest, Self::Drafts, Self::Device];

    fn name(self) -> &'static str {
        match self {
            Self::Slots => "slots",
            Self::Heads => "heads",
            Self::Past => "past",
            Self::Parts => "parts",
            Self::Manifest => "manifest",
            Self::Drafts => "drafts",
            Self::Device => "device",
            Self::Marks => "marks",
        }
    }
}

/// A key: bytes, in the order of their bytes.
pub type Key = Vec<u8>;
/// A stretch of keys.
pub type Stretch = (Bound<Key>, Bound<Key>);

/// All keys.
pub const ALL: Stretch = (Bound::Unbounded, Bound::Unbounded);

/// The key of something with one name.
pub fn key(id: ObjectId) -> Key {
    id.0.to_vec()
}

/// The key of a revision or a part of something.
pub fn key_of(id: ObjectId, number: u64) -> Key {
    let mut key = id.0.to_vec();
    key.extend_from_slice(&number.to_be_bytes());
    key
}

/// The key of a version.
pub fn version_key(version: u64) -> Key {
    version.to_be_bytes().to_vec()
}

/// All revisions or parts of something.
pub fn all_of(id: ObjectId) -> Stretch {
    (Bound::Included(key_of(id, 0)), Bound::Included(key_of(id, u64::MAX)))
}

/// The number at the end of a key made by [`key_of`].
pub fn number_of(key: &[u8]) -> Option<(ObjectId, u64)> {
    let (id, number) = key.split_first_chunk::<16>()?;
    Some((ObjectId(*id), u64::from_be_bytes(number.try_into().ok()?)))
}

/// What is to be written together.
#[derive(Debug, Default)]
pub struct Batch(Vec<(Table, Step)>);

/// One thing to do.
#[derive(Debug)]
pub enum Step {
    /// Write this value.
    Put(Key, Vec<u8>),
    /// Remove what has these keys.
    Delete(Stretch),
}

impl Batch {
    /// Writes a value.
    pub fn put(&mut self, table: Table, key: Key, value: Vec<u8>) {
        self.0.push((table, Step::Put(key, value)));
    }

    /// Removes one thing.
    pub fn delete(&mut self, table: Table, key: Key) {
        self.0.push((table, Step::Delete((Bound::Included(key.clone()), Bound::Included(key)))));
    }

    /// Removes a stretch.
    pub fn delete_all(&mut self, table: Table, stretch: Stretch) {
        self.0.push((table, Step::Delete(stretch)));
    }

    /// How many bytes would be written.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|(_, step)| if let Step::Put(_, value) = step { value.len() } else { 0 }).sum()
    }
}

/// A place for sealed bytes.
#[derive(Debug)]
pub enum Store {
    /// In the browser's database.
    Disk(Disk),
    /// In this worker's memory, for "use without saving".
    Memory(Memory),
}

impl Store {
    /// Whether it outlives this worker.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Disk(_))
    }

    /// From now on writes follow the state that stands now, and are refused once another tab has written on it. Whoever calls
    /// this reads everything afterwards that it would write over. What is in memory has no other tab.
    ///
    /// # Errors
    /// `Store` if the database does not answer.
    pub async fn see(&self) -> Result<(), Trouble> {
        match self {
            Self::Disk(disk) => disk.see().await,
            Self::Memory(_) => Ok(()),
        }
    }

    /// Whether no other tab has written since.
    ///
    /// # Errors
    /// `Store` if the database does not answer.
    pub async fn is_as_seen(&self) -> Result<bool, Trouble> {
        match self {
            Self::Disk(disk) => disk.is_as_seen().await,
            Self::Memory(_) => Ok(true),
        }
    }

    /// The value of a key.
    ///
    /// # Errors
    /// `Store` if the database does not answer.
    pub async fn get(&self, table: Table, key: Key) -> Result<Option<Vec<u8>>, Trouble> {
        match self {
            Self::Disk(disk) => disk.get(table, &key).await,
            Self::Memory(memory) => Ok(memory.get(table, &key)),
        }
    }

    /// The first `limit` keys of a stretch with their values, in order.
    ///
    /// # Errors
    /// `Store` if the database does not answer.
    pub async fn page(
        &self,
        table: Table,
        stretch: Stretch,
        limit: u32,
    ) -> Result<Vec<(Key, Vec<u8>)>, Trouble> {
        match self {
            Self::Disk(disk) => disk.page(table, &stretch, limit).await,
            Self::Memory(memory) => Ok(memory.page(table, stretch, limit)),
        }
    }

    /// All keys of a stretch, in order.
    ///
    /// # Errors
    /// `Store` if the database does not answer.
    pub async fn keys(&self, table: Table, stretch: Stretch) -> Result<Vec<Key>, Trouble> {
        match self {
            Self::Disk(disk) => disk.keys(table, &stretch).await,
            Self::Memory(memory) => Ok(memory.keys(table, stretch)),
        }
    }

    /// Writes all of a batch or nothing. Done means flushed to the disk, as far as the browser can promise it.
    ///
    /// # Errors
    /// `ReadOnly` if another tab has written since this one has read: then nothing of it was written. `Full`, `Store`: then
    /// nothing of it was written either, or, if the answer was lost, all of it: read again to know.
    pub async fn commit(&self, batch: Batch) -> Result<(), Trouble> {
        match self {
            Self::Disk(disk) => disk.commit(batch).await,
            Self::Memory(memory) => {
                memory.commit(batch);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_by_id_and_then_by_number() {
        let (one, two) = (ObjectId([1; 16]), ObjectId([2; 16]));
        assert!(key_of(one, 2) < key_of(one, 256) && key_of(one, u64::MAX) < key_of(two, 0));
        assert_eq!(number_of(&key_of(two, 300)), Some((two, 300)));
        assert_eq!(number_of(&key(two)), None);
        assert!(version_key(255) < version_key(256));
    }
}
