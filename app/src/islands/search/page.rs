//! The results page, made in the browser: what is asked stands behind `#` and never leaves the device.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use ::html::Html;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, MouseEvent,
    UrlSearchParams,
};

use super::{
    super::{dom, navigate},
    arrival,
    engine::{self, Status},
    header, recent, remote,
};
use crate::search::{Answer, Asked, MOST, Side, count, results};

thread_local! {
    /// What is being looked for on the page, until it is shown.
    static AWAITED: RefCell<Option<(Asked, Why)>> = const { RefCell::new(None) };
    static TURN: Cell<u32> = const { Cell::new(0) };
    /// Questions that sound like a crisis. They are in no address, because a browser writes those down.
    static HIDDEN: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// Why something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// It was asked just now.
    Asked,
    /// The page was come back to.
    Returned,
}

/// Watches forms, links and the history, once; before [`navigate`] does, which leaves alone what is taken here.
pub(in super::super) fn start() {
    dom::listen::<Event>(&dom::document(), "submit", |event| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form.filter(|form| form.has_attribute("data-search")) {
            event.prevent_default();
            ask(&form);
        }
    });
    dom::listen::<Event>(&dom::document(), "change", |event| {
        let select = dom::closest(&event, "form[data-search] select");
        if let Some(form) = select.and_then(|select| select.dyn_into::<HtmlSelectElement>().ok()?.form()) {
            let asked = asked_by(&form);
            if !asked.query.is_empty() {
                navigate::replace(&asked.address(Side::Device), None);
                look(asked, Why::Returned);
            }
        }
    });
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        let Some(link) = dom::closest(&event, "a[href]") else { return };
        arrival::follow(&link);
        // A link within the page that is open brings no new page that could be marked.
        set_timeout(arrival::mark, Duration::ZERO);
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
            return;
        }
        if link.matches(".opener").unwrap_or_default() && header::open() {
            event.prevent_default();
        }
        let href = link.get_attribute("href").unwrap_or_default();
        if let Some(query) = href.strip_prefix("/search?")
            && !link.has_attribute("data-to-server")
        {
            event.prevent_default();
            go(parsed(query));
        }
    });
    dom::listen::<Event>(&dom::window(), "popstate", |_| returned());
}

/// What a form asks.
pub(super) fn asked_by(form: &HtmlFormElement) -> Asked {
    let pairs =
        FormData::new_with_form(form).ok().and_then(|data| js_sys::try_iter(&data.entries()).ok().flatten());
    let pairs: Vec<(String, String)> = pairs
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|pair| {
            let pair: js_sys::Array = pair.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect();
    Asked::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What an address asks, given what stands behind its `?` or `#`.
fn parsed(query: &str) -> Asked {
    let Ok(query) = UrlSearchParams::new_with_str(query) else { return Asked::default() };
    let pairs = ["q", "category", "tag", "phase"].map(|name| (name, query.get(name).unwrap_or_default()));
    Asked::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))
}

/// Asks what stands in a form. An empty question leads to the page that says what can be asked.
pub(super) fn ask(form: &HtmlFormElement) {
    go(asked_by(form));
}

fn go(asked: Asked) {
    engine::load();
    let hidden = asked.query.is_empty() || engine::find(&asked, 1).is_some_and(|found| found.crisis);
    let address = if hidden { "/search".to_owned() } else { asked.address(Side::Device) };
    let starters = || dom::by_id("starters").is_some_and(|starters| starters.child_element_count() > 0);
    // A page that came with an answer does not say what can be asked.
    if on_page() && (!asked.query.is_empty() || starters()) {
        navigate::push(&address);
        look(asked, Why::Asked);
    } else {
        // Taken up by `arrived`, when the page is there.
        AWAITED.set(Some((asked, Why::Asked)));
        navigate::visit_new(address);
    }
}

fn on_page() -> bool {
    dom::body().get_attribute("data-page").as_deref() == Some("search")
}

/// Shows what is asked, when a page has come.
pub(in super::super) fn arrived() {
    arrival::mark();
    let just_asked = AWAITED.take().filter(|(_, why)| *why == Why::Asked);
    if !on_page() {
        return;
    }
    let location = dom::window().location();
    let hash = location.hash().unwrap_or_default();
    let query = location.search().unwrap_or_default();
    if !query.is_empty() && hash.is_empty() {
        // The server has answered this already. From here on the words stay here, also when the page is loaded again.
        let asked = parsed(query.trim_start_matches('?'));
        if dom::select(&dom::main(), ".results[data-crisis]").is_some() {
            return hide(asked);
        }
        return navigate::replace(&asked.address(Side::Device), None);
    }
    let asked = named().or(just_asked.as_ref().map(|(asked, _)| asked.clone()));
    // An empty page is as it should be, and somebody may be typing already.
    if let Some(asked) = asked.filter(|asked| !asked.query.is_empty()) {
        engine::load();
        look(asked, just_asked.map_or(Why::Returned, |(_, why)| why));
    }
}

/// Shows what is asked, when the reader has moved through the history of this page.
fn returned() {
    // To another page it is `navigate` that moves.
    if on_page() && dom::window().location().pathname().is_ok_and(|path| path == "/search") {
        let asked = named().unwrap_or_default();
        // Arriving at a `#` is a move through the history too; `arrived` takes up what was asked just now.
        let is_awaited =
            AWAITED.with_borrow(|awaited| awaited.as_ref().is_some_and(|(known, _)| *known == asked));
        if !is_awaited {
            look(asked, Why::Returned);
        }
    }
}

