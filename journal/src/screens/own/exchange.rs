//! The place for what goes out and comes in, and the fetching of the program that shows it there: see `screens/exchange`.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlDivElement;

use crate::screens::{act::warn, desk::Desk, dom, view::prelude::*};

#[derive(Clone, Copy, PartialEq)]
enum State {
    Coming,
    Here,
    Missing,
}

/// The place, once it is filled; until then that it is being filled, or why not.
pub fn exchange(desk: Desk) -> View {
    let place = NodeRef::<HtmlDivElement>::new();
    let state = RwSignal::new(State::Coming);
    let end = StoredValue::new_local(None::<Function>);
    let fetch = move || {
        state.set(State::Coming);
        spawn_local(async move {
            let program = program().await;
            // The keeper may have left meanwhile, or locked.
            let (Some(place), Some(worker)) = (place.get_untracked(), desk.worker()) else { return };
            let shown =
                program.and_then(|program| dom::call(&program, "exchange", &[place.into(), worker.into()]));
            let shown = shown.and_then(|shown| shown.dyn_into::<Function>().ok());
            state.try_set(if shown.is_some() { State::Here } else { State::Missing });
            end.try_update_value(|end| *end = shown);
        });
    };
    effect(fetch);
    on_cleanup(move || {
        if let Some(end) = end.try_update_value(Option::take).flatten() {
            // It cannot know by itself that a worker was ended.
            let now = desk.worker().map_or(JsValue::UNDEFINED, JsValue::from);
            end.call1(&JsValue::UNDEFINED, &now).ok();
        }
    });
    view! {
        <div class="exchange" node_ref=place></div>
        {move || match state.get() {
            State::Here => ().into_view(),
            State::Coming => view! { <p class="hint" role="status">"Exports and imports are being fetched…"</p> },
            State::Missing => view! {
                {warn("Exports, imports and the page that reads backups could not be fetched. You may be offline, or this site was renewed while \
                    you were here. What you wrote is safe.")}
                <div class="doors">
                    <button type="button" on:click=move |_| fetch()>"Try again"</button>
                    <a class="button" href="/journal">"Load the page again"</a>
                </div>
            },
        }}
    }
}

/// The program, started; the page's frame knows where it is.
async fn program() -> Option<JsValue> {
    let fetching: Promise = dom::call(&dom::window(), "doorwayExchange", &[])?.dyn_into().ok()?;
    JsFuture::from(fetching).await.ok()
}
