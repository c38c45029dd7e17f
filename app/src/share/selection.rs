//! *Share this passage*: a quiet button near selected text. It stands beside the selection and never on it, goes when the
//! selection leaves the screen, and on Escape. By keyboard the same is in the menu of the section.

use std::cell::{Cell, RefCell};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, HtmlElement, KeyboardEvent, MouseEvent, Range};

use super::{menu, passage};
use crate::islands::dom;

thread_local! {
    static RANGE: RefCell<Option<Range>> = const { RefCell::new(None) };
    /// Counts changes of the selection, so that the button comes when it has come to rest.
    static CHANGE: Cell<u32> = const { Cell::new(0) };
}

/// How long a selection rests before the button comes, in milliseconds.
const REST: i32 = 350;
/// Pixels between the selection and the button; with a finger more, for the handles and the device's own bar.
const GAP: f64 = 10.0;
const GAP_OF_FINGERS: f64 = 44.0;

/// Watches selections, once.
pub(super) fn start() {
    dom::listen::<Event>(&dom::document(), "selectionchange", |_| {
        let change = CHANGE.get().wrapping_add(1);
        CHANGE.set(change);
        let look = Closure::once_into_js(move || {
            if CHANGE.get() == change {
                RANGE.set(passage::selected());
                place();
            }
        });
        let wait =
            dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(look.unchecked_ref(), REST);
        wait.ok();
    });
    dom::listen::<Event>(&dom::window(), "scroll", |_| {
        if RANGE.with_borrow(Option::is_some) {
            place();
        }
    });
    dom::listen::<KeyboardEvent>(&dom::document(), "keydown", |event| {
        if event.key() == "Escape" {
            RANGE.set(None);
            place();
        }
    });
}

/// Puts the button where there is room for it, or takes it away.
fn place() {
    let at = RANGE.with_borrow(|range| range.as_ref().map(Range::get_bounding_client_rect));
    let window = dom::window();
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let width = f64::from(dom::root().client_width());
    let Some(selection) = at.filter(|at| at.bottom() > 0.0 && at.top() < height) else {
        if let Some(button) = dom::by_id("share-selection") {
            button.set_attribute("hidden", "").ok();
        }
        return;
    };
    let Some(button) = button() else { return };
    button.remove_attribute("hidden").ok();
    let size = button.get_bounding_client_rect();
    let gap = if dom::matches("(pointer: coarse)") { GAP_OF_FINGERS } else { GAP };
    let below = selection.bottom() + gap;
    let above = selection.top() - gap - size.height();
    let top = match (below + size.height() < height, above > 0.0) {
        (true, _) => below,
        (false, true) => above,
        // The selection fills the screen: nothing stands on it.
        (false, false) => {
            button.set_attribute("hidden", "").ok();
            return;
        }
    };
    let left = selection.left().min(width - size.width() - 8.0).max(8.0);
    let style = button.style();
    style.set_property("top", &dom::pixels(top)).ok();
    style.set_property("left", &dom::pixels(left)).ok();
}

/// The button, made when it is first needed and again when another page has come.
fn button() -> Option<HtmlElement> {
    if let Some(known) = dom::by_id("share-selection") {
        return known.dyn_into().ok();
    }
    let button: HtmlElement = dom::document().create_element("button").ok()?.dyn_into().ok()?;
    button.set_id("share-selection");
    button.set_attribute("type", "button").ok();
    button.set_text_content(Some("Share this passage"));
    dom::main().append_child(&button).ok()?;
    // Pressing it leaves the selection as it is.
    dom::listen::<MouseEvent>(&button, "mousedown", |event| event.prevent_default());
    dom::listen::<MouseEvent>(&button, "click", |_| {
        let found = RANGE.with_borrow(|range| range.as_ref().and_then(passage::of));
        if let Some(found) = found {
            menu::open(found, None);
        }
    });
    Some(button)
}
