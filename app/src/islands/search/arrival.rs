//! The words that were looked for, marked where the reader arrives.
//!
//! A result's marked words are remembered when it is clicked, in memory alone: nothing of them is in the address.
//! They are marked with a CSS highlight, so that the text itself is never touched; a browser without shows none.

use std::{cell::RefCell, collections::HashSet};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, Range, Text};

use super::super::dom;

struct Wanted {
    /// Path of the article.
    path: String,
    words: HashSet<String>,
}

thread_local! {
    static WANTED: RefCell<Option<Wanted>> = const { RefCell::new(None) };
}

/// Where a result stands: on the results page, in a list.
const RESULT: &str = ".hit, [role=group]";

/// Remembers the words of a result that is being followed; forgets them with any other link.
pub(super) fn follow(link: &Element) {
    let wanted = link.closest(RESULT).ok().flatten().and_then(|result| {
        let link: &HtmlAnchorElement = link.dyn_ref()?;
        let marks = dom::select_all(&result, "mark").into_iter();
        let words = marks.flat_map(|mark| words(&mark.text_content().unwrap_or_default())).collect();
        Some(Wanted { path: link.pathname(), words })
    });
    WANTED.set(wanted);
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .collect()
}

/// Marks the words in the section that the address names, if it was come to from a result.
pub(super) fn mark() {
    let location = dom::window().location();
    let words = WANTED.with_borrow(|wanted| {
        let wanted = wanted.as_ref()?;
        (location.pathname().ok().as_deref() == Some(&wanted.path)).then(|| wanted.words.clone())
    });
    let ranges = words.map(|words| {
        let mut ranges = Vec::new();
        let anchor = location.hash().unwrap_or_default();
        for element in section(anchor.trim_start_matches('#')) {
            find(&element, &words, &mut ranges);
        }
        ranges
    });
    dom::highlight("found", &ranges.unwrap_or_default());
}

/// What belongs to a section: the heading and all up to the next of its level, or the block itself. Without an
/// anchor, all up to the first heading.
fn section(anchor: &str) -> Vec<Element> {
    let level =
        |element: &Element| element.tag_name().strip_prefix('H').and_then(|level| level.parse::<u8>().ok());
    let anchor = js_sys::decode_uri_component(anchor).map(String::from).unwrap_or_default();
    let first =
        if anchor.is_empty() { dom::select(&dom::main(), ".reading .body > *") } else { dom::by_id(&anchor) };
    let Some(first) = first else { return Vec::new() };
    let top = level(&first).or(anchor.is_empty().then_some(u8::MAX));
    let mut all = vec![first];
    while let Some(top) = top
        && let Some(next) = all.last().and_then(Element::next_element_sibling)
        && level(&next).is_none_or(|level| level > top)
    {
        all.push(next);
    }
    all
}

/// The places of the words within an element.
fn find(element: &Element, wanted: &HashSet<String>, into: &mut Vec<Range>) {
    let nodes = element.child_nodes();
    for node in (0..nodes.length()).filter_map(|at| nodes.get(at)) {
        if let Some(text) = node.dyn_ref::<Text>() {
            for (from, to) in places(&text.data(), wanted) {
                let Ok(range) = dom::document().create_range() else { continue };
                if range.set_start(text, from).and_then(|()| range.set_end(text, to)).is_ok() {
                    into.push(range);
                }
            }
        } else if let Some(inner) = node.dyn_ref::<Element>() {
            find(inner, wanted, into);
        }
    }
}

/// Where the words stand in a text, in UTF-16.
fn places(text: &str, wanted: &HashSet<String>) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let (mut at, mut from) = (0_u32, 0_u32);
    let mut word = String::new();
    // The blank at the end closes the last word.
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() {
            if word.is_empty() {
                from = at;
            }
            word.extend(c.to_lowercase());
        } else if !word.is_empty() {
            if wanted.contains(&word) {
                found.push((from, at));
            }
            word.clear();
        }
        at += if c.len_utf16() == 2 { 2 } else { 1 };
    }
    found
}
