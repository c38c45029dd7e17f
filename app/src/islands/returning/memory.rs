//! What this device remembers of an article.

use web_sys::Element;

use super::super::{dom, store};

/// Key under which the section is kept in which the reader stopped. No anchor starts with a colon.
const STOPPED: &str = ":stopped";

/// What was there when the article was last read. Pairs are an anchor and a heading.
pub(super) struct Past {
    pub stopped: Option<(String, String)>,
    pub changed: Vec<(String, String)>,
}

fn article() -> Option<Element> {
    dom::select(&dom::main(), "article.reading[data-slug]")
}

fn name(article: &Element) -> Option<String> {
    Some(format!("{}{}", store::READ, article.get_attribute("data-slug")?))
}

fn headings(article: &Element) -> Vec<Element> {
    dom::select_all(article, ".body [data-hash][id]")
}

fn title(heading: &Element) -> String {
    heading.text_content().unwrap_or_default().trim().to_owned()
}

/// Compares the article with what is remembered of it, marks changed headings, and says where the reader stopped.
pub(super) fn recall() -> Option<Past> {
    let article = article()?;
    let kept = store::load(&name(&article)?);
    if kept.is_empty() {
        return None;
    }
    let before = |anchor: &str| kept.iter().find(|(key, _)| key == anchor).map(|(_, value)| value.as_str());
    let mut changed = Vec::new();
    let mut stopped = None;
    for heading in headings(&article) {
        let anchor = heading.id();
        if before(&anchor) != heading.get_attribute("data-hash").as_deref() {
            heading.class_list().add_1("changed").ok();
            changed.push((anchor.clone(), title(&heading)));
        }
        if before(STOPPED) == Some(&anchor) {
            stopped = Some((anchor, title(&heading)));
        }
    }
    // Whoever follows a link to a passage wants that passage, and whoever is in the text already needs no way there:
    // what is said above it would only push it down.
    let by_link = dom::window().location().hash().is_ok_and(|hash| !hash.is_empty());
    let in_text = dom::select(&article, "[data-island=returning]")
        .is_some_and(|place| place.get_bounding_client_rect().top() < 0.0);
    if by_link || in_text {
        stopped = None;
    }
    Some(Past { stopped, changed })
}

/// Remembers the article as it is now; the place where the reader stopped stays.
pub(super) fn keep() {
    let Some(article) = article() else { return };
    // The short reading does not have every section: it must not overwrite what is known of the others.
    if article.get_attribute("data-depth").as_deref() != Some("full") {
        return;
    }
    let Some(name) = name(&article) else { return };
    let stopped = store::load(&name).into_iter().filter(|(key, _)| key == STOPPED);
    let hashes = headings(&article)
        .into_iter()
        .filter_map(|heading| Some((heading.id(), heading.get_attribute("data-hash")?)));
    let pairs: Vec<_> = hashes.chain(stopped).collect();
    store::save(&name, &pairs);
}

/// Remembers the place whenever the reader leaves: by another page, another tab, or closing.
pub(super) fn watch() {
    leptos::prelude::on_cleanup(remember_place);
    thread_local! {
        static WATCHING: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    if !WATCHING.replace(true) {
        dom::listen::<web_sys::Event>(&dom::document(), "visibilitychange", |_| remember_place());
        dom::listen::<web_sys::Event>(&dom::window(), "pagehide", |_| remember_place());
    }
}

/// Keeps the last heading above the middle of the screen, unless the reader is at the start or has reached the end.
fn remember_place() {
    let Some(article) = article() else { return };
    let Some(name) = name(&article) else { return };
    let headings = headings(&article);
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let passed = headings.iter().rposition(|heading| heading.get_bounding_client_rect().top() < height / 2.0);
    let finished = dom::select(&article, ".about-article")
        .is_some_and(|end| end.get_bounding_client_rect().top() < height);
    let mut pairs = store::load(&name);
    if pairs.is_empty() {
        return;
    }
    pairs.retain(|(key, _)| key != STOPPED);
    if let Some(at) = passed.filter(|&at| at > 0 && !finished) {
        pairs.push((STOPPED.to_owned(), headings[at].id()));
    }
    store::save(&name, &pairs);
}
