//! Help before everything else, where the words that are looked for sound like a crisis. Decided here and told to nobody.

use crate::screens::{desk::Desk, place::Place, view::prelude::*};

/// The card.
pub fn card(desk: Desk) -> View {
    view! {
        <section class="crisis-card" aria-label="Help in a crisis">
            <p class="first">"If it is hard right now, you do not have to be alone with it."</p>
            <p>
                "In danger, call your emergency number. People answer day and night, whatever you say first. Nobody was told of what "
                "you typed."
            </p>
            <p class="acts">
                <a class="button primary" href="/crisis">"Who to call"</a>
                <button type="button" on:click=move |_| desk.go(Place::Safety)>"My safety plan"</button>
            </p>
        </section>
    }
}
