//! Reading an opened pack one passage at a time, for who has little strength: one thing on the page, and the way on. Each step is
//! an entry of the history, so that *Back* turns a page back, and a reload or a look elsewhere leads to it again.

use std::cell::Cell;

use wasm_bindgen::JsValue;

use super::{place, say};
use crate::islands::{dom, navigate};

thread_local! {
    /// The passage that is shown alone, from 0.
    static STEP: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The name under which an entry of the history keeps its step.
const KEPT: &str = "step";

/// Another pack is opened: all of it is shown.
pub(super) fn reset() {
    STEP.set(None);
}

/// What a button does.
pub(super) fn press(act: &str) {
    let to = match act {
        "step" => Some(0),
        "all" => None,
        "back" => STEP.get().map(|at| at.saturating_sub(1)),
        "next" => STEP.get().map(|at| at + 1),
        _ => return,
    };
    let from = STEP.get();
    if show(to) {
        navigate::push_beside("/pack", KEPT, &value(STEP.get()));
        turn(from);
    }
}

/// Takes up the step of this entry of the history, without moving the reader.
pub(super) fn take_up() {
    show(navigate::kept(KEPT).and_then(|step| step.as_f64()).map(|step| step as usize));
}

/// The same where the reader goes back or forth within the pack: to the start of what is shown then.
pub(super) fn moved() {
    let from = STEP.get();
    take_up();
    if STEP.get() != from {
        turn(from);
    }
}

/// Keeps the step with a new entry of the history.
pub(super) fn keep() {
    navigate::keep(KEPT, &value(STEP.get()));
}

fn value(step: Option<usize>) -> JsValue {
    step.map_or(JsValue::UNDEFINED, |step| (step as u32).into())
}

/// Shows one passage alone, or all; says whether there are any.
fn show(to: Option<usize>) -> bool {
    let Some(pack) = place().and_then(|place| dom::select(&place, ".pack")) else { return false };
    let passages = dom::select_all(&pack, ".passage");
    let to = to.map(|at| at.min(passages.len().saturating_sub(1)));
    STEP.set(to);
    for (at, passage) in passages.iter().enumerate() {
        passage.class_list().toggle_with_force("current", to == Some(at)).ok();
    }
    pack.class_list().toggle_with_force("stepped", to.is_some()).ok();
    for (act, none) in [("back", to == Some(0)), ("next", to == passages.len().checked_sub(1))] {
        if let Some(button) = dom::select(&pack, &format!("[data-pack={act}]")) {
            button.toggle_attribute_with_force("hidden", none).ok();
        }
    }
    say("");
    true
}

/// Puts the reader where a step leads. Who turns a page starts at its top; who goes back to all of it stays at the passage that was
/// open.
fn turn(from: Option<usize>) {
    let to = STEP.get();
    if let Some(heading) = to.or(from).and_then(|at| dom::by_id(&format!("pack-{}", at + 1))) {
        dom::focus(&heading);
        heading.scroll_into_view();
    }
    if let Some(at) = to {
        let of = dom::select_all(&dom::main(), ".passage").len();
        dom::announce(&format!("{} of {of}", at + 1));
    }
}
