//! What is around every screen: the lock, the way back, quick exit, and what must be told wherever the keeper is.

use super::{
    desk::{Desk, Standing},
    dom, door, finding, own,
    place::Place,
    writing,
};
use crate::screens::view::prelude::*;

/// The whole journal.
pub fn view(desk: Desk) -> View {
    let inside = Memo::new(move |_| desk.standing.with(|standing| matches!(standing, Standing::Inside(_))));
    let outside = Memo::new(move |_| match desk.standing.get() {
        Standing::Outside(door) => Some(door),
        _ => None,
    });
    Effect::new(move |before: Option<()>| {
        desk.place.track();
        inside.track();
        outside.track();
        if before.is_some() {
            dom::turn_to_heading();
        }
    });
    let locks_in = door::watch(desk);
    view! {
        {door::bar(desk)}
        {move || locks_in.get().map(|seconds| door::warning(desk, seconds))}
        {move || desk.trouble.get().map(|trouble| {
            view! {
                <div class="notice warm trouble" role="alert">
                    <p>{trouble.told()}</p>
                    <p><button on:click=move |_| desk.trouble.set(None)>"Put away"</button></p>
                </div>
            }
        })}
        {move || match outside.get() {
            _ if inside.get() => room(desk),
            Some(door) => door::outside(desk, door),
            None => view! { <p class="opening" role="status">"The door is being opened…"</p> },
        }}
    }
}

fn room(desk: Desk) -> View {
    finding::settle(desk);
    let room = move || match desk.place.get() {
        Place::Home => finding::home(desk),
        Place::Read(id) => finding::read(desk, id),
        Place::Calendar => finding::calendar(desk),
        Place::Search => finding::search(desk),
        Place::Trash => finding::trash(desk),
        Place::History(id) => finding::history(desk, id),
        Place::Safety => own::safety(desk),
        Place::Settings => own::settings(desk),
        Place::Own => own::own(desk),
        Place::Recovery => door::phrase(desk),
        Place::Write(start) => writing::write(desk, start),
        Place::Week(first) => writing::week(desk, first),
    };
    // Where something is written, the way to capture is at its foot.
    let writes = move || desk.place.with(|place| matches!(place, Place::Write(_) | Place::Week(_)));
    view! {
        {room}
        {move || (!writes()).then(|| writing::capture_button(desk))}
    }
}
