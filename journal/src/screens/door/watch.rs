//! Locks by itself when nobody is there, and leaves quickly when it must.

use std::{cell::Cell, rc::Rc};

use journal::Settings;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, KeyboardEvent};

use crate::{
    protocol::WhyLocked,
    screens::{
        desk::{Desk, Standing},
        dom,
        place::Place,
        view::prelude::*,
    },
};

/// How long before it locks the keeper is told, in milliseconds.
const WARNING: f64 = 30_000.0;
/// Three presses of Escape within this time leave, in milliseconds.
const THREE_ESCAPES: f64 = 1_500.0;
/// Longer than this the quick exit does not wait for the last words, in milliseconds. Nothing is seen meanwhile.
const LONGEST_LEAVING: i32 = 150;
/// Where this browser remembers that the page's title shall say nothing of a journal.
const NEUTRAL: &str = "doorway.journal.title";
/// Where this tab remembers until it is closed that it was left quickly: the page's frame then shows nothing when somebody comes
/// upon the journal by the browser's "forward".
const LEFT: &str = "doorway.left";

/// Watches for as long as the document lives. Gives the seconds until it locks, while the keeper is to be warned.
pub fn watch(desk: Desk) -> RwSignal<Option<u32>> {
    let warning = RwSignal::new(None);
    let look = move || {
        let inside = desk.standing.with_untracked(|standing| matches!(standing, Standing::Inside(_)));
        let minutes = desk.settings.with_untracked(|settings| settings.lock_after_minutes);
        let left = f64::from(minutes.unwrap_or(Settings::USUAL_LOCK_MINUTES)) * 60_000.0 - desk.idle();
        let told = (inside && left < WARNING).then_some((left.max(0.0) / 1000.0).ceil() as u32);
        if warning.get_untracked() != told {
            warning.set(told);
        }
        if inside && left <= 0.0 && desk.locked.get_untracked() != Some(WhyLocked::Idle) {
            desk.locked.set(Some(WhyLocked::Idle));
            desk.lock_here();
        }
    };
    let ticking = Closure::<dyn FnMut()>::new(look);
    dom::window()
        .set_interval_with_callback_and_timeout_and_arguments_0(ticking.as_ref().unchecked_ref(), 1_000)
        .ok();
    ticking.forget();
    // A page that comes to the front after the device slept must not show for a second what it should have locked.
    dom::listen::<Event>(&dom::document(), "visibilitychange", move |_| look());
    for name in ["pointerdown", "keydown", "wheel", "touchmove"] {
        dom::listen::<Event>(&dom::window(), name, move |_| {
            look();
            desk.touch();
        });
    }
    dom::listen::<Event>(&dom::window(), "beforeunload", move |event| {
        if would_lose(desk) {
            event.prevent_default();
            // What older browsers listen to.
            js_sys::Reflect::set(&event, &"returnValue".into(), &JsValue::TRUE).ok();
        }
    });
    escape(desk);
    neutral_title(desk);
    warning
}

/// Whether leaving this page, or locking, would lose what is kept nowhere. Not asked of who leaves quickly, whose worker has ended, nor of who
/// calls a number: some browsers take that for leaving.
pub fn would_lose(desk: Desk) -> bool {
    let writes =
        desk.place.with_untracked(|place| matches!(place, Place::Write(_) | Place::Week(_) | Place::Safety));
    // The first change is that everything was read.
    let written = writes || desk.changes.get_untracked() > 1;
    let calls = dom::select("a[href^='tel:']:focus").is_some();
    written && !calls && desk.worker().is_some() && !desk.keeps()
}

