//! Looking for something: at every key, in the worker, over what was opened there. What is typed is kept in memory, goes into no
//! address and no store, and ends with the lock.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    filters::filters,
    results::{NEAREST, count, keep_near, results},
    state::Finding,
};
use crate::{
    protocol::Search,
    screens::{desk::Desk, dom, view::prelude::*},
};

/// How long after a key the search waits for the next, in milliseconds.
const PAUSE: i32 = 60;
/// How long after the last answer its count is said aloud, in milliseconds.
const SETTLED: i32 = 700;
/// How many things are shown of what is found.
pub const MOST: usize = 50;
/// Longer than this nothing is looked at, in characters; as the engine says.
pub const LONGEST: usize = 1000;

const FIELD: &str = "#journal .seek input";

/// The place of the search.
pub fn search(desk: Desk) -> View {
    let here = Finding::here();
    let looks = here.looks();
    // Whoever comes here comes to type; the frame has just read out the heading.
    dom::after(0, || {
        dom::after(0, focus);
    });
    view! {
        <div class="finding">
            <h1>"Search"</h1>
            {field(here)}
            {filters(desk, here)}
            {move || {
                if looks.get() {
                    results(desk, here)
                } else {
                    view! {
                        <p class="hint">
                            "Look for any word that you wrote: in entries and answers, in what you captured, in the words beside a picture. "
                            "It is found on this device, and what you look for is kept nowhere."
                        </p>
                    }
                }
            }}
        </div>
    }
}

/// Puts the cursor into the field.
pub fn focus() {
    if let Some(field) = dom::select(FIELD) {
        dom::focus(&field);
        dom::call(&field, "select", &[]);
    }
}

/// The field. Arrow down leads into what was found, Escape empties it.
pub fn field(here: Finding) -> View {
    view! {
        <search class="seek">
            <label>
                <span class="unseen">"Search your journal"</span>
                <input
                    type="search"
                    placeholder="Search your journal"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="search"
                    aria-keyshortcuts="Control+K Meta+K"
                    prop:value=move || here.query.get()
                    on:input=move |event| here.query.set(event_target_value(&event))
                    on:keydown=move |event: KeyboardEvent| match event.key().as_str() {
                        "ArrowDown" => {
                            event.prevent_default();
                            step(1);
                        }
                        "Escape" => here.query.set(String::new()),
                        _ => {}
                    }
                />
            </label>
        </search>
    }
}

/// Moves the focus among the field and the lines below it.
pub fn step(by: i32) {
    let Ok(all) = dom::document().query_selector_all("#journal .seek input, #journal .found .opens") else {
        return;
    };
    let now = dom::document().active_element();
    let at = (0..all.length()).find(|&at| all.item(at).as_deref() == now.as_deref().map(AsRef::as_ref));
    let next = at.map_or(0, |at| at as i32) + by;
    if let Some(element) = all.item(next.max(0) as u32).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
    }
}

/// Looks again whenever the words, the filter or the journal change; only the answer to what was asked last is shown.
pub fn keep_looking(desk: Desk, here: Finding) {
    let asked = StoredValue::new(0_u32);
    let timer = StoredValue::new(None::<i32>);
    effect(move || {
        let (query, filter) = (here.query.get(), here.filter.get());
        desk.changes.track();
        if let Some(timer) = timer.get_value() {
            dom::cancel(timer);
        }
        let this = asked.get_value() + 1;
        asked.set_value(this);
        if query.trim().is_empty() {
            here.found.set(None);
            return;
        }
        timer.set_value(Some(dom::after(PAUSE, move || {
            // Whoever locks meanwhile is not looked for.
            if asked.try_get_value() != Some(this) {
                return;
            }
            spawn_local(async move {
                let mut found = desk.ask(Search { query: query.clone(), filter, count: MOST }).await;
                if let Ok(page) = &mut found {
                    keep_near(page, &query);
                }
                if asked.try_get_value() == Some(this) {
                    here.found.set(Some(found));
                    say(here, asked, this);
                }
            });
        })));
    });
}

/// Says how much was found, once nobody types any more.
fn say(here: Finding, asked: StoredValue<u32>, this: u32) {
    dom::after(SETTLED, move || {
        if asked.try_get_value() != Some(this)
            || !dom::select(FIELD).is_some_and(|field| Some(field) == dom::document().active_element())
        {
            return;
        }
        if let Some(Some(Ok(page))) = here.found.try_get_untracked() {
            let helped = here.query.with_untracked(|query| journal::crisis::sounds_like(query));
            let nearest = page.nearest && !page.hits.is_empty();
            let count = if nearest { NEAREST.to_owned() } else { count(page.hits.len()) };
            dom::announce(&if helped { ["Help is shown first. ", &count].concat() } else { count });
        }
    });
}
