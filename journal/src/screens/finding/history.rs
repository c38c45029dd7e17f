//! The earlier states of one thing: which there are, what one said beside what it says now, what differs, and making one the present
//! one. Nothing in between is lost by that.

use journal::{Content, Record, RecordId, Revision};
use web_sys::Element;

use super::{
    asked::{Asked, ask, keep_asking, show},
    differing, line,
    read::body,
};
use crate::{
    protocol::{Open, OpenRevision, Opened, Past, RestoreRevision, Revisions},
    screens::{act::Act, dates, desk::Desk, dom, place::Place, view::prelude::*},
};

/// The earlier states of one thing.
pub fn history(desk: Desk, id: RecordId) -> View {
    let now = keep_asking(desk, Open { id });
    let past = keep_asking(desk, Revisions { id });
    let chosen = RwSignal::new(None::<Revision>);
    let then = RwSignal::new(None);
    effect(move || {
        then.set(None);
        if let Some(revision) = chosen.get() {
            ask(desk, then, OpenRevision { id, revision });
        }
    });
    let differs = RwSignal::new(String::new());
    effect(move || {
        let (Some(Ok(then)), Some(Ok(now))) = (then.get(), now.get()) else {
            return differs.set(String::new());
        };
        // Once both are on the screen.
        dom::after(0, move || {
            differs.try_set(differing::mark(&then, &now.record));
        });
    });
    view! {
        <div class="finding history">
            <h1>"Earlier states"</h1>
            <p><button type="button" class="plain" on:click=move |_| desk.go(Place::Read(id))>"Back to what it says now"</button></p>
            {show(past, move |past| states(past, chosen))}
            <p class="hint" role="status">{move || differs.get()}</p>
            <div class="sides">
                {move || chosen.get().map(|revision| earlier(desk, id, revision, then))}
                {move || chosen.get().map(|_| present(desk, now))}
            </div>
        </div>
    }
}

/// The states as a list to choose from, the newest first.
fn states(past: Vec<Past>, chosen: RwSignal<Option<Revision>>) -> View {
    let newest = past.iter().map(|past| past.revision).max().unwrap_or_default();
    if past.len() < 2 {
        return view! { <p class="hint">"It was saved once and not changed since. Earlier states will be here."</p> };
    }
    let each: Vec<_> = past
        .into_iter()
        .map(|past| {
            let revision = past.revision;
            let said = match (&past.summary, past.deletion) {
                (_, true) => "It was deleted".to_owned(),
                (Some(summary), _) => line::name(summary),
                (None, _) => "This state cannot be opened. It is kept as it is.".to_owned(),
            };
            let when =
                past.summary.as_ref().map(|summary| dates::moment(summary.changed)).unwrap_or_default();
            let can = past.summary.is_some() && !past.deletion && revision != newest;
            let place = if revision == newest { "Now".to_owned() } else { when };
            view! {
                <li>
                    <button
                        type="button"
                        class="opens"
                        disabled=!can
                        aria-pressed=move || can.then(|| (chosen.get() == Some(revision)).to_string())
                        on:click=move |_| chosen.set(Some(revision))
                    >
                        <span class="kind">{place}</span> " " <span class="name">{said}</span>
                    </button>
                </li>
            }
        })
        .collect();
    view! { <ol class="states" aria-label="States, the newest first">{each}</ol> }
}

fn earlier(desk: Desk, id: RecordId, revision: Revision, then: RwSignal<Asked<Record>>) -> View {
    let act = Act::new();
    let restore = move |_| {
        act.ask(desk, RestoreRevision { id, revision }, move |_| {
            dom::announce("It says this again.");
            desk.stay(Place::Read(id));
        });
    };
    view! {
        <section class="side" aria-labelledby="then">
            <h2 id="then">"Then"</h2>
            {show(then, move |record: Record| {
                view! { <p class="facts">{dates::moment(record.changed)}</p> {title(id, &record)} {body(desk, &record)} }
            })}
            <p class="acts">
                <button type="button" class="primary" disabled=move || !desk.may_write() || act.busy.get() on:click=restore>
                    "Make this the present one"
                </button>
            </p>
            <p class="hint">"What it says now becomes an earlier state and can be brought back in the same way."</p>
            {act.told()}
        </section>
    }
}

fn present(desk: Desk, now: RwSignal<Asked<Opened>>) -> View {
    view! {
        <section class="side" aria-labelledby="now">
            <h2 id="now">"Now"</h2>
            {show(now, move |opened| {
                let record = opened.record;
                view! { <p class="facts">{dates::moment(record.changed)}</p> {title(opened.id, &record)} {body(desk, &record)} }
            })}
        </section>
    }
}

fn title(id: RecordId, record: &Record) -> View {
    let name = line::name(&journal::Summary::of(id, record));
    let title = match &record.content {
        Content::Entry(entry) => &entry.title,
        Content::Course(course) => &course.name,
        _ => "",
    };
    if title.trim().is_empty() {
        return view! { <h3>{name}</h3> };
    }
    let place = NodeRef::<Element>::new();
    effect(move || {
        if let Some(place) = place.get() {
            place.set_text_content(Some(&name));
        }
    });
    view! { <h3 class="titled" node_ref=place></h3> }
}
