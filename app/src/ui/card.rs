//! An article in a list.

use article::Published;
use leptos::prelude::*;

use super::picture::{Cover, Door};

/// One article: cover, title, excerpt, what it costs to read.
#[component]
pub(crate) fn Card(
    title: String,
    slug: String,
    excerpt: String,
    phase: Option<article::Phase>,
    /// Whether it helps in most phases, so that none stands for it.
    any_time: bool,
    minutes: usize,
    cover: Cover,
    #[prop(optional)] eager: bool,
) -> impl IntoView {
    let facts = match phase {
        Some(phase) => format!("{} · {minutes} min", phase.label()),
        None if any_time => format!("Any time · {minutes} min"),
        None => format!("{minutes} min"),
    };
    view! {
        <article class="card" data-phase=phase.map(article::Phase::key)>
            {cover.view(Door::Card, eager)}
            <h3><a href=format!("/articles/{slug}")>{title}</a></h3>
            <p class="excerpt">{excerpt}</p>
            <p class="facts">{facts}</p>
        </article>
    }
}

/// A list of articles.
pub(crate) fn cards<'a>(articles: impl IntoIterator<Item = &'a Published>) -> AnyView {
    let items = articles
        .into_iter()
        .enumerate()
        .map(|(at, published)| {
            let article = &published.article;
            let meta = &article.meta;
            view! {
                <li>
                    <Card
                        title=meta.title.clone()
                        slug=meta.slug.to_string()
                        excerpt=meta.excerpt.clone()
                        phase=meta.phase()
                        any_time=!meta.phases.is_empty()
                        minutes=article.minutes()
                        cover=Cover::of(&published.article.meta)
                        eager=at < 2
                    />
                </li>
            }
        })
        .collect_view();
    view! { <ol class="cards">{items}</ol> }.into_any()
}
