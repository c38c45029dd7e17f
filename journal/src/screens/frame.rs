//! What is around every screen: the lock, the way back, quick exit, and what must be told wherever the keeper is.

use leptos::prelude::*;

use super::{
    desk::{Desk, Standing},
    dom,
    place::Place,
};

/// The whole journal.
#[component]
pub fn Frame(desk: Desk) -> impl IntoView {
    // Whoever cannot see the screen change hears its heading.
    Effect::new(move |before: Option<()>| {
        desk.place.track();
        desk.standing.track();
        if before.is_some() {
            dom::after(0, || {
                if let Some(heading) = dom::select("#journal h1") {
                    heading.set_attribute("tabindex", "-1").ok();
                    dom::focus(&heading);
                }
                dom::window().scroll_to_with_x_and_y(0.0, 0.0);
            });
        }
    });
    let inside = Memo::new(move |_| desk.standing.with(|standing| matches!(standing, Standing::Inside(_))));
    view! {
        {move || desk.trouble.get().map(|trouble| {
            view! {
                <div class="notice warm trouble" role="alert">
                    <p>{trouble.told()}</p>
                    <p><button on:click=move |_| desk.trouble.set(None)>"Put away"</button></p>
                </div>
            }
        })}
        {move || if inside.get() { room(desk).into_any() } else { outside(desk).into_any() }}
    }
}

fn outside(desk: Desk) -> impl IntoView {
    move || match desk.standing.get() {
        Standing::Looking => {
            view! { <p class="opening" role="status">"The door is being opened…"</p> }.into_any()
        }
        Standing::Outside(_) => view! { <h1>"Journal"</h1> }.into_any(),
        Standing::Inside(_) => ().into_any(),
    }
}

fn room(desk: Desk) -> impl IntoView {
    move || match desk.place.get() {
        Place::Home => view! { <h1>"Journal"</h1> }.into_any(),
        _ => view! { <h1>"Journal"</h1> }.into_any(),
    }
}
