//! What is above every screen: the way home, the lock, the quick exit.

use super::watch::{leave, would_lose};
use web_sys::HtmlDetailsElement;

use crate::screens::{
    desk::{Desk, Standing},
    dom,
    place::Place,
    view::prelude::*,
};

/// The bar. Outside it holds the quick exit only.
pub fn bar(desk: Desk) -> View {
    let lock = move |_| {
        let asks = "Nothing is kept on this device. If you lock now, all that you wrote here is gone. Lock?";
        if !would_lose(desk) || dom::window().confirm_with_message(asks).unwrap_or(true) {
            desk.lock();
        }
    };
    let inside = Memo::new(move |_| desk.standing.with(|standing| matches!(standing, Standing::Inside(_))));
    view! {
        <nav class="bar" aria-label="Journal">
            {move || inside.get().then(|| places(desk))}
            <span class="ends">
                {move || inside.get().then(|| {
                    view! { <button type="button" class="lock" on:click=lock>"Lock"</button> }
                })}
                <button type="button" class="leave" title="Or press Escape three times" on:click=move |_| leave(desk)>
                    "Leave quickly"
                </button>
            </span>
        </nav>
    }
}

fn places(desk: Desk) -> View {
    let others = [
        (Place::Calendar, "Calendar"),
        (Place::Search, "Search"),
        (Place::Week(None), "This week"),
        (Place::Safety, "Safety plan"),
        (Place::Own, "Keep it safe"),
        (Place::Settings, "Settings"),
        (Place::Trash, "Deleted"),
    ];
    let menu = NodeRef::<HtmlDetailsElement>::new();
    let others = others.map(|(place, name)| {
        let (here, there) = (place.clone(), place);
        let go = move |_| {
            if let Some(menu) = menu.get_untracked() {
                menu.set_open(false);
            }
            desk.go(there.clone());
        };
        let current = move || desk.place.with(|place| *place == here).then_some("page");
        view! { <li><button type="button" aria-current=current on:click=go>{name}</button></li> }
    });
    let home = move || desk.place.with(|place| *place == Place::Home).then_some("page");
    view! {
        <button type="button" class="home" aria-current=home on:click=move |_| desk.go(Place::Home)>"Journal"</button>
        <details class="places" node_ref=menu>
            <summary>"More"</summary>
            <ul>{Vec::from(others)}</ul>
        </details>
    }
}
