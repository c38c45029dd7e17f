//! Reading paths: articles in an order that makes sense.

use article::{ReadingPath, Slug};
use leptos::prelude::*;

use super::failure;
use crate::{
    page::{Context, Page},
    ui::{Empty, Heading},
};

pub(crate) fn all(context: &Context<'_>) -> Page {
    let paths = &context.library.site().paths;
    let lead =
        "A path is a few articles in an order that makes sense. Read one a day, or all at once.".to_owned();
    let list = if paths.is_empty() {
        view! { <Empty text="There are no paths yet." href="/articles" action="See the library" /> }
            .into_any()
    } else {
        paths
            .iter()
            .map(|path| {
                let minutes = minutes(context, path);
                let count = path.articles.len();
                view! {
                    <section class="path-card" data-phase=path.phase.map(article::Phase::key)>
                        <h2><a href=format!("/paths/{}", path.slug)>{path.title.clone()}</a></h2>
                        <p>{path.summary.clone()}</p>
                        <p class="facts">{format!("{count} articles · {minutes} min in all")}</p>
                        {steps(context, path, None)}
                    </section>
                }
            })
            .collect_view()
            .into_any()
    };
    let main = view! { <Heading title="Paths".to_owned() lead=lead.clone() /> {list} };
    Page::new("paths", "Paths", "/paths", main).describe(lead)
}

pub(crate) fn one(context: &Context<'_>, slug: &str) -> Page {
    let Some(path) = context.library.site().paths.iter().find(|path| path.slug.as_str() == slug) else {
        return failure::not_found(context);
    };
    let minutes = minutes(context, path);
    let count = path.articles.len();
    let main = view! {
        <Heading title=path.title.clone() lead=path.summary.clone() />
        <p class="facts">{format!("{count} articles · {minutes} min in all")}</p>
        {steps(context, path, None)}
        <p><a href="/paths">"All paths"</a></p>
    };
    Page::new("path", path.title.clone(), format!("/paths/{slug}"), main).describe(path.summary.clone())
}

/// The steps of a path; `current` is the article that is open.
pub(crate) fn steps(
    context: &Context<'_>,
    path: &ReadingPath,
    current: Option<&Slug>,
) -> impl IntoView + use<> {
    let items = path
        .articles
        .iter()
        .filter_map(|slug| context.library.article(slug.as_str()))
        .map(|published| {
            let meta = &published.article.meta;
            let here = current == Some(&meta.slug);
            view! {
                <li data-phase=meta.phase().map(article::Phase::key)>
                    <a href=format!("/articles/{}?path={}", meta.slug, path.slug) aria-current=here.then_some("page")>{meta.title.clone()}</a>
                    <span class="facts">{format!("{} min", published.article.minutes())}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps">{items}</ol> }
}

fn minutes(context: &Context<'_>, path: &ReadingPath) -> usize {
    path.articles
        .iter()
        .filter_map(|slug| context.library.article(slug.as_str()))
        .map(|published| published.article.minutes())
        .sum()
}
