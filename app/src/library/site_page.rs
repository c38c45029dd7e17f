//! Pages about the site itself, from the folder `pages`: about, privacy, accessibility.

use leptos::prelude::*;

use super::failure;
use crate::{
    page::{Context, Page},
    ui::Heading,
};

pub(crate) fn page(context: &Context<'_>, slug: &str) -> Page {
    let Some(found) = context.library.site().pages.iter().find(|page| page.slug.as_str() == slug) else {
        return failure::not_found(context);
    };
    let main = view! {
        <Heading title=found.title.clone() lead=found.description.clone() />
        <div class="prose body" inner_html=found.html.clone()></div>
    };
    Page::new("about", found.title.clone(), format!("/{slug}"), main).describe(found.description.clone())
}
