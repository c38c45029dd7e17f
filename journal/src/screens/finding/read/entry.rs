//! An entry as it is read: the passage of the article that it began with, the words, answers, things to tick, pictures.

use journal::{Attachment, Entry, Origin};

use super::body::{items, prompts, way, words};
use crate::screens::{attachments::attachment, desk::Desk, view::prelude::*};

/// Longer than this a quoted passage is folded, in characters.
const LONG: usize = 400;

pub fn entry(desk: Desk, entry: &Entry) -> View {
    view! {
        {way(desk, "What this looks back on", entry.reflects)}
        {entry.origin.as_ref().map(origin)}
        {words(&entry.text)}
        {prompts(&entry.prompts)}
        {items(&entry.items)}
        {attachments(desk, &entry.attachments)}
    }
}

/// The passage, quoted with the entry, and the way back to it.
fn origin(origin: &Origin) -> View {
    let quoted = origin.quoted.trim().to_owned();
    let long = quoted.chars().count() > LONG;
    let quote = (!quoted.is_empty()).then(|| view! { <blockquote class="lines">{quoted}</blockquote> });
    let quote = if long {
        view! { <details><summary>"The passage"</summary>{quote}</details> }
    } else {
        quote.into_view()
    };
    let title = [origin.title.as_str(), &origin.section]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    let title = if title.is_empty() { "an article".to_owned() } else { title.join(", ") };
    let source = match address(origin) {
        // A page of the library beside this one: the journal stays open.
        Some(address) => view! {
            <a href=address target="_blank" rel="noopener noreferrer">{title}<span class="unseen">" (in a new tab)"</span></a>
        },
        None => title.into_view(),
    };
    view! {
        <aside class="origin" aria-label="Where this comes from">
            <p class="facts">"From " {source}</p>
            {quote}
        </aside>
    }
}

/// Where the passage stands in the library. Only what looks like an address of ours becomes one.
fn address(origin: &Origin) -> Option<String> {
    let ours = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let slug = &origin.article;
    if slug.is_empty() || !ours(slug) {
        return None;
    }
    let anchor = Some(&origin.anchor).filter(|anchor| !anchor.is_empty() && ours(anchor));
    Some(anchor.map_or_else(|| format!("/articles/{slug}"), |anchor| format!("/articles/{slug}#{anchor}")))
}

fn attachments(desk: Desk, all: &[Attachment]) -> View {
    let each: Vec<_> = all.iter().map(|one| figure(desk, one)).collect();
    (!each.is_empty()).then(|| view! { <div class="attachments">{each}</div> }).into_view()
}

/// A picture or recording with its words below.
pub fn figure(desk: Desk, one: &Attachment) -> View {
    let words = one.alt.clone();
    let words = (!words.trim().is_empty()).then(|| view! { <figcaption>{words}</figcaption> });
    view! { <figure>{attachment(desk, one.clone())}{words}</figure> }
}
