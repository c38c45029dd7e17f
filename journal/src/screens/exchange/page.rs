//! One file that reads backups by itself: this program, put into a page that needs nothing else.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::{
    protocol::{Trouble, Why},
    screens::{act::Act, dom, own::files, view::prelude::*},
};

/// What the page is before its program: it may run what is in it, show what it has opened, and reach nothing.
const HEAD: &str = concat!(
    "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline' data: 'wasm-unsafe-eval'; ",
    "style-src 'unsafe-inline'; img-src blob:; media-src blob:; form-action 'none'; base-uri 'none'\">",
    "<meta name=\"referrer\" content=\"no-referrer\"><title>Read a backup</title><style>",
    ":root{color-scheme:light dark}body{font:1.125rem/1.6 Georgia,serif;max-width:34rem;margin:2rem auto;padding:0 1.25rem;overflow-wrap:break-word}",
    "h1,h2,h3{line-height:1.2}button,input,textarea{font:1rem/1.5 system-ui,sans-serif;min-height:2.75rem;padding:.25rem .75rem;max-width:100%}",
    "label,.hint{display:block;font:.9rem/1.5 system-ui,sans-serif}textarea{width:100%;box-sizing:border-box}form div{margin:1rem 0}",
    "details{border-top:1px solid #8888;padding:.75rem 0}summary{cursor:pointer;min-height:2.75rem}summary .hint{display:inline}",
    "img{max-width:100%;height:auto}audio{width:100%}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #8888}",
    ".notice{border:1px solid;padding:.75rem 1rem;border-radius:6px}[hidden]{display:none!important}:focus-visible{outline:3px solid;outline-offset:2px}",
    "</style></head><body><main id=\"journal\"><p>This page needs JavaScript, in a browser from 2024 or later.</p></main><script type=\"module\">",
    "const text=\"",
);
const MIDDLE: &str = "\",bytes=Uint8Array.from(atob(text),letter=>letter.charCodeAt(0)),client=await import(\"data:text/javascript;base64,";
const FOOT: &str =
    "\");await client.default({module_or_path:bytes});client.reader()</script></body></html>\n";

/// Saving it.
pub fn page() -> View {
    let (act, saved) = (Act::new(), RwSignal::new(None::<String>));
    let save = move |_| {
        act.run(async move {
            let (program, glue) = (own("wasm").await?, own("js").await?);
            let parts =
                Array::of5(&HEAD.into(), &base64(&program)?, &MIDDLE.into(), &base64(&glue)?, &FOOT.into());
            let blob = Blob::new_with_str_sequence(&parts).map_err(|_| missing())?;
            let name = files::name("doorway-reader", "html");
            files::give(&blob, &name);
            saved.set(Some(name));
            Ok(())
        });
    };
    view! {
        <section aria-labelledby="reader">
            <h2 id="reader">"A page that reads backups"</h2>
            <p>"One file that opens your backup with your passphrase or your 24 words: without this site, without a network, in years to come. "
                "Keep it beside the backup. It holds a program and nothing that you wrote."</p>
            {act.told()}
            <p><button type="button" disabled=act.busy on:click=save>"Save the reading page"</button></p>
            {move || saved.get().map(|name| view! {
                <p class="notice" role="status">{format!("“{name}” is among your downloads. Open it in a browser and try it with your backup.")}</p>
            })}
        </section>
    }
}

/// A file of this client, as it was loaded: from the browser's cache, or from this site.
async fn own(ending: &str) -> Result<Vec<u8>, Trouble> {
    let window = dom::window();
    let loaded = dom::call(&dom::get(&window, "performance"), "getEntriesByType", &["resource".into()]);
    let loaded: Array = loaded.and_then(|loaded| loaded.dyn_into().ok()).ok_or_else(missing)?;
    let names = loaded.iter().filter_map(|entry| dom::get(&entry, "name").as_string());
    let address = names
        .into_iter()
        .find(|name| name.contains("/pkg/exchange.") && name.ends_with(ending))
        .ok_or_else(missing)?;
    let fetched = later(dom::call(&window, "fetch", &[address.into()])).await?;
    if !dom::get(&fetched, "ok").is_truthy() {
        return Err(missing());
    }
    Ok(Uint8Array::new(&later(dom::call(&fetched, "arrayBuffer", &[])).await?).to_vec())
}

async fn later(promise: Option<JsValue>) -> Result<JsValue, Trouble> {
    let promise: Promise = promise.and_then(|promise| promise.dyn_into().ok()).ok_or_else(missing)?;
    JsFuture::from(promise).await.map_err(|_| missing())
}

fn base64(bytes: &[u8]) -> Result<JsValue, Trouble> {
    dom::base64(bytes).ok_or_else(missing)
}

fn missing() -> Trouble {
    Trouble::new(Why::Worker, "the program's own files could not be read again")
}
