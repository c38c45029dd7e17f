//! Prints the page, or one block of it alone.

use web_sys::{Event, MouseEvent};

use super::dom;

/// Watches for clicks on *Print*, of a page and of a block, once.
pub(super) fn start() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        if event.default_prevented() {
            return;
        }
        if dom::closest(&event, "button[data-act=print-page]").is_some() {
            dom::window().print().ok();
            return;
        }
        let Some(block) =
            dom::closest(&event, "a[data-act=print]").and_then(|link| link.closest(".block").ok().flatten())
        else {
            return;
        };
        event.prevent_default();
        block.class_list().add_1("alone").ok();
        dom::root().set_attribute("data-alone", "").ok();
        dom::window().print().ok();
    });
    dom::listen::<Event>(&dom::window(), "afterprint", |_| {
        dom::root().remove_attribute("data-alone").ok();
        for block in dom::select_all(&dom::main(), ".alone") {
            block.class_list().remove_1("alone").ok();
        }
    });
}
