//! What is kept on this device only: small JSON objects of strings in `localStorage`.
//!
//! Where the browser refuses storage (private windows, blocked cookies), reading still works and nothing is kept.

use wasm_bindgen::JsCast;
use web_sys::Storage;

use super::dom::window;

/// The reading settings.
pub(crate) const SETTINGS: &str = "doorway.reading";
/// What was searched for lately.
pub(crate) const SEARCHES: &str = "doorway.searches";
/// The passages chosen for a pack.
pub(crate) const PACK: &str = "doorway.pack";
/// The pack that is open, for this tab only.
pub(crate) const OPEN_PACK: &str = "doorway.pack.open";
/// The note and the visit of a pack that is put together, for this tab only.
pub(crate) const PACK_NOTE: &str = "doorway.pack.note";
pub(crate) const PACK_VISIT: &str = "doorway.pack.visit";
/// Prefix of what was read of an article.
pub(crate) const READ: &str = "doorway.read.";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The pairs kept under a name; empty where there is nothing or something else.
pub(crate) fn load(name: &str) -> Vec<(String, String)> {
    let Some(text) = storage().and_then(|storage| storage.get_item(name).ok().flatten()) else {
        return Vec::new();
    };
    let Some(object) =
        js_sys::JSON::parse(&text).ok().and_then(|value| value.dyn_into::<js_sys::Object>().ok())
    else {
        return Vec::new();
    };
    js_sys::Object::entries(&object)
        .iter()
        .filter_map(|entry| {
            let entry: js_sys::Array = entry.dyn_into().ok()?;
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}

/// Keeps pairs under a name.
pub(crate) fn save(name: &str, pairs: &[(String, String)]) {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        js_sys::Reflect::set(&object, &key.into(), &value.into()).ok();
    }
    if let (Some(storage), Ok(text)) = (storage(), js_sys::JSON::stringify(&object)) {
        storage.set_item(name, &String::from(text)).ok();
    }
}

/// A text that was kept for this tab.
pub(crate) fn of_tab(name: &str) -> Option<String> {
    window().session_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Keeps a text for as long as this tab is open; an empty one is forgotten.
pub(crate) fn keep_in_tab(name: &str, text: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        if text.is_empty() { storage.remove_item(name) } else { storage.set_item(name, text) }.ok();
    }
}

/// Forgets every name that starts with a prefix; says how many there were.
pub(crate) fn forget(prefix: &str) -> usize {
    let Some(storage) = storage() else { return 0 };
    let names: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|name| name.starts_with(prefix))
        .collect();
    for name in &names {
        storage.remove_item(name).ok();
    }
    names.len()
}
