//! What is seen while a secret is turned into a key or much is read: a door that keeps moving by itself.

use crate::{
    protocol::Stage,
    screens::{desk::Desk, dom, view::prelude::*},
};

/// After this long it is said that nothing is wrong, in milliseconds.
const LONG: i32 = 6_000;

/// The sign.
pub fn waiting(desk: Desk) -> View {
    let long = RwSignal::new(false);
    let timer = dom::after(LONG, move || {
        long.try_set(true);
    });
    on_cleanup(move || dom::cancel(timer));
    let words = move || match desk.progress.get() {
        None => "One moment…".to_owned(),
        Some(progress) => {
            let doing = match progress.stage {
                Stage::Deriving => "Making the key. This is slow on purpose: it makes guessing slow too.",
                Stage::Opening => "Opening what is written…",
                Stage::Backup => "Writing the backup…",
                Stage::Checking => "Reading it back, to be sure…",
                Stage::Restoring => "Bringing it back…",
            };
            if progress.of == 0 {
                doing.to_owned()
            } else {
                format!("{doing} {} of {}", progress.done, progress.of)
            }
        }
    };
    view! {
        <div class="turning">
            <span class="ajar" aria-hidden="true"></span>
            <p role="status">{words}</p>
            {move || long.get().then(|| view! { <p class="facts">"Still working. An older device can take half a minute."</p> })}
        </div>
    }
}
