//! Words explained in place: the link to the glossary opens the explanation beside it instead.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

use super::dom;

/// Watches for clicks on explained words, once. A key press on a link is a click too.
pub(super) fn start() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        if event.default_prevented()
            || event.ctrl_key()
            || event.meta_key()
            || event.shift_key()
            || event.button() != 0
        {
            return;
        }
        let Some(link) = dom::closest(&event, "a.term[data-term]") else {
            return;
        };
        let Some(note) = link.get_attribute("data-term").and_then(|slug| dom::by_id(&format!("term-{slug}")))
        else {
            return;
        };
        if open(&link, &note) {
            event.prevent_default();
        }
    });
}

/// Shows the note under its word; says whether the browser could.
fn open(link: &Element, note: &Element) -> bool {
    let Some(note) = note.dyn_ref::<HtmlElement>() else {
        return false;
    };
    if note.show_popover().is_err() {
        return false;
    }
    let word = link.get_bounding_client_rect();
    let size = note.get_bounding_client_rect();
    let width = f64::from(dom::root().client_width());
    let window = dom::window();
    let scrolled = |value: Result<f64, _>| value.unwrap_or(0.0);
    let left = word.left().min(width - size.width() - 8.0).max(8.0) + scrolled(window.scroll_x());
    let top = word.bottom() + 6.0 + scrolled(window.scroll_y());
    let style = note.style();
    style.set_property("left", &dom::pixels(left)).ok();
    style.set_property("top", &dom::pixels(top)).ok();
    // The note stands right after its word in the order of the Tab key, and Escape goes back to the word.
    note.set_attribute("tabindex", "-1").ok();
    note.focus().ok();
    true
}
