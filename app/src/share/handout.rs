//! A handout: an article, a part of it or one page of it, made to be printed and given into a hand.
//!
//! It is a page as any other: what is chosen stands in its address, and the browser prints it, with scripts or without.

use article::{Depth, Published, Room};
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
    let Some((takeaways, body)) = content(published, paper::length(context), &choice) else {
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
fn content(published: &Published, giver: usize, choice: &Choice<'_>) -> Option<(Option<AnyView>, String)> {
    if let Some(part) = choice.part {
        return Some((None, published.handout_of(part)?));
    }
    let takeaways = published.takeaways_on_paper();
    let html = match choice.extent {
        Extent::Full => published.handout(Depth::Full),
        Extent::Short => published.handout(Depth::Short),
        Extent::OnePage => one_page(published, takeaways.as_deref(), giver, choice.large),
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

/// What one page has room for, in points and characters. Measured on what Chromium prints on Letter, which is the shorter, in Georgia,
/// which is as wide as any face that the style sheet names; `end2end/tests/handout.spec.ts` holds every article to it.
struct Sheet {
    /// What is left for title, excerpt, takeaways and questions: the page without its head and foot and the frame of the
    /// takeaways.
    height: usize,
    line: usize,
    width: usize,
    /// What a block takes beside its lines.
    head: usize,
}

const USUAL: Sheet = Sheet { height: 520, line: 16, width: 82, head: 12 };
const LARGE: Sheet = Sheet { height: 526, line: 22, width: 56, head: 12 };

/// Characters of a line of the title and its height, which are the same in both.
const TITLE: (usize, usize) = (44, 22);
/// The same of who hands the sheet over.
const GIVER: (usize, usize) = (56, 14);
/// Lines to write on under a question, most first.
const RULED: [usize; 3] = [3, 2, 1];
/// From one such line to the next, in points (`--ruled` in `style/print.css`), and what is left free below the last.
const RULE: (usize, usize) = (20, 2);

/// The questions that fit on one page under the key takeaways, with as much room to write as is left; and where the rest is.
/// `giver` is how many characters say who hands it over.
fn one_page(published: &Published, takeaways: Option<&str>, giver: usize, large: bool) -> String {
    let Sheet { height, line, width, head } = if large { LARGE } else { USUAL };
    let meta = &published.article.meta;
    let above = meta.title.chars().count().div_ceil(TITLE.0) * TITLE.1
        + giver.saturating_sub(1) / GIVER.0 * GIVER.1
        + if large { 0 } else { meta.excerpt.chars().count().div_ceil(width) * line }
        + takeaways.map_or(0, |items| article::lines(items, width) * line);
    // A line says where to find what is left out.
    let height = height.saturating_sub(above + line);
    let room = |count| Room { height, line, width, head, ruled: count * RULE.0 + RULE.1 };
    let tries = RULED.map(|count| (count, published.summary(&room(count))));
    let Some((count, summary)) = tries.iter().find(|(_, summary)| summary.whole).or(tries.last()) else {
        return String::new();
    };
    let elsewhere = match (summary.whole, summary.asks, summary.html.is_empty()) {
        (true, ..) => "",
        (_, true, true) => {
            "<p class=\"elsewhere\">The questions are in the article: the code leads there.</p>"
        }
        (_, true, false) => {
            "<p class=\"elsewhere\">More questions are in the article: the code leads there.</p>"
        }
        (_, false, _) => {
            "<p class=\"elsewhere\">There is more to do in the article: the code leads there.</p>"
        }
    };
    format!("<div data-ruled=\"{count}\">{}</div>{elsewhere}", summary.html)
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
