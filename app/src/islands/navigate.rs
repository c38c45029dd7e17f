//! Moving between pages without loading the document anew.
//!
//! The server knows nothing of it: the next page is fetched like any page, and its `<main>` takes the place of this one's.
//! Every link and every form that asks by GET works the same without. Focus goes to the new page's start, or to what the
//! address names; the title is announced; going back finds the place where the reader was.

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Document, Element, Event, FormData, HtmlAnchorElement, HtmlFormElement, MouseEvent, PopStateEvent,
    ScrollRestoration, Url, UrlSearchParams,
};

use super::{
    dom,
    fetch::{self, Failure},
    search::engine,
    waking,
};

thread_local! {
    /// Path and query of the page on the screen.
    static HERE: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
    /// Counts visits, so that a slow answer does not replace a later page.
    static VISIT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Watches links, forms and the history, once.
pub(crate) fn start() {
    HERE.with_borrow_mut(|here| *here = address(&location()));
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if event.default_prevented() || event.button() != 0 || !plain {
            return;
        }
        let Some(link) = dom::closest(&event, "a[href]") else {
            return;
        };
        let link: HtmlAnchorElement = link.unchecked_into();
        if link.has_attribute("download") || !matches!(link.target().as_str(), "" | "_self") {
            return;
        }
        go(&event, &link.href());
    });
    dom::listen::<Event>(&dom::document(), "submit", |event| {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        if event.default_prevented() || form.method() != "get" || form.get_attribute("action").is_none() {
            return;
        }
        if let Some(url) = asked(&form) {
            go(&event, &url);
        }
    });
    dom::listen::<PopStateEvent>(&dom::window(), "popstate", |event| {
        let url = location();
        let place = js_sys::Reflect::get(&event.state(), &"y".into()).ok().and_then(|y| y.as_f64());
        if HERE.with_borrow(|here| *here != address(&url)) {
            visit(url.href(), Arrival::Back(place.unwrap_or(0.0)));
        } else if let Some(y) = place {
            // A move within the page is the browser's own, but where to is ours to say.
            dom::window().scroll_to_with_x_and_y(0.0, y);
        }
    });
    // A reload or a return from elsewhere is the browser's business again.
    dom::listen::<Event>(&dom::window(), "pagehide", |_| restoration(ScrollRestoration::Auto));
}

/// The address that a form asks for: empty fields are left out, so that addresses stay short.
fn asked(form: &HtmlFormElement) -> Option<String> {
    let url = Url::new_with_base(&form.get_attribute("action")?, &location().href()).ok()?;
    let data = FormData::new_with_form(form).ok()?;
    let query = UrlSearchParams::new().ok()?;
    for pair in js_sys::try_iter(&data.entries()).ok()??.flatten() {
        let pair: js_sys::Array = pair.dyn_into().ok()?;
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string())
            && !value.is_empty()
        {
            query.append(&name, &value);
        }
    }
    url.set_search(&String::from(query.to_string()));
    Some(url.href())
}

fn location() -> Url {
    let href = dom::window().location().href().expect("a page that runs has an address");
    Url::new(&href).expect("the address of a page is a valid address")
}

fn address(url: &Url) -> String {
    url.pathname() + &url.search()
}

/// Visits an address if it is a page of ours; leaves everything else to the browser.
fn go(event: &Event, href: &str) {
    let Ok(url) = Url::new(href) else { return };
    let ours = url.origin() == location().origin();
    // The journal is another document, with a policy of its own.
    let apart = url.pathname() == "/journal";
    let file = url.pathname().rsplit('/').next().is_some_and(|last| last.contains('.'));
    let same_page = HERE.with_borrow(|here| *here == address(&url));
    if !ours || file || apart {
        return;
    }
    if same_page && !url.hash().is_empty() {
        remember_place();
        return;
    }
    event.prevent_default();
    visit(url.href(), Arrival::New);
}

/// How a page is arrived at.
#[derive(Clone, Copy)]
enum Arrival {
    /// By a link: a new entry of the history, from the start or from what the address names.
    New,
    /// By going back or forth: to the place where the reader was, in pixels from the top.
    Back(f64),
}

