//! The articles of one category.

use article::{Filter, address_form};
use leptos::prelude::*;

use super::{failure, index};
use crate::{
    page::{Context, Page},
    ui::Heading,
};

pub(crate) fn one(context: &Context<'_>, address: &str) -> Page {
    let site = context.library.site();
    let Some(category) = site.categories.iter().find(|category| address_form(&category.key) == address)
    else {
        return failure::not_found(context);
    };
    let found = context.library.find(&Filter { category: Some(address.to_owned()), ..Filter::default() });
    let main = view! {
        <Heading title=category.label.clone() lead=category.description.clone() />
        {index::listing(context, &found)}
    };
    Page::new("category", category.label.clone(), format!("/categories/{address}"), main)
        .describe(category.description.clone())
}
