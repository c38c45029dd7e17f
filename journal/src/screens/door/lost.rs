//! In front of a door that does not open as it should: the browser let go of the journal, or something is here that must not be
//! touched.

use super::{first::passphrase, wipe};
use crate::{
    protocol::{Trouble, Why},
    screens::{act::turns, desk::Desk, own::restore, view::prelude::*},
};

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Said,
    Restore,
    Anew,
    Unkept,
    Wipe,
}

/// A journal was here and is gone.
pub fn evicted(desk: Desk) -> View {
    let step = RwSignal::new(Step::Said);
    steps(desk, step, move || {
        view! {
            <section class="door-page">
                <h1>"Your journal is not here any more"</h1>
                <p>"One was kept in this browser. The browser has let go of it, as browsers do when a device runs short of room or its "
                    "data is cleared. Nobody has read it: what was there was sealed."</p>
                <p>"If you have a backup, you can have it back as it was then. Without one it cannot be brought back, and we are sorry."</p>
                <div class="doors">
                    <button type="button" class="primary" on:click=move |_| step.set(Step::Restore)>"Restore a backup"</button>
                    <button type="button" on:click=move |_| step.set(Step::Anew)>"Begin a new journal"</button>
                </div>
                {crisis()}
            </section>
        }
    })
}

/// Something is here that must not be touched.
pub fn shut(desk: Desk, trouble: Trouble) -> View {
    let step = RwSignal::new(Step::Said);
    let why = trouble.why;
    let told = trouble.told();
    steps(desk, step, move || {
        let heading = match why {
            Why::NoStore => "Nothing can be kept here",
            Why::Blocked => "Another tab is in the way",
            Why::NewerTab => "This page is of an older version",
            Why::Worker => "The journal has stopped",
            _ => "The journal does not open",
        };
        let damaged = matches!(why, Why::Damaged | Why::DamagedWay | Why::Older | Why::RolledBack);
        view! {
            <section class="door-page">
                <h1>{heading}</h1>
                <p>{told.clone()}</p>
                <div class="doors">
                    <button type="button" class="primary" on:click=move |_| { desk.end_worker(); desk.look() }>"Try again"</button>
                    <a class="button" href="/journal">"Load the page again"</a>
                </div>
                {(why == Why::NoStore).then(|| view! {
                    <p><button type="button" on:click=move |_| step.set(Step::Unkept)>"Write without saving"</button></p>
                })}
                {damaged.then(|| view! {
                    <p>"What is stored stays as it is until you decide. A backup can only take its place after it is removed from this browser."</p>
                    <p><button type="button" class="danger" on:click=move |_| step.set(Step::Wipe)>"Remove it from this browser…"</button></p>
                })}
                {crisis()}
            </section>
        }
    })
}

fn steps(desk: Desk, step: RwSignal<Step>, said: impl Fn() -> View + Send + 'static) -> View {
    turns(step);
    let back = move || step.set(Step::Said);
    (move || match step.get() {
        Step::Said => said(),
        Step::Restore => restore::at_the_door(desk, back),
        Step::Anew => passphrase(desk, true, back),
        Step::Unkept => passphrase(desk, false, back),
        Step::Wipe => wipe(desk, back),
    })
    .into_view()
}

/// Help, wherever the door does not open.
pub fn crisis() -> View {
    view! { <p class="aside"><a href="/crisis">"Crisis lines"</a>" are open whatever is locked."</p> }
}
