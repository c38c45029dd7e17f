//! *Write about this* and *Save to my journal*: a block's own words, or a pack, go into the fragment of the journal's address, which
//! no server sees, and the journal, which is a document of its own, makes an entry of them. `journal::guided` reads what is made here.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use super::dom;
use crate::share::passage;

/// Bytes of the words in an address, and of one item; and how many items. The journal takes a little more than this.
const MOST: usize = 6_000;
pub(crate) const LINE: usize = 900;
const ITEMS: usize = 60;

/// Watches for clicks on *Write about this*, once. The link is completed and then followed by the browser, so that a new tab works.
pub(super) fn start() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        let Some(link) = dom::closest(&event, "a[data-act=write]") else { return };
        if let Some(address) = block(&link) {
            link.set_attribute("href", &address).ok();
        }
    });
}

/// The journal's address with what is handed over: base64url of its JSON.
pub(crate) fn address(fields: &[(&str, JsValue)]) -> Option<String> {
    let payload = Object::new();
    Reflect::set(&payload, &"v".into(), &1.into()).ok()?;
    for (name, value) in fields {
        Reflect::set(&payload, &(*name).into(), value).ok()?;
    }
    let json = String::from(JSON::stringify(&payload).ok()?);
    // One character a byte is what the browser's base64 takes.
    let binary: String = json.bytes().map(char::from).collect();
    let base64 = dom::window().btoa(&binary).ok()?;
    let base64 = base64.replace('+', "-").replace('/', "_");
    Some(format!("/journal#write={}", base64.trim_end_matches('=')))
}

/// The journal's address with the block that a link stands in.
fn block(link: &Element) -> Option<String> {
    let block = link.closest(".block").ok().flatten()?;
    let found = passage::at(link)?;
    let copy: Element = block.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    for mark in dom::select_all(&copy, "sup.cite, sup.note, .kind, .label, .acts") {
        mark.remove();
    }
    // The page's style puts brackets around what a claim rests on.
    for evidence in dom::select_all(&copy, ".evidence") {
        evidence.set_text_content(Some(&format!("[{}]", line(&evidence))));
    }
    let factors = block.get_attribute("data-kind").as_deref() == Some("factors");
    let items = if factors { "dt" } else { "li:not(li li)" };
    let items: Vec<String> =
        texts(&copy, items).into_iter().map(|item| cut(item, LINE)).take(ITEMS).collect();
    let text: Vec<String> = dom::select_all(&copy, "li:not(li li), p:not(li p), dt, dd, summary")
        .iter()
        .map(|part| (if part.matches("li").unwrap_or(false) { "• " } else { "" }, line(part)))
        .filter(|(_, words)| !words.is_empty())
        .map(|(bullet, words)| format!("{bullet}{words}"))
        .collect();
    let text = cut(text.join("\n"), MOST);
    address(&[
        ("article", found.slug?.into()),
        ("anchor", found.anchor.into()),
        ("title", cut(found.passage.title, LINE).into()),
        ("section", cut(section(&block), LINE).into()),
        ("kind", block.get_attribute("data-kind").unwrap_or_default().into()),
        ("label", cut(found.passage.part, LINE).into()),
        ("items", within(items).into()),
        ("text", text.into()),
    ])
}

/// As many items as fit beside the text.
fn within(items: Vec<String>) -> Array {
    let mut left = MOST;
    let fits = |item: &String| {
        left = left.saturating_sub(item.len());
        left > 0
    };
    items.into_iter().take_while(fits).map(JsValue::from).collect()
}

/// The heading that a block stands under.
fn section(block: &Element) -> String {
    let mut before = block.previous_element_sibling();
    while let Some(element) = before {
        if element.matches("h2, h3, h4, h5, h6").unwrap_or(false) {
            return line(&element);
        }
        before = element.previous_element_sibling();
    }
    String::new()
}

fn texts(within: &Element, selector: &str) -> Vec<String> {
    dom::select_all(within, selector).iter().map(line).filter(|text| !text.is_empty()).collect()
}

fn line(element: &Element) -> String {
    let text = element.text_content().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that is too long ends in "…".
fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
        text.push('…');
    }
    text
}
