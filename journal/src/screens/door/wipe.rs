//! Removing the journal from this browser, for good.

use web_sys::HtmlInputElement;

use crate::{
    protocol::Wipe,
    screens::{
        act::Act,
        desk::{Desk, forget},
        dom,
        finding::{in_no_backup, unsaved},
        view::prelude::*,
    },
};

/// What is typed to say that it is meant.
const WORD: &str = "remove";

/// Asks whether it is meant, says what is lost, and does it.
pub fn wipe(desk: Desk, back: impl Fn() + 'static) -> View {
    let (field, act) = (NodeRef::<HtmlInputElement>::new(), Act::new());
    let meant = RwSignal::new(false);
    let look = move |_| {
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        meant.set(typed.trim().eq_ignore_ascii_case(WORD));
    };
    let remove = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !meant.get_untracked() {
            return;
        }
        act.ask(desk, Wipe, move |()| {
            forget();
            super::watch::forget_title();
            dom::announce("The journal was removed from this browser.");
            desk.shut();
        });
    };
    view! {
        <form class="door-page" on:submit=remove>
            <h1>"Remove the journal from this browser"</h1>
            <p>"All that is written here is removed from this browser on this device: entries, captures, recordings, the safety plan, the "
                "ways in. It cannot be undone by anybody."</p>
            <p>"Backup files that you have saved elsewhere stay where they are, and can be restored with their passphrase or your 24 words."</p>
            {in_no_backup(desk)}
            {unsaved(desk, "It goes too.")}
            <div class="field">
                <label for="wipe-word">{format!("To go on, type “{WORD}”")}</label>
                <input node_ref=field id="wipe-word" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" on:input=look />
            </div>
            {act.told()}
            <div class="doors">
                <button type="button" class="primary" on:click=move |_| back()>"Keep it"</button>
                <button type="submit" class="danger" disabled=move || !meant.get() || act.busy.get()>"Remove all that I wrote"</button>
            </div>
        </form>
    }
}
