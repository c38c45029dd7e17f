//! What goes out of a journal and comes into it in other forms: exports, imports, the page that reads backups. Few open this, and
//! it knows many formats; so it is a program of its own, which the screen that has a place for it fetches.

mod export;
mod import;
mod page;

use js_sys::Function;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Worker};

use super::{desk::Desk, view};

/// Shows it in an element, asking a worker whose journal is open. What is given back takes it away again.
pub fn open(place: &Element, worker: Worker) -> Function {
    let desk = Desk::beside(worker);
    let shown = view::show(place, move || {
        view::View::Many(vec![page::page(), export::export(desk), import::import(desk)])
    });
    Closure::once_into_js(move || shown.end()).unchecked_into()
}
