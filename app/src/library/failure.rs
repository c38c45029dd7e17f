//! What a reader sees when something is not there or went wrong: what happened, what is safe, what to do.

use leptos::prelude::*;

use crate::{
    page::{Context, Page},
    ui::cards,
};

/// No page at this address.
pub(crate) fn not_found(context: &Context<'_>) -> Page {
    let nearest = cards(context.library.articles().iter().take(4));
    let main = view! {
        <header class="title">
            <h1>"This page is not here"</h1>
            <p class="excerpt">"The address may have a typing mistake, or the page was taken down. Nothing of yours is lost."</p>
        </header>
        <p class="doors">
            <a class="button" href="/articles">"Look through the library"</a>
            <a class="button plain" href="/">"Go to the first page"</a>
        </p>
        <section class="newest" aria-labelledby="newest"><h2 id="newest">"New in the library"</h2>{nearest}</section>
    };
    let mut page = Page::new("failure", "This page is not here", context.path, main);
    page.status = 404;
    page
}

/// Something failed on this side.
pub(crate) fn page(context: &Context<'_>, status: u16) -> Page {
    if status == 404 {
        return not_found(context);
    }
    let (title, lead) = match status {
        400..=499 => (
            "That request could not be read",
            "The address or form that arrived here was not complete. Go back and try once more.",
        ),
        503 => ("Doorway is busy", "It should answer again in a moment. Nothing of yours is lost."),
        _ => (
            "Something went wrong here",
            "It is our fault, not yours, and nothing of yours is lost. Try again in a minute.",
        ),
    };
    let main = view! {
        <header class="title"><h1>{title}</h1><p class="excerpt">{lead}</p></header>
        <p class="doors">
            <a class="button" href=context.path.to_owned()>"Try again"</a>
            <a class="button plain" href="/articles">"Look through the library"</a>
        </p>
    };
    let mut page = Page::new("failure", title, context.path, main);
    page.status = status;
    page
}
