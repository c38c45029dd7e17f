//! What stands after an article's text: who wrote it, what it rests on, where to go next.

use article::{Published, Reference, address_form};
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::{
    page::Context,
    ui::{Time, cards},
};

/// Author, reviewer and dates, and whether the review is overdue.
pub(crate) fn about(context: &Context<'_>, published: &Published) -> impl IntoView + use<> {
    let meta = &published.article.meta;
    let row = |label: &'static str, value: AnyView| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let author =
        view! { <a href=format!("/authors/{}", address_form(&meta.author))>{meta.author.clone()}</a> }
            .into_any();
    let date = |date| view! { <Time date=date /> }.into_any();
    let due = meta.review_due.map(|due| {
        let overdue = due < context.today;
        let value = view! {
            <Time date=due />
            {overdue.then(|| view! { <strong class="overdue">" Review overdue: check with your clinic what has changed."</strong> })}
        };
        row("Next review", value.into_any())
    });
    let tags = meta
        .tags
        .iter()
        .map(|tag| view! { <li><a href=format!("/topics/{}", address_form(tag))>{tag.clone()}</a></li> })
        .collect_view();
    view! {
        <section class="about-article" aria-labelledby="about-article">
            <h2 id="about-article">"About this article"</h2>
            <dl>
                {row("Written by", author)}
                {meta.reviewed_by.clone().map(|by| row("Reviewed by", by.into_any()))}
                {row("Published", date(meta.published_at))}
                {meta.updated_at.map(|at| row("Updated", date(at)))}
                {meta.reviewed_at.map(|at| row("Last reviewed", date(at)))}
                {due}
            </dl>
            <ul class="topics">{tags}</ul>
        </section>
    }
}

/// The references cited, numbered as in the text, then further reading.
pub(crate) fn references(context: &Context<'_>, published: &Published) -> Option<impl IntoView + use<>> {
    let article = &published.article;
    let cited = literature(context, &article.cited);
    let further: Vec<String> =
        article.meta.references.iter().filter(|key| !article.cited.contains(key)).cloned().collect();
    let further = literature(context, &further);
    if cited.is_empty() && further.is_empty() {
        return None;
    }
    let item = |reference: &&Reference| {
        let mark = evidence(reference);
        view! {
            <li id=format!("ref-{}", reference.key)>
                <span inner_html=reference.html.clone()></span>
                {mark.map(|mark| view! { <span class="mark">{mark}</span> })}
            </li>
        }
    };
    let cited_items = cited.iter().map(item).collect_view();
    let further_items = further.iter().map(item).collect_view();
    Some(view! {
        <section class="references" aria-labelledby="references">
            <h2 id="references">"References"</h2>
            <ol>{cited_items}</ol>
            {(!further.is_empty()).then(|| view! { <h3>"Further reading"</h3><ul>{further_items}</ul> })}
        </section>
    })
}

fn literature<'a>(context: &Context<'a>, keys: &[String]) -> Vec<&'a Reference> {
    let all = &context.library.site().references;
    keys.iter().filter_map(|key| all.iter().find(|reference| &reference.key == key)).collect()
}

fn evidence(reference: &Reference) -> Option<String> {
    let parts = [
        reference.evidence.clone(),
        reference.people.map(|people| format!("{people} people")),
        reference.animals.then(|| "in animals".to_owned()),
        reference.limit.clone(),
    ];
    let mark = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    (!mark.is_empty()).then_some(mark)
}

/// Previous and next in the path that the reader came along, or in the first that has this article.
pub(crate) fn paths(context: &Context<'_>, published: &Published) -> Option<impl IntoView + use<>> {
    let all = &context.library.site().paths;
    let wanted = context.param("path");
    let &(index, at) = published
        .paths
        .iter()
        .find(|(index, _)| wanted == Some(all[*index].slug.as_str()))
        .or_else(|| published.paths.first())?;
    let path = &all[index];
    let link = |at: Option<usize>, rel: &'static str, label: &'static str| {
        let published = context.library.article(path.articles.get(at?)?.as_str())?;
        let meta = &published.article.meta;
        let href = format!("/articles/{}?path={}", meta.slug, path.slug);
        Some(view! { <a rel=rel href=href><span class="facts">{label}</span>{meta.title.clone()}</a> })
    };
    let place = format!("{} of {}", at + 1, path.articles.len());
    Some(view! {
        <nav class="path" aria-label="Path">
            <p><a href=format!("/paths/{}", path.slug)>{path.title.clone()}</a>" "<span class="facts">{place}</span></p>
            {link(at.checked_sub(1), "prev", "Before this")}
            {link(Some(at + 1), "next", "Next")}
        </nav>
    })
}

/// Articles near this one.
pub(crate) fn related(context: &Context<'_>, published: &Published) -> Option<impl IntoView + use<>> {
    let near: Vec<&Published> =
        published.related.iter().filter_map(|slug| context.library.article(slug.as_str())).take(3).collect();
    if near.is_empty() {
        return None;
    }
    Some(view! {
        <section class="related" aria-labelledby="related"><h2 id="related">"Close to this"</h2>{cards(near)}</section>
    })
}

/// The words explained in place: each opens beside its link, or leads to the glossary.
pub(crate) fn terms(context: &Context<'_>, used: &[String]) -> Option<impl IntoView + use<>> {
    let glossary = &context.library.site().glossary;
    let items: Vec<_> = glossary
        .iter()
        .filter(|term| used.iter().any(|slug| slug.as_str() == term.slug.as_str()))
        .map(|term| {
            view! {
                <div popover="" class="definition" id=format!("term-{}", term.slug) role="note">
                    <p><b>{term.term.clone()}</b>" "{term.plain.clone()}</p>
                    <p><a href=format!("/glossary#{}", term.slug)>"All words"</a></p>
                </div>
            }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <div class="terms">{items}</div> })
}

/// The article as schema.org `MedicalWebPage`.
pub(crate) fn linked_data(context: &Context<'_>, published: &Published) -> Value {
    let meta = &published.article.meta;
    let site = context.library.site();
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": meta.title,
        "headline": meta.title,
        "description": meta.excerpt,
        "url": context.absolute(&format!("/articles/{}", meta.slug)),
        "inLanguage": meta.lang,
        "datePublished": meta.published_at.to_string(),
        "dateModified": meta.updated_at.unwrap_or(meta.published_at).to_string(),
        "author": { "@type": "Organization", "name": meta.author },
        "publisher": { "@type": "Organization", "name": site.publisher },
        "audience": { "@type": "PeopleAudience", "audienceType": "Patient" },
        "isAccessibleForFree": true,
    });
    if let Some(reviewed) = meta.reviewed_at {
        data["lastReviewed"] = json!(reviewed.to_string());
    }
    if let Some(by) = &meta.reviewed_by {
        data["reviewedBy"] = json!({ "@type": "Person", "name": by });
    }
    // A DOI says as much as the whole reference, and the page carries the reference once already.
    let citations: Vec<String> = literature(context, &published.article.cited)
        .into_iter()
        .filter_map(|reference| reference.url.clone())
        .collect();
    if !citations.is_empty() {
        data["citation"] = json!(citations);
    }
    data
}
