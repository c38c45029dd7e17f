//! The browser's database.

use std::{
    cell::{Cell, OnceCell},
    ops::Bound,
    rc::Rc,
};

use futures_util::lock::Mutex;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use rand_core::Rng;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction, IdbTransactionMode};

use super::{
    Batch, Key, Step, Stretch, Table,
    opening::{factory, no_store, open, remove},
    request::{complete, done, range, trouble, write},
};
use crate::{
    protocol::{Trouble, Why},
    worker::browser,
};

const VAULT: &str = "doorway-vault";
const MARKS: &str = "doorway-marks";
/// What stands among what belongs to this browser, and is another after every write to the vault's database.
const STAMP: &[u8] = b"stamp";

/// Which of the two databases are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// The vault's.
    pub vault: bool,
    /// The marks'.
    pub marks: bool,
}

/// Tells a state of the vault's database from every other. None before the first write.
type Stamp = Option<Vec<u8>>;

/// Both databases, open.
#[derive(Debug)]
pub struct Disk {
    vault: IdbDatabase,
    marks: IdbDatabase,
    /// The stamp of the state that this tab has read. Held while writing, so that its own writes follow one another.
    seen: Mutex<Stamp>,
    /// Why nothing can be read or written any more.
    ended: Rc<OnceCell<Trouble>>,
    /// Heard while it is open: another tab wants to upgrade or delete, or the browser has closed it.
    _listener: Closure<dyn FnMut(web_sys::Event)>,
}

impl Disk {
    /// Which databases are there, without making any.
    ///
    /// # Errors
    /// `NoStore` if this browser keeps nothing.
    pub async fn presence() -> Result<Presence, Trouble> {
        let factory = factory()?;
        let Some(list) = Reflect::get(&factory, &"databases".into())
            .ok()
            .and_then(|list| list.dyn_into::<Function>().ok())
        else {
            // A browser that cannot tell: opening shows it.
            return Ok(Presence { vault: true, marks: true });
        };
        let promise: Promise = list.call0(&factory).map_err(|_| no_store())?.unchecked_into();
        let list: Array = JsFuture::from(promise).await.map_err(|_| no_store())?.unchecked_into();
        let has = |name: &str| {
            list.iter().any(|found| Reflect::get(&found, &"name".into()).is_ok_and(|found| found == name))
        };
        Ok(Presence { vault: has(VAULT), marks: has(MARKS) })
    }

