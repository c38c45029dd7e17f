//! Reading an opened pack one passage at a time, for who has little strength: one thing on the page, and the way on.

use std::cell::Cell;

use super::{place, say};
use crate::islands::dom;

thread_local! {
    /// The passage that is shown alone, from 0.
    static STEP: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Another pack is opened: all of it is shown.
pub(super) fn reset() {
    STEP.set(None);
}

/// What a button does.
pub(super) fn press(act: &str) {
    match act {
        "step" => step(Some(0)),
        "all" => step(None),
        "back" => step(STEP.get().map(|at| at.saturating_sub(1))),
        "next" => step(STEP.get().map(|at| at + 1)),
        _ => {}
    }
}

/// Shows one passage alone, or all.
fn step(to: Option<usize>) {
    let Some(pack) = place().and_then(|place| dom::select(&place, ".pack")) else { return };
    let passages = dom::select_all(&pack, ".passage");
    let to = to.map(|at| at.min(passages.len().saturating_sub(1)));
    let from = STEP.replace(to);
    for (at, passage) in passages.iter().enumerate() {
        passage.class_list().toggle_with_force("current", to == Some(at)).ok();
    }
    pack.class_list().toggle_with_force("stepped", to.is_some()).ok();
    for (act, none) in [("back", to == Some(0)), ("next", to == passages.len().checked_sub(1))] {
        if let Some(button) = dom::select(&pack, &format!("[data-pack={act}]")) {
            button.toggle_attribute_with_force("hidden", none).ok();
        }
    }
    // Who turns a page starts at its top; who goes back to all of it stays at the passage that was open.
    if let Some(heading) = to.or(from).and_then(|at| dom::by_id(&format!("pack-{}", at + 1))) {
        dom::focus(&heading);
        heading.scroll_into_view();
    }
    say("");
    if let Some(at) = to {
        dom::announce(&format!("{} of {}", at + 1, passages.len()));
    }
}
