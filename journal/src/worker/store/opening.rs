//! Opening and removing the browser's databases. Another tab may be in the way: it is asked to let go, and whether it does or
//! not, there is an answer within a known time.

use std::{cell::Cell, pin::pin, rc::Rc};

use futures_util::future::{Either, select};
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest};

use super::{
    Table,
    request::{done, trouble},
};
use crate::{
    protocol::{Trouble, Why},
    worker::browser,
};

/// Of both databases. Raised when tables change; formats of what is in them have their own numbers.
const VERSION: u32 = 1;
/// A tab that was asked to let go is given so long, in milliseconds.
const LET_GO_WITHIN: i32 = 2000;
/// Opening takes no longer, in milliseconds. A question that waits behind that of another tab is told nothing, not even that
/// it is blocked.
const OPENED_WITHIN: i32 = 6000;
/// The same for removing, which takes the browser longer where there is much.
const REMOVED_WITHIN: i32 = 20_000;

/// Where the browser keeps databases.
///
/// # Errors
/// `NoStore` if it keeps none.
pub fn factory() -> Result<IdbFactory, Trouble> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(|_| no_store())?;
    factory.dyn_into().map_err(|_| no_store())
}

/// That this browser keeps nothing.
pub fn no_store() -> Trouble {
    Trouble::new(Why::NoStore, "this browser keeps nothing here")
}

/// Opens a database, and makes those of its tables that are not there.
///
/// # Errors
/// `NoStore`, `Newer`, `Blocked`, `Store`.
pub async fn open(name: &str, tables: &'static [Table]) -> Result<IdbDatabase, Trouble> {
    let request = factory()?.open_with_u32(name, VERSION).map_err(|error| trouble(&error))?;
    let at_work = Rc::new(Cell::new(false));
    let upgrade = Closure::<dyn FnMut()>::new({
        let (request, at_work) = (request.clone(), Rc::clone(&at_work));
        move || {
            at_work.set(true);
            let Some(database) = opened(&request) else { return };
            for table in tables {
                // One that is there is left as it is. Where making one fails, reading it fails, and is told.
                database.create_object_store(table.name()).ok();
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    match answered(&request, OPENED_WITHIN, &at_work).await {
        Some(answer) => {
            request.set_onupgradeneeded(None);
            answer?.dyn_into().map_err(|_| no_store())
        }
        None => {
            // The browser has no way to take the question back. Heard later, the upgrade is done as a whole, and the
            // database let go of at once, so that nobody has to wait for a tab that has given up.
            request.set_onupgradeneeded(Some(upgrade.into_js_value().unchecked_ref()));
            let close = Closure::once_into_js({
                let request = request.clone();
                move || opened(&request).iter().for_each(IdbDatabase::close)
            });
            request.set_onsuccess(Some(close.unchecked_ref()));
            request.set_onerror(None);
            Err(in_the_way())
        }
    }
}

/// Removes a database. If it is said to be blocked, it goes all the same once the other tab has let go.
///
/// # Errors
/// `NoStore`, `Blocked`, `Store`.
pub async fn remove(name: &str) -> Result<(), Trouble> {
    let request = factory()?.delete_database(name).map_err(|error| trouble(&error))?;
    let answer = answered(&request, REMOVED_WITHIN, &Cell::new(false)).await;
    answer.unwrap_or_else(|| Err(in_the_way())).map(drop)
}

fn opened(request: &IdbOpenDbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

fn in_the_way() -> Trouble {
    Trouble::new(Why::Blocked, "another tab holds the journal's store open: close it")
}

/// Waits for opening or removing; none if another tab is in the way. What the browser is at work on is waited for.
async fn answered(
    request: &IdbOpenDbRequest,
    within: i32,
    at_work: &Cell<bool>,
) -> Option<Result<JsValue, Trouble>> {
    let blocked = Promise::new(&mut |resolve, _| request.set_onblocked(Some(&resolve)));
    let blocked = pin!(async {
        // Nothing rejects this promise.
        JsFuture::from(blocked).await.ok();
        browser::sleep(LET_GO_WITHIN).await;
    });
    let untold = pin!(browser::sleep(within));
    let patience = pin!(async {
        select(blocked, untold).await;
        while at_work.get() {
            browser::sleep(LET_GO_WITHIN).await;
        }
    });
    let answer = match select(pin!(done(request)), patience).await {
        Either::Left((answer, _)) => Some(answer),
        Either::Right(_) => None,
    };
    request.set_onblocked(None);
    answer
}
