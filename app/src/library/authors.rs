//! The articles of one author.

use article::Filter;
use leptos::prelude::*;

use super::{failure, index};
use crate::{
    page::{Context, Page},
    ui::Heading,
};

pub(crate) fn one(context: &Context<'_>, address: &str) -> Page {
    let Some(author) = context.library.authors().into_iter().find(|known| known.address == address) else {
        return failure::not_found(context);
    };
    let found = context.library.find(&Filter { author: Some(author.address.clone()), ..Filter::default() });
    let lead = format!("Articles by {}.", author.label);
    let main =
        view! { <Heading title=author.label.clone() lead=lead.clone() /> {index::listing(context, &found)} };
    Page::new("author", author.label, format!("/authors/{}", author.address), main).describe(lead)
}
