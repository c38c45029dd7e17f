//! The few widgets that many pages use.

mod card;
mod dates;
mod picture;

use leptos::prelude::*;

pub(crate) use card::cards;
pub(crate) use dates::{Time, day};
pub(crate) use picture::{Cover, Door};

/// The mark: an arch with the door ajar, in two strokes.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <path d="M4 20.5v-10a8 8 0 0 1 16 0v10" />
            <path d="M20 20.5l-7.5 2V8a5.3 5.3 0 0 1 7.5 2.5" />
        </svg>
    }
}

/// A page's heading with an optional line under it.
#[component]
pub(crate) fn Heading(title: String, #[prop(optional)] lead: Option<String>) -> impl IntoView {
    view! {
        <header class="title">
            <h1>{title}</h1>
            {lead.filter(|lead| !lead.is_empty()).map(|lead| view! { <p class="excerpt">{lead}</p> })}
        </header>
    }
}

/// What stands where a list would be, with the next thing to do.
#[component]
pub(crate) fn Empty(text: &'static str, href: &'static str, action: &'static str) -> impl IntoView {
    view! { <div class="empty"><p>{text}</p><p><a href=href>{action}</a></p></div> }
}
