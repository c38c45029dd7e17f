//! Puts a pack together in the browser: what the composer's controls do. Nothing leaves the device; what is chosen is kept in
//! the [`basket`](super::basket), note and visit for as long as the tab is open.

mod drag;
mod parts;
mod show;

use std::{cell::RefCell, rc::Rc};

use leptos::task::spawn_local;
use pack::{Added, ArticleId, Day, Depth, SectionId, encode};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, MouseEvent};

use super::{articles, basket, catalogue::Entry, composer::hand::Kept, draft::Draft, open, outward};
use crate::islands::{dom, search::engine, store};
use parts::{Fetched, key_of};
use show::{focus, show, show_fields, show_offers};

struct Composer {
    draft: Draft,
    list: Rc<[Entry]>,
    /// The parts of articles that were looked at or chosen from, by slug.
    parts: Vec<(String, Fetched)>,
    /// The articles that are unfolded.
    unfolded: Vec<ArticleId>,
    asked: String,
    /// Whether the browser keeps what is chosen.
    kept: Kept,
}

thread_local! {
    static COMPOSER: RefCell<Option<Composer>> = const { RefCell::new(None) };
}

/// Watches the controls, once.
pub(super) fn start() {
    let document = dom::document();
    dom::listen::<MouseEvent>(&document, "click", |event| {
        if let Some(pressed) = dom::closest(&event, "#composer [data-do]") {
            if pressed.tag_name() == "SUMMARY" {
                event.prevent_default();
            }
            if pressed.get_attribute("aria-disabled").is_none() {
                press(&pressed);
            }
        }
    });
    dom::listen::<Event>(&document, "change", |event| {
        if let Some(changed) = dom::closest(&event, "#composer input").and_then(|input| input.dyn_into().ok())
        {
            set(&changed);
        }
    });
    dom::listen::<Event>(&document, "input", |event| {
        if let Some(note) = dom::closest(&event, "#composer #note") {
            let note: HtmlTextAreaElement = note.unchecked_into();
            change(|composer| composer.draft.set_note(&note.value()));
        } else if let Some(find) = dom::closest(&event, "#composer #find") {
            let find: HtmlInputElement = find.unchecked_into();
            engine::load();
            with(|composer| composer.asked = find.value().trim().to_owned());
            show_offers();
        }
    });
    dom::listen::<Event>(&document, "focusout", |event| {
        if dom::closest(&event, "#composer #note").is_some() {
            with(|composer| composer.draft.rest());
        }
    });
    dom::listen::<KeyboardEvent>(&document, "keydown", |event| {
        let undoes = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z";
        // In a field of text the browser undoes letters.
        let typing = dom::closest(&event, "textarea, input:not([type=radio], [type=checkbox])").is_some();
        if undoes && !typing && dom::by_id("composer").is_some() {
            event.prevent_default();
            undo();
        }
    });
    drag::start();
}

/// Takes up what was chosen, when the composer's page has come. What there was of it in this document is there still, with all that
/// can be undone: a browser that keeps nothing has it nowhere else.
pub(super) fn arrived() {
    if dom::by_id("composer").is_none() {
        return;
    }
    let again = with(|composer| {
        composer.asked.clear();
        if composer.kept == Kept::All {
            composer.draft.take_over(basket::load(), "what was chosen elsewhere");
        }
    });
    if again.is_none() {
        let mut pack = basket::load();
        pack.note = store::of_tab(store::PACK_NOTE).unwrap_or_default();
        pack.visit = store::of_tab(store::PACK_VISIT).and_then(|day| Day::from_iso(&day));
        let composer = Composer {
            draft: Draft::new(pack),
            list: Rc::from([]),
            parts: Vec::new(),
            unfolded: Vec::new(),
            asked: String::new(),
            kept: Kept::All,
        };
        COMPOSER.set(Some(composer));
    }
    show_fields();
    spawn_local(async {
        match articles::list().await {
            Ok(list) => {
                with(|composer| composer.list = list);
                show();
                show_offers();
            }
            Err(_) => {
                let says = "The list of the library could not be loaded. You may be offline. What you have chosen is safe on this \
                            device: load the page again when there is a connection.";
                let mut html = ::html::Html::new();
                html.element("p", &[("class", "notice")], says);
                show::fill("chosen", &html.finish());
                dom::announce(says);
            }
        }
    });
}

/// Another tab has changed the basket.
pub(super) fn changed_elsewhere() {
    if dom::by_id("composer").is_none() {
        return;
    }
    let chosen = basket::load();
    if with(|composer| composer.draft.take_over(chosen, "what another tab changed")).is_some() {
        show();
        show_fields();
        show_offers();
    }
}

/// The search has come further.
pub(crate) fn told() {
    if dom::by_id("offers").is_some() {
        show_offers();
    }
}

fn with<R>(act: impl FnOnce(&mut Composer) -> R) -> Option<R> {
    COMPOSER.with_borrow_mut(|composer| composer.as_mut().map(act))
}

/// Changes the pack, keeps it and shows it.
fn change<R>(act: impl FnOnce(&mut Composer) -> R) -> Option<R> {
    let done = with(act);
    if let Some(pack) = with(|composer| composer.draft.pack().clone()) {
        let kept = basket::save(&pack);
        with(|composer| composer.kept = kept);
        store::keep_in_tab(store::PACK_NOTE, &pack.note);
        store::keep_in_tab(store::PACK_VISIT, &pack.visit.map(Day::iso).unwrap_or_default());
        show();
    }
    done
}

