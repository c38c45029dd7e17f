//! A library too large for a device: the server is asked, and its page read back.
//!
//! The words go in the body of a POST, which neither logs nor histories keep. The answer is the page that a reader
//! without JavaScript would get, so there is nothing that could differ.

use ::search::{Found, Hit, Label, Piece, Place};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::super::{dom, fetch};
use crate::search::Asked;

/// Asks the server; `None` if it cannot be reached.
pub(super) async fn find(asked: &Asked) -> Option<Found> {
    let text = fetch::posted("/search", &asked.encoded()).await.ok()?;
    let page = fetch::parsed(&text)?;
    Some(found(&dom::select(&page, ".results")?))
}

fn found(results: &Element) -> Found {
    let hits = dom::select_all(results, ".hit");
    Found {
        total: attribute(results, "data-total").parse().unwrap_or(hits.len()),
        nearest: results.has_attribute("data-nearest"),
        crisis: results.has_attribute("data-crisis"),
        meant: results.get_attribute("data-meant"),
        hits: hits.iter().map(hit).collect(),
    }
}

fn hit(hit: &Element) -> Hit {
    let category = dom::select(hit, ".facts");
    Hit {
        slug: attribute(hit, "data-slug"),
        title: dom::select(hit, "h3 a").map(|title| pieces(&title)).unwrap_or_default(),
        category: category
            .map(|category| Label { key: attribute(&category, "data-key"), name: text(&category) })
            .unwrap_or_default(),
        places: dom::select_all(hit, ".places > li").iter().map(place).collect(),
        score: 0.0,
    }
}

fn place(place: &Element) -> Place {
    let heading = dom::select(place, "a.heading");
    let anchor = heading.as_ref().map(|heading| attribute(heading, "href")).unwrap_or_default();
    Place {
        anchor: anchor.split_once('#').map(|(_, anchor)| anchor.to_owned()).unwrap_or_default(),
        heading: heading.map(|heading| pieces(&heading)).unwrap_or_default(),
        kind: dom::select(place, ".kind").map(|kind| text(&kind)).unwrap_or_default(),
        snippet: dom::select(place, ".snippet").map(|snippet| pieces(&snippet)).unwrap_or_default(),
        score: 0.0,
    }
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn text(node: &Node) -> String {
    node.text_content().unwrap_or_default()
}

fn pieces(of: &Element) -> Vec<Piece> {
    let nodes = of.child_nodes();
    (0..nodes.length())
        .filter_map(|at| nodes.get(at))
        // The server marks where one text ends and the next begins with empty comments.
        .filter(|node| node.node_type() != Node::COMMENT_NODE)
        .map(|node| Piece { text: text(&node), marked: node.dyn_ref::<Element>().is_some() })
        .collect()
}
