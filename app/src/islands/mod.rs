//! What reacts in the browser.
//!
//! An island is a component that the server renders into `<div data-island="NAME">` and that [`wake`] hydrates
//! there. A page without islands works: each island is a form or a link first, or stays hidden until it is awake.
//! Around them the browser side has a few *habits* of the whole page: moving between pages, the current section in the
//! contents, words explained in place, printing, writing about a block.

pub mod comfort;
pub mod listen;
pub mod returning;
pub mod search;

#[cfg(feature = "hydrate")]
pub(crate) mod contents;
#[cfg(feature = "hydrate")]
pub(crate) mod dom;
#[cfg(feature = "hydrate")]
pub(crate) mod fetch;
#[cfg(feature = "hydrate")]
pub(crate) mod navigate;
#[cfg(feature = "hydrate")]
mod print;
#[cfg(feature = "hydrate")]
pub(crate) mod store;
#[cfg(feature = "hydrate")]
mod terms;
#[cfg(feature = "hydrate")]
mod waking;
#[cfg(feature = "hydrate")]
pub(crate) mod write;

#[cfg(feature = "hydrate")]
pub use waking::wake;

/// Puts an island in its place on the page.
#[cfg(feature = "ssr")]
pub(crate) fn island(
    name: &'static str,
    view: impl leptos::prelude::IntoView,
) -> impl leptos::prelude::IntoView {
    use leptos::prelude::*;
    view! { <div data-island=name>{view}</div> }
}