fn press(pressed: &Element) {
    let at = item_of(pressed);
    match (pressed.get_attribute("data-do").unwrap_or_default().as_str(), at) {
        ("up", Some(at)) => shift(at, at.wrapping_sub(1), "up"),
        ("down", Some(at)) => shift(at, at + 1, "down"),
        ("remove", Some(at)) => {
            let title = name(at);
            change(|composer| composer.draft.remove(at, &title));
            show_offers();
            focus("undo");
            dom::announce(&format!("“{title}” is removed."));
        }
        ("parts", Some(at)) => parts::fold(at),
        ("again", _) => parts::again(),
        ("undo", _) => undo(),
        ("empty", _) => {
            change(|composer| composer.draft.empty());
            show_fields();
            show_offers();
            focus("undo");
            dom::announce("The pack is empty. It can be undone.");
        }
        ("add", _) => add(pressed),
        ("copy", _) => copy(),
        ("sheet", _) => {
            if let Ok(fragment) = fragment() {
                spawn_local(async move {
                    outward::sheet("A pack for you", &open::link(&fragment)).await;
                });
            }
        }
        ("print", _) => {
            if let Ok(fragment) = fragment() {
                open::print(&fragment);
            }
        }
        _ => {}
    }
}

fn set(changed: &HtmlInputElement) {
    let at = item_of(changed);
    match (changed.id().as_str(), at) {
        ("large", _) => drop(change(|composer| composer.draft.set_large(changed.checked()))),
        ("visit", _) => drop(change(|composer| composer.draft.set_visit(Day::from_iso(&changed.value())))),
        (_, Some(at)) if changed.has_attribute("data-depth") => {
            let short = changed.get_attribute("data-depth").as_deref() == Some("short");
            let (depth, title) = (if short { Depth::Short } else { Depth::Full }, name(at));
            change(|composer| composer.draft.set_depth(at, depth, &title));
        }
        (_, Some(at)) => {
            choose(at, &changed.get_attribute("data-part").unwrap_or_default(), changed.checked())
        }
        _ => {}
    }
}

fn choose(at: usize, key: &str, on: bool) {
    let title = name(at);
    let had_room = change(|composer| {
        let order: Vec<SectionId> =
            composer.parts_of(at).unwrap_or_default().iter().map(|part| part.id).collect();
        match order.iter().find(|id| key_of(**id) == key) {
            Some(section) => composer.draft.choose(at, *section, on, &order, &title),
            None => {
                composer.draft.choose_all(at, &title);
                true
            }
        }
    });
    if had_room == Some(false) {
        let says = "An item can hold 31 parts. Take the whole article instead.";
        show::beside(&format!("part-{at}-{key}"), "li", says);
    }
}

fn shift(from: usize, to: usize, button: &str) {
    let title = name(from);
    if change(|composer| composer.draft.shift(from, to, &title)) == Some(true) {
        focus(&format!("{button}-{to}"));
        tell_place(&title, to);
    }
}

fn tell_place(title: &str, at: usize) {
    let of = with(|composer| composer.draft.pack().items.len()).unwrap_or_default();
    dom::announce(&format!("“{title}” is now {} of {of}.", at + 1));
}

fn undo() {
    if let Some(Some(undone)) = change(|composer| composer.draft.undo()) {
        show_fields();
        show_offers();
        dom::announce(&format!("Undone: {undone}."));
    }
    if dom::by_id("undo").is_none() {
        focus("chosen-title");
    }
}

fn add(pressed: &Element) {
    let read = |name: &str| pressed.get_attribute(name);
    let (Some(slug), Some(title)) = (read("data-slug"), read("data-title")) else { return };
    let section = read("data-anchor").map(|anchor| SectionId::of(&anchor));
    let added = change(|composer| {
        let known = articles::find(&composer.list, ArticleId::of(&slug)).map(|entry| entry.ids[0]);
        composer.draft.add(known.unwrap_or(ArticleId::of(&slug)), section, &title)
    });
    show_offers();
    if added == Some(Added::Full) {
        return show::beside(&pressed.id(), "p", "The pack is full. Take something out first.");
    }
    let count = with(|composer| basket::count(composer.draft.pack())).unwrap_or_default();
    dom::announce(&format!("“{title}” is added. The pack has {count}."));
}

fn copy() {
    let Ok(fragment) = fragment() else { return };
    spawn_local(async move {
        if outward::copy(&open::link(&fragment)).await {
            return dom::announce("The link is copied.");
        }
        if let Some(link) = dom::by_id("link").and_then(|link| link.dyn_into::<HtmlInputElement>().ok()) {
            link.select();
        }
        dom::announce("This browser does not let the page copy. The link is selected: copy it by hand.");
    });
}

/// The item that a control is about.
fn item_of(control: &Element) -> Option<usize> {
    control.closest("[data-at]").ok().flatten()?.get_attribute("data-at")?.parse().ok()
}

/// What an item is called.
fn name(at: usize) -> String {
    with(|composer| composer.line(at).name().to_owned()).unwrap_or_default()
}

fn fragment() -> Result<String, pack::Error> {
    with(|composer| encode(composer.draft.pack())).unwrap_or(Err(pack::Error::Empty))
}
