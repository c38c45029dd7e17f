//! A handout: an article, a part of it or one page of it, made to be printed and given into a hand.
//!
//! It is a page as any other: what is chosen stands in its address, and the browser prints it, with scripts or without.

use article::{Depth, Published};
use leptos::prelude::*;

use super::paper;
use crate::{
    library::failure,
    page::{Context, Page},
    ui::day,
};

/// How much of the article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Full,
    Short,
    /// Key takeaways and questions on one page.
    OnePage,
}

impl Extent {
    const ALL: [(Self, &str, &str); 3] = [
        (Self::OnePage, "one-page", "One page"),
        (Self::Short, "short", "Short"),
        (Self::Full, "", "Whole article"),
    ];
}

/// What a reader chose in the address.
struct Choice<'a> {
    extent: Extent,
    /// Anchor of the one section or block that is wanted.
    part: Option<&'a str>,
    large: bool,
}

pub(crate) fn page(context: &Context<'_>, slug: &str) -> Page {
    let Some(published) = context.library.article(slug) else {
        return failure::not_found(context);
    };
    let extent = match context.param("view") {
        Some("one-page") => Extent::OnePage,
        Some("short") => Extent::Short,
        _ => Extent::Full,
    };
    let choice =
        Choice { extent, part: context.param("part"), large: context.param("type") == Some("large") };
    let Some((takeaways, body)) = content(published, &choice) else {
        return failure::not_found(context);
    };
    let (body, last) = article::last_apart(&body);
    let meta = &published.article.meta;
    let address = match choice.part {
        Some(part) => format!("/articles/{slug}#{part}"),
        None => format!("/articles/{slug}"),
    };
    let changed = meta.updated_at.unwrap_or(meta.published_at);
    let reviewed = meta.reviewed_by.as_ref().map(|by| format!(", reviewed by {by}"));
    let source = format!("{}, {}{}.", meta.author, day(changed), reviewed.unwrap_or_default());
    let excerpt = choice.part.is_none().then(|| view! { <p class="excerpt">{meta.excerpt.clone()}</p> });
    let main = view! {
        {options(slug, &choice)}
        <article
            class="paper handout"
            lang=meta.lang.clone()
            data-type=choice.large.then_some("large")
            data-extent=(choice.extent == Extent::OnePage && choice.part.is_none()).then_some("one-page")
        >
            {paper::head(context)}
            <h1>{meta.title.clone()}</h1>
            {excerpt}
            {takeaways}
            <div class="body" inner_html=body.to_owned()></div>
            <div class="paper-end">
                <div class="body" inner_html=last.to_owned()></div>
                <p class="source">{source}</p>
                {paper::foot(context, &address, &format!("“{}”", meta.title))}
            </div>
        </article>
    };
    let mut page =
        Page::new("handout", format!("Handout: {}", meta.title), format!("/articles/{slug}"), main)
            .describe(meta.excerpt.clone());
    page.last_changed = Some(changed);
    page.listed = false;
    page
}

/// What is on the sheet under its title: the takeaways and the text. `None` where the part is not there.
fn content(published: &Published, choice: &Choice<'_>) -> Option<(Option<AnyView>, String)> {
    if let Some(part) = choice.part {
        return Some((None, published.handout_of(part)?));
    }
    let takeaways = published.takeaways_on_paper();
    let html = match choice.extent {
        Extent::Full => published.handout(Depth::Full),
        Extent::Short => published.handout(Depth::Short),
        Extent::OnePage => one_page(published, takeaways.as_deref(), choice.large),
    };
    let takeaways = takeaways.map(|items| {
        view! {
            <section class="takeaways" aria-labelledby="takeaways">
                <h2 id="takeaways">"Key takeaways"</h2>
                <ul inner_html=items></ul>
            </section>
        }
        .into_any()
    });
    Some((takeaways, html))
}

/// What one page has room for under the head and above the foot of the sheet. Measured on what Chromium prints on the
/// shorter of A4 and Letter; `end2end/tests/handout.spec.ts` holds every article to it.
struct Room {
    lines: usize,
    /// Characters of a line.
    width: usize,
    /// Lines to write on under a question, most first, and how many lines of text they take.
    ruled: [(usize, usize); 3],
}

const USUAL: Room = Room { lines: 39, width: 88, ruled: [(3, 5), (2, 4), (1, 2)] };
const LARGE: Room = Room { lines: 30, width: 58, ruled: [(3, 4), (2, 3), (1, 2)] };

/// The questions that fit on one page under the key takeaways, with as much room to write as is left.
fn one_page(published: &Published, takeaways: Option<&str>, large: bool) -> String {
    let Room { lines, width, ruled } = if large { LARGE } else { USUAL };
    let meta = &published.article.meta;
    // A character of a title is as wide as two of the text.
    let above = 2 * meta.title.chars().count().div_ceil(width / 2)
        + if large { 0 } else { meta.excerpt.chars().count().div_ceil(width) }
        + takeaways.map_or(0, |items| 3 + article::lines(items, width));
    let room = lines.saturating_sub(above);
    let tries = ruled.map(|(count, lines)| (count, published.summary(room, width, lines)));
    let best = tries.iter().find(|(_, summary)| summary.whole).or(tries.last());
    best.map(|(count, summary)| format!("<div data-ruled=\"{count}\">{}</div>", summary.html))
        .unwrap_or_default()
}

/// What may be chosen, for the screen only: each choice is a link to the same handout otherwise.
fn options(slug: &str, choice: &Choice<'_>) -> impl IntoView + use<> {
    let address = |view: &str, large: bool| {
        let mut query = Vec::new();
        if let Some(part) = choice.part {
            query.push(format!("part={part}"));
        }
        if !view.is_empty() {
            query.push(format!("view={view}"));
        }
        if large {
            query.push("type=large".to_owned());
        }
        let question = if query.is_empty() { "" } else { "?" };
        format!("/articles/{slug}/handout{question}{}", query.join("&"))
    };
    let view_now =
        Extent::ALL.iter().find(|(extent, ..)| *extent == choice.extent).map_or("", |(_, view, _)| *view);
    let extents = choice.part.is_none().then(|| {
        let links = Extent::ALL.map(|(extent, view, label)| {
            let current = (extent == choice.extent).then_some("true");
            view! { <a href=address(view, choice.large) aria-current=current>{label}</a> }
        });
        view! { <nav class="depth" aria-label="How much to print">{links.into_iter().collect_view()}</nav> }
    });
    let whole = choice
        .part
        .is_some()
        .then(|| view! { <a href=format!("/articles/{slug}/handout")>"The whole article instead"</a> });
    let sizes = [(false, "Usual type"), (true, "Large type")].map(|(large, label)| {
        let current = (large == choice.large).then_some("true");
        view! { <a href=address(view_now, large) aria-current=current>{label}</a> }
    });
    let part = choice.part.map(|part| format!("#{part}")).unwrap_or_default();
    view! {
        <div class="paper-options">
            {extents}
            <nav class="depth" aria-label="Size of type">{sizes.into_iter().collect_view()}</nav>
            {paper::print_button()}
            <p class="facts">
                "Fits A4 and Letter. " {whole} " "
                <a href=format!("/articles/{slug}{part}")>"Back to the article"</a>
            </p>
        </div>
    }
}