/// What the address asks, or this entry of the history.
fn named() -> Option<Asked> {
    let hash = dom::window().location().hash().unwrap_or_default();
    let asked = parsed(hash.trim_start_matches('#'));
    let hidden = || HIDDEN.with_borrow(|hidden| hidden.get(navigate::number()? as usize).cloned());
    Some(asked).filter(|asked| !asked.query.is_empty()).or_else(hidden)
}

/// Shows what is found for a question, or says what is in the way.
fn look(asked: Asked, why: Why) {
    let turn = TURN.get() + 1;
    TURN.set(turn);
    fill(&asked);
    dom::root().remove_attribute("data-asked").ok();
    if asked.query.is_empty() {
        AWAITED.set(None);
        return show("");
    }
    match engine::now() {
        Status::Remote => {
            AWAITED.set(None);
            spawn_local(async move {
                let found = remote::find(&asked).await;
                if TURN.get() == turn {
                    match found {
                        Some(found) => answer(asked, &found, why),
                        None => in_the_way(&asked, Status::Offline),
                    }
                }
            });
        }
        status => match engine::find(&asked, MOST) {
            Some(found) => {
                // The sentences are still on their way: shown again when they are here.
                AWAITED.set((status == Status::Ready).then(|| (asked.clone(), Why::Returned)));
                answer(asked, &found, why);
            }
            None => {
                in_the_way(&asked, status);
                AWAITED.set(Some((asked, why)));
            }
        },
    }
}

/// The engine has come further.
pub(super) fn told(status: Status) {
    if on_page()
        && status != Status::Resting
        && let Some((asked, why)) = AWAITED.take()
    {
        look(asked, why);
    }
}

fn answer(asked: Asked, found: &::search::Found, why: Why) {
    let crisis = if found.crisis { crisis_card() } else { String::new() };
    show(&results(&Answer { asked: &asked, found, side: Side::Device, crisis }));
    if found.crisis && navigate::number().is_none() {
        hide(asked.clone());
    }
    if why == Why::Asked {
        if !found.crisis {
            recent::keep(&asked.query);
        }
        // After the page that brings the results has taken the focus for its start.
        set_timeout(focus_start, Duration::ZERO);
    }
    let said = if found.crisis {
        format!("Help in a crisis is shown first. {}", count(found))
    } else {
        count(found)
    };
    // After the page's title, which is said when it comes.
    set_timeout(move || dom::announce(&said), Duration::from_millis(500));
}

/// Takes a question out of the address, and keeps it in memory for whoever comes back to it.
fn hide(asked: Asked) {
    let number = HIDDEN.with_borrow_mut(|hidden| {
        hidden.push(asked);
        hidden.len() - 1
    });
    navigate::replace("/search", u32::try_from(number).ok());
}

fn in_the_way(asked: &Asked, status: Status) {
    let says = match status {
        Status::Offline => {
            "You seem to be offline, and the search is not on this device yet. Try again when there is a connection."
        }
        Status::Failed => "The search could not be loaded on this device.",
        _ => {
            let says = "One moment: the library is being made ready to search here.";
            let mut html = Html::new();
            html.element("p", &[("class", "notice")], says);
            return show(&html.finish());
        }
    };
    let href = asked.address(Side::Server);
    dom::announce(says);
    let mut html = Html::new();
    html.open("div", &[("class", "notice")]).element("p", &[], says).open("p", &[]);
    html.element("a", &[("href", &href), ("data-to-server", "")], "Let the server search");
    html.text(" Your words are sent to this site then. It does not keep them.").close("p").close("div");
    show(&html.finish());
}

/// Puts something in the place of the results. A keyboard that was in there is put at their start.
fn show(html: &str) {
    let Some(place) = dom::by_id("results") else { return };
    let within = place.contains(dom::document().active_element().as_deref());
    place.set_inner_html(html);
    if within {
        focus_start();
    }
}

/// Puts the keyboard at the start of the results: at the help, where that is shown.
fn focus_start() {
    if let Some(start) = dom::select(&dom::main(), "#results :is(.crisis-card, .count)") {
        dom::focus(&start);
    }
}

/// Makes the page's form say what is asked.
fn fill(asked: &Asked) {
    let main = dom::main();
    let filter = &asked.filter;
    for (name, value) in [("category", &filter.category), ("tag", &filter.tag), ("phase", &filter.phase)] {
        let select = dom::select(&main, &format!("form[data-search] select[name={name}]"));
        if let Some(select) = select.and_then(|select| select.dyn_into::<HtmlSelectElement>().ok()) {
            select.set_value(value.as_deref().unwrap_or_default());
        }
    }
    if asked.is_narrowed()
        && let Some(fold) = dom::select(&main, "form[data-search] .narrow")
    {
        toggle(&fold, "open", true);
    }
    let input = dom::select(&main, "form[data-search] input[name=q]");
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
        && input.value().trim() != asked.query
    {
        input.set_value(&asked.query);
    }
    if let Some(starters) = dom::by_id("starters") {
        toggle(&starters, "hidden", !asked.query.is_empty());
    }
}

fn toggle(element: &Element, attribute: &str, on: bool) {
    if on {
        element.set_attribute(attribute, "").ok();
    } else {
        element.remove_attribute(attribute).ok();
    }
}

/// The card with the crisis lines, as every page has it.
pub(super) fn crisis_card() -> String {
    dom::by_id("crisis-card").map(|card| card.inner_html()).unwrap_or_default()
}