/// Visits an address of ours, such as `/search`.
pub(crate) fn visit_new(address: String) {
    let href = Url::new_with_base(&address, &location().href()).map(|url| url.href());
    visit(href.unwrap_or(address), Arrival::New);
}

/// Gives the page on the screen a new entry of the history, as it shows something else now.
pub(crate) fn push(address: &str) {
    remember_place();
    if let Ok(history) = dom::window().history() {
        history.push_state_with_url(&JsValue::NULL, "", Some(address)).ok();
    }
    note_address();
}

/// The same for the page as it is, with one thing that is kept being another.
pub(crate) fn push_beside(address: &str, name: &str, value: &JsValue) {
    let state = js_sys::Object::assign(&js_sys::Object::new(), &state());
    push(address);
    if let Ok(history) = dom::window().history() {
        for (name, value) in [("y", &JsValue::UNDEFINED), (name, value)] {
            js_sys::Reflect::set(&state, &name.into(), value).ok();
        }
        history.replace_state(&state, "").ok();
    }
}

/// Gives the page on the screen another address, and its entry of the history a number.
pub(crate) fn replace(address: &str, number: Option<u32>) {
    let state = js_sys::Object::new();
    if let Some(number) = number {
        js_sys::Reflect::set(&state, &"number".into(), &number.into()).ok();
    }
    if let Ok(history) = dom::window().history() {
        history.replace_state_with_url(&state, "", Some(address)).ok();
    }
    note_address();
}

/// The number of this entry of the history.
pub(crate) fn number() -> Option<u32> {
    kept("number")?.as_f64().map(|number| number as u32)
}

/// The name under which an entry of the history keeps its pack.
pub(crate) const PACK: &str = "pack";

/// Takes a pack out of the address, and keeps it with this entry of the history.
pub(crate) fn take_pack(fragment: &str) {
    replace("/pack", None);
    keep(PACK, &fragment.into());
}

/// Keeps something with this entry of the history, beside what is there.
pub(crate) fn keep(name: &str, value: &JsValue) {
    if let Ok(history) = dom::window().history() {
        let state = state();
        js_sys::Reflect::set(&state, &name.into(), value).ok();
        history.replace_state(&state, "").ok();
    }
}

/// What is kept with this entry of the history.
fn state() -> js_sys::Object {
    let state = dom::window().history().and_then(|history| history.state());
    state.ok().and_then(|state| state.dyn_into().ok()).unwrap_or_default()
}

/// The pack of this entry of the history.
pub(crate) fn kept_pack() -> Option<String> {
    kept(PACK)?.as_string()
}

/// Where on the page the reader was at this entry of the history, in pixels from the top.
pub(crate) fn kept_place() -> Option<f64> {
    kept("y")?.as_f64()
}

/// What is kept under a name with this entry of the history.
pub(crate) fn kept(name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(&state(), &name.into()).ok()
}

fn note_address() {
    let here = address(&location());
    HERE.with_borrow_mut(|known| *known = here);
}

fn visit(href: String, arrival: Arrival) {
    let visit = VISIT.get() + 1;
    VISIT.set(visit);
    if let Arrival::New = arrival {
        remember_place();
    }
    dom::root().set_attribute("aria-busy", "true").ok();
    spawn_local(async move {
        let fetched = fetch::page(&href).await;
        if VISIT.get() != visit {
            return;
        }
        dom::root().remove_attribute("aria-busy").ok();
        match fetched {
            Ok((page, href)) => show(page, href, arrival),
            Err(Failure::NotAPage) => {
                dom::window().location().assign(&href).ok();
            }
            Err(Failure::Unreachable) => unreachable_notice(&href),
        }
    });
}

/// Puts a page in the place of the one on the screen, with a transition where the browser has them.
fn show(page: Document, href: String, arrival: Arrival) {
    let swap = Closure::once_into_js(move || {
        swap(&page);
        arrive(&href, arrival);
    });
    let document: JsValue = dom::document().into();
    let moved = !dom::reduced_motion() && dom::call(&document, "startViewTransition", &swap).is_some();
    if !moved {
        swap.unchecked_into::<js_sys::Function>().call0(&JsValue::UNDEFINED).ok();
    }
}

