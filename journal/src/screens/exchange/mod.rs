//! What goes out of a journal and comes into it in other forms: exports, imports, the page that reads backups. Few open this, and
//! it knows many formats; so it is a program of its own, which the screen that has a place for it fetches.

mod export;
mod import;
mod page;

use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Worker};

use super::{desk::Desk, view};

thread_local! {
    /// At the worker that was asked last. A screen that is opened again asks by the same line.
    static DESK: Cell<Option<Desk>> = const { Cell::new(None) };
}

/// Shows it in an element, asking a worker whose journal is open. What is given back takes it away again; called with the worker
/// that the page has now, it also lets go of what is still being done with one that was ended.
pub fn open(place: &Element, worker: Worker) -> Function {
    let desk = DESK.get().filter(|desk| desk.worker().as_ref() == Some(&worker)).unwrap_or_else(|| {
        DESK.get().inspect(|desk| desk.let_go());
        Desk::beside(worker)
    });
    DESK.set(Some(desk));
    let shown = view::show(place, move || {
        view::View::Many(vec![page::page(), export::export(desk), import::import(desk)])
    });
    let end = move |now: Option<Worker>| {
        shown.end();
        if desk.worker() != now {
            desk.let_go();
        }
    };
    Closure::once_into_js(move |now: JsValue| end(now.dyn_into().ok())).unchecked_into()
}
