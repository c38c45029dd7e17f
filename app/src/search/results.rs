//! The answer to a question, as the results page shows it.
//!
//! It is made as a string and not as a view: nothing in it reacts, both sides make the same, and a view of it would be
//! the heaviest part of the client.

use ::html::Html;
use ::search::{Found, Hit, Piece, Place};

use super::{Asked, LONGEST, Side};

/// All that an answer needs to be shown.
pub struct Answer<'a> {
    /// What was asked.
    pub asked: &'a Asked,
    /// What was found.
    pub found: &'a Found,
    /// Where it is shown.
    pub side: Side,
    /// The card with the crisis lines, as the server made it; shown where the words sound like a crisis.
    pub crisis: String,
}

/// The results as HTML, best first, with all that is to be said about them.
///
/// What is written into `data-…` is for the browser that had to ask the server: it reads the answer back from here.
pub fn results(answer: &Answer<'_>) -> String {
    let Answer { asked, found, side, ref crisis } = *answer;
    let total = found.total.to_string();
    let mut attributes = vec![("class", "results"), ("data-total", total.as_str())];
    attributes.extend(found.nearest.then_some(("data-nearest", "")));
    attributes.extend(found.crisis.then_some(("data-crisis", "")));
    attributes.extend(found.meant.as_deref().map(|meant| ("data-meant", meant)));
    let mut html = Html::new();
    html.open("div", &attributes);
    if found.crisis {
        html.open("div", &[("class", "crisis-place")]).made(crisis).close("div");
    }
    if asked.cut {
        let says = format!("That was a lot of words. These results are for the first {LONGEST} characters.");
        html.element("p", &[("class", "notice")], &says);
    }
    if let Some(meant) = &found.meant {
        let href = asked.with_query(meant).address(side);
        html.open("p", &[("class", "meant")]).text("Did you mean ");
        html.element("a", &[("href", &href)], meant).text("?").close("p");
    }
    if found.hits.is_empty() {
        nothing(asked, side, &mut html);
    } else {
        html.element("h2", &COUNT, &count(found));
        if found.nearest {
            let says = "Nothing here has exactly these words. These are the nearest things.";
            html.element("p", &[("class", "nearest")], says);
        }
        html.open("ol", &[("class", "hits")]);
        for found in &found.hits {
            html.open("li", &[]);
            hit(found, &mut html);
            html.close("li");
        }
        html.close("ol");
    }
    html.close("div");
    html.finish()
}

/// The heading over the results can be focused, so that a keyboard can be put there.
const COUNT: [(&str, &str); 2] = [("class", "count"), ("tabindex", "-1")];

/// "The 20 best of 43 articles"
pub fn count(found: &Found) -> String {
    match (found.hits.len(), found.total) {
        (_, 0) => "No articles".to_owned(),
        (_, 1) => "1 article".to_owned(),
        (shown, total) if shown < total => format!("The {shown} best of {total} articles"),
        (_, total) => format!("{total} articles"),
    }
}

fn nothing(asked: &Asked, side: Side, html: &mut Html) {
    let (says, href, action) = if asked.is_narrowed() {
        let says = "Nothing under this filter fits. There may be something in the rest of the library.";
        (says, asked.everywhere().address(side), "Search everything")
    } else {
        let says = "Nothing is left to show. If you left words out with a minus sign, take one back.";
        (says, "/articles".to_owned(), "See every article")
    };
    html.element("h2", &COUNT, "No articles");
    html.open("div", &[("class", "empty")]).element("p", &[], says);
    html.open("p", &[]).element("a", &[("href", &href)], action).close("p").close("div");
}

fn hit(hit: &Hit, html: &mut Html) {
    let address = format!("/articles/{}", hit.slug);
    html.open("article", &[("class", "hit"), ("data-slug", &hit.slug)]);
    html.open("h3", &[]).open("a", &[("href", &address)]);
    pieces(&hit.title, html);
    html.close("a").close("h3");
    html.element("p", &[("class", "facts"), ("data-key", &hit.category.key)], &hit.category.name);
    html.open("ul", &[("class", "places")]);
    for place in &hit.places {
        html.open("li", &[]);
        section(&address, place, html);
        html.close("li");
    }
    html.close("ul").close("article");
}

