//! Home: what can be begun, what waits, and everything that was written.

use journal::Kind;

use super::{
    filters::filters,
    notices::notices,
    results::results,
    search::field,
    state::Finding,
    timeline::timeline,
    waiting::{drafts, from_article},
};
use crate::screens::{
    desk::Desk,
    place::{Place, Start},
    view::prelude::*,
};

/// What can be begun: its name and what it is good for.
const BEGIN: [(Kind, &str, &str); 4] = [
    (Kind::Entry, "Write", "Freely, or along a few questions"),
    (Kind::CheckIn, "Check in", "How today is, in a few touches"),
    (Kind::Capture, "Capture", "Raw, before it fades: words, voice, drawing"),
    (Kind::Session, "Session", "What was planned, and what was"),
];

/// Home.
pub fn home(desk: Desk) -> View {
    let here = Finding::here();
    let looks = here.looks();
    view! {
        <div class="finding home">
            <h1>"Journal"</h1>
            {notices(desk, here)}
            {from_article(desk)}
            {begin(desk)}
            {field(here)}
            {filters(desk, here)}
            {move || {
                if looks.get() {
                    results(desk, here)
                } else {
                    view! { {drafts(desk)} {written(desk)} }
                }
            }}
        </div>
    }
}

fn begin(desk: Desk) -> View {
    let each = BEGIN.map(|(kind, name, what)| {
        view! {
            <li>
                <button
                    type="button"
                    disabled=move || !desk.may_write()
                    on:click=move |_| desk.go(Place::Write(Start::New(kind.clone())))
                >
                    <b>{name}</b> <span>{what}</span>
                </button>
            </li>
        }
    });
    view! { <ul class="begin" aria-label="Begin">{each.into_iter().collect::<Vec<_>>()}</ul> }
}

fn written(desk: Desk) -> View {
    view! {
        <section class="written-here" aria-labelledby="written">
            <h2 id="written">"What you have written"</h2>
            {timeline(desk, empty)}
        </section>
    }
}

fn empty(desk: Desk, here: Finding) -> View {
    if here.is_narrowed() {
        return view! {
            <div class="empty">
                <p>"Nothing that you wrote fits all of this."</p>
                <p><button type="button" on:click=move |_| here.filter.set(Default::default())>"Show everything"</button></p>
            </div>
        };
    }
    view! {
        <div class="empty">
            <p>"Here will be what you write, the newest first. One line is enough to begin."</p>
            <p>
                <button
                    type="button"
                    class="primary"
                    disabled=move || !desk.may_write()
                    on:click=move |_| desk.go(Place::Write(Start::New(Kind::Entry)))
                >
                    "Write a first line"
                </button>
            </p>
        </div>
    }
}
