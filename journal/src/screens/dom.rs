//! Shorthand for the page around the screens.

use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Storage, VisibilityState, Window};

pub fn window() -> Window {
    web_sys::window().expect("screens run in a window")
}

pub fn document() -> Document {
    window().document().expect("a window has a document")
}

pub fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

pub fn select(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.focus().ok();
    }
}

/// Says something to those who listen to the page instead of looking at it.
pub fn announce(text: &str) {
    if let Some(place) = by_id("announce") {
        place.set_text_content(Some(text));
    }
}

/// Listens for as long as the document lives.
pub fn listen<E: JsCast + 'static>(target: &EventTarget, name: &str, mut act: impl FnMut(E) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(event.unchecked_into()));
    target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
    closure.forget();
}

/// Listens for as long as the screen is shown that asks for it.
pub fn listen_here<E: JsCast + 'static>(
    target: &EventTarget,
    name: &'static str,
    mut act: impl FnMut(E) + 'static,
) {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(event.unchecked_into()));
    target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
    let heard = SendWrapper::new((target.clone(), closure));
    on_cleanup(move || {
        let (target, closure) = &*heard;
        target.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
    });
}

/// Acts whenever the page goes out of sight, for as long as the screen is shown that asks for it: a phone may end such a page
/// without a word.
pub fn when_hidden(mut act: impl FnMut() + 'static) {
    listen_here(&window(), "visibilitychange", move |_: Event| {
        if document().visibility_state() == VisibilityState::Hidden {
            act();
        }
    });
}

/// Calls back once, after some milliseconds. The number stops it: see [`cancel`].
pub fn after(milliseconds: i32, act: impl FnOnce() + 'static) -> i32 {
    let act = Closure::once_into_js(act);
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), milliseconds)
        .unwrap_or_default()
}

/// Stops what [`after`] has not yet done.
pub fn cancel(timer: i32) {
    window().clear_timeout_with_handle(timer);
}

/// What this site keeps on the device in the clear: never a word of the journal.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A text as bytes in the form that passphrases are compared in: UTF-8 of its NFKC.
pub fn nfkc(text: &str) -> Vec<u8> {
    let text = js_sys::JsString::from(text).normalize("NFKC");
    String::from(text).into_bytes()
}

/// A property that the bindings do not know.
pub fn get(on: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(on, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Calls a method that the bindings do not know, if it is there.
pub fn call(on: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: js_sys::Function = get(on, method).dyn_into().ok()?;
    method.apply(on, &arguments.iter().collect()).ok()
}

/// Bytes in Base64, as the browser writes it.
pub fn base64(bytes: &[u8]) -> Option<JsValue> {
    let letters: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    call(&window(), "btoa", &[letters.into()])
}

/// Takes everything off the screen, or puts it back: the style sheet shows nothing of a hidden document.
pub fn hide(hidden: bool) {
    if let Some(root) = document().document_element() {
        root.toggle_attribute_with_force("data-hidden", hidden).ok();
    }
}

/// Puts the keyboard on the heading of what is shown now, as soon as it is there: whoever cannot see the screen change hears it.
/// Whoever was quicker and types already is left where they are.
pub fn turn_to_heading() {
    after(0, || {
        let typing = |element: Element| element.matches("#journal textarea, #journal input").unwrap_or(false);
        if document().active_element().is_some_and(typing) {
            return;
        }
        if let Some(heading) = select("#journal h1") {
            heading.set_attribute("tabindex", "-1").ok();
            focus(&heading);
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
}

/// Waits for some milliseconds, in which the page can be drawn.
pub async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).ok();
    });
    // Nothing rejects this promise.
    wasm_bindgen_futures::JsFuture::from(promise).await.ok();
}
