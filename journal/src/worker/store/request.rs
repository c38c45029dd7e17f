//! IndexedDB's requests and transactions as futures. A thin layer of our own: of the libraries, `idb` and `rexie` have no
//! `durability`, and `indexed_db_futures` brings ten more crates to the room where the keys are, for five calls.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbKeyRange, IdbRequest, IdbTransaction};

use std::ops::Bound;

use super::Stretch;
use crate::protocol::{Trouble, Why};

/// Waits for a request and gives its result.
pub async fn done(request: &IdbRequest) -> Result<JsValue, Trouble> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let outcome = JsFuture::from(promise).await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    match outcome {
        Ok(_) => request.result().map_err(|error| trouble(&error)),
        Err(_) => Err(request
            .error()
            .ok()
            .flatten()
            .map_or_else(|| trouble(&JsValue::UNDEFINED), |error| trouble(&error))),
    }
}

/// Waits until a transaction is complete: with `strict`, until it is flushed.
pub async fn complete(transaction: &IdbTransaction) -> Result<(), Trouble> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let outcome = JsFuture::from(promise).await;
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    match outcome {
        Ok(_) => Ok(()),
        Err(_) => {
            let error = transaction.error();
            Err(error.map_or_else(|| trouble(&JsValue::UNDEFINED), |error| trouble(&error)))
        }
    }
}

/// Begins a transaction that writes and is flushed before it is complete. web-sys has `durability` only as an unstable
/// binding, so the browser's method is called by its name.
pub fn write(database: &IdbDatabase, tables: &Array) -> Result<IdbTransaction, Trouble> {
    let options = Object::new();
    let begin = || {
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
        begin.call3(database, tables, &"readwrite".into(), &options)?.dyn_into()
    };
    begin().map_err(|error: JsValue| trouble(&error))
}

/// A stretch as the browser has it: nothing for all keys.
pub fn range(stretch: &Stretch) -> Result<JsValue, Trouble> {
    let bound = |bound: &Bound<Vec<u8>>| match bound {
        Bound::Included(key) => Some((Uint8Array::from(key.as_slice()), false)),
        Bound::Excluded(key) => Some((Uint8Array::from(key.as_slice()), true)),
        Bound::Unbounded => None,
    };
    let range = match (bound(&stretch.0), bound(&stretch.1)) {
        (None, None) => return Ok(JsValue::UNDEFINED),
        (Some((from, open)), None) => IdbKeyRange::lower_bound_with_open(&from, open),
        (None, Some((to, open))) => IdbKeyRange::upper_bound_with_open(&to, open),
        (Some((from, from_open)), Some((to, to_open))) => {
            IdbKeyRange::bound_with_lower_open_and_upper_open(&from, &to, from_open, to_open)
        }
    };
    range.map(Into::into).map_err(|error| trouble(&error))
}

/// What a failure of the database means to the keeper.
pub fn trouble(error: &JsValue) -> Trouble {
    let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => Trouble::new(Why::Full, "the device has no room left for this"),
        "VersionError" => {
            Trouble::new(Why::Newer, "a newer version of this program has been used here: reload this page")
        }
        "SecurityError" | "InvalidAccessError" | "NotSupportedError" => {
            Trouble::new(Why::NoStore, "this browser keeps nothing here")
        }
        // The name is one of the standard's words and says nothing of the content.
        "" => Trouble::new(Why::Store, "the browser's store did not answer"),
        name => Trouble::new(Why::Store, format!("the browser's store did not do it ({name})")),
    }
}
