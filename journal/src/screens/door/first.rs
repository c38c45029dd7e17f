//! The first minute: what this is, a passphrase, and then the recovery words and a page to write on.

use super::{persist, secret::Secret, waiting};
use crate::{
    protocol::{Create, WhyLocked},
    screens::{
        act::{Act, turns},
        desk::Desk,
        finding,
        own::restore,
        place::Place,
        view::prelude::*,
    },
};

#[derive(Clone, Copy, PartialEq)]
enum Step {
    What,
    Passphrase,
    Unkept,
    Restore,
}

/// Nothing is here yet.
pub fn first(desk: Desk) -> View {
    let step = RwSignal::new(Step::What);
    turns(step);
    (move || match step.get() {
        Step::What => what(desk, step),
        Step::Passphrase => passphrase(desk, true, move || step.set(Step::What)),
        Step::Unkept => passphrase(desk, false, move || step.set(Step::What)),
        Step::Restore => restore::at_the_door(desk, move || step.set(Step::What)),
    })
    .into_view()
}

fn what(desk: Desk, step: RwSignal<Step>) -> View {
    // Nothing is here although it locked itself: it was written without saving.
    let idle = desk.locked.get_untracked() == Some(WhyLocked::Idle);
    view! {
        <section class="door-page">
            {idle.then(|| view! {
                <p class="aside" role="status">"Nobody touched it for a while, so it locked itself. What was written without saving is gone."</p>
            })}
            <h1>"A journal that only you can open"</h1>
            <p>"What you write is sealed in this browser, on this device, with a passphrase that only you know. "
                "Nobody who runs this site can read it, and nothing of it is ever sent. "
                "It is not a medical record, and nobody watches it for you: in a crisis it can only show you who to call. "
                "Lose both your passphrase and your recovery words, and nobody on earth can open it again."</p>
            <div class="doors">
                <button type="button" class="primary" on:click=move |_| step.set(Step::Passphrase)>"Make my journal"</button>
                <button type="button" on:click=move |_| step.set(Step::Unkept)>"Write without saving"</button>
            </div>
            <p class="aside">
                <button type="button" class="plain" on:click=move |_| step.set(Step::Restore)>"I have a backup"</button>
            </p>
        </section>
    }
}

/// Making a passphrase, and with it the journal.
pub fn passphrase(desk: Desk, keep: bool, back: impl Fn() + 'static) -> View {
    let (secret, act) = (Secret::new(), Act::new());
    act.returns_to(|_| "#passphrase");
    let make = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        act.run(async move {
            // What is not kept needs no way back in.
            let passphrase = if keep { vec![secret.take()?] } else { Vec::new() };
            let (inside, _) = desk.or_look_again(desk.ask_with(Create { keep }, passphrase).await)?;
            if keep {
                desk.stay(Place::Recovery);
            }
            desk.entered(inside);
            if keep {
                // The moment at which something is here to be kept; a browser that asks the keeper does so now, and nothing waits
                // for the answer.
                persist().await;
            } else {
                finding::begin_asked(desk);
            }
            Ok(())
        });
    };
    let back = move |_| back();
    let about = if keep {
        view! {
            <h1>"Choose a passphrase"</h1>
            <p>"A few words that you can remember and nobody would guess. You type it each time you come back. "
                "There are no rules about signs and capitals; length is what counts."</p>
        }
    } else {
        view! {
            <h1>"Write without saving"</h1>
            <p>"For a device that is not yours alone. All that you write stays in this tab's memory, and is gone when you lock, leave "
                "or close it. Nothing is stored on this device; you can save a backup file before you go."</p>
        }
    };
    view! {
        <form class="door-page" on:submit=make>
            {about}
            <div hidden=act.busy>
                {keep.then(|| secret.made(desk, "passphrase", "Passphrase"))}
                {act.told()}
                <div class="doors">
                    <button type="submit" class="primary" disabled=act.busy>
                        {if keep { "Make my journal" } else { "Begin to write" }}
                    </button>
                    <button type="button" on:click=back>"Back"</button>
                </div>
            </div>
            {move || act.busy.get().then(|| waiting(desk))}
        </form>
    }
}
