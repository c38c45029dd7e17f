//! An article's page taken apart: which sections and blocks it has, and the passage that a pack wants of it, made to stand
//! among passages of others as `article::Published::passage` makes it for standing packs.

use pack::{Depth, Item, SectionId};
use web_sys::Element;

use crate::islands::dom;

/// The kinds of block that the short reading keeps, and the key takeaways: as in `crates/article/src/render/blocks.rs`.
const SHORT: &str = ":is([data-kind=takeaways], [data-kind=questions], [data-kind=checklist], [data-kind=practice], \
                     [data-kind=steps], [data-kind=red-flags], [data-kind=help])";

/// A section or a block of an article.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub id: SectionId,
    /// 2 to 6 for a section; 0 for a block.
    pub level: u8,
    pub title: String,
    /// What kind of block it is, as a reader sees it; empty for a section.
    pub kind: String,
    /// Whether it has no name but its heading, which stands for it.
    pub is_its_heading: bool,
}

/// Every section and block of an article, in its order.
pub(super) fn parts(page: &Element) -> Vec<Part> {
    children(page).iter().filter_map(part).collect()
}

fn part(element: &Element) -> Option<Part> {
    let id = SectionId::of(&own_id(element)?);
    let text = |selector| dom::select(element, selector).map(|found| words(&found)).unwrap_or_default();
    match level(element) {
        Some(level) => {
            Some(Part { id, level, title: words(element), kind: String::new(), is_its_heading: false })
        }
        None if is_block(element) => {
            let kind = text(":scope > .kind");
            let heading = element.get_attribute("aria-label");
            let is_its_heading = heading.is_some();
            let title = heading.unwrap_or_else(|| text(":scope > .label"));
            Some(Part { id, level: 0, title, kind, is_its_heading })
        }
        None => None,
    }
}

/// What a pack wants of an article.
pub(super) struct Cut {
    /// The passage as HTML; its ids begin with the number of the item.
    pub html: String,
    /// What the chosen sections and blocks are called; none for the whole article.
    pub parts: Vec<String>,
    /// How many of the chosen sections and blocks are not there any more.
    pub missing: usize,
}

/// Cuts an item's passage out of its article's page. `number` is the item's, from 1.
pub(super) fn cut(page: &Element, slug: &str, item: &Item, number: usize) -> Cut {
    let children = children(page);
    let (chosen, named, missing) = chosen(&children, item);
    let named = named.into_iter().filter_map(|at| Some(part(children.get(at)?)?.title));
    let included: Vec<&Element> = chosen.iter().filter_map(|at| children.get(*at)).collect();
    let mut ids: Vec<String> = included.iter().filter_map(|element| own_id(element)).collect();
    ids.extend(
        included.iter().flat_map(|element| dom::select_all(element, "[id]")).map(|element| element.id()),
    );
    let html = included.iter().filter_map(|element| made_to_fit(element, slug, number, &ids)).collect();
    Cut { html, parts: named.filter(|title| !title.is_empty()).collect(), missing }
}

/// Which children of the body an item wants, each once, which of them its sections name, and how many of these are not there.
fn chosen(children: &[Element], item: &Item) -> (Vec<usize>, Vec<usize>, usize) {
    let short = item.depth == Depth::Short;
    if item.sections.is_empty() {
        let all =
            (0..children.len()).filter(|&at| !children[at].matches(".footnotes, .gone").unwrap_or(false));
        let all: Vec<usize> = all.collect();
        return (if short { shortened(children, &all) } else { all }, Vec::new(), 0);
    }
    let mut chosen: Vec<usize> = Vec::new();
    let mut named: Vec<usize> = Vec::new();
    let mut missing = 0;
    for section in &item.sections {
        let is_it = |element: &Element| own_id(element).is_some_and(|id| SectionId::of(&id) == *section);
        // A former name stands right before what it is called now.
        let place = children.iter().position(is_it).and_then(|at| {
            (at..children.len()).find(|&at| level(&children[at]).is_some() || is_block(&children[at]))
        });
        let Some(at) = place else {
            missing += 1;
            continue;
        };
        named.push(at);
        let stretch: Vec<usize> = match level(&children[at]) {
            Some(own) => {
                let below = |at: &usize| level(&children[*at]).is_none_or(|level| level > own);
                let below = (at + 1..children.len()).take_while(below);
                let stays = |at: &usize| !children[*at].matches(".footnotes, .gone").unwrap_or(false);
                std::iter::once(at).chain(below).filter(stays).collect()
            }
            None => {
                // A block whose name is its heading is not named without it.
                let heading = children[at].has_attribute("aria-label");
                let heading = (0..at).rev().find(|&at| level(&children[at]).is_some()).filter(|_| heading);
                heading.into_iter().chain([at]).collect()
            }
        };
        let stretch = if short { shortened(children, &stretch) } else { stretch };
        let fresh: Vec<usize> = stretch.into_iter().filter(|at| !chosen.contains(at)).collect();
        chosen.extend(fresh);
    }
    (chosen, named, missing)
}

