//! The share menu: one dialog for every heading, block and selection.
//!
//! It is made on the device when it is first asked for. Nothing in it is sent anywhere: it copies, draws, and hands over
//! to the reader's own mail, messages or share sheet.

use std::cell::RefCell;

use html::Html;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlDialogElement, HtmlInputElement, MouseEvent};

use super::{
    basket, code,
    passage::{self, Found},
};
use crate::islands::dom;

/// What the open menu is about.
struct Open {
    found: Found,
    /// What was selected as the menu of a section opened.
    selected: Option<Found>,
}

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// Watches for clicks on *Share*, once.
pub(super) fn start() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if event.default_prevented() || event.button() != 0 || !plain {
            return;
        }
        if let Some(found) =
            dom::closest(&event, "a.share, a[data-act=link]").and_then(|link| passage::at(&link))
        {
            event.prevent_default();
            let selected = passage::selected().and_then(|range| passage::of(&range));
            open(found, selected);
        }
    });
    // Another page takes this one's place: what was to be shared is gone.
    dom::listen::<Event>(&dom::window(), "popstate", |_| {
        if let Some(dialog) = dom::by_id("share") {
            dialog.unchecked_into::<HtmlDialogElement>().close();
        }
    });
}

/// Opens the menu. `selected` is offered too.
pub(super) fn open(found: Found, selected: Option<Found>) {
    let Some(dialog) = dialog() else { return };
    dialog.set_inner_html(&menu(&found, selected.is_some()));
    dialog.class_list().remove_1("large").ok();
    OPEN.set(Some(Open { found, selected }));
    // An open one is filled anew.
    if !dialog.open() {
        dialog.show_modal().ok();
    }
    if let Some(title) = dom::by_id("share-title") {
        dom::focus(&title);
    }
}

/// The one dialog, made when it is first needed.
fn dialog() -> Option<HtmlDialogElement> {
    if let Some(known) = dom::by_id("share") {
        return known.dyn_into().ok();
    }
    let dialog: HtmlDialogElement = dom::document().create_element("dialog").ok()?.dyn_into().ok()?;
    dialog.set_id("share");
    dialog.set_attribute("aria-labelledby", "share-title").ok();
    dom::body().append_child(&dialog).ok()?;
    let this = dialog.clone();
    dom::listen::<MouseEvent>(&dialog, "click", move |event| {
        // A click beside the box is one on the dialog itself.
        let beside = event.target().is_some_and(|target| target == *this.unchecked_ref());
        if beside || dom::closest(&event, "a[href^='/']").is_some() {
            this.close();
        } else if let Some(pressed) = dom::closest(&event, "[data-do]") {
            press(&this, &pressed);
        }
    });
    Some(dialog)
}

fn menu(found: &Found, selected: bool) -> String {
    let (passage, mut html) = (&found.passage, Html::new());
    html.open("div", &[("class", "box")]);
    html.element("h2", &[("id", "share-title"), ("tabindex", "-1")], "Share");
    if passage.quote.is_empty() {
        html.element("p", &[("class", "what")], &passage.name());
    } else {
        html.element("blockquote", &[("class", "what")], &passage.quote);
    }
    html.open("ul", &[("class", "ways")]);
    let button = |html: &mut Html, act: &str, label: &str| {
        html.open("li", &[]).element("button", &[("type", "button"), ("data-do", act)], label).close("li");
    };
    let opener = |html: &mut Html, act: &str, label: &str| {
        let attributes = [
            ("type", "button"),
            ("data-do", act),
            ("aria-expanded", "false"),
            ("aria-controls", "share-more"),
        ];
        html.open("li", &[]).element("button", &attributes, label).close("li");
    };
    let link = |html: &mut Html, to: &str, label: &str| {
        html.open("li", &[]).element("a", &[("class", "button"), ("href", to)], label).close("li");
    };
    if selected {
        button(&mut html, "selected", "Share the selected text");
    }
    button(&mut html, "copy", "Copy link");
    opener(&mut html, "qr", "QR code");
    link(&mut html, &passage.mail(), "E-mail");
    link(&mut html, &passage.text_message(), "Text message");
    opener(&mut html, "cite", "Citation");
    if let Some(slug) = &found.slug {
        button(&mut html, "pack", "Add to pack");
        let query = if found.anchor.is_empty() { String::new() } else { format!("?part={}", found.anchor) };
        link(&mut html, &format!("/articles/{slug}/handout{query}"), "Print a handout");
    }
    if can_share() {
        button(&mut html, "system", "More ways");
    }
    html.close("ul");
    html.open("p", &[("class", "said"), ("role", "status")]).close("p");
    html.open("div", &[("id", "share-more"), ("hidden", "")]).close("div");
    html.open("form", &[("method", "dialog")]).element("button", &[], "Close").close("form").close("div");
    html.finish()
}

