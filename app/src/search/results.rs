//! The answer to a question, as the results page shows it.

use ::search::{Found, Hit, Piece, Place};
use leptos::prelude::*;

use super::{Asked, Side};

/// All that the view of an answer needs.
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

/// The results, best first, with all that is to be said about them.
///
/// What is written into `data-…` is for the browser that had to ask the server: it reads the answer back from here.
pub fn results(answer: &Answer<'_>) -> impl IntoView + use<> {
    let Answer { asked, found, side, ref crisis } = *answer;
    let crisis = found.crisis.then(|| view! { <div class="crisis-place" inner_html=crisis.clone()></div> });
    let cut = asked.cut.then(|| {
        view! { <p class="notice">"That was a lot of words. These results are for the first 300 characters."</p> }
    });
    let meant = found.meant.as_ref().map(|meant| {
        let href = asked.with_query(meant).address(side);
        view! { <p class="meant">"Did you mean "<a href=href>{meant.clone()}</a>"?"</p> }
    });
    let list = if found.hits.is_empty() {
        nothing(asked, side).into_any()
    } else {
        let hits = found.hits.iter().map(|found| view! { <li>{hit(found)}</li> }).collect_view();
        let nearest = found.nearest.then(|| {
            view! { <p class="nearest">"Nothing here has exactly these words. These are the nearest things."</p> }
        });
        view! {
            <h2 class="count" tabindex="-1">{count(found)}</h2>
            {nearest}
            <ol class="hits">{hits}</ol>
        }
        .into_any()
    };
    view! {
        <div
            class="results"
            data-total=found.total.to_string()
            data-nearest=found.nearest.then_some("")
            data-crisis=found.crisis.then_some("")
            data-meant=found.meant.clone()
        >
            {crisis}
            {cut}
            {meant}
            {list}
        </div>
    }
}

/// "The 20 best of 43 articles"
pub fn count(found: &Found) -> String {
    match (found.hits.len(), found.total) {
        (_, 0) => "No articles".to_owned(),
        (_, 1) => "1 article".to_owned(),
        (shown, total) if shown < total => format!("The {shown} best of {total} articles"),
        (_, total) => format!("{total} articles"),
    }
}

fn nothing(asked: &Asked, side: Side) -> impl IntoView + use<> {
    let (says, href, action) = if asked.is_narrowed() {
        let says = "Nothing under this filter fits. There may be something in the rest of the library.";
        (says, asked.everywhere().address(side), "Search everything")
    } else {
        let says = "Nothing is left to show. If you left words out with a minus sign, take one back.";
        (says, "/articles".to_owned(), "See every article")
    };
    view! {
        <h2 class="count" tabindex="-1">"No articles"</h2>
        <div class="empty"><p>{says}</p><p><a href=href>{action}</a></p></div>
    }
}

fn hit(hit: &Hit) -> impl IntoView + use<> {
    let address = format!("/articles/{}", hit.slug);
    let places = hit.places.iter().map(|place| view! { <li>{section(&address, place)}</li> }).collect_view();
    view! {
        <article class="hit" data-slug=hit.slug.clone()>
            <h3><a href=address.clone()>{pieces(&hit.title)}</a></h3>
            <p class="facts" data-key=hit.category.key.clone()>{hit.category.name.clone()}</p>
            <ul class="places">{places}</ul>
        </article>
    }
}

fn section(address: &str, place: &Place) -> impl IntoView + use<> {
    let heading = (!place.heading.is_empty()).then(|| {
        let href = format!("{address}#{}", place.anchor);
        view! { <a class="heading" href=href>{pieces(&place.heading)}</a> }
    });
    let kind = kind(place).map(|kind| view! { <span class="kind">{kind}</span> });
    let snippet =
        (!place.snippet.is_empty()).then(|| view! { <p class="snippet">{pieces(&place.snippet)}</p> });
    view! { {heading} {kind} {snippet} }
}

/// What can be done there, where the heading does not say so already.
pub fn kind(place: &Place) -> Option<String> {
    let says = place.heading.iter().map(|piece| piece.text.as_str()).collect::<String>() == place.kind;
    (!place.kind.is_empty() && !says).then(|| place.kind.clone())
}

/// Text with the words marked that were looked for.
pub fn pieces(pieces: &[Piece]) -> Vec<AnyView> {
    pieces
        .iter()
        .map(|piece| {
            let text = piece.text.clone();
            if piece.marked { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
        })
        .collect()
}

#[cfg(all(test, feature = "ssr"))]
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
        let owner = Owner::new_root(None);
        owner.with(|| results(&Answer { asked, found, side, crisis: "<p>lines</p>".to_owned() }).to_html())
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
