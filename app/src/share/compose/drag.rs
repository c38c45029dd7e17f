//! Dragging an item by its handle, with a mouse, a pen or a finger. The buttons beside it do the same by keyboard.

use std::cell::RefCell;

use web_sys::{Element, MouseEvent};

use super::{basket, change, item_of, name, show, tell_place, with};
use crate::islands::dom;

/// How near the edge of the window is, and how far each move there scrolls; in pixels.
const EDGE: f64 = 56.0;
const STEP: f64 = 14.0;

thread_local! {
    /// The item that is being dragged: where it is now, and what it is called.
    static DRAGGED: RefCell<Option<(usize, String)>> = const { RefCell::new(None) };
}

/// Watches for a drag, once.
pub(super) fn start() {
    let document = dom::document();
    // Events of a pointer are events of a mouse with more to them, which is not needed here.
    dom::listen::<MouseEvent>(&document, "pointerdown", |event| {
        let handle = dom::closest(&event, "#composer .handle");
        if let Some((item, at)) = handle.and_then(|handle| item(&handle)) {
            event.prevent_default();
            item.set_attribute("data-dragged", "").ok();
            DRAGGED.set(Some((at, name(at))));
        }
    });
    dom::listen::<MouseEvent>(&document, "pointermove", |event| {
        let Some((from, title)) = DRAGGED.with_borrow(Clone::clone) else { return };
        let y = f64::from(event.client_y());
        scroll_at(y);
        let to = place_at(y);
        if with(|composer| composer.draft.drag(from, to, &title)) == Some(true) {
            DRAGGED.set(Some((to, title)));
            show();
            if let Some(item) = items().get(to) {
                item.set_attribute("data-dragged", "").ok();
            }
        }
    });
    for end in ["pointerup", "pointercancel"] {
        dom::listen::<MouseEvent>(&document, end, |_| {
            if let Some((at, title)) = DRAGGED.take() {
                change(|composer| composer.draft.rest());
                tell_place(&title, at);
                with(|composer| basket::save(composer.draft.pack()));
            }
        });
    }
}

fn items() -> Vec<Element> {
    dom::select_all(&dom::main(), "#composer .chosen > li")
}

fn item(handle: &Element) -> Option<(Element, usize)> {
    Some((handle.closest("li").ok().flatten()?, item_of(handle)?))
}

/// Moves the page on, where a drag comes near the edge of the window.
fn scroll_at(y: f64) {
    let window = dom::window();
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
    let by = if y < EDGE {
        -STEP
    } else if y > height - EDGE {
        STEP
    } else {
        0.0
    };
    window.scroll_by_with_x_and_y(0.0, by);
}

/// The place in the list at a height of the window, in pixels: behind every item whose middle is above it.
fn place_at(y: f64) -> usize {
    let items = items();
    let middle = |item: &Element| {
        let rect = item.get_bounding_client_rect();
        rect.top() + rect.height() / 2.0
    };
    let dragged = DRAGGED.with_borrow(|dragged| dragged.as_ref().map(|(at, _)| *at));
    let others = items.iter().enumerate().filter(|(at, _)| Some(*at) != dragged);
    others.filter(|(_, item)| middle(item) < y).count()
}
