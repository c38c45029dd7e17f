//! An entry as it is read: the passage of the article or the pack that it began with, the words, answers, things to tick, pictures.

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

/// The passage or the note, quoted with the entry, and the way back.
fn origin(origin: &Origin) -> View {
    let quoted = origin.quoted.trim().to_owned();
    let long = quoted.chars().count() > LONG;
    let quote = (!quoted.is_empty()).then(|| view! { <blockquote class="lines">{quoted}</blockquote> });
    let quote = if long {
        view! { <details><summary>{if origin.pack.is_empty() { "The passage" } else { "The note" }}</summary>{quote}</details> }
    } else {
        quote.into_view()
    };
    let title = [origin.title.as_str(), &origin.section]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    let (from, title) = if !origin.pack.is_empty() {
        ("From a pack of reading. ", "Open the pack again".to_owned())
    } else if title.is_empty() {
        ("From ", "an article".to_owned())
    } else {
        ("From ", title.join(", "))
    };
    let source = match origin.address() {
        // A page of the library beside this one: the journal stays open.
        Some(address) => view! {
            <a href=address target="_blank" rel="noopener noreferrer">{title}<span class="unseen">" (in a new tab)"</span></a>
        },
        None => title.into_view(),
    };
    view! {
        <aside class="origin" aria-label="Where this comes from">
            <p class="facts">{from} {source}</p>
            {quote}
        </aside>
    }
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
