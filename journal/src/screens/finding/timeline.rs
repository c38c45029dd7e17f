//! Everything that was written, newest first, by day. Only so much is made as is looked at: pages of [`STEP`], older ones when the
//! end comes into view or its button is pressed.

use std::sync::Arc;

use journal::{Day, Filter, Summary};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlButtonElement, IntersectionObserver};

use super::{
    asked::Asked,
    line,
    state::{Finding, STEP},
};
use crate::{
    protocol::{List, Page, Trouble},
    screens::{act::warn, dates, desk::Desk, dom, place::Place, view::prelude::*},
};

/// How many things are asked for at once; the worker gives no more.
const AT_ONCE: usize = 200;

/// The things of one day.
#[derive(Clone)]
struct DayOf {
    day: Day,
    things: Arc<Vec<Summary>>,
}

/// The timeline, with what is said where it is empty.
pub fn timeline(desk: Desk, empty: fn(Desk, Finding) -> View) -> View {
    let here = Finding::here();
    let page = RwSignal::new(None::<Result<Page, Trouble>>);
    keep_listing(desk, here, page);
    let state = Memo::new(move |_| {
        page.with(|page| match page {
            None => State::Opening,
            Some(Err(_)) => State::Trouble,
            Some(Ok(page)) if page.things.is_empty() => State::Empty,
            Some(Ok(_)) => State::There,
        })
    });
    (move || match state.get() {
        State::Opening => view! { <p class="hint" role="status">"Opening your journal…"</p> },
        State::Trouble => page.with_untracked(|page| match page {
            Some(Err(trouble)) => warn(&trouble.told()),
            _ => ().into_view(),
        }),
        State::Empty => empty(desk, here),
        State::There => things(desk, here, page),
    })
    .into_view()
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Opening,
    Trouble,
    Empty,
    There,
}

fn things(desk: Desk, here: Finding, page: RwSignal<Asked<Page>>) -> View {
    let days = move || {
        page.with(|page| page.as_ref().and_then(|page| page.as_ref().ok()).map_or_else(Vec::new, by_day))
    };
    let counts = Memo::new(move |_| {
        page.with(|page| match page {
            Some(Ok(page)) => (page.things.len(), page.total),
            _ => (0, 0),
        })
    });
    let older = move || here.shown.update(|shown| *shown += STEP);
    let more = Memo::new(move |_| counts.with(|(shown, total)| shown < total));
    view! {
        {move || here.is_narrowed().then(|| view! { <p class="count">{super::results::count(counts.get().1)}</p> })}
        <div class="days">
            {move || days().iter().map(|day| day_view(desk, here, day)).collect::<Vec<_>>()}
        </div>
        {move || more.get().then(|| {
            let button = NodeRef::<HtmlButtonElement>::new();
            effect(move || {
                if let Some(button) = button.get() {
                    when_seen(&button, older);
                }
            });
            view! {
                <p class="older">
                    <button type="button" node_ref=button on:click=move |_| older()>"Show older ones"</button>
                    <span class="hint">{move || counts.with(|(shown, total)| format!("{shown} of {total} are shown."))}</span>
                </p>
            }
        })}
    }
}

fn day_view(desk: Desk, here: Finding, day: &DayOf) -> View {
    let lines: Vec<_> = day.things.iter().map(|thing| thing_view(desk, here, thing)).collect();
    view! {
        <section class="day">
            <h3>{dates::spoken(day.day)}</h3>
            <ul class="things">{lines}</ul>
        </section>
    }
}

/// A line under the heading of its day. Whoever opens it comes back to it.
pub fn thing_view(desk: Desk, here: Finding, thing: &Summary) -> View {
    let id = thing.id;
    line::line(thing, line::first_words(thing), move || {
        here.opened.set_value(Some(id));
        desk.go(Place::Read(id));
    })
}

fn by_day(page: &Page) -> Vec<DayOf> {
    let day = |things: &[Summary]| DayOf { day: things[0].day, things: Arc::new(things.to_vec()) };
    page.things.chunk_by(|one, other| one.day == other.day).map(day).collect()
}

/// Lists anew when the filter or the journal changes, and lists more when more is to be shown.
fn keep_listing(desk: Desk, here: Finding, page: RwSignal<Asked<Page>>) {
    let asked = StoredValue::new(0_u32);
    Effect::new(move |before: Option<(Filter, u32)>| {
        let (filter, changes, shown) = (here.filter.get(), desk.changes.get(), here.shown.get());
        let other = before.as_ref().is_some_and(|(before, _)| *before != filter);
        if let Some(before) = before.as_ref().filter(|_| other && shown != STEP) {
            // Another list begins at its beginning; this runs again with that.
            here.shown.set(STEP);
            return before.clone();
        }
        let anew = other || before.is_none_or(|(_, before)| before != changes);
        let known = if anew { Vec::new() } else { known(page) };
        let this = asked.get_value() + 1;
        asked.set_value(this);
        let list = filter.clone();
        spawn_local(async move {
            let answer = gather(desk, list, known, shown).await;
            if asked.try_get_value() == Some(this) {
                page.set(Some(answer));
                return_to_line(here);
            }
        });
        (filter, changes)
    });
}

fn known(page: RwSignal<Asked<Page>>) -> Vec<Summary> {
    page.with_untracked(|page| match page {
        Some(Ok(page)) => page.things.clone(),
        _ => Vec::new(),
    })
}

/// The first `want` things, of which some are known.
async fn gather(desk: Desk, filter: Filter, known: Vec<Summary>, want: usize) -> Result<Page, Trouble> {
    let mut all = Page { things: known, total: 0 };
    loop {
        let from = all.things.len();
        let count = want.saturating_sub(from).min(AT_ONCE);
        let page = desk.ask(List { filter: filter.clone(), from, count }).await?;
        all.total = page.total;
        let came = page.things.len();
        all.things.extend(page.things);
        if came == 0 || all.things.len() >= want.min(all.total) {
            return Ok(all);
        }
    }
}

/// Puts the focus back on the line that was opened, when the keeper comes back from it.
fn return_to_line(here: Finding) {
    let Some(id) = here.opened.get_value() else { return };
    here.opened.set_value(None);
    dom::after(0, move || {
        if let Some(line) = dom::select(&format!("#journal [data-id=\"{id}\"]")) {
            dom::focus(&line);
        }
    });
}

/// Acts each time an element comes into view, for as long as the caller's place is there.
fn when_seen(element: &web_sys::Element, act: impl Fn() + 'static) {
    let seen = Closure::<dyn FnMut(JsValue)>::new(move |entries: JsValue| {
        let entries: js_sys::Array = entries.unchecked_into();
        if entries.iter().any(|entry| dom::get(&entry, "isIntersecting").is_truthy()) {
            act();
        }
    });
    // Without an observer the button alone shows more.
    let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, seen));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}
