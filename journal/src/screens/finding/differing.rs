//! Marks in two states of one thing, as they stand on the screen, the words that only one of them has; and says what else differs.

use std::ops::Range;

use journal::{Record, difference};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::screens::dom;

/// What holds the words that are marked: nothing else of the page is touched, since it changes by itself.
pub const PLACES: [&str; 2] = ["titled", "written"];
/// The fields whose words stand there.
const WORDS: [&str; 5] = ["title", "name", "text", "prompts", "notes"];

/// Marks what stands in the two sections, and gives a line that says what differs.
pub fn mark(then: &Record, now: &Record) -> String {
    let (before, after) = (Side::of("[aria-labelledby=then]"), Side::of("[aria-labelledby=now]"));
    let [gone, new] = difference::words(&before.text, &after.text);
    let is_marked = !gone.is_empty() || !new.is_empty();
    before.put(&gone, "del");
    after.put(&new, "ins");
    let mut others = String::new();
    for field in difference::fields(then, now) {
        let words = WORDS.contains(&field.as_str());
        if words && is_marked {
            continue;
        }
        if !others.is_empty() {
            others.push_str(", ");
        }
        if words {
            others.push_str("the form of the ");
        }
        others.push_str(name(&field));
    }
    let said = match (is_marked, others.is_empty()) {
        (true, true) => "Words that only one of the two has are marked.",
        (true, false) => "Words that only one of the two has are marked. Different as well: ",
        (false, true) => "Both say the same.",
        (false, false) => "Only this differs: ",
    };
    let end = if others.is_empty() { "" } else { "." };
    [said, &others, end].concat()
}

/// A field as a keeper calls it.
fn name(field: &str) -> &str {
    match field {
        "written" | "at" => "day and time",
        "prompts" => "answers",
        "items" | "checklist" => "things to tick",
        "attachments" => "pictures and recordings",
        "reflects" => "what it looks back on",
        "with" | "companion" => "who was there",
        "origin" => "where it comes from",
        "lifestyle" => "what surrounds it",
        "gathered" => "what was gathered",
        "whileLocked" => "whether it is shown while locked",
        field => field,
    }
}

/// One of the two states: its words, and where each piece of them stands.
#[derive(Default)]
struct Side {
    text: String,
    words: Vec<(Node, usize)>,
}

impl Side {
    fn of(selector: &str) -> Self {
        let mut side = Self::default();
        if let Some(place) = dom::select(selector) {
            side.gather(&place, false);
        }
        side
    }

    fn put(&self, marks: &[Range<usize>], name: &str) {
        for (node, from) in &self.words {
            put(node, *from, marks, name);
        }
    }

    fn gather(&mut self, node: &Node, within: bool) {
        let element = node.dyn_ref::<Element>();
        let within = within || element.is_some_and(|element| PLACES.contains(&element.class_name().as_str()));
        let mut next = node.first_child();
        while let Some(mut child) = next {
            if within && matches!(child.node_name().as_str(), "DEL" | "INS") {
                // A mark of before.
                let words = text(&child.text_content().unwrap_or_default());
                node.replace_child(&words, &child).ok();
                child = words;
            }
            next = child.next_sibling();
            if within && child.node_type() == Node::TEXT_NODE {
                self.words.push((child.clone(), self.text.len()));
                self.text.push_str(&child.text_content().unwrap_or_default());
                self.text.push('\n');
            }
            self.gather(&child, within);
        }
    }
}

/// Puts the marks of a side on the words of one node, which begin at `from`.
fn put(node: &Node, from: usize, marks: &[Range<usize>], name: &str) {
    let words = node.text_content().unwrap_or_default();
    let Some(parent) = node.parent_node() else { return };
    let mut done = 0;
    for mark in marks {
        let within = |at: usize| at.saturating_sub(from).clamp(done, words.len());
        let (start, end) = (within(mark.start), within(mark.end));
        if start == end {
            continue;
        }
        let Ok(marked) = dom::document().create_element(name) else { return };
        marked.set_text_content(Some(&words[start..end]));
        parent.insert_before(&text(&words[done..start]), Some(node)).ok();
        parent.insert_before(&marked, Some(node)).ok();
        done = end;
    }
    if done > 0 {
        node.set_text_content(Some(&words[done..]));
    }
}

fn text(words: &str) -> Node {
    dom::document().create_text_node(words).into()
}
