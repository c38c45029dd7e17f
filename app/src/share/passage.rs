//! What is handed on, found on the page: the section of a heading, a block, or words that were selected.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range, Text};

use super::{fragment::Selected, message::Passage};
use crate::islands::dom;

/// A passage and its place.
#[derive(Clone)]
pub(crate) struct Found {
    pub passage: Passage,
    /// The article that it is from; `None` on pages that show none.
    pub slug: Option<String>,
    /// Its anchor in that article, or on the page.
    pub anchor: String,
}

/// What the share links of headings and blocks stand in.
const PLACES: &str = "h2[id], h3[id], h4[id], h5[id], h6[id], .block[id]";

/// The section or block that a share link is for; in the head of an article all of it.
pub(crate) fn at(link: &Element) -> Option<Found> {
    if let Some(head) = link.closest(".reading > header.title").ok().flatten() {
        return Some(found(&head, "", String::new()));
    }
    let place = link.closest(PLACES).ok().flatten()?;
    let named = dom::select(&place, ":scope > .label").or_else(|| dom::select(&place, ":scope > .kind"));
    let part = match (place.class_list().contains("block"), place.get_attribute("aria-label"), named) {
        (true, Some(label), _) => label,
        (true, None, Some(named)) => text(&named),
        _ => text(&place),
    };
    Some(found(&place, &place.id(), part))
}

/// The words of a range, if it is one of the text of the page and has words.
pub(super) fn of(range: &Range) -> Option<Found> {
    let start = element(&range.start_container().ok()?)?;
    element(&range.common_ancestor_container().ok()?)?.closest(SHARED).ok().flatten()?;
    let stretches = stretches(range);
    let quote = quote(&stretches);
    let (before, after) = around(range).unwrap_or_default();
    let page = dom::main().text_content().unwrap_or_default();
    let directive = Selected { stretches, before, after, page }.directive()?;
    let place = above(&start);
    let (id, part) = match &place {
        Some(place) if place.class_list().contains("block") => {
            (place.id(), dom::select(place, ":scope > .label").map(|label| text(&label)).unwrap_or_default())
        }
        Some(place) if place.matches(PLACES).unwrap_or(false) => (place.id(), text(place)),
        Some(place) => (place.id(), String::new()),
        None => (String::new(), String::new()),
    };
    let mut found = found(&start, &id, part);
    if found.anchor.is_empty() {
        found.passage.address.push('#');
    }
    found.passage.address.push_str(":~:text=");
    found.passage.address.push_str(&directive);
    found.passage.quote = quote;
    Some(found)
}

/// The words as they are read: a heading and the kind of its block may say the same twice, of which one is seen.
fn quote(stretches: &[String]) -> String {
    let mut said: Vec<&str> = stretches.iter().map(|stretch| stretch.trim()).collect();
    said.retain(|words| !words.is_empty());
    said.dedup();
    said.join(" ")
}

/// The link from a passage to its article.
const SOURCE: &str = ":scope > :is(h2, .facts) a[href^='/articles/']";

/// Where text may be selected to be handed on.
pub(super) const SHARED: &str = ".body, .takeaways, .excerpt, .disclaimer, .passage, .glossary, .references";

/// Reads title, author and address off the page around an element.
fn found(place: &Element, id: &str, part: String) -> Found {
    let (main, body) = (dom::main(), dom::body());
    let reads = |within: &Element, selector: &str| {
        dom::select(within, selector).map(|element| text(&element)).unwrap_or_default()
    };
    let location = dom::window().location();
    let origin = dom::origin();
    let article = dom::select(&main, ".reading");
    let of_article = |name: &str| article.as_ref().and_then(|article| article.get_attribute(name));
    // Among passages of several articles, each is handed on from its own article, with the id that it has there.
    let passage = place.closest(".passage").ok().flatten();
    let source = passage.as_ref().and_then(|passage| dom::select(passage, SOURCE));
    let source = source.and_then(|link| link.get_attribute("href"));
    let (slug, path, title, anchor) = match (passage, source) {
        (Some(passage), Some(href)) => {
            let path = href.split(['?', '#']).next().unwrap_or_default().to_owned();
            // Its own heading, `pack-1`, stands for the whole article, which has no anchor.
            let numbered = id.split_once('-').filter(|(number, _)| number.parse::<u8>().is_ok());
            let anchor = numbered.map_or("", |(_, anchor)| anchor).to_owned();
            let slug = path.rsplit('/').next().map(str::to_owned);
            (slug, path, reads(&passage, "h2"), anchor)
        }
        _ => {
            let short = if of_article("data-depth").as_deref() == Some("short") { "?view=short" } else { "" };
            let path = location.pathname().unwrap_or_default() + short;
            (of_article("data-slug"), path, reads(&main, "h1"), id.to_owned())
        }
    };
    let hash = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    let address = format!("{origin}{path}{hash}");
    Found {
        passage: Passage {
            title,
            part,
            quote: String::new(),
            author: reads(&main, ".about-article a[href^='/authors/']"),
            publisher: reads(&body, "footer .publisher"),
            updated: of_article("data-changed").unwrap_or_default(),
            address,
        },
        slug,
        anchor,
    }
}

