//! Topics: the tags of all articles, and the articles of one.

use article::Filter;
use leptos::prelude::*;

use super::{failure, index};
use crate::{
    page::{Context, Page},
    ui::{Empty, Heading},
};

pub(crate) fn all(context: &Context<'_>) -> Page {
    let tags = context.library.tags();
    let list = if tags.is_empty() {
        view! { <Empty text="There are no topics yet." href="/articles" action="See the library" /> }
            .into_any()
    } else {
        let items = tags
            .into_iter()
            .map(|tag| {
                view! { <li><a href=format!("/topics/{}", tag.address)>{tag.label}</a>" "<span class="facts">{tag.count}</span></li> }
            })
            .collect_view();
        view! { <ul class="topics">{items}</ul> }.into_any()
    };
    let main = view! { <Heading title="Topics".to_owned() /> {list} };
    Page::new("topics", "Topics", "/topics", main).describe("Every topic in the library.")
}

pub(crate) fn one(context: &Context<'_>, tag: &str) -> Page {
    let Some(topic) = context.library.tags().into_iter().find(|known| known.address == tag) else {
        return failure::not_found(context);
    };
    let found = context.library.find(&Filter { tag: Some(topic.address.clone()), ..Filter::default() });
    let lead = format!("What the library has on {}.", topic.label);
    let main =
        view! { <Heading title=topic.label.clone() lead=lead.clone() /> {index::listing(context, &found)} };
    Page::new("topic", topic.label, format!("/topics/{}", topic.address), main).describe(lead)
}
