//! A store in memory: for "use without saving", and only for that. It ends with the worker.

use std::{cell::RefCell, ops::RangeBounds};

use order::Map;

use super::{Batch, Key, Step, Stretch, Table};

/// Sealed bytes in memory.
#[derive(Debug, Default)]
pub struct Memory(RefCell<Map<Table, Map<Key, Vec<u8>>>>);

impl Memory {
    /// The value of a key.
    pub fn get(&self, table: Table, key: &[u8]) -> Option<Vec<u8>> {
        self.0.borrow().get(&table)?.get(key).cloned()
    }

    /// The first `limit` keys of a stretch with their values.
    pub fn page(&self, table: Table, stretch: Stretch, limit: u32) -> Vec<(Key, Vec<u8>)> {
        let tables = self.0.borrow();
        let Some(rows) = tables.get(&table) else { return Vec::new() };
        let rows = rows.iter().filter(|(key, _)| stretch.contains(*key));
        rows.take(limit as usize).map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// All keys of a stretch.
    pub fn keys(&self, table: Table, stretch: Stretch) -> Vec<Key> {
        let tables = self.0.borrow();
        let Some(rows) = tables.get(&table) else { return Vec::new() };
        rows.keys().filter(|key| stretch.contains(*key)).cloned().collect()
    }

    /// Does all of a batch.
    pub fn commit(&self, batch: Batch) {
        let mut tables = self.0.borrow_mut();
        for (table, step) in batch.0 {
            let rows = tables.or_default(table);
            match step {
                Step::Put(key, value) => drop(rows.insert(key, value)),
                Step::Delete(stretch) => rows.retain(|key, _| !stretch.contains(key)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::store::{ALL, all_of, key_of};
    use vault::ObjectId;

    #[test]
    fn what_was_put_is_there_in_order_until_it_is_removed() {
        let (memory, one, two) = (Memory::default(), ObjectId([1; 16]), ObjectId([2; 16]));
        let mut batch = Batch::default();
        for (id, number) in [(two, 1), (one, 300), (one, 2)] {
            batch.put(Table::Past, key_of(id, number), vec![number as u8]);
        }
        assert_eq!(batch.bytes(), 3);
        memory.commit(batch);
        assert_eq!(memory.keys(Table::Past, ALL), [key_of(one, 2), key_of(one, 300), key_of(two, 1)]);
        assert_eq!(memory.page(Table::Past, all_of(one), 1), [(key_of(one, 2), vec![2])]);
        let mut batch = Batch::default();
        batch.delete_all(Table::Past, all_of(one));
        memory.commit(batch);
        assert_eq!(memory.keys(Table::Past, ALL), [key_of(two, 1)]);
        assert_eq!(memory.get(Table::Past, &key_of(two, 1)), Some(vec![1]));
        assert_eq!(memory.get(Table::Heads, &key_of(two, 1)), None);
    }
}
