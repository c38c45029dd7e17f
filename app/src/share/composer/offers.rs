//! What can be added to a pack: articles, and in them what was found.

use ::html::Html;
use ::search::{Found, Place};

/// Something that can be added: an article, with some of its places.
pub(crate) struct Offer<'a> {
    pub slug: &'a str,
    pub title: String,
    pub added: bool,
    /// Anchor, heading, kind, and whether it is in the pack.
    pub places: Vec<(&'a str, String, String, bool)>,
}

impl<'a> Offer<'a> {
    /// What a search has found; `added` says what is in the pack.
    pub(crate) fn found(found: &'a Found, added: impl Fn(&str, Option<&str>) -> bool) -> Vec<Self> {
        let plain =
            |pieces: &[::search::Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        let offer = |hit: &'a ::search::Hit| {
            let place = |place: &'a Place| {
                let kind = crate::search::kind(place).unwrap_or_default();
                (place.anchor.as_str(), plain(&place.heading), kind, added(&hit.slug, Some(&place.anchor)))
            };
            let places = hit.places.iter().filter(|place| !place.heading.is_empty()).map(place).collect();
            Self { slug: &hit.slug, title: plain(&hit.title), added: added(&hit.slug, None), places }
        };
        found.hits.iter().map(offer).collect()
    }
}

/// What can be added. `asked` says whether somebody asked for something; else these are all articles.
pub(crate) fn offers(offers: &[Offer<'_>], asked: bool) -> String {
    let mut html = Html::new();
    if offers.is_empty() && asked {
        html.element("p", &[("class", "facts")], "Nothing here has these words. Try one word of the title.");
    }
    if !asked {
        html.open("details", &[]);
        html.element("summary", &[], &format!("All {} articles by title", offers.len()));
    }
    html.open("ul", &[("class", "offers")]);
    for offer in offers {
        html.open("li", &[]).open("p", &[("class", "of")]).open("span", &[]).text(&offer.title).close("span");
        add(offer.slug, None, &offer.title, offer.added, &mut html);
        html.close("p");
        for (anchor, heading, kind, added) in &offer.places {
            html.open("p", &[("class", "place")]).open("span", &[]).text(heading);
            if !kind.is_empty() {
                html.text(" ").element("span", &[("class", "kind")], kind);
            }
            html.close("span");
            add(offer.slug, Some(anchor), heading, *added, &mut html);
            html.close("p");
        }
        html.close("li");
    }
    html.close("ul");
    if !asked {
        html.close("details");
    }
    html.finish()
}

fn add(slug: &str, anchor: Option<&str>, title: &str, added: bool, html: &mut Html) {
    let id = format!("add-{slug}-{}", anchor.unwrap_or_default());
    let spoken = if added { format!("“{title}” is in the pack") } else { format!("Add “{title}”") };
    let mut attributes =
        vec![("type", "button"), ("id", id.as_str()), ("data-do", "add"), ("data-slug", slug)];
    attributes.extend(anchor.map(|anchor| ("data-anchor", anchor)));
    attributes.extend([("data-title", title), ("aria-label", spoken.as_str())]);
    attributes.extend(added.then_some(("aria-disabled", "true")));
    html.element("button", &attributes, if added { "Added" } else { "Add" });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_pack_cannot_be_added_again_and_keeps_its_place() {
        let places = vec![("night", "The night".to_owned(), "Checklist".to_owned(), false)];
        let html = offers(&[Offer { slug: "rest", title: "Rest".to_owned(), added: true, places }], true);
        assert!(html.contains("aria-label=\"“Rest” is in the pack\" aria-disabled=\"true\">Added"), "{html}");
        assert!(
            html.contains("data-anchor=\"night\"") && html.contains("aria-label=\"Add “The night”\">Add"),
            "{html}"
        );
    }

    #[test]
    fn nothing_found_says_what_to_try_and_nothing_asked_offers_all() {
        assert!(offers(&[], true).contains("Nothing here has these words"));
        assert!(offers(&[], false).contains("All 0 articles by title"));
    }
}
