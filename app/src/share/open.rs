//! Opens a pack in the browser.
//!
//! The fragment is read and taken out of the address at once, so that it does not stand there to be seen over a shoulder or
//! copied by accident. It stays with this entry of the tab's history (`history.state`) and in its `sessionStorage`: both are
//! in this tab only, are sent to nobody and end with it, and without them a reload would lose the pack. *Copy the link* gives
//! it back.

mod steps;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Array;
use leptos::task::spawn_local;
use pack::{Day, Pack, decode};
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, MouseEvent};

use super::{
    articles,
    catalogue::Entry,
    extract,
    opened::{self, Opened, Passage, Trouble},
    outward,
    qr::Qr,
};
use crate::islands::{contents, dom, navigate, store, write};

/// Words that are read in a minute, as for articles.
const PACE: usize = 200;
/// Longer than this no address of the journal is made; it takes a little more (`journal::guided`).
const LONGEST: usize = 16_000;

thread_local! {
    /// The fragment that is open, for the link and for another try.
    static OPEN: RefCell<Option<String>> = const { RefCell::new(None) };
    /// What the server put into the place of the pack: what there is to read without one.
    static FRAME: RefCell<String> = const { RefCell::new(String::new()) };
    /// Counts openings, so that a slow one does not take a later one's place.
    static TURN: Cell<u32> = const { Cell::new(0) };
    /// Whether what is opened next is to be printed.
    static PRINT: Cell<bool> = const { Cell::new(false) };
}

/// Watches for other packs in the address, and for the buttons of an open one, once.
pub(super) fn start() {
    dom::listen::<Event>(&dom::window(), "hashchange", |_| {
        if place().is_some() && hash().is_some() {
            arrived();
        }
    });
    dom::listen::<Event>(&dom::window(), "popstate", |_| {
        if place().is_some() && hash().is_none() {
            moved();
        }
    });
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        if let Some(pressed) = dom::closest(&event, "[data-pack]").filter(|_| place().is_some()) {
            press(&pressed.get_attribute("data-pack").unwrap_or_default());
        }
    });
}

/// Opens what the address holds, or what this entry of the history held before, when a page has come.
pub(super) fn arrived() {
    let Some(place) = place() else { return };
    // Only as the server made it, and not with a trouble of before.
    if dom::select(&place, ".scriptless").is_some() {
        FRAME.set(place.inner_html());
    }
    if let Some(fragment) = hash() {
        let fragment = pack::trimmed(&fragment).to_owned();
        navigate::take_pack(&fragment);
        store::keep_in_tab(store::OPEN_PACK, &fragment);
    }
    let fragment = navigate::kept_pack().or_else(|| store::of_tab(store::OPEN_PACK));
    OPEN.set(fragment.clone());
    steps::reset();
    let turn = TURN.get() + 1;
    TURN.set(turn);
    match fragment.map(|fragment| decode(&fragment)) {
        None => fail(Trouble::Missing),
        Some(Err(error)) => fail(Trouble::Link(error)),
        Some(Ok(pack)) => spawn_local(open(pack, turn)),
    }
}

/// Another entry of the history is here. All packs have one address: which of them an entry is of, it says itself.
fn moved() {
    match (navigate::kept_pack(), OPEN.with_borrow(Clone::clone)) {
        (Some(kept), open) if open.as_ref() != Some(&kept) => arrived(),
        // A place on the page has been gone to: the new entry is of the pack that is open.
        (None, Some(open)) => {
            navigate::keep(navigate::PACK, &open.into());
            steps::keep();
        }
        _ => steps::moved(),
    }
}

/// Shows a pack by its link here and now, and prints it.
pub(super) fn print(fragment: &str) {
    PRINT.set(true);
    navigate::visit_new(format!("/pack#{fragment}"));
}

/// Where a pack is opened, on the page that does: the main part is the pack and nothing else, as paper wants it.
fn place() -> Option<Element> {
    (dom::body().get_attribute("data-page").as_deref() == Some("opened")).then(dom::main)
}