    /// Opens both, and makes what is not there. `closed` is called when they can be used no longer: with `NewerTab` when a
    /// newer version of the page brings them up to date, with `NotThere` when another tab removes them, with `Store` when the
    /// browser has closed them.
    ///
    /// # Errors
    /// `NoStore`; `Newer` if a newer program was here; `Blocked` if another tab holds an older version open; `Store`.
    pub async fn open(closed: Rc<dyn Fn(Trouble)>) -> Result<Self, Trouble> {
        let vault = open(VAULT, &Table::VAULT).await?;
        let marks = match open(MARKS, &[Table::Marks]).await {
            Ok(marks) => marks,
            Err(trouble) => {
                vault.close();
                return Err(trouble);
            }
        };
        let both = (vault.clone(), marks.clone());
        let is_ended = Rc::<OnceCell<Trouble>>::default();
        let ended = Rc::clone(&is_ended);
        let listener = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            both.0.close();
            both.1.close();
            let why = ended.get_or_init(|| match event.type_().as_str() {
                "versionchange" if browser::part(&event, "newVersion").is_some() => {
                    Trouble::new(Why::NewerTab, "a newer version of this page has the journal open")
                }
                "versionchange" => Trouble::new(Why::NotThere, "another tab removes the journal"),
                _ => Trouble::new(Why::Store, "the browser has closed the journal's store"),
            });
            closed(why.clone());
        });
        for database in [&vault, &marks] {
            database.set_onversionchange(Some(listener.as_ref().unchecked_ref()));
            database.set_onclose(Some(listener.as_ref().unchecked_ref()));
        }
        Ok(Self { vault, marks, seen: Mutex::default(), ended: is_ended, _listener: listener })
    }

    /// Removes both databases, after closing them here. Other tabs are told by the browser and let go.
    ///
    /// # Errors
    /// `Blocked` if a tab does not let go; `Store`.
    pub async fn remove() -> Result<(), Trouble> {
        for name in [VAULT, MARKS] {
            remove(name).await?;
        }
        Ok(())
    }

    /// Closes both. Nothing can be read or written afterwards.
    pub fn close(&self) {
        for database in [&self.vault, &self.marks] {
            database.set_onversionchange(None);
            database.set_onclose(None);
            database.close();
        }
    }

    pub(super) async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(self.get_value(table, key).await?.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
    }

    /// A value that is no bytes: the device key.
    ///
    /// # Errors
    /// `Store`.
    pub async fn get_value(&self, table: Table, key: &[u8]) -> Result<JsValue, Trouble> {
        let request = self.read(table)?.get(&Uint8Array::from(key)).map_err(|error| trouble(&error))?;
        done(&request).await
    }

    /// Keeps a value that is no bytes.
    ///
    /// # Errors
    /// `Full`, `Store`.
    pub async fn put_value(&self, table: Table, key: &[u8], value: &JsValue) -> Result<(), Trouble> {
        let put = |transaction: &IdbTransaction| {
            transaction.object_store(table.name())?.put_with_key(value, &Uint8Array::from(key)).map(drop)
        };
        self.write(vec![table], put).await
    }

    /// From now on this tab writes on the state that stands now. Whoever calls this reads everything afterwards that it
    /// would write over.
    ///
    /// # Errors
    /// `Store`.
    pub(super) async fn see(&self) -> Result<(), Trouble> {
        let mut seen = self.seen.lock().await;
        *seen = self.get(Table::Device, STAMP).await?;
        Ok(())
    }

    /// Whether nobody else has written since.
    pub(super) async fn is_as_seen(&self) -> Result<bool, Trouble> {
        let seen = self.seen.lock().await;
        Ok(*seen == self.get(Table::Device, STAMP).await?)
    }

    pub(super) async fn page(
        &self,
        table: Table,
        stretch: &Stretch,
        limit: u32,
    ) -> Result<Vec<(Key, Vec<u8>)>, Trouble> {
        let (store, range) = (self.read(table)?, range(stretch)?);
        // Asked in one transaction, so that both are of one moment.
        let keys = store.get_all_keys_with_key_and_limit(&range, limit).map_err(|error| trouble(&error))?;
        let values = store.get_all_with_key_and_limit(&range, limit).map_err(|error| trouble(&error))?;
        let values: Array = done(&values).await?.unchecked_into();
        let keys: Array = keys.result().map_err(|error| trouble(&error))?.unchecked_into();
        let bytes =
            |value: JsValue| value.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
        Ok(keys.iter().map(|key| Uint8Array::new(&key).to_vec()).zip(values.iter().map(bytes)).collect())
    }

    pub(super) async fn keys(&self, table: Table, stretch: &Stretch) -> Result<Vec<Key>, Trouble> {
        let request =
            self.read(table)?.get_all_keys_with_key(&range(stretch)?).map_err(|error| trouble(&error))?;
        let keys: Array = done(&request).await?.unchecked_into();
        Ok(keys.iter().map(|key| Uint8Array::new(&key).to_vec()).collect())
    }

    pub(super) async fn commit(&self, batch: Batch) -> Result<(), Trouble> {
        if batch.0.is_empty() {
            return Ok(());
        }
        let tables = batch.0.iter().map(|(table, _)| *table).collect();
        let steps = |transaction: &IdbTransaction| {
            for (table, step) in batch.0 {
                let store = transaction.object_store(table.name())?;
                match step {
                    Step::Put(key, value) => {
                        let value = Uint8Array::from(value.as_slice());
                        drop(store.put_with_key(&value, &Uint8Array::from(key.as_slice()))?);
                    }
                    // The browser takes no absent range here.
                    Step::Delete((Bound::Unbounded, Bound::Unbounded)) => drop(store.clear()?),
                    Step::Delete(stretch) => {
                        drop(store.delete(&range(&stretch).map_err(|_| JsValue::UNDEFINED)?)?);
                    }
                }
            }
            Ok(())
        };
        self.write(tables, steps).await
    }

    /// One transaction, if nobody else has written since this tab has read. That is asked inside the transaction, which the
    /// browser lets begin only when no other writes there: whatever made two tabs write, nothing of the second is done.
    ///
    /// The marks have no part in that transaction, since theirs is another database. They are asked for just before; a tab
    /// that is overtaken in between writes marks that are true and only lower, until they are raised next.
    async fn write(
        &self,
        mut tables: Vec<Table>,
        steps: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>,
    ) -> Result<(), Trouble> {
        let mut seen = self.seen.lock().await;
        self.is_open()?;
        let marks = tables.contains(&Table::Marks);
        if marks && *seen != self.get(Table::Device, STAMP).await? {
            return Err(overtaken());
        }
        if !marks {
            tables.push(Table::Device);
        }
        order::sort(&mut tables);
        tables.dedup();
        debug_assert!(!marks || tables.len() == 1, "one transaction, one database");
        let names: Array = tables.iter().map(|table| JsValue::from(table.name())).collect();
        // Before anything is asked of the browser: the worker ends where there is no randomness.
        let mut stamp = [0; 16];
        browser::Random.fill_bytes(&mut stamp);
        let transaction = write(self.database(tables[0]), &names)?;
        let others = Rc::new(Cell::new(false));
        let mut asked = None;
        let mut next = None;
        let all = || {
            if !marks {
                let device = transaction.object_store(Table::Device.name())?;
                asked = Some(compare(&device, &transaction, seen.clone(), &others)?);
            }
            steps(&transaction)?;
            if !marks {
                let device = transaction.object_store(Table::Device.name())?;
                // The last, because a table is emptied as a step.
                device.put_with_key(&Uint8Array::from(stamp.as_slice()), &Uint8Array::from(STAMP))?;
                next = Some(stamp.to_vec());
            }
            Ok::<_, JsValue>(())
        };
        if let Err(error) = all() {
            // What was asked before it must not be written either. A transaction that is over already has aborted.
            transaction.abort().ok();
            return Err(trouble(&error));
        }
        let written = complete(&transaction).await;
        if others.get() {
            return Err(overtaken());
        }
        written?;
        if next.is_some() {
            *seen = next;
        }
        Ok(())
    }

    fn database(&self, table: Table) -> &IdbDatabase {
        if table == Table::Marks { &self.marks } else { &self.vault }
    }

    fn is_open(&self) -> Result<(), Trouble> {
        self.ended.get().map_or(Ok(()), |why| Err(why.clone()))
    }

    fn read(&self, table: Table) -> Result<IdbObjectStore, Trouble> {
        self.is_open()?;
        self.database(table)
            .transaction_with_str_and_mode(table.name(), IdbTransactionMode::Readonly)
            .and_then(|transaction| transaction.object_store(table.name()))
            .map_err(|error| trouble(&error))
    }
}

/// Asks for the stamp as the first of a transaction, and gives the transaction up if it is not the one that was seen. What is
/// returned must live as long as the transaction.
fn compare(
    device: &IdbObjectStore,
    transaction: &IdbTransaction,
    seen: Stamp,
    others: &Rc<Cell<bool>>,
) -> Result<Closure<dyn FnMut()>, JsValue> {
    let request = device.get(&Uint8Array::from(STAMP))?;
    let answered = Closure::<dyn FnMut()>::new({
        let (request, transaction, others) = (request.clone(), transaction.clone(), Rc::clone(others));
        move || {
            let stands = request.result().ok();
            let stands = stands.as_ref().and_then(|stands| stands.dyn_ref::<Uint8Array>());
            if stands.map(Uint8Array::to_vec) != seen {
                others.set(true);
                transaction.abort().ok();
            }
        }
    });
    request.set_onsuccess(Some(answered.as_ref().unchecked_ref()));
    Ok(answered)
}

/// Why a tab that does not know what another has written may write no longer.
pub fn overtaken() -> Trouble {
    Trouble::new(Why::ReadOnly, "another tab has written since this one has read")
}
