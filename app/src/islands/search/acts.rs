//! What a search box does: keys, focus, clicks, and what it says.

use std::{cell::Cell, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FocusEvent, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, Node,
};

use super::{
    super::{dom, waking},
    Combo, Room, SHOWN,
    engine::{self, Status},
    header, page, recent, remote,
};
use crate::search::{Asked, count};

/// So long must the keys rest before what was found is said aloud.
const REST: Duration = Duration::from_millis(700);
/// So long before the server is asked, where it has to be.
const PAUSE: Duration = Duration::from_millis(200);

thread_local! {
    /// Counts what was typed, so that what is late is not said or shown.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Wakes a box.
pub(super) fn start(combo: Combo) {
    let status = engine::status();
    Effect::new(move || {
        combo.awake.set(true);
        // Who began to type before the client came goes on where they are.
        if input(combo).is_some_and(|input| is_focused(&input)) {
            combo.enter();
        }
    });
    Effect::new(move || {
        status.get();
        if combo.open.get_untracked() {
            // The sentences have come: what was chosen meanwhile stays chosen.
            combo.find();
            let mark = move || {
                let active = combo.active.try_get_untracked().flatten();
                combo.mark(active.filter(|&at| at < untrack(|| combo.options())));
            };
            // When the list is drawn anew.
            set_timeout(mark, Duration::ZERO);
        }
    });
    if combo.room == Room::Header {
        // It stays when the page goes: then it is empty again.
        let visits = waking::visits();
        Effect::new(move |before: Option<()>| {
            visits.get();
            if before.is_some() {
                combo.clear();
                combo.close();
                header::close();
            }
        });
    }
}

/// An event anywhere in the box.
pub(super) fn heard(combo: Combo, event: &Event) {
    let on_input = || dom::closest(event, "input").is_some();
    match event.type_().as_str() {
        "input" => combo.enter(),
        "focusin" if on_input() => combo.enter(),
        "focusout" => combo.leave(event.unchecked_ref()),
        "keydown" if on_input() => combo.press(event.unchecked_ref()),
        "keydown" if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" => {
            focus_input(combo);
            combo.close();
        }
        "click" => combo.click(event),
        _ => {}
    }
}

fn input(combo: Combo) -> Option<HtmlInputElement> {
    dom::by_id(&combo.room.input())?.dyn_into().ok()
}

fn typed(combo: Combo) -> String {
    input(combo).map(|input| input.value()).unwrap_or_default()
}

fn focus_input(combo: Combo) {
    if let Some(input) = input(combo) {
        input.focus().ok();
    }
}

fn is_focused(input: &Element) -> bool {
    dom::document().active_element().is_some_and(|focused| focused == *input)
}

fn form(combo: Combo) -> Option<HtmlFormElement> {
    input(combo)?.form()
}

impl Combo {
    /// The reader is at it: what there is to show is shown.
    fn enter(self) {
        engine::load();
        self.open.set(true);
        self.look();
    }

    fn close(self) {
        self.open.try_set(false);
        self.mark(None);
    }

    /// Closes when the focus goes elsewhere than to what has unfolded.
    fn leave(self, event: &FocusEvent) {
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        let around = input(self).and_then(|input| input.closest(".box").ok().flatten());
        if !around.is_some_and(|around| around.contains(to.as_ref())) {
            self.close();
        }
    }

    fn clear(self) {
        if let Some(input) = input(self) {
            input.set_value("");
        }
        self.show(None);
    }

    fn asked(self) -> Asked {
        form(self).map(|form| page::asked_by(&form)).unwrap_or_default()
    }

    /// Finds what fits what is typed, with this very key. Nothing of it is chosen yet.
    fn look(self) {
        self.mark(None);
        self.find();
    }

    fn find(self) {
        let turn = TURN.get() + 1;
        TURN.set(turn);
        let asked = self.asked();
        if asked.query.is_empty() {
            self.recent.set(recent::all());
            return self.show(None);
        }
        self.recent.set(Vec::new());
        if engine::now() == Status::Remote {
            let ask = move || {
                if TURN.get() == turn {
                    spawn_local(async move {
                        let found = remote::find(&asked).await;
                        if TURN.get() == turn {
                            self.show(found);
                        }
                    });
                }
            };
            return set_timeout(ask, PAUSE);
        }
        self.show(engine::find(&asked, SHOWN.0));
    }