/// What stands behind `#` and is not the name of a place on the page.
fn hash() -> Option<String> {
    let hash = dom::window().location().hash().unwrap_or_default();
    let fragment = hash.trim_start_matches('#');
    let numbered =
        fragment.split_once('-').is_some_and(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let is_place = fragment.is_empty()
        || numbered
        || ["pack-", "term-", "main"].iter().any(|start| fragment.starts_with(start));
    (!is_place).then(|| fragment.to_owned())
}

/// The pages of the articles that could be fetched, by slug.
type Pages = Vec<(String, Element)>;

async fn open(pack: Pack, turn: u32) {
    let list = articles::list().await;
    if TURN.get() != turn {
        return;
    }
    let Ok(list) = list else { return fail(Trouble::Offline) };
    let entries: Vec<Option<Entry>> =
        pack.items.iter().map(|item| articles::find(&list, item.article).cloned()).collect();
    let mut slugs: Vec<String> = entries.iter().flatten().map(|entry| entry.slug.clone()).collect();
    slugs.sort();
    slugs.dedup();
    if slugs.is_empty() {
        return show(&pack, &entries, &Pages::new());
    }
    // All at once: a phone waits for one answer and not for twelve.
    let waiting = Rc::new((Cell::new(slugs.len()), RefCell::new(Pages::new()), pack, entries));
    for slug in slugs {
        let waiting = waiting.clone();
        spawn_local(async move {
            let page = articles::page(&slug).await;
            let (left, pages, pack, entries) = &*waiting;
            left.set(left.get() - 1);
            pages.borrow_mut().extend(page.ok().map(|page| (slug, page)));
            if left.get() == 0 && TURN.get() == turn {
                show(pack, entries, &pages.borrow());
            }
        });
    }
}

fn show(pack: &Pack, entries: &[Option<Entry>], pages: &Pages) {
    let Ok(frame) = dom::document().create_element("div") else { return };
    frame.set_inner_html(&FRAME.with_borrow(Clone::clone));
    let page_of = |slug: &str| Some(&pages.iter().find(|(known, _)| known == slug)?.1);
    let passages: Vec<Passage> = pack
        .items
        .iter()
        .zip(entries)
        .enumerate()
        .map(|(at, (item, entry))| {
            let Some(Entry { slug, title, .. }) = entry.clone() else { return Passage::Unknown };
            let Some(page) = page_of(&slug) else { return Passage::Unfetched { slug, title } };
            let cut = extract::cut(page, &slug, item, at + 1);
            let phases = dom::select_all(page, "header.title .phase[data-phase]");
            let phase = phases
                .first()
                .filter(|_| phases.len() < 3)
                .and_then(|phase| phase.get_attribute("data-phase"));
            Passage::Found {
                slug,
                title,
                depth: item.depth,
                phase,
                html: cut.html,
                parts: cut.parts,
                missing: cut.missing,
            }
        })
        .collect();
    let words: usize = passages
        .iter()
        .map(|passage| match passage {
            Passage::Found { html, .. } => html.split_whitespace().filter(|word| !word.contains('=')).count(),
            _ => 0,
        })
        .sum();
    let sheet = |name: &str| dom::select(&frame, &format!("template#{name}")).map(|part| part.inner_html());
    let html = opened::opened(
        &Opened {
            head: sheet("sheet-head").unwrap_or_default(),
            foot: sheet("sheet-foot").unwrap_or_default(),
            note: &pack.note,
            large: pack.large,
            visit: pack.visit,
            is_over: pack.visit.zip(today()).is_some_and(|(visit, today)| visit < today),
            passages: &passages,
            journal: journal(pack, &passages),
        },
        words.div_ceil(PACE),
    );
    let Some(place) = place() else { return };
    place.set_inner_html(&html);
    explain_terms(&place, pages);
    draw_code(&place);
    contents::refresh();
    steps::take_up();
    land();
    if PRINT.take() {
        dom::window().print().ok();
    }
}

/// Puts the code of this pack where the frame has one of the bare page.
fn draw_code(place: &Element) {
    let Some(fragment) = OPEN.with_borrow(Clone::clone) else { return };
    let Some(foot) = dom::select(place, ".hand-over .paper-foot") else { return };
    let code = Qr::of(&link(&fragment)).map(|code| code.svg("QR code that opens this pack"));
    if let Some(place) = dom::select(&foot, ".code") {
        place.set_inner_html(code.as_deref().unwrap_or_default());
    }
    // The address is too long to be typed off paper.
    if let Some(says) = dom::select(&foot, "p") {
        let scan = "To read this pack on another device, or to hand it on: scan the code.";
        says.set_text_content(Some(if code.is_some() {
            scan
        } else {
            "This pack is too long for a QR code. Copy its link instead."
        }));
    }
}

/// Puts the explanations of the words at the end, so that they open in place.
fn explain_terms(place: &Element, pages: &Pages) {
    let mut terms = String::new();
    let mut known: Vec<String> = Vec::new();
    for (_, page) in pages {
        for term in dom::select_all(page, ".terms > [id]") {
            if !known.contains(&term.id()) {
                known.push(term.id());
                terms.push_str(&term.outer_html());
            }
        }
    }
    if let (false, Some(article)) = (terms.is_empty(), dom::select(place, ".pack")) {
        article.insert_adjacent_html("beforeend", &format!("<div class=\"terms\">{terms}</div>")).ok();
    }
}

/// Puts the reader where they are to be: at the place that the address names, where they were before, or at the start.
fn land() {
    let named = dom::window().location().hash().unwrap_or_default();
    if let Some(named) = dom::by_id(named.trim_start_matches('#')) {
        named.scroll_into_view();
    } else if let Some(y) = navigate::kept_place() {
        dom::window().scroll_to_with_x_and_y(0.0, y);
    }
    if let Some(heading) = dom::select(&dom::main(), "h1") {
        dom::announce(&format!("{} is open.", heading.text_content().unwrap_or_default()));
    }
}

fn fail(trouble: Trouble) {
    let Some(place) = place() else { return };
    PRINT.set(false);
    place.set_inner_html(&FRAME.with_borrow(Clone::clone));
    for element in dom::select_all(&place, "header.title, .scriptless, .needs-client, .lost") {
        element.remove();
    }
    place.insert_adjacent_html("afterbegin", &opened::trouble(trouble)).ok();
    dom::announce(opened::explained(trouble).0);
}

fn press(act: &str) {
    match act {
        "print" => drop(dom::window().print()),
        "again" => arrived(),
        "copy" => {
            let Some(fragment) = OPEN.with_borrow(Clone::clone) else { return };
            spawn_local(async move {
                let address = link(&fragment);
                if outward::copy(&address).await {
                    return say("The link is copied.");
                }
                // Back into the address, where it can be copied by hand.
                navigate::replace(&format!("/pack#{fragment}"), None);
                say("This browser does not let the page copy. The link stands in the address bar again.");
            });
        }
        act => steps::press(act),
    }
}

/// The link of a pack.
pub(super) fn link(fragment: &str) -> String {
    format!("{}/pack#{fragment}", dom::origin())
}

fn say(text: &str) {
    if let Some(place) = dom::by_id("pack-said") {
        place.set_text_content(Some(text));
    }
}

/// The day on this device.
pub(super) fn today() -> Option<Day> {
    let now = js_sys::Date::new_0();
    Day::new(now.get_full_year() as u16, now.get_month() as u8 + 1, now.get_date() as u8)
}

/// The journal's address with a pack in it, which no server sees; `None` where it is longer than the journal takes.
fn journal(pack: &Pack, passages: &[Passage]) -> Option<String> {
    let fragment = OPEN.with_borrow(Clone::clone)?;
    let items = opened::to_tick(passages);
    let fits = items.iter().all(|item| item.len() <= write::LINE);
    let address = write::address(&[
        ("pack", fragment.into()),
        ("title", opened::entry_title(pack.visit).into()),
        ("items", items.into_iter().map(JsValue::from).collect::<Array>().into()),
        ("text", pack.note.as_str().into()),
    ])?;
    (fits && address.len() <= LONGEST).then_some(address)
}
