//! The foot of every sheet: what of it is on disk, and the ways on. At its head: what a draft is, when it is one.

use journal::RecordId;
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;

use super::{
    super::{act::warn, dom, place::Place},
    capture_button,
    sheet::{Kept, Sheet},
};
use crate::screens::view::prelude::*;

/// Says that these words were not saved when the journal was last closed, and offers what was.
pub fn draft_notice(sheet: Sheet) -> View {
    if !sheet.from_draft || sheet.kept.get_untracked() == Kept::Saved {
        return ().into_view();
    }
    let (words, way, to) = match sheet.id().filter(|_| !sheet.is_new()) {
        Some(id) => (
            "These words were kept as a draft and are not saved yet.",
            "Back to what was saved",
            Place::Read(id),
        ),
        None => (
            "This was kept as a draft and is not saved yet. Go on where you were.",
            "Let go of this draft",
            Place::Home,
        ),
    };
    let sure = RwSignal::new(false);
    view! {
        <div class="notice draft">
            <p>{words}</p>
            <p>
                {move || {
                    let to = to.clone();
                    if sure.get() {
                        view! {
                            <button type="button" class="danger" on:click=move |_| sheet.discard(to.clone())>
                                "Let go of these words for good"
                            </button>
                            <button type="button" on:click=move |_| sure.set(false)>"Keep them"</button>
                        }
                    } else {
                        view! { <button type="button" class="plain" on:click=move |_| sure.set(true)>{way}</button> }
                    }
                }}
            </p>
        </div>
    }
}

/// What of the sheet is on disk, in words that are true.
pub fn status(sheet: Sheet) -> View {
    let words = move || match sheet.kept.get() {
        Kept::Untouched => "",
        Kept::NotYet | Kept::Draft | Kept::Saving | Kept::Saved if !sheet.desk.keeps() => "Only in this tab",
        Kept::NotYet => "Not kept yet…",
        Kept::Draft => "Kept as a draft",
        Kept::Saving => "Saving…",
        Kept::Saved => "Saved",
        Kept::Not(_) => "Not saved",
    };
    view! { <p class="status" class:not=move || matches!(sheet.kept.get(), Kept::Not(_))>{words}</p> }
}

/// Why it could not be kept or saved, where that is so.
pub fn trouble(sheet: Sheet) -> View {
    (move || match sheet.kept.get() {
        Kept::Not(trouble) => warn(&trouble.told()),
        _ => ().into_view(),
    })
    .into_view()
}

/// The foot: a sheet is saved here, and left.
///
/// `both` has a button that saves and stays beside the one that saves and goes.
pub fn foot(sheet: Sheet, done: &'static str, both: bool, to: fn(Option<RecordId>) -> Place) -> View {
    let desk = sheet.desk;
    let save = move || {
        spawn_local(async move {
            sheet.save().await;
        });
    };
    dom::listen_here(&dom::window(), "keydown", move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
            event.prevent_default();
            save();
        }
    });
    view! {
        {trouble(sheet)}
        <div class="foot">
            {status(sheet)}
            {capture_button(desk)}
            {both.then(|| view! { <button type="button" disabled=move || !desk.may_write() on:click=move |_| save()>"Save"</button> })}
            <button
                type="button"
                class="primary"
                disabled=move || !desk.may_write()
                on:click=move |_| sheet.save_and_go(to)
            >
                {done}
            </button>
        </div>
    }
}

/// Where a thing is read once it is done; home where there is none.
pub fn to_reading(id: Option<RecordId>) -> Place {
    id.map_or(Place::Home, Place::Read)
}