/// The nearest place above that an address can name: the block around, else the heading before.
fn above(start: &Element) -> Option<Element> {
    if let Some(around) = start.closest(".block[id], .glossary [id], .takeaways[id]").ok().flatten() {
        return Some(around);
    }
    let mut at = start.clone();
    loop {
        let mut before = Some(at.clone());
        while let Some(element) = before {
            if element.matches(PLACES).unwrap_or(false) && !element.class_list().contains("block") {
                return Some(element);
            }
            before = element.previous_element_sibling();
        }
        at = at.parent_element().filter(|parent| parent.id() != "main")?;
    }
}

fn text(element: &Element) -> String {
    let text = element.text_content().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The element that a node is or is in.
pub(super) fn element(node: &Node) -> Option<Element> {
    node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())
}

/// What a sentence of a selection does not run across.
const PARAGRAPHS: &str =
    "p, li, dt, dd, h1, h2, h3, h4, h5, h6, td, th, label, figcaption, blockquote, pre, div, section";
/// What stands among the words and is none of them.
const BETWEEN: &str = ".cite, .note, .evidence, .share, .acts, .unseen, .definition, svg";

/// The words of a range, a stretch for each paragraph and each piece of one. An empty stretch at an end says that
/// something stands between the range and the text there.
fn stretches(range: &Range) -> Vec<String> {
    let mut walk = Walk { range, stretches: Vec::new(), paragraph: None, broken: true };
    if let Ok(root) = range.common_ancestor_container() {
        walk.node(&root);
    }
    if walk.broken {
        walk.stretches.push(String::new());
    }
    walk.stretches
}

struct Walk<'a> {
    range: &'a Range,
    stretches: Vec<String>,
    paragraph: Option<Element>,
    /// Whether the next words begin a stretch of their own.
    broken: bool,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node) {
        if !self.range.intersects_node(node).unwrap_or(false) {
            return;
        }
        if let Some(text) = node.dyn_ref::<Text>() {
            self.words(text);
            return;
        }
        if node.dyn_ref::<Element>().is_some_and(|element| element.matches(BETWEEN).unwrap_or(false)) {
            self.broken = true;
            return;
        }
        let nodes = node.child_nodes();
        for inner in (0..nodes.length()).filter_map(|at| nodes.get(at)) {
            self.node(&inner);
        }
    }

    fn words(&mut self, text: &Text) {
        let units: Vec<u16> = text.data().encode_utf16().collect();
        let end_at = |container: Result<Node, _>, offset: Result<u32, _>| match (container, offset) {
            (Ok(container), Ok(offset)) if container.is_same_node(Some(text)) => usize::try_from(offset).ok(),
            _ => None,
        };
        let from = end_at(self.range.start_container(), self.range.start_offset()).unwrap_or(0);
        let to = end_at(self.range.end_container(), self.range.end_offset()).unwrap_or(units.len());
        let Some(units) = units.get(from..to).filter(|units| !units.is_empty()) else { return };
        let paragraph = text.parent_element().and_then(|parent| parent.closest(PARAGRAPHS).ok().flatten());
        let words = String::from_utf16_lossy(units);
        if self.broken || paragraph != self.paragraph {
            self.stretches.push(String::new());
        }
        (self.paragraph, self.broken) = (paragraph, false);
        if let Some(last) = self.stretches.last_mut() {
            last.push_str(&words);
        }
    }
}

/// What stands beside a range in its own paragraphs.
fn around(range: &Range) -> Option<(String, String)> {
    let paragraph = |node: &Node| element(node)?.closest(PARAGRAPHS).ok().flatten();
    let (start, end) = (range.start_container().ok()?, range.end_container().ok()?);
    let before = dom::document().create_range().ok()?;
    let (first, last) = (paragraph(&start)?, paragraph(&end)?);
    before.select_node_contents(&first).ok()?;
    before.set_end(&start, range.start_offset().ok()?).ok()?;
    let after = dom::document().create_range().ok()?;
    after.select_node_contents(&last).ok()?;
    after.set_start(&end, range.end_offset().ok()?).ok()?;
    Some((stretches(&before).pop()?, stretches(&after).into_iter().next()?))
}

/// The range that is selected now, if there is one and it is of the text of the page.
pub(super) fn selected() -> Option<Range> {
    let selection = dom::window().get_selection().ok().flatten()?;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let around = element(&range.common_ancestor_container().ok()?)?;
    let shared = around.closest(SHARED).ok().flatten().is_some();
    (shared && !String::from(range.to_string()).trim().is_empty()).then_some(range)
}
