//! Shorthand for the document. Panics nowhere but where there is no document at all.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Range, Url, Window};

pub(crate) fn window() -> Window {
    web_sys::window().expect("the client runs in a window")
}

pub(crate) fn document() -> Document {
    window().document().expect("a window has a document")
}

pub(crate) fn body() -> Element {
    document().body().expect("the client is loaded by the body's own page").into()
}

pub(crate) fn root() -> Element {
    document().document_element().expect("a document has a root element")
}

pub(crate) fn main() -> Element {
    by_id("main").expect("every page has a main element")
}

pub(crate) fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

pub(crate) fn select(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

pub(crate) fn select_all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|at| list.get(at)).filter_map(|node| node.dyn_into().ok()).collect()
}

/// Where the site is reached by everybody, which may be another name than the one by which it was opened here: a clinic may have one
/// of its own for its rooms. What is handed on has it.
pub(crate) fn origin() -> String {
    let canonical = select(&root(), "link[rel=canonical]").and_then(|link| link.get_attribute("href"));
    let named = canonical.and_then(|href| Url::new(&href).ok()).map(|url| url.origin());
    named.or_else(|| window().location().origin().ok()).unwrap_or_default()
}

/// The element that an event came from, or the nearest one around it that the selector names.
pub(crate) fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// Listens for as long as the document lives.
pub(crate) fn listen<E: JsCast + 'static>(
    target: &EventTarget,
    name: &str,
    mut act: impl FnMut(E) + 'static,
) {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(event.unchecked_into()));
    target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
    closure.forget();
}

pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.focus().ok();
    }
}

/// Closes what is folded open in the header.
pub(crate) fn close_panels() {
    for panel in select_all(&body(), "details[name=panel][open]") {
        panel.remove_attribute("open").ok();
    }
}

/// Calls a method that the bindings do not know, if the browser has it.
pub(crate) fn call(on: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    let method: js_sys::Function = js_sys::Reflect::get(on, &method.into()).ok()?.dyn_into().ok()?;
    method.call1(on, argument).ok()
}

/// Marks ranges under a name that the style sheet knows, in browsers that have CSS highlights. The text itself is never
/// touched. No ranges take the mark away.
pub(crate) fn highlight(name: &str, ranges: &[Range]) {
    let get = |on: &JsValue, name: &str| js_sys::Reflect::get(on, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let window: JsValue = window().into();
    let highlights = get(&get(&window, "CSS"), "highlights");
    if ranges.is_empty() {
        call(&highlights, "delete", &name.into());
        return;
    }
    let Ok(constructor) = get(&window, "Highlight").dyn_into::<js_sys::Function>() else {
        return;
    };
    let arguments: js_sys::Array = ranges.iter().collect();
    let Ok(highlight) = js_sys::Reflect::construct(&constructor, &arguments) else {
        return;
    };
    if let Ok(set) = get(&highlights, "set").dyn_into::<js_sys::Function>() {
        set.call2(&highlights, &name.into(), &highlight).ok();
    }
}

/// Says something to those who listen to the page instead of looking at it.
pub(crate) fn announce(text: &str) {
    if let Some(place) = by_id("announce") {
        place.set_text_content(Some(text));
    }
}

/// Whether the reader asked for less motion.
pub(crate) fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether a media query holds.
pub(crate) fn matches(query: &str) -> bool {
    let found = js_sys::Reflect::get(&window(), &"matchMedia".into())
        .ok()
        .and_then(|found| found.dyn_into::<js_sys::Function>().ok())
        .and_then(|matches| matches.call1(&window(), &query.into()).ok());
    found
        .and_then(|list| js_sys::Reflect::get(&list, &"matches".into()).ok())
        .is_some_and(|found| found.is_truthy())
}

/// A length for a style. Whole pixels: writing out fractions would be 11 KB of the client.
pub(crate) fn pixels(length: f64) -> String {
    format!("{}px", length.round() as i32)
}
