//! Puts a pack together in the browser: what the composer's controls do. Nothing leaves the device; what is chosen is kept in
//! the [`basket`](super::basket), note and visit for as long as the tab is open.

mod drag;

use std::{cell::RefCell, rc::Rc};

use leptos::task::spawn_local;
use pack::{Added, ArticleId, Day, Depth, Pack, SectionId, encode};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, MouseEvent};

use super::{
    articles, basket,
    catalogue::Entry,
    composer::{self, Choice, Hand, Line, Offer, Parts},
    draft::Draft,
    extract::{self, Part},
    open, outward,
    qr::Qr,
};
use crate::{
    islands::{dom, search::engine, store},
    search::Asked,
};

/// Articles that are offered for a question.
const OFFERED: usize = 6;

struct Composer {
    draft: Draft,
    list: Rc<[Entry]>,
    /// Parts of the articles that were unfolded; `None` where they could not be fetched.
    parts: Vec<(String, Option<Vec<Part>>)>,
    /// The articles that are unfolded.
    unfolded: Vec<ArticleId>,
    asked: String,
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

/// Takes up what was chosen, when the composer's page has come.
pub(super) fn arrived() {
    if dom::by_id("composer").is_none() {
        COMPOSER.set(None);
        return;
    }
    let mut pack = basket::load();
    pack.note = store::of_tab(store::PACK_NOTE).unwrap_or_default();
    pack.visit = store::of_tab(store::PACK_VISIT).and_then(|day| Day::from_iso(&day));
    let composer = Composer {
        draft: Draft::new(pack),
        list: Rc::from([]),
        parts: Vec::new(),
        unfolded: Vec::new(),
        asked: String::new(),
    };
    COMPOSER.set(Some(composer));
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
                fill("chosen", &html.finish());
                dom::announce(says);
            }
        }
    });
}

