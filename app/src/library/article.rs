//! One article: the page for which everything else is there.

use article::{Contents, Depth, Published};
use leptos::prelude::*;

use super::{aside, failure};
use crate::{
    islands::{island, listen::Listen, returning::Returning},
    page::{Answer, Context, Page},
    ui::{Cover, Door, day},
};

/// The article's page, or where it has moved.
pub(crate) fn page(context: &Context<'_>, slug: &str) -> Result<Page, Answer> {
    if let Some(published) = context.library.article(slug) {
        return Ok(of(context, published));
    }
    match context.library.renamed(slug) {
        Some(now) => Err(Answer::Redirect { to: format!("/articles/{now}"), status: 308 }),
        None => Ok(failure::not_found(context)),
    }
}

fn of(context: &Context<'_>, published: &Published) -> Page {
    let article = &published.article;
    let meta = &article.meta;
    let depth = match context.param("view") {
        Some("short") => Depth::Short,
        _ => Depth::Full,
    };
    // The full reading has them where the author put them.
    let takeaways = published.takeaways.clone().filter(|_| depth == Depth::Short).map(|items| {
        view! {
            <section class="takeaways" id="takeaways" aria-labelledby="takeaways-title">
                <h2 id="takeaways-title">"Key takeaways"</h2>
                <ul inner_html=items></ul>
            </section>
        }
    });
    let main = view! {
        <article class="reading" lang=meta.lang.clone() data-slug=meta.slug.to_string() data-depth=key(depth)
            data-changed=day(meta.changed())>
            {title(context, published, depth)}
            {island("returning", view! { <Returning /> })}
            {contents(&article.contents())}
            {takeaways}
            {island("listen", view! { <Listen /> })}
            <div class="body" inner_html=published.body(depth).to_owned()></div>
            {(depth == Depth::Short).then(|| view! {
                <p class="more"><a class="button" href=format!("/articles/{}", meta.slug)>"Read the full article"</a></p>
            })}
            {article.disclaimer.clone().map(|html| view! { <div class="disclaimer" role="note" inner_html=html></div> })}
            {aside::about(context, published)}
            {aside::references(context, published)}
            {aside::paths(context, published)}
            {aside::related(context, published)}
            {aside::terms(context, &article.terms)}
        </article>
    };
    let mut page = Page::new("article", meta.title.clone(), format!("/articles/{}", meta.slug), main)
        .describe(meta.excerpt.clone());
    page.last_changed = Some(meta.updated_at.unwrap_or(meta.published_at));
    page.linked_data = Some(aside::linked_data(context, published));
    page
}

fn key(depth: Depth) -> &'static str {
    match depth {
        Depth::Short => "short",
        Depth::Full => "full",
    }
}

fn title(context: &Context<'_>, published: &Published, depth: Depth) -> impl IntoView + use<> {
    let article = &published.article;
    let meta = &article.meta;
    let site = context.library.site();
    let category = site.categories.iter().find(|category| category.key == meta.category).map(|category| {
        let href = format!("/categories/{}", article::address_form(&category.key));
        view! { <li><a href=href>{category.label.clone()}</a></li> }
    });
    let phases = meta
        .phases
        .iter()
        .map(|phase| {
            let href = format!("/articles?phase={}", phase.key());
            view! { <a class="phase" data-phase=phase.key() href=href>{phase.label()}</a> }
        })
        .collect_view();
    let grade = article.grade.map(|grade| format!("reading grade {}", grade.round().max(1.0)));
    let reviewed = match (meta.reviewed_at, meta.review_due) {
        (_, Some(due)) if due < context.today => Some("review overdue".to_owned()),
        (Some(reviewed), _) => Some(format!("reviewed {}", day(reviewed))),
        _ => None,
    };
    let facts: Vec<String> =
        [Some(format!("{} min", article.minutes())), grade, reviewed].into_iter().flatten().collect();
    let short = format!("/articles/{}?view=short", meta.slug);
    let full = format!("/articles/{}", meta.slug);
    let current = |at: Depth| (at == depth).then_some("true");
    view! {
        <header class="title">
            <nav class="crumbs" aria-label="Where you are">
                <ol><li><a href="/articles">"Library"</a></li>{category}</ol>
            </nav>
            <h1>{meta.title.clone()}</h1>
            <p class="excerpt">{meta.excerpt.clone()}</p>
            <p class="facts">{phases}{facts.join(" · ")}</p>
            <div class="hand-on">
                <nav class="depth" aria-label="How much to read">
                    <a href=short aria-current=current(Depth::Short)>"Short"</a>
                    <a href=full.clone() aria-current=current(Depth::Full)>"Full"</a>
                </nav>
                <a class="to-paper" href=full data-act="link" aria-label=format!("Share: {}", meta.title)>"Share"</a>
                <a class="to-paper" href=format!("/articles/{}/handout", meta.slug)>"Print a handout"</a>
            </div>
            {Cover::of(meta).view(Door::Title, true)}
        </header>
    }
}

fn contents(contents: &[Contents]) -> Option<impl IntoView + use<>> {
    if contents.len() < 3 {
        return None;
    }
    let items = contents
        .iter()
        .map(|entry| {
            view! { <li data-level=entry.level.to_string()><a href=format!("#{}", entry.anchor)>{entry.title.clone()}</a></li> }
        })
        .collect_view();
    Some(view! {
        <nav class="contents" aria-label="Contents">
            <details><summary>"Contents"</summary><ol>{items}</ol></details>
        </nav>
    })
}