/// What is said before it locks.
pub fn warning(desk: Desk, seconds: u32) -> View {
    // Said once and not each second.
    let keeps = desk.keeps();
    let then = if keeps {
        "What you typed is put away first."
    } else {
        "All that you wrote here will be gone. A backup file keeps it."
    };
    let said = if seconds as f64 * 1000.0 >= WARNING - 1_000.0 {
        format!("The journal will lock itself in half a minute. {then}")
    } else {
        String::new()
    };
    view! {
        <div class="notice locks-in">
            <p>"Locking in "<b>{seconds}</b>" seconds. "{then}</p>
            <p class="unseen" role="status">{said}</p>
            <button type="button" on:click=move |_| desk.touch()>"Stay"</button>
            {(!keeps).then(|| view! {
                <button type="button" on:click=move |_| { desk.touch(); desk.go(Place::Own) }>"Save a backup file"</button>
            })}
        </div>
    }
}

/// Three presses of Escape in a row leave.
fn escape(desk: Desk) {
    let presses = Rc::new(Cell::new([f64::MIN; 2]));
    dom::listen::<KeyboardEvent>(&dom::window(), "keydown", move |event| {
        if event.key() != "Escape" {
            return presses.set([f64::MIN; 2]);
        }
        if event.repeat() {
            return;
        }
        let [first, second] = presses.get();
        let now = js_sys::Date::now();
        if now - first < THREE_ESCAPES {
            leave(desk);
        }
        presses.set([second, now]);
    });
}

/// Leaves at once: takes everything off the screen, ends the worker, and puts another page in the place of this one.
///
/// Usually that is an empty page. A page of this site would be recognised, and another site would learn of the visit; the
/// keeper can name one.
pub fn leave(desk: Desk) {
    dom::hide(true);
    dom::document().set_title("");
    dom::window().session_storage().ok().flatten().map(|storage| storage.set_item(LEFT, "left"));
    let to = desk.settings.with_untracked(|settings| settings.leave_to.clone());
    let go = move || {
        desk.end_worker();
        let to = if to.starts_with("https://") { &to } else { "about:blank" };
        dom::window().location().replace(to).ok();
    };
    // All places of the journal are one page of the browser's history: the first of them is what is replaced, so that "back"
    // does not lead to another.
    let history = dom::window().history().ok();
    let places = history.as_ref().and_then(|history| history.state().ok()?.as_f64()).unwrap_or_default();
    if let Some(history) = history.filter(|_| places > 0.0) {
        history.go_with_delta(-places as i32).ok();
        dom::after(LONGEST_LEAVING, go);
        spawn_local(desk.save_all());
        return;
    }
    let late = dom::after(LONGEST_LEAVING, go.clone());
    spawn_local(async move {
        desk.save_all().await;
        dom::cancel(late);
        go();
    });
}

/// Keeps the page's title as the keeper wants it, also while it is locked: that the title is neutral says nothing of what is
/// written, so this browser may remember it in the clear.
fn neutral_title(desk: Desk) {
    // The page's frame may have put the neutral one in its place before this client came.
    let usual = dom::get(&dom::window(), "doorwayTitle").as_string().unwrap_or_default();
    let remembered = dom::storage().and_then(|storage| storage.get_item(NEUTRAL).ok().flatten()).is_some();
    name_page(remembered, &usual);
    effect(move || {
        let neutral = desk.settings.with(|settings| settings.neutral_title);
        let inside =
            desk.standing.with(|standing| matches!(standing, Standing::Inside(inside) if inside.kept));
        if !inside {
            return;
        }
        if let Some(storage) = dom::storage() {
            if neutral { storage.set_item(NEUTRAL, "notes") } else { storage.remove_item(NEUTRAL) }.ok();
        }
        name_page(neutral, &usual);
    });
}

/// Forgets the choice of a title, after the journal was wiped.
pub fn forget_title() {
    dom::storage().map(|storage| storage.remove_item(NEUTRAL));
}

/// Names the page in the browser's tabs and history.
fn name_page(neutral: bool, usual: &str) {
    dom::document().set_title(if neutral { "Notes" } else { usual });
}

/// Asks the browser not to evict what is kept here. Some ask the keeper, some decide by themselves; the meter tells the answer.
pub async fn persist() -> Option<bool> {
    let storage = dom::get(&dom::window().navigator(), "storage");
    let asked: js_sys::Promise = dom::call(&storage, "persist", &[])?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()?.as_bool()
}
