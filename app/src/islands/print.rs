//! Prints the page.

use web_sys::MouseEvent;

use super::dom;

/// Watches for clicks on a page's *Print*, once.
pub(super) fn start() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        if dom::closest(&event, "button[data-act=print-page]").is_some() && !event.default_prevented() {
            dom::window().print().ok();
        }
    });
}
