//! The box in the header of a phone: folded away behind its door until it is wanted.

use super::super::dom;

/// Unfolds the header's box, where the header has room for a door to it only; goes to the page's own where it has one.
pub(super) fn open() -> bool {
    let own = dom::select(&dom::main(), "form[data-search] input");
    let Some(input) = own.or_else(|| dom::select(&dom::body(), "header form[data-search] input")) else {
        return false;
    };
    dom::root().set_attribute("data-searching", "").ok();
    dom::focus(&input);
    true
}

/// Folds it again, and puts the keyboard back on what opened it.
pub(super) fn close() {
    if dom::root().has_attribute("data-searching") {
        let within = dom::document()
            .active_element()
            .is_some_and(|at| at.closest("header form").ok().flatten().is_some());
        dom::root().remove_attribute("data-searching").ok();
        if let Some(opener) = dom::select(&dom::body(), ".opener").filter(|_| within) {
            dom::focus(&opener);
        }
    }
}
