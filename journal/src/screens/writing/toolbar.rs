//! The text of an entry: a text area that is the page, and a formatting bar that is there only when text is selected or `/` was
//! typed at the start of a line. What the bar changes, the browser's own undo takes back.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlTextAreaElement, KeyboardEvent};

use super::{
    super::{dom, widgets::grow},
    marks::{self, Change, Mark},
};
use crate::screens::view::prelude::*;

/// A text area of Markdown with its bar. `told` is given the text at each change.
pub fn text(
    name: String,
    hint: &'static str,
    value: String,
    area: NodeRef<HtmlTextAreaElement>,
    told: impl Fn(String) + 'static,
) -> View {
    view(name, hint, value, area, Box::new(told))
}

fn view(
    name: String,
    hint: &'static str,
    value: String,
    area: NodeRef<HtmlTextAreaElement>,
    told: Box<dyn Fn(String)>,
) -> View {
    let shown = RwSignal::new(false);
    // What was selected when the keeper put the bar away: for that it does not come again.
    let put_away = StoredValue::new(None);
    let look = move || {
        let Some(area) = area.get_untracked() else { return };
        let (from, to) = selection(&area);
        if put_away.get_value() == Some((from, to)) {
            return;
        }
        put_away.set_value(None);
        let now = from != to || marks::asks_for_bar(&area.value(), to);
        if now != shown.get_untracked() {
            shown.set(now);
            if now {
                dom::announce("Formatting is above the text: Shift and Tab.");
            }
        }
    };
    let press = move |mark: Mark| {
        if let Some(area) = area.get_untracked() {
            let change = marks::change(&area.value(), selection(&area), mark);
            apply(&area, &change);
            shown.set(false);
        }
    };
    let buttons: Vec<View> = marks::MARKS
        .into_iter()
        .map(|(name, mark)| {
            view! {
                // The text keeps its selection while a button is pressed.
                <button type="button" on:mousedown=|event| event.prevent_default() on:click=move |_| press(mark)>
                    {name}
                </button>
            }
        })
        .collect();
    view! {
        <div class="marks" role="toolbar" aria-label="Formatting" hidden=move || !shown.get()>{buttons}</div>
        <textarea
            class="text"
            rows="3"
            aria-label=name
            placeholder=hint
            node_ref=area
            prop:value=value
            on:input=move |event| {
                let area: HtmlTextAreaElement = event_target(&event);
                grow(&area);
                told(area.value());
                look();
            }
            on:focus=move |event| grow(&event_target(&event))
            on:blur=move |event| {
                let to = dom::get(&event, "relatedTarget").dyn_into::<Element>().ok();
                if to.is_none_or(|to| to.closest(".marks").ok().flatten().is_none()) {
                    shown.set(false);
                }
            }
            on:select=move |_| look()
            on:keyup=move |_| look()
            on:pointerup=move |_| look()
            on:keydown=move |event: KeyboardEvent| match event.key().as_str() {
                "Enter" if !event.is_composing() && !event.shift_key() => {
                    let area: HtmlTextAreaElement = event_target(&event);
                    let (from, to) = selection(&area);
                    if from == to && let Some(change) = marks::enter(&area.value(), to) {
                        event.prevent_default();
                        apply(&area, &change);
                    }
                }
                "Escape" => {
                    put_away.set_value(Some(selection(&event_target(&event))));
                    shown.set(false);
                }
                _ => {}
            }
        ></textarea>
    }
}

fn selection(area: &HtmlTextAreaElement) -> (usize, usize) {
    let place = |place: Result<Option<u32>, JsValue>| place.ok().flatten().unwrap_or_default() as usize;
    (place(area.selection_start()), place(area.selection_end()))
}

/// Changes the text as if it were typed, so that it can be undone as if it were.
fn apply(area: &HtmlTextAreaElement, change: &Change) {
    dom::focus(area);
    area.set_selection_range(change.from as u32, change.to as u32).ok();
    let (command, with) =
        if change.with.is_empty() { ("delete", "") } else { ("insertText", change.with.as_str()) };
    let typed = dom::call(&dom::document(), "execCommand", &[command.into(), false.into(), with.into()]);
    if !typed.is_some_and(|typed| typed.is_truthy()) {
        area.set_range_text(with).ok();
        if let Ok(event) = Event::new("input") {
            area.dispatch_event(&event).ok();
        }
    }
    area.set_selection_range(change.selected.0 as u32, change.selected.1 as u32).ok();
}
