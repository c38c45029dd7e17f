//! Out of the page: to the clipboard, and to the device's own share sheet.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::islands::dom;

/// Copies a text; says whether the browser let the page.
pub(super) async fn copy(text: &str) -> bool {
    let clipboard = js_sys::Reflect::get(&dom::window().navigator(), &"clipboard".into()).unwrap_or_default();
    done(dom::call(&clipboard, "writeText", &text.into())).await
}

/// Whether the device has a share sheet that pages can open.
pub(super) fn can_share() -> bool {
    js_sys::Reflect::get(&dom::window().navigator(), &"share".into()).is_ok_and(|share| share.is_function())
}

/// Opens the share sheet with an address; says whether something was chosen.
pub(super) async fn sheet(title: &str, address: &str) -> bool {
    let data = js_sys::Object::new();
    for (name, value) in [("title", title), ("url", address)] {
        js_sys::Reflect::set(&data, &name.into(), &value.into()).ok();
    }
    let navigator: JsValue = dom::window().navigator().into();
    done(dom::call(&navigator, "share", &data)).await
}

async fn done(promise: Option<JsValue>) -> bool {
    match promise.and_then(|promise| promise.dyn_into::<js_sys::Promise>().ok()) {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}
