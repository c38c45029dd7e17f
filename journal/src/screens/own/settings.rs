//! How this journal behaves: when it locks, what the page is called, where the quick exit leads, and the ways in.

use journal::{Settings, Weekday};
use wasm_bindgen_futures::spawn_local;

use super::ways;
use crate::screens::{
    act::{Act, turns, warn},
    desk::Desk,
    door,
    view::prelude::*,
    widgets::{Field, choice},
};

/// What may be chosen for locking by itself, in minutes.
const MINUTES: [u16; 6] = [1, 2, 5, 10, 30, 60];

/// The settings. Each is kept as soon as it is chosen.
pub fn settings(desk: Desk) -> View {
    let wiping = RwSignal::new(false);
    turns(wiping);
    (move || {
        if wiping.get() {
            return door::wipe(desk, move || wiping.set(false));
        }
        view! {
            <div class="own">
                <h1>"Settings"</h1>
                {move || desk.only_reads().map(warn)}
                {move || match desk.settings_known.get() {
                    true => behaviour(desk),
                    false => view! { <p class="hint" role="status">"Opening…"</p> },
                }}
                {ways::ways(desk)}
                <section aria-labelledby="remove">
                    <h2 id="remove">"Remove it"</h2>
                    <p>"Takes the journal off this browser for good. Backup files that you have saved stay yours."</p>
                    <p><button type="button" class="danger" on:click=move |_| wiping.set(true)>"Remove it from this browser…"</button></p>
                </section>
            </div>
        }
    })
    .into_view()
}

fn behaviour(desk: Desk) -> View {
    let act = Act::new();
    // One after another may be chosen before the first is on disk: none is left out.
    let keep = move |change: Box<dyn FnOnce(&mut Settings)>| {
        spawn_local(async move {
            let kept = desk.change_settings(change).await;
            act.trouble.try_set(kept.err());
        });
    };
    let settings = desk.settings.get_untracked();
    let minutes = settings.lock_after_minutes.unwrap_or(Settings::USUAL_LOCK_MINUTES);
    let named = |minutes: u16| {
        (minutes.to_string(), if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") })
    };
    let lock =
        choice("Lock by itself after", MINUTES.map(named).to_vec(), &minutes.to_string(), move |chosen| {
            let minutes = chosen.parse().ok();
            keep(Box::new(move |settings| settings.lock_after_minutes = minutes));
        });
    // The two that people use.
    let days =
        [("monday", "Monday"), ("sunday", "Sunday")].map(|(key, name)| (key.to_owned(), name.to_owned()));
    let starts = if settings.week_starts == Weekday::Sunday { "sunday" } else { "monday" };
    let week = choice("A week begins on", days.to_vec(), starts, move |chosen| {
        let day = if chosen == "sunday" { Weekday::Sunday } else { Weekday::Monday };
        keep(Box::new(move |settings| settings.week_starts = day));
    });
    let wrong = RwSignal::new(false);
    let leave = Field::new("Another address", settings.leave_to)
        .kind("url")
        .hint("For example of a weather page. It begins with https://. That page's owner sees that somebody came, and not from where.")
        .told(move |typed| {
            let typed = typed.trim().to_owned();
            let fits = typed.is_empty() || (typed.starts_with("https://") && typed.len() > 10 && typed.len() < 1000);
            wrong.set(!fits);
            if fits {
                keep(Box::new(move |settings| settings.leave_to = typed));
            }
        });
    view! {
        <section aria-labelledby="locking">
            <h2 id="locking">"Locking"</h2>
            {lock}
            <p class="facts">"Counted from your last touch or key, also while the page is hidden or the device sleeps. You are told half a minute before. "
                "Closing the tab locks at once. "
                {if desk.keeps() { "What you typed is put away first." } else { "Nothing is kept here: all that you wrote is then gone." }}</p>
        </section>
        <section aria-labelledby="leaving">
            <h2 id="leaving">"Leaving quickly"</h2>
            <p>"The button "<b>"Leave quickly"</b>", or Escape three times, takes everything off the screen, locks, and shows an empty page in this one's "
                "place; Back and Forward do not show the journal again. The browser's own list of visited pages can still name this site."</p>
            {leave}
            {move || wrong.get().then(|| warn("This is not an address that begins with https://, so the empty page stays."))}
            {switch("The page is called “Notes”", "In the browser's tab and history, also while it is locked.", settings.neutral_title, move |on| keep(Box::new(move |settings| settings.neutral_title = on)))}
        </section>
        <section aria-labelledby="writing">
            <h2 id="writing">"Writing"</h2>
            {switch("Count words while I write", "", settings.word_count, move |on| keep(Box::new(move |settings| settings.word_count = on)))}
            {week}
        </section>
        {act.told()}
    }
}

/// Something that is on or off.
pub fn switch(name: &'static str, about: &'static str, on: bool, told: impl Fn(bool) + 'static) -> View {
    view! {
        <label class="switch">
            <input type="checkbox" prop:checked=on on:change=move |event| told(event_target_checked(&event)) />
            <span>{name}{(!about.is_empty()).then(|| view! { <span class="hint">{about}</span> })}</span>
        </label>
    }
}
