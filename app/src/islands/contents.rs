//! Marks the section being read in the table of contents.

use std::cell::{Cell, RefCell};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event};

use super::dom;

thread_local! {
    /// The links of the contents with the headings that they lead to.
    static ENTRIES: RefCell<Vec<(Element, Element)>> = const { RefCell::new(Vec::new()) };
    /// Whether a look at the positions is already due with the next frame.
    static DUE: Cell<bool> = const { Cell::new(false) };
}

/// Watches scrolling, once.
pub(super) fn start() {
    dom::listen::<Event>(&dom::window(), "scroll", |_| {
        if !DUE.replace(true) {
            let look = Closure::once_into_js(|| {
                DUE.set(false);
                mark();
            });
            dom::window().request_animation_frame(look.unchecked_ref()).ok();
        }
    });
}

/// Finds the contents of the page that has just come.
pub(crate) fn refresh() {
    let links = dom::select_all(&dom::main(), ".contents a[href^='#']").into_iter();
    let entries = links.filter_map(|link| {
        let heading = dom::by_id(link.get_attribute("href")?.trim_start_matches('#'))?;
        Some((link, heading))
    });
    let entries = entries.collect();
    ENTRIES.with_borrow_mut(|known| *known = entries);
    mark();
}

fn mark() {
    ENTRIES.with_borrow(|entries| {
        let passed = |(_, heading): &(Element, Element)| heading.get_bounding_client_rect().top() < 120.0;
        let current = entries.iter().rposition(passed);
        for (at, (link, _)) in entries.iter().enumerate() {
            if Some(at) == current {
                link.set_attribute("aria-current", "true").ok();
            } else {
                link.remove_attribute("aria-current").ok();
            }
        }
    });
}
