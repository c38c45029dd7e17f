//! Files that a keeper chooses and files that a keeper is given. Neither goes through the network.

use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlElement, HtmlInputElement, Url};

use crate::screens::{dates, dom, view::prelude::*};

/// After this long the browser has surely begun to save a file, in milliseconds.
const SAVED_BY: i32 = 60_000;

/// Gives a file to the keeper: the browser saves it where it saves downloads, or asks.
pub fn give(blob: &Blob, name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    let Ok(link) = dom::document().create_element("a") else { return };
    link.set_attribute("href", &address).ok();
    link.set_attribute("download", name).ok();
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    dom::after(SAVED_BY, move || {
        Url::revoke_object_url(&address).ok();
    });
}

/// A name that says nothing, not even when: four random letters tell one file from another.
pub fn name(beginning: &str, ending: &str) -> String {
    let letters: String =
        (0..4).map(|_| char::from(b'a' + (js_sys::Math::random() * 26.0) as u8 % 26)).collect();
    format!("{beginning}-{letters}.{ending}")
}

/// A field for a file.
pub fn field(
    input: NodeRef<HtmlInputElement>,
    id: &'static str,
    label: &'static str,
    accept: &'static str,
    chosen: impl Fn() + 'static,
) -> View {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input node_ref=input id=id type="file" accept=accept on:change=move |_| chosen() />
        </div>
    }
}

/// What was chosen.
pub fn chosen(input: NodeRef<HtmlInputElement>) -> Option<web_sys::File> {
    input.get_untracked()?.files()?.get(0)
}

/// A size for people.
pub fn size(bytes: f64) -> String {
    let tenths = |unit: f64| {
        let tenths = (bytes / unit * 10.0).round() as u64;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        bytes if bytes < 1e6 => format!("{} KB", (bytes / 1000.0).ceil() as u64),
        bytes if bytes < 1e9 => format!("{} MB", tenths(1e6)),
        _ => format!("{} GB", tenths(1e9)),
    }
}

/// A day as this browser writes it, from milliseconds since 1970.
pub fn day(milliseconds: f64) -> String {
    dates::date_of(milliseconds as u64)
}

/// A number of things.
pub fn things(count: u64) -> String {
    counted(count, "thing")
}

/// A number of something that is many with an "s".
pub fn counted(count: u64, one: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{count} {one}s") }
}