/// Another tab has changed the basket.
pub(super) fn changed_elsewhere() {
    let chosen = basket::load();
    if with(|composer| composer.draft.take_over(chosen)).is_some() {
        show();
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
        basket::save(&pack);
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
        ("parts" | "again", Some(at)) => unfold(at, pressed.tag_name() == "SUMMARY"),
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
        dom::announce("An item can hold 31 parts. Take the whole article instead.");
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
    let count = with(|composer| basket::count(composer.draft.pack())).unwrap_or_default();
    dom::announce(&match added {
        Some(Added::Full) => "The pack is full. Take something out first.".to_owned(),
        _ => format!("“{title}” is added. The pack has {count}."),
    });
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

/// Folds the parts of an item out or in, and fetches them when they are first looked at.
fn unfold(at: usize, toggles: bool) {
    let Some(Some((article, slug))) = with(|composer| {
        let article = composer.draft.pack().items.get(at)?.article;
        Some((article, articles::find(&composer.list, article)?.slug.clone()))
    }) else {
        return;
    };
    let wanted = with(|composer| {
        let was = composer.unfolded.contains(&article);
        if toggles {
            composer.unfolded.retain(|other| *other != article);
            if !was {
                composer.unfolded.push(article);
            }
        }
        composer.parts.retain(|(_, parts)| parts.is_some());
        !composer.parts.iter().any(|(known, _)| *known == slug)
    });
    show();
    if wanted == Some(true) {
        spawn_local(async move {
            let parts = articles::page(&slug).await.ok().map(|page| extract::parts(&page));
            with(|composer| composer.parts.push((slug, parts)));
            show();
        });
    }
}

impl Composer {
    fn parts_of(&self, at: usize) -> Option<&[Part]> {
        let slug = &articles::find(&self.list, self.draft.pack().items.get(at)?.article)?.slug;
        self.parts.iter().find(|(known, _)| known == slug)?.1.as_deref()
    }

    fn line(&self, at: usize) -> Line {
        let item = &self.draft.pack().items[at];
        let entry = articles::find(&self.list, item.article);
        let slug = entry.map(|entry| entry.slug.clone()).unwrap_or_default();
        let choice = |part: &Part| Choice {
            key: key_of(part.id),
            title: part.title.clone(),
            kind: part.kind.clone(),
            level: part.level,
            chosen: item.sections.contains(&part.id),
        };
        let parts = match self.parts.iter().find(|(known, _)| *known == slug) {
            None => Parts::Coming,
            Some((_, None)) => Parts::Unreachable,
            // A heading and the block that it names would be one choice twice.
            Some((_, Some(parts))) => {
                let choices =
                    parts.iter().filter(|part| !part.is_its_heading || item.sections.contains(&part.id));
                Parts::Here(choices.map(choice).collect())
            }
        };
        Line {
            title: entry.map(|entry| entry.title.clone()),
            depth: item.depth,
            chosen: item.sections.len(),
            open: self.unfolded.contains(&item.article),
            parts,
        }
    }
}

/// The names of sections in attributes: their ids in hex digits.
fn key_of(id: SectionId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
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

/// Shows all that follows from the pack.
fn show() {
    let Some((lines, note, last)) = with(|composer| {
        let lines: Vec<Line> = (0..composer.draft.pack().items.len()).map(|at| composer.line(at)).collect();
        (lines, composer.draft.pack().note.clone(), composer.draft.last_change().map(str::to_owned))
    }) else {
        return;
    };
    let focused = dom::document().active_element().map(|element| element.id()).unwrap_or_default();
    fill("chosen", &composer::chosen(&lines));
    fill("changes", &composer::changes(last.as_deref(), lines.is_empty() && note.is_empty()));
    fill("note-count", &composer::length(&pack::tidy(&note)));
    let hints = composer::hints(&pack::hints(&note));
    if dom::by_id("note-hints").is_some_and(|place| place.inner_html() != hints) {
        fill("note-hints", &hints);
    }
    let over = pack::tidy(&note).chars().count().saturating_sub(pack::LONGEST_NOTE);
    fill("hand", &fragment().map_or_else(|error| composer::nothing(error, over), |fragment| hand(&fragment)));
    focus(&focused);
}

fn hand(fragment: &str) -> String {
    let link = open::link(fragment);
    let code = Qr::of(&link).map(|code| (code.svg("QR code of this pack"), code.side() - 8));
    composer::hand(&Hand { link: &link, code, can_share: outward::can_share() })
}

fn show_offers() {
    let Some(html) = with(|composer| {
        let pack = composer.draft.pack();
        let asked = composer.asked.as_str();
        let found =
            (!asked.is_empty()).then(|| engine::find(&Asked::default().with_query(asked), OFFERED)).flatten();
        if let Some(found) = &found {
            return composer::offers(&Offer::found(found, |slug, anchor| has(pack, slug, anchor)), true);
        }
        // While the search is not here, and where the library is too large for it: by title.
        let wanted = asked.to_lowercase();
        let fits = composer.list.iter().filter(|entry| entry.title.to_lowercase().contains(&wanted));
        let offer =
            |entry: &'_ Entry| (entry.slug.clone(), entry.title.clone(), has(pack, &entry.slug, None));
        let fits: Vec<_> = fits.map(offer).collect();
        let offers: Vec<Offer<'_>> = fits
            .iter()
            .map(|(slug, title, added)| Offer {
                slug,
                title: title.clone(),
                added: *added,
                places: Vec::new(),
            })
            .collect();
        composer::offers(&offers, !asked.is_empty())
    }) else {
        return;
    };
    let focused = dom::document().active_element().map(|element| element.id()).unwrap_or_default();
    let open = dom::by_id("offers").and_then(|offers| dom::select(&offers, "details[open]")).is_some();
    fill("offers", &html);
    if let Some(fold) =
        dom::by_id("offers").filter(|_| open).and_then(|offers| dom::select(&offers, "details"))
    {
        fold.set_attribute("open", "").ok();
    }
    focus(&focused);
}

/// Whether a pack has an article, or a section of it.
fn has(pack: &Pack, slug: &str, anchor: Option<&str>) -> bool {
    let (article, section) = (ArticleId::of(slug), anchor.map(SectionId::of));
    let has = |item: &pack::Item| {
        item.sections.is_empty() || section.is_some_and(|section| item.sections.contains(&section))
    };
    pack.items.iter().any(|item| item.article == article && has(item))
}

/// Makes the fields say what the pack says.
fn show_fields() {
    let Some(pack) = with(|composer| composer.draft.pack().clone()) else { return };
    let input = |id: &str| dom::by_id(id).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(note) = dom::by_id("note").and_then(|note| note.dyn_into::<HtmlTextAreaElement>().ok())
        && note.value() != pack.note
    {
        note.set_value(&pack.note);
    }
    if let Some(large) = input("large") {
        large.set_checked(pack.large);
    }
    if let Some(visit) = input("visit") {
        visit.set_value(&pack.visit.map(Day::iso).unwrap_or_default());
    }
}

fn fill(id: &str, html: &str) {
    if let Some(place) = dom::by_id(id) {
        place.set_inner_html(html);
    }
}

/// Puts the keyboard back where it was, on what has been drawn anew.
fn focus(id: &str) {
    if id.is_empty() || dom::document().active_element().is_some_and(|element| element.id() == id) {
        return;
    }
    if let Some(element) = dom::by_id(id) {
        dom::focus(&element);
    }
}
