//! What a person sees.
//!
//! A page is a Leptos component that only the server runs: [`open`] looks an address up in the site map and
//! returns the whole document. What must react in the browser is an *island* (`islands/`): a component that
//! both sides run. The server renders it in its place, the browser wakes it there. A page's text is therefore
//! in the document once, nothing is serialized beside it, and the client's code knows no page.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod cover;
#[cfg(feature = "ssr")]
mod journal;
#[cfg(feature = "ssr")]
mod library;
#[cfg(feature = "ssr")]
mod page;
mod search;
pub mod share;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod ui;

#[cfg(feature = "ssr")]
pub use page::{Answer, Assets, Clinic, Context, JournalFiles, Logo, Search, SearchFiles};

/// What record systems ask for, for whoever answers them in another form than a page.
#[cfg(feature = "ssr")]
pub mod infobutton {
    pub use crate::library::infobutton::asked::{Asked, By, Criterion, Group};
}

/// The site map: one line a page.
#[cfg(feature = "ssr")]
pub fn open(context: &Context<'_>) -> Answer {
    use library::*;

    let segments: Vec<&str> = context.path.trim_matches('/').split('/').collect();
    let page = match segments.as_slice() {
        [""] => home::page(context),
        ["articles"] => index::page(context),
        ["articles", slug] => match article::page(context, slug) {
            Ok(page) => page,
            Err(renamed) => return renamed,
        },
        ["articles", slug, "handout"] => share::handout::page(context, slug),
        ["topics"] => topics::all(context),
        ["topics", tag] => topics::one(context, tag),
        ["categories", category] => categories::one(context, category),
        ["authors", author] => authors::one(context, author),
        ["paths"] => paths::all(context),
        ["paths", path] => paths::one(context, path),
        ["pack"] => share::frames::opened(context),
        ["pack", "new"] => share::frames::composer(context),
        ["packs"] => packs::all(context),
        ["packs", pack] => packs::one(context, pack),
        ["poster"] => share::poster::library(context),
        ["poster", topic] => share::poster::one(context, topic),
        ["glossary"] => glossary::page(context),
        ["crisis"] => crisis::page(context),
        ["infobutton"] => infobutton::page(context),
        ["api"] => api::page(context),
        ["journal"] => match journal::page(context) {
            Some(frame) => return frame,
            None => failure::not_found(context),
        },
        ["search"] => search::page::page(context),
        [slug] => site_page::page(context, slug),
        _ => failure::not_found(context),
    };
    shell::answer(context, page)
}

/// The document for a request that went wrong, such as 500 or 503.
#[cfg(feature = "ssr")]
pub fn failure(context: &Context<'_>, status: u16) -> String {
    shell::document(context, library::failure::page(context, status))
}
