//! What is written: one room for each kind of thing, around the same sheet.
//!
//! [`begin`] finds or makes what writing starts from, [`sheet`] holds it and keeps it on disk, and each kind has a file with its
//! view. [`bar`] is the foot of all of them.

mod additions;
mod bar;
mod begin;
mod capture;
mod check_in;
mod conflict;
mod course;
mod drawing;
mod entry;
mod guided;
mod level;
mod marks;
mod more;
mod photos;
mod question_sets;
mod session;
mod sheet;
mod steps_back;
mod taken;
mod toolbar;
mod vitals;
mod voice;
mod week;

use journal::{Day, Kind};
use wasm_bindgen_futures::spawn_local;

use super::{
    act::warn,
    desk::Desk,
    dom,
    place::{Place, Start},
};
use crate::{protocol::Trouble, screens::view::prelude::*};
use sheet::{Opening, Sheet};

/// Writing, from wherever it starts.
pub fn write(desk: Desk, start: Start) -> View {
    opened(desk, begin::opening(desk, start))
}

/// The look back on the week that begins on this day; on the present one where there is none.
pub fn week(desk: Desk, first: Option<Day>) -> View {
    opened(desk, begin::week(desk, first))
}

/// The way to capture from every screen: one tap, for one thumb.
pub fn capture_button(desk: Desk) -> View {
    let place = Place::Write(Start::New(Kind::Capture));
    view! {
        <button
            type="button"
            class="to-capture"
            disabled=move || !desk.may_write()
            on:click=move |_| desk.go(place.clone())
        >
            <span class="mark" data-kind="capture"></span>
            <span class="word">"Capture"</span>
        </button>
    }
}

fn opened(desk: Desk, opening: impl Future<Output = Result<Opening, Trouble>> + 'static) -> View {
    let opened = RwSignal::new(None);
    spawn_local(async move {
        // Nothing comes back where the screen is still there.
        if opened.try_set(Some(opening.await)).is_none() {
            dom::turn_to_heading();
        }
    });
    (move || match opened.get() {
        None => view! { <p class="opening" role="status">"Opening…"</p> },
        Some(Err(trouble)) => view! {
            <h1>"Write"</h1>
            {warn(&trouble.told())}
            <p><button type="button" on:click=move |_| desk.go(Place::Home)>"Back to the journal"</button></p>
        },
        Some(Ok(opening)) => room(Sheet::new(desk, opening)),
    })
    .into_view()
}

fn room(sheet: Sheet) -> View {
    let kind = sheet.read(|record| record.kind());
    let desk = sheet.desk;
    (move || {
        if let Some(conflict) = sheet.conflict.get() {
            return conflict::view(sheet, conflict);
        }
        let body = match kind {
            Kind::Entry => entry::view(sheet),
            Kind::Course => course::view(sheet),
            Kind::Session => session::view(sheet),
            Kind::Capture => capture::view(sheet),
            Kind::CheckIn => check_in::view(sheet),
            Kind::Week => week::view(sheet),
            Kind::SafetyPlan => elsewhere(desk, Place::Safety),
            Kind::Settings | Kind::Other(_) => elsewhere(desk, Place::Home),
        };
        view! {
            <div class="writing">
                {move || desk.only_reads().map(|why| view! { <p class="notice">{why}</p> })}
                {body}
            </div>
        }
    })
    .into_view()
}

/// What has a place of its own is written there.
fn elsewhere(desk: Desk, place: Place) -> View {
    effect(move || desk.stay(place.clone()));
    ().into_view()
}