fn swap(page: &Document) {
    let Some(new) = page.get_element_by_id("main") else {
        return;
    };
    waking::sleep_main();
    let document = dom::document();
    if let Ok(new) = document.import_node_with_deep(&new, true) {
        dom::main().replace_with_with_node_1(&new).ok();
    }
    dom::close_panels();
    document.set_title(&page.title());
    let room = page.body().and_then(|body| body.get_attribute("data-page")).unwrap_or_default();
    dom::body().set_attribute("data-page", &room).ok();
    // Which room is current is said by the navigation of the new page.
    for (old, new) in pairs(&document, page, "header.site nav a") {
        match new.get_attribute("aria-current") {
            Some(current) => old.set_attribute("aria-current", &current),
            None => old.remove_attribute("aria-current"),
        }
        .ok();
    }
    if let Some(root) = page.document_element() {
        engine::note_from(&root);
    }
    for (old, new) in pairs(&document, page, "link[rel=canonical]") {
        old.set_attribute("href", &new.get_attribute("href").unwrap_or_default()).ok();
    }
}

fn pairs(old: &Document, new: &Document, selector: &str) -> Vec<(Element, Element)> {
    let all = |document: &Document| {
        document.document_element().map(|root| dom::select_all(&root, selector)).unwrap_or_default()
    };
    all(old).into_iter().zip(all(new)).collect()
}

fn arrive(href: &str, arrival: Arrival) {
    let window = dom::window();
    restoration(ScrollRestoration::Manual);
    if let Arrival::New = arrival
        && let Ok(history) = window.history()
    {
        let (page, hash) = href.split_once('#').unwrap_or((href, ""));
        history.push_state_with_url(&JsValue::NULL, "", Some(page)).ok();
        HERE.with_borrow_mut(|here| *here = address(&location()));
        // Only a move of the browser's own makes the place the page's `:target`.
        if !hash.is_empty() {
            window.location().replace(href).ok();
        }
    }
    let url = location();
    HERE.with_borrow_mut(|here| *here = address(&url));
    waking::wake_main();
    match arrival {
        Arrival::Back(y) => {
            dom::focus(&dom::main());
            // At once, so that the islands know that the reader is in the text; and with the next frame, before it is
            // painted, when they stand at their full height.
            window.scroll_to_with_x_and_y(0.0, y);
            let scroll = Closure::once_into_js(move || dom::window().scroll_to_with_x_and_y(0.0, y));
            window.request_animation_frame(scroll.unchecked_ref()).ok();
        }
        Arrival::New => {
            let named = js_sys::decode_uri_component(url.hash().trim_start_matches('#'))
                .map(String::from)
                .unwrap_or_default();
            match (!named.is_empty()).then(|| dom::by_id(&named)).flatten() {
                Some(target) => {
                    if !target.has_attribute("tabindex") {
                        target.set_attribute("tabindex", "-1").ok();
                    }
                    dom::focus(&target);
                    target.scroll_into_view();
                }
                None => {
                    dom::focus(&dom::main());
                    window.scroll_to_with_x_and_y(0.0, 0.0);
                }
            }
        }
    }
    if let Some(place) = dom::by_id("announce") {
        place.set_class_name("unseen");
    }
    dom::announce(&dom::document().title());
}

/// Keeps the place on this page with its entry of the history.
fn remember_place() {
    keep("y", &dom::window().scroll_y().unwrap_or(0.0).into());
}

fn restoration(by: ScrollRestoration) {
    if let Ok(history) = dom::window().history() {
        history.set_scroll_restoration(by).ok();
    }
}

/// Says that a page could not be fetched, and offers to try again. The page on the screen stays.
fn unreachable_notice(href: &str) {
    let Some(place) = dom::by_id("announce") else {
        return;
    };
    let document = dom::document();
    place.set_class_name("offline");
    place.set_text_content(Some(
        "That page could not be loaded. You may be offline. What is open here stays. ",
    ));
    if let Ok(link) = document.create_element("a") {
        link.set_attribute("href", href).ok();
        link.set_text_content(Some("Try again"));
        place.append_child(&link).ok();
    }
}
