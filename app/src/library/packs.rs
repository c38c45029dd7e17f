//! Standing packs: passages of several articles on one page, to be handed over by link or on paper.

use article::{Pack, PackItem, Published};
use leptos::prelude::*;

use super::{aside, failure};
use crate::{
    page::{Context, Page},
    share::paper,
    ui::{Empty, Heading},
};

pub(crate) fn all(context: &Context<'_>) -> Page {
    let packs = &context.library.site().packs;
    let lead =
        "A pack is a few passages on one page, ready to hand over. Send its address, show its code, or print it.".to_owned();
    let list = if packs.is_empty() {
        view! { <Empty text="There are no packs yet." href="/paths" action="See the reading paths" /> }
            .into_any()
    } else {
        packs
            .iter()
            .map(|pack| {
                let href = format!("/packs/{}", pack.slug);
                let steps = contents(context, pack, &href);
                let address = context.absolute(&href);
                view! {
                    <section class="path-card">
                        <h2><a href=href>{pack.title.clone()}</a></h2>
                        <p>{pack.summary.clone()}</p>
                        {steps}
                        <div class="paper-foot">
                            {paper::code(&address, &format!("QR code that leads to “{}”", pack.title))}
                            <div><p>"Its address, to be sent or written down:"<br /><b class="address">{paper::shown(&address)}</b></p></div>
                        </div>
                    </section>
                }
            })
            .collect_view()
            .into_any()
    };
    let main = view! {
        <Heading title="Packs".to_owned() lead=lead.clone() />
        {list}
        <p class="facts">"For a wall: "<a href="/poster">"a poster of the library"</a>"."</p>
    };
    Page::new("packs", "Packs", "/packs", main).describe(lead)
}

pub(crate) fn one(context: &Context<'_>, slug: &str) -> Page {
    let Some(pack) = context.library.site().packs.iter().find(|pack| pack.slug.as_str() == slug) else {
        return failure::not_found(context);
    };
    let passages =
        items(context, pack).map(|(at, item, published)| passage(at, item, published)).collect_view();
    let terms: Vec<String> =
        items(context, pack).flat_map(|(_, _, published)| published.article.terms.clone()).collect();
    let note = pack.note.clone().map(|note| view! { <p class="note">{note}</p> });
    let main = view! {
        <article class="reading pack">
            {paper::head(context)}
            <header class="title">
                <nav class="crumbs" aria-label="Where you are"><ol><li><a href="/packs">"Packs"</a></li></ol></nav>
                <h1>{pack.title.clone()}</h1>
                <p class="excerpt">{pack.summary.clone()}</p>
                {note}
            </header>
            <nav aria-label="In this pack">{contents(context, pack, "")}</nav>
            <div class="body">{passages}</div>
            <p class="disclaimer" role="note">
                "This is general education, not medical advice. In danger, or with thoughts of ending your life: "
                <a href="/crisis">"crisis help"</a>"."
            </p>
            <section class="hand-over" aria-label="Hand this pack over">
                {paper::foot(context, &format!("/packs/{slug}"), &format!("“{}”", pack.title))}
                {paper::print_button()}
            </section>
            {aside::terms(context, &terms)}
        </article>
    };
    Page::new("pack", pack.title.clone(), format!("/packs/{slug}"), main).describe(pack.summary.clone())
}

/// What there is of a pack, numbered as its ids are.
fn items<'a>(
    context: &Context<'a>,
    pack: &'a Pack,
) -> impl Iterator<Item = (usize, &'a PackItem, &'a Published)> + use<'a> {
    let library = context.library;
    let items = pack.items.iter().enumerate();
    items.filter_map(move |(at, item)| Some((at + 1, item, library.article(item.article.as_str())?)))
}

fn contents(context: &Context<'_>, pack: &Pack, page: &str) -> impl IntoView + use<> {
    let items = items(context, pack)
        .map(|(at, _, published)| {
            let meta = &published.article.meta;
            let title = meta.title.clone();
            view! { <li data-phase=meta.phase().map(article::Phase::key)><a href=format!("{page}#pack-{at}")>{title}</a></li> }
        })
        .collect_view();
    view! { <ol class="steps">{items}</ol> }
}

fn passage(at: usize, item: &PackItem, published: &Published) -> impl IntoView + use<> {
    let meta = &published.article.meta;
    let href = format!("/articles/{}", meta.slug);
    let html = published.passage(&item.sections, &format!("{at}-"));
    view! {
        <section class="passage" aria-labelledby=format!("pack-{at}")>
            <h2 id=format!("pack-{at}")>{meta.title.clone()}</h2>
            <div inner_html=html></div>
            <p class="facts"><a href=href>"The whole article, with its sources"</a></p>
        </section>
    }
}