    fn show(self, found: Option<::search::Found>) {
        let typing = !typed(self).trim().is_empty();
        let says = match (&found, engine::now()) {
            _ if !typing => "",
            (Some(found), _) if found.hits.is_empty() => {
                "Nothing fits. Press Enter to see what can be changed."
            }
            (Some(found), _) if found.nearest => "Nothing has exactly these words. The nearest things:",
            (None, Status::Loading) => "One moment: the library is being made ready to search here.",
            (None, Status::Offline) => {
                "You seem to be offline, and the search is not on this device yet. What is open here stays."
            }
            (None, Status::Failed) => "The search could not be loaded here. Press Enter to go on without it.",
            _ => "",
        };
        let crisis = found.as_ref().is_some_and(|found| found.crisis);
        let aloud = match &found {
            Some(found) if crisis => format!("Help in a crisis is shown first. {}", count(found)),
            Some(found) if !found.nearest && !found.hits.is_empty() => count(found),
            _ => says.to_owned(),
        };
        self.crisis.try_set(if crisis { page::crisis_card() } else { String::new() });
        self.says.try_set(says);
        self.found.try_set(found);
        // Not with every key: who listens could not follow.
        let turn = TURN.get();
        let say = move || {
            if TURN.get() == turn && self.open.try_get_untracked() == Some(true) {
                self.heard.try_set(aloud);
            }
        };
        set_timeout(say, REST);
    }

    fn press(self, event: &KeyboardEvent) {
        if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let listed = untrack(|| self.listed());
        let last = untrack(|| self.options()).saturating_sub(1);
        let active = self.active.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" if !listed => {
                self.enter();
                untrack(|| self.listed()).then_some(0)
            }
            "ArrowDown" => Some(active.filter(|&at| at < last).map_or(0, |at| at + 1)),
            "ArrowUp" if listed => Some(active.filter(|&at| at > 0).map_or(last, |at| at - 1)),
            "Home" if active.is_some() => Some(0),
            "End" if active.is_some() => Some(last),
            "Enter" if active.is_some() => {
                event.prevent_default();
                return self.choose();
            }
            "Delete" if active.is_some() && self.found.with_untracked(Option::is_none) => {
                event.prevent_default();
                return self.forget_active();
            }
            "Escape" => {
                event.prevent_default();
                return self.escape();
            }
            // The point moves within the words: what was chosen is chosen no more.
            "ArrowLeft" | "ArrowRight" => return self.mark(None),
            _ => return,
        };
        event.prevent_default();
        self.mark(to);
        if let Some(option) = self.option_element() {
            let options = js_sys::Object::new();
            js_sys::Reflect::set(&options, &"block".into(), &"nearest".into()).ok();
            dom::call(&option, "scrollIntoView", &options);
        }
    }

    /// First closes what has unfolded, then empties the field, then leaves.
    fn escape(self) {
        if untrack(|| self.shown()) {
            self.close();
        } else if !typed(self).is_empty() {
            self.clear();
        } else if self.room == Room::Header {
            header::close();
        }
    }

    /// Makes an option the one that Enter takes, and shows that it is.
    fn mark(self, active: Option<usize>) {
        if self.active.try_set(active).is_some() {
            return;
        }
        let count = untrack(|| self.options());
        let options = (0..count).filter_map(|at| Some((at, dom::by_id(&self.room.option(at))?)));
        for (at, option) in options {
            let chosen = if active == Some(at) { "true" } else { "false" };
            option.set_attribute("aria-selected", chosen).ok();
        }
    }

    fn option_element(self) -> Option<HtmlElement> {
        dom::by_id(&self.room.option(self.active.get_untracked()?))?.dyn_into().ok()
    }

    /// As if the option had been clicked.
    fn choose(self) {
        if let Some(option) = self.option_element() {
            option.click();
        }
    }

    fn click(self, event: &Event) {
        let named = |name: &str| {
            let element = dom::closest(event, &format!("[{name}]"))?;
            element.get_attribute(name)
        };
        if let Some(question) = named("data-again") {
            self.ask(&question);
        } else if let Some(question) = named("data-forget") {
            recent::forget(&question);
            self.forgot();
        } else if named("data-forget-all").is_some() {
            recent::forget_all();
            self.forgot();
        } else if named("data-meant").is_some() {
            let meant =
                self.found.with_untracked(|found| found.as_ref().and_then(|found| found.meant.clone()));
            if let (Some(meant), Some(input)) = (meant, input(self)) {
                input.set_value(&meant);
                focus_input(self);
                self.enter();
            }
        } else if dom::closest(event, "a[role=option]").is_some() {
            let query = self.asked().query;
            if self.found.with_untracked(|found| found.as_ref().is_some_and(|found| !found.crisis)) {
                recent::keep(&query);
            }
            self.close();
        }
    }

    fn ask(self, question: &str) {
        let (Some(input), Some(form)) = (input(self), form(self)) else { return };
        input.set_value(question);
        self.close();
        page::ask(&form);
    }

    fn forget_active(self) {
        let question = self.option_element().and_then(|option| option.get_attribute("data-again"));
        if let Some(question) = question {
            recent::forget(&question);
            self.forgot();
        }
    }

    /// The focus goes back to the field: what had it may be gone.
    fn forgot(self) {
        focus_input(self);
        self.enter();
        self.heard.set("Forgotten.".to_owned());
    }
}
