//! Draws the composer anew after a change, and keeps the keyboard where it was.

use pack::{ArticleId, Day, Pack, SectionId};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::{fragment, parts, with};
use crate::{
    islands::{dom, search::engine},
    search::Asked,
    share::{
        catalogue::Entry,
        composer::{
            self, Line,
            hand::{self, Hand, Left},
            offers::{Offer, offers},
        },
        open, outward,
        qr::Qr,
    },
};

/// Articles that are offered for a question.
const OFFERED: usize = 6;

/// Shows all that follows from the pack.
pub(super) fn show() {
    parts::fetch();
    let Some((lines, pack, left, last, kept)) = with(|composer| {
        let lines: Vec<Line> = (0..composer.draft.pack().items.len()).map(|at| composer.line(at)).collect();
        let last = composer.draft.last_change().map(str::to_owned);
        let left = match composer.draft.pack() {
            pack if *pack == Pack::default() => Left::Nothing,
            _ if composer.draft.is_left_over() => Left::Words,
            _ => Left::Something,
        };
        (lines, composer.draft.pack().clone(), left, last, composer.kept)
    }) else {
        return;
    };
    let (note, visit) = (pack.note.as_str(), pack.visit);
    let focused = dom::document().active_element().map(|element| element.id()).unwrap_or_default();
    let unfolded = || dom::select_all(&dom::main(), "#chosen .choices");
    let scrolled: Vec<i32> = unfolded().iter().map(|choices| choices.scroll_top()).collect();
    fill("chosen", &composer::chosen(&lines));
    for (choices, top) in unfolded().iter().zip(scrolled) {
        choices.set_scroll_top(top);
    }
    fill("changes", &hand::changes(last.as_deref(), left, kept));
    fill("note-count", &hand::length(&pack::tidy(note)));
    let hints = hand::hints(&pack::hints(note));
    if dom::by_id("note-hints").is_some_and(|place| place.inner_html() != hints) {
        fill("note-hints", &hints);
    }
    let says = match (visit, field("visit").map(|field| field.value()).unwrap_or_default().as_str()) {
        (None, "") => "",
        (None, _) => "A link has room for days from 2020 to 2147: this one is not in it.",
        (Some(visit), _) if open::today().is_some_and(|today| visit < today) => {
            "This day has passed. Your reader will be told so."
        }
        (Some(_), _) => "",
    };
    if let Some(place) = dom::by_id("visit-says").filter(|place| place.inner_html() != says) {
        place.set_inner_html(says);
    }
    let over = pack::tidy(note).chars().count().saturating_sub(pack::LONGEST_NOTE);
    fill(
        "hand",
        &fragment().map_or_else(|error| hand::nothing(error, over), |fragment| handed_over(&fragment)),
    );
    focus(&focused);
}

fn handed_over(fragment: &str) -> String {
    let link = open::link(fragment);
    let code = Qr::of(&link).map(|code| (code.svg("QR code of this pack"), code.side() - 8));
    hand::hand(&Hand { link: &link, fragment, code, can_share: outward::can_share() })
}

pub(super) fn show_offers() {
    let Some(html) = with(|composer| {
        let pack = composer.draft.pack();
        let asked = composer.asked.as_str();
        let found =
            (!asked.is_empty()).then(|| engine::find(&Asked::default().with_query(asked), OFFERED)).flatten();
        if let Some(found) = &found {
            return offers(&Offer::found(found, |slug, anchor| has(pack, slug, anchor)), true);
        }
        // While the search is not here, and where the library is too large for it: by title.
        let wanted = asked.to_lowercase();
        let fits = composer.list.iter().filter(|entry| entry.title.to_lowercase().contains(&wanted));
        let offer =
            |entry: &'_ Entry| (entry.slug.clone(), entry.title.clone(), has(pack, &entry.slug, None));
        let fits: Vec<_> = fits.map(offer).collect();
        let by_title: Vec<Offer<'_>> = fits
            .iter()
            .map(|(slug, title, added)| Offer {
                slug,
                title: title.clone(),
                added: *added,
                places: Vec::new(),
            })
            .collect();
        offers(&by_title, !asked.is_empty())
    }) else {
        return;
    };
    let focused = dom::document().active_element().map(|element| element.id()).unwrap_or_default();
    let open = dom::by_id("offers").and_then(|offers| dom::select(&offers, "details[open]")).is_some();
    fill("offers", &html);
    if let Some(fold) =
        dom::by_id("offers").filter(|_| open).and_then(|offers| dom::select(&offers, "details"))
    {
        fold.set_attribute("open", "").ok();
    }
    focus(&focused);
}

/// Whether a pack has an article, or a section of it.
fn has(pack: &Pack, slug: &str, anchor: Option<&str>) -> bool {
    let (article, section) = (ArticleId::of(slug), anchor.map(SectionId::of));
    let has = |item: &pack::Item| {
        item.sections.is_empty() || section.is_some_and(|section| item.sections.contains(&section))
    };
    pack.items.iter().any(|item| item.article == article && has(item))
}

/// Makes the fields say what the pack says.
pub(super) fn show_fields() {
    let Some(pack) = with(|composer| composer.draft.pack().clone()) else { return };
    if let Some(note) = dom::by_id("note").and_then(|note| note.dyn_into::<HtmlTextAreaElement>().ok())
        && note.value() != pack.note
    {
        note.set_value(&pack.note);
    }
    if let Some(large) = field("large") {
        large.set_checked(pack.large);
    }
    if let Some(visit) = field("visit") {
        visit.set_value(&pack.visit.map(Day::iso).unwrap_or_default());
    }
}

fn field(id: &str) -> Option<HtmlInputElement> {
    dom::by_id(id)?.dyn_into().ok()
}

pub(super) fn fill(id: &str, html: &str) {
    if let Some(place) = dom::by_id(id) {
        place.set_inner_html(html);
    }
}

/// Says why nothing came of a press: behind what stands around its control, until that is drawn anew, and to who listens.
pub(super) fn beside(id: &str, around: &str, says: &str) {
    let place = dom::by_id(id).and_then(|control| control.closest(around).ok().flatten());
    if let Some(place) = place {
        let mut html = ::html::Html::new();
        html.element("p", &[("class", "notice")], says);
        let position = if around == "li" { "beforeend" } else { "afterend" };
        place.insert_adjacent_html(position, &html.finish()).ok();
    }
    dom::announce(says);
}

/// Puts the keyboard back where it was, on what has been drawn anew.
pub(super) fn focus(id: &str) {
    if id.is_empty() || dom::document().active_element().is_some_and(|element| element.id() == id) {
        return;
    }
    if let Some(element) = dom::by_id(id) {
        dom::focus(&element);
    }
}
