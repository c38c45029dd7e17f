//! Wakes what the server rendered.

use std::cell::RefCell;

use leptos::{mount::hydrate_from, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{comfort::Comfort, contents, dom, listen::Listen, navigate, print, returning::Returning, terms};

thread_local! {
    /// What ends the islands inside `<main>` when another page takes its place.
    static AWAKE: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Wakes the whole document, once.
pub fn wake() {
    // Those in the header stay for as long as the document does.
    for end in islands_in(&dom::select_all(&dom::body(), "header [data-island]")) {
        std::mem::forget(end);
    }
    terms::start();
    print::start();
    contents::start();
    navigate::start();
    wake_main();
    dom::root().set_attribute("data-awake", "").ok();
}

/// Wakes what is inside `<main>`, after the page has changed.
pub(super) fn wake_main() {
    let ends = islands_in(&dom::select_all(&dom::main(), "[data-island]"));
    AWAKE.with_borrow_mut(|awake| *awake = ends);
    contents::refresh();
}

/// Ends what is inside `<main>`, before the page changes.
pub(super) fn sleep_main() {
    let ends = AWAKE.with_borrow_mut(std::mem::take);
    for end in ends {
        end();
    }
}

fn islands_in(places: &[Element]) -> Vec<Box<dyn FnOnce()>> {
    places.iter().filter_map(|place| wake_island(place.clone().unchecked_into())).collect()
}

fn wake_island(place: HtmlElement) -> Option<Box<dyn FnOnce()>> {
    fn end<V: IntoView + 'static>(place: HtmlElement, view: fn() -> V) -> Box<dyn FnOnce()> {
        let handle = hydrate_from(place, view);
        Box::new(move || drop(handle))
    }
    let name = place.get_attribute("data-island")?;
    Some(match name.as_str() {
        "comfort" => end(place, || view! { <Comfort /> }),
        "listen" => end(place, || view! { <Listen /> }),
        "returning" => end(place, || view! { <Returning /> }),
        _ => return None,
    })
}
