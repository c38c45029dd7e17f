//! The list of articles, filtered, sorted and in pages.

use article::Published;
use leptos::prelude::*;

use super::filters;
use crate::{
    page::{Context, Page},
    ui::{Empty, Heading, cards},
};

/// Articles on one page of a list.
const PAGE_SIZE: usize = 24;

pub(crate) fn page(context: &Context<'_>) -> Page {
    let found = context.library.find(&filters::from_query(context));
    let form = filters::form(context);
    let lead =
        "Short articles in plain words, each with its sources. Choose what fits where you are.".to_owned();
    let main = view! {
        <Heading title="The library".to_owned() lead=lead.clone() />
        {form}
        {listing(context, &found)}
    };
    Page::new("articles", "The library", "/articles", main).describe(lead)
}

/// One page of a list with its count and its links to the other pages.
pub(crate) fn listing(context: &Context<'_>, found: &[&Published]) -> AnyView {
    if found.is_empty() {
        let filtered = !context.query.is_empty();
        return if filtered {
            view! { <Empty text="No article fits all of this. Take one filter away and look again." href="/articles" action="See every article" /> }.into_any()
        } else {
            view! { <Empty text="There are no articles here yet." href="/" action="Back to the first page" /> }.into_any()
        };
    }
    let pages = found.len().div_ceil(PAGE_SIZE);
    let current = context.param("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, pages);
    let shown = found.iter().copied().skip((current - 1) * PAGE_SIZE).take(PAGE_SIZE);
    let count = match found.len() {
        1 => "1 article".to_owned(),
        many => format!("{many} articles"),
    };
    let count = if pages > 1 { format!("{count}, page {current} of {pages}") } else { count };
    view! {
        <h2 class="count">{count}</h2>
        {cards(shown)}
        {(pages > 1).then(|| pagination(context, current, pages))}
    }
    .into_any()
}

fn pagination(context: &Context<'_>, current: usize, pages: usize) -> impl IntoView + use<> {
    let link = |page: usize, label: &'static str, rel: &'static str| {
        (1..=pages)
            .contains(&page)
            .then(|| view! { <a rel=rel href=filters::address(context, page)>{label}</a> })
    };
    let before = link(current.wrapping_sub(1), "Newer", "prev");
    let after = link(current + 1, "Older", "next");
    view! { <nav class="pages" aria-label="Pages">{before}<span>{format!("{current} of {pages}")}</span>{after}</nav> }
}