fn section(address: &str, place: &Place, html: &mut Html) {
    if !place.heading.is_empty() {
        let href = format!("{address}#{}", place.anchor);
        html.open("a", &[("class", "heading"), ("href", &href)]);
        pieces(&place.heading, html);
        html.close("a").text(" ");
    }
    if let Some(kind) = kind(place) {
        html.element("span", &[("class", "kind")], &kind);
    }
    if !place.snippet.is_empty() {
        html.open("p", &[("class", "snippet")]);
        pieces(&place.snippet, html);
        html.close("p");
    }
}

/// What can be done there, where the heading does not say so already.
pub fn kind(place: &Place) -> Option<String> {
    let says = place.heading.iter().map(|piece| piece.text.as_str()).collect::<String>() == place.kind;
    (!place.kind.is_empty() && !says).then(|| place.kind.clone())
}

/// Text with the words marked that were looked for.
pub fn pieces(pieces: &[Piece], html: &mut Html) {
    for piece in pieces {
        match piece.marked {
            true => html.element("mark", &[], &piece.text),
            false => html.text(&piece.text),
        };
    }
}

#[cfg(test)]
mod tests {
    use ::search::Label;

    use super::*;

    fn piece(text: &str, marked: bool) -> Piece {
        Piece { text: text.to_owned(), marked }
    }

    fn found() -> Found {
        let place = Place {
            anchor: "the-night".to_owned(),
            heading: vec![piece("The night <b>", false)],
            kind: "Checklist".to_owned(),
            snippet: vec![piece("Some ", false), piece("sleep", true), piece(" & rest.", false)],
            score: 1.0,
        };
        let hit = Hit {
            slug: "rest".to_owned(),
            title: vec![piece("Rest", false)],
            category: Label { key: "care".to_owned(), name: "Care".to_owned() },
            places: vec![place],
            score: 1.0,
        };
        Found { hits: vec![hit], total: 1, ..Found::default() }
    }

    fn shown(asked: &Asked, found: &Found, side: Side) -> String {
        results(&Answer { asked, found, side, crisis: "<p>lines</p>".to_owned() })
    }

    fn asked() -> Asked {
        Asked::from_pairs([("q", "slepe"), ("tag", "night")])
    }

    #[test]
    fn a_result_leads_to_its_section_and_carries_nothing_of_the_question() {
        let html = shown(&asked(), &found(), Side::Server);
        assert!(html.contains("href=\"/articles/rest#the-night\""), "{html}");
        assert!(html.contains("<mark>sleep</mark>"), "{html}");
        assert!(!html.contains("slepe"), "{html}");
    }

    #[test]
    fn no_text_becomes_markup() {
        let html = shown(&asked(), &found(), Side::Server);
        assert!(html.contains("The night &lt;b&gt;") && html.contains("&amp; rest."), "{html}");
    }

    #[test]
    fn help_is_shown_for_a_crisis_alone() {
        assert!(!shown(&asked(), &found(), Side::Server).contains("lines"));
        let html = shown(&asked(), &Found { crisis: true, ..found() }, Side::Server);
        assert!(html.find("<p>lines</p>").unwrap() < html.find("1 article").unwrap(), "{html}");
    }

    #[test]
    fn a_correction_is_offered_under_the_same_filter_and_on_the_device_behind_the_hash() {
        let found = Found { meant: Some("sleep".to_owned()), ..found() };
        assert!(shown(&asked(), &found, Side::Server).contains("href=\"/search?q=sleep&amp;tag=night\""));
        assert!(shown(&asked(), &found, Side::Device).contains("href=\"/search#q=sleep&amp;tag=night\""));
    }

    #[test]
    fn a_filter_that_leaves_nothing_can_be_dropped() {
        let html = shown(&asked(), &Found::default(), Side::Server);
        assert!(html.contains("href=\"/search?q=slepe\"") && html.contains("Search everything"), "{html}");
    }

    #[test]
    fn the_count_says_how_much_is_shown() {
        let says = |total| count(&Found { total, ..found() });
        assert_eq!([says(0), says(1), says(7)], ["No articles", "1 article", "The 1 best of 7 articles"]);
    }
}
