//! Wakes what the server rendered.

use std::cell::RefCell;

use leptos::{mount::hydrate_from, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::share;

use super::{
    comfort::Comfort,
    contents, dom,
    listen::Listen,
    navigate, print,
    returning::Returning,
    search::{self, Room, SearchBox},
    terms, write,
};

thread_local! {
    /// What ends the islands inside `<main>` when another page takes its place.
    static AWAKE: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
    static VISITS: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Wakes the whole document, once.
pub fn wake() {
    // Those in the header stay for as long as the document does.
    for end in islands_in(&dom::select_all(&dom::body(), "header [data-island]")) {
        std::mem::forget(end);
    }
    terms::start();
    print::start();
    write::start();
    contents::start();
    share::start();
    // Before what moves between pages: a question is not to be sent as a form is.
    search::start();
    navigate::start();
    wake_main();
    dom::root().set_attribute("data-awake", "").ok();
}

/// Wakes what is inside `<main>`, after the page has changed.
pub(super) fn wake_main() {
    let ends = islands_in(&dom::select_all(&dom::main(), "[data-island]"));
    AWAKE.with_borrow_mut(|awake| *awake = ends);
    contents::refresh();
    search::arrived();
    share::arrived();
}

/// Counts pages that have taken another's place, for what stays in the header.
pub(super) fn visits() -> ArcRwSignal<u32> {
    VISITS.with(Clone::clone)
}

/// Ends what is inside `<main>`, before the page changes.
pub(super) fn sleep_main() {
    let ends = AWAKE.with_borrow_mut(std::mem::take);
    for end in ends {
        end();
    }
    visits().update(|visits| *visits += 1);
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
        "search-header" => end(place, || view! { <SearchBox room=Room::Header /> }),
        "search-home" => end(place, || view! { <SearchBox room=Room::Home /> }),
        "search-page" => end(place, || view! { <SearchBox room=Room::Page /> }),
        _ => return None,
    })
}
