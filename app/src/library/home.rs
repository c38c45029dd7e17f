//! The first page: what this is, for whom, and where to start.

use article::{Filter, Phase, ReadingPath};
use leptos::prelude::*;

use crate::{
    islands::search::Room,
    page::{Context, Page},
    search::field,
    ui::cards,
};

pub(crate) fn page(context: &Context<'_>) -> Page {
    let site = context.library.site();
    let phases: Vec<_> = Phase::ALL.into_iter().filter_map(|phase| phase_item(context, phase)).collect();
    let newest = cards(context.library.articles().iter().take(4));
    let start = site.paths.first().map(|path| start(context, path));
    let all = match context.library.articles().len() {
        0 | 1 => "See the library".to_owned(),
        many => format!("See all {many} articles"),
    };
    let to_paths =
        (!site.paths.is_empty()).then(|| view! { <a class="button" href="/paths">"Start with a path"</a> });
    let main = view! {
        <section class="hero">
            <h1>{site.tagline.clone()}</h1>
            <p class="excerpt">{site.description.clone()}</p>
            {field::form(context, Room::Home, "", None)}
            <p class="doors">
                {to_paths}
                <a class="button plain" href="/articles">{all}</a>
            </p>
            <img class="cover" src="/door.svg" alt="" width="640" height="400" />
        </section>
        {(!phases.is_empty()).then(|| view! {
            <section class="by-phase" aria-labelledby="by-phase">
                <h2 id="by-phase">"Where are you now?"</h2>
                <ol class="phases">{phases}</ol>
            </section>
        })}
        {start}
        <section class="newest" aria-labelledby="newest">
            <h2 id="newest">"New in the library"</h2>
            {newest}
        </section>
    };
    Page::new("home", site.name.clone(), "/", main).describe(site.description.clone())
}

/// A phase with the articles to begin with; `None` where there are none.
fn phase_item(context: &Context<'_>, phase: Phase) -> Option<impl IntoView + use<>> {
    let mut found = context.library.find(&Filter { phase: Some(phase), ..Filter::default() });
    // In the order of the phase's own reading paths, then the newest.
    let paths = context.library.site().paths.iter().filter(|path| path.phase == Some(phase));
    let order: Vec<_> = paths.flat_map(|path| &path.articles).collect();
    found.sort_by_key(|one| {
        order.iter().position(|slug| **slug == one.article.meta.slug).unwrap_or(usize::MAX)
    });
    let count = found.len();
    if count == 0 {
        return None;
    }
    let links = found
        .iter()
        .take(3)
        .map(|published| {
            let meta = &published.article.meta;
            view! { <li><a href=format!("/articles/{}", meta.slug)>{meta.title.clone()}</a></li> }
        })
        .collect_view();
    let says = match phase {
        Phase::Before => "You are thinking about it, or waiting for a first session.",
        Phase::Day => "It is today, or it was a few hours ago.",
        Phase::First => "One to three days after a session.",
        Phase::Weeks => "You want what you learned to last.",
    };
    Some(view! {
        <li data-phase=phase.key()>
            <h3>{phase.label()}</h3>
            <p>{says}</p>
            <ul>{links}</ul>
            {(count > 3).then(|| {
                view! { <p class="more"><a href=format!("/articles?phase={}", phase.key())>{format!("All {count} for this time")}</a></p> }
            })}
        </li>
    })
}

fn start(context: &Context<'_>, path: &ReadingPath) -> impl IntoView + use<> {
    let steps = super::paths::steps(context, path, None);
    view! {
        <section class="start" aria-labelledby="start">
            <h2 id="start">"New here? " {path.title.clone()}</h2>
            <p>{path.summary.clone()}</p>
            {steps}
        </section>
    }
}