fn press(dialog: &HtmlDialogElement, pressed: &Element) {
    let Some(found) = OPEN.with_borrow(|open| open.as_ref().map(|open| open.found.clone())) else { return };
    match pressed.get_attribute("data-do").unwrap_or_default().as_str() {
        "selected" => {
            if let Some(selected) = OPEN.take().and_then(|open| open.selected) {
                open(selected, None);
            }
        }
        "copy" => copy(dialog, found.passage.address, "The link is copied.", "link"),
        "copy-citation" => copy(dialog, found.passage.citation(), "The citation is copied.", "citation"),
        "qr" => unfold(dialog, pressed, || code::figure(&found.passage)),
        "large" => {
            let large = dialog.class_list().toggle("large").unwrap_or(false);
            if let Some(words) = dom::select(pressed, "span") {
                words.set_text_content(Some(code::says(large)));
            }
        }
        "cite" => unfold(dialog, pressed, || {
            let mut html = Html::new();
            html.element("p", &[("class", "citation")], &found.passage.citation());
            let attributes = [("type", "button"), ("data-do", "copy-citation")];
            html.element("button", &attributes, "Copy citation");
            html.finish()
        }),
        "pack" => {
            if let Some(slug) = &found.slug {
                let anchor = Some(found.anchor.as_str()).filter(|anchor| !anchor.is_empty());
                let title =
                    if found.passage.part.is_empty() { &found.passage.title } else { &found.passage.part };
                basket::add(slug, anchor, title);
                // What is said on the page behind a dialog, nobody hears.
                let heard = dom::by_id("announce").and_then(|place| place.text_content());
                say(dialog, &heard.unwrap_or_default());
                // The way to it stands in the page's header, which may be far up by now.
                if let Some(place) = dom::select(dialog, ".said").filter(|_| !basket::load().items.is_empty())
                {
                    place.insert_adjacent_html("beforeend", " <a href=\"/pack/new\">See the pack</a>").ok();
                }
            }
        }
        "system" => system_sheet(dialog, &found),
        _ => {}
    }
}

fn say(dialog: &Element, text: &str) {
    if let Some(place) = dom::select(dialog, ".said") {
        place.set_text_content(Some(text));
    }
}

/// Shows something below the ways, or takes it away when its button is pressed again.
fn unfold(dialog: &Element, pressed: &Element, make: impl FnOnce() -> String) {
    let opens = pressed.get_attribute("aria-expanded").as_deref() == Some("false");
    for opener in dom::select_all(dialog, "[aria-expanded]") {
        opener.set_attribute("aria-expanded", "false").ok();
    }
    say(dialog, "");
    if opens {
        pressed.set_attribute("aria-expanded", "true").ok();
    }
    show(if opens { make() } else { String::new() });
}

fn show(html: String) -> Option<Element> {
    let place = dom::by_id("share-more")?;
    if html.is_empty() {
        place.set_attribute("hidden", "").ok();
    } else {
        place.remove_attribute("hidden").ok();
    }
    place.set_inner_html(&html);
    place.scroll_into_view_with_bool(false);
    Some(place)
}

/// Copies, or where the browser refuses that, shows the text selected in a field.
fn copy(dialog: &HtmlDialogElement, text: String, done: &'static str, what: &'static str) {
    let dialog = dialog.clone();
    spawn_local(async move {
        let clipboard = js_sys::Reflect::get(&dom::window().navigator(), &"clipboard".into());
        let promise =
            clipboard.ok().and_then(|clipboard| dom::call(&clipboard, "writeText", &text.clone().into()));
        let copied = match promise.and_then(|promise| promise.dyn_into::<js_sys::Promise>().ok()) {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        if copied {
            say(&dialog, done);
            return;
        }
        say(&dialog, "");
        let mut html = Html::new();
        html.open("label", &[("for", "share-field")]);
        html.text("This browser did not let the page copy. The ").text(what);
        html.text(" is selected here: copy it by hand.").close("label");
        html.open("input", &[("id", "share-field"), ("readonly", ""), ("value", &text)]);
        let field = show(html.finish()).and_then(|place| dom::select(&place, "input"));
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            dom::focus(&field);
            field.select();
        }
    });
}

fn can_share() -> bool {
    js_sys::Reflect::get(&dom::window().navigator(), &"share".into()).is_ok_and(|share| share.is_function())
}

/// The device's own share sheet. Whoever closes it without choosing has changed nothing, so nothing is said.
fn system_sheet(dialog: &HtmlDialogElement, found: &Found) {
    let data = js_sys::Object::new();
    for (name, value) in [("title", found.passage.name()), ("url", found.passage.address.clone())] {
        js_sys::Reflect::set(&data, &name.into(), &value.into()).ok();
    }
    let navigator: JsValue = dom::window().navigator().into();
    let dialog = dialog.clone();
    let sheet = dom::call(&navigator, "share", &data);
    if let Some(sheet) = sheet.and_then(|sheet| sheet.dyn_into::<js_sys::Promise>().ok()) {
        spawn_local(async move {
            if JsFuture::from(sheet).await.is_ok() {
                dialog.close();
            }
        });
    }
}