/// What there is to do in a stretch, with the headings above it; all of it where there is nothing to do.
fn shortened(children: &[Element], stretch: &[usize]) -> Vec<usize> {
    let acts = |at: &usize| children[*at].matches(SHORT).unwrap_or(false);
    if !stretch.iter().any(acts) {
        return stretch.to_vec();
    }
    let mut kept: Vec<usize> = Vec::new();
    let mut lowest = 7;
    for at in stretch.iter().rev() {
        match level(&children[*at]) {
            _ if acts(at) => {
                kept.push(*at);
                lowest = 7;
            }
            Some(level) if level < lowest && !kept.is_empty() => {
                kept.push(*at);
                lowest = level;
            }
            _ => {}
        }
    }
    kept.reverse();
    kept
}

/// A copy that can stand among passages of other articles.
fn made_to_fit(element: &Element, slug: &str, number: usize, ids: &[String]) -> Option<String> {
    use wasm_bindgen::JsCast;
    // A wrapper, so that the element itself is found by what looks below it.
    let wrap = dom::document().create_element("div").ok()?;
    let copy = element.clone_node_with_deep(true).ok()?;
    wrap.append_child(&copy).ok()?;
    // Their numbers mean something on the article's own page only.
    for mark in dom::select_all(&wrap, "sup.cite, sup.note") {
        mark.remove();
    }
    let own = |id: &str| format!("{number}-{id}");
    for link in dom::select_all(&wrap, "a[href^='#']") {
        let to = link.get_attribute("href").unwrap_or_default();
        let anchor = to.trim_start_matches('#');
        let shares = link.matches(".share, [data-act=link]").unwrap_or(false);
        let href = match ids.iter().any(|id| id == anchor) && !shares {
            true => format!("#{}", own(anchor)),
            false => format!("/articles/{slug}#{anchor}"),
        };
        link.set_attribute("href", &href).ok();
    }
    for named in dom::select_all(&wrap, "[id]") {
        named.set_id(&own(&named.id()));
    }
    for naming in dom::select_all(&wrap, "[aria-labelledby]") {
        let of = naming.get_attribute("aria-labelledby").unwrap_or_default();
        naming.set_attribute("aria-labelledby", &own(&of)).ok();
    }
    let copy: Element = copy.unchecked_into();
    if let Some(level) = level(&copy) {
        let lower = dom::document().create_element(&format!("h{}", (level + 1).min(6))).ok()?;
        lower.set_id(&copy.id());
        lower.set_inner_html(&copy.inner_html());
        return Some(lower.outer_html());
    }
    Some(wrap.inner_html())
}

/// What stands side by side in the text: headings, paragraphs, blocks.
fn children(page: &Element) -> Vec<Element> {
    dom::select_all(page, "article.reading > .body > *")
}

/// The level of a heading.
fn level(element: &Element) -> Option<u8> {
    let name = element.tag_name();
    let level = name.strip_prefix(['H', 'h'])?.parse().ok()?;
    (2..=6).contains(&level).then_some(level)
}

fn is_block(element: &Element) -> bool {
    element.class_list().contains("block")
}

fn own_id(element: &Element) -> Option<String> {
    Some(element.id()).filter(|id| !id.is_empty())
}

fn words(element: &Element) -> String {
    element.text_content().unwrap_or_default().trim().to_owned()
}
