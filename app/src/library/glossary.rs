//! Every explained word in one place.

use leptos::prelude::*;

use crate::{
    page::{Context, Page},
    ui::{Empty, Heading},
};

pub(crate) fn page(context: &Context<'_>) -> Page {
    let terms = &context.library.site().glossary;
    let lead = "Words that you will meet in the articles and at the clinic, in plain language.".to_owned();
    let list = if terms.is_empty() {
        view! { <Empty text="There are no explained words yet." href="/articles" action="See the library" /> }
            .into_any()
    } else {
        let items = terms
            .iter()
            .map(|term| {
                let also = (!term.also.is_empty()).then(|| format!("Also: {}", term.also.join(", ")));
                view! {
                    <div id=term.slug.to_string()>
                        <dt><dfn>{term.term.clone()}</dfn></dt>
                        <dd>{term.plain.clone()}{also.map(|also| view! { <span class="facts">{also}</span> })}</dd>
                    </div>
                }
            })
            .collect_view();
        view! { <dl class="glossary">{items}</dl> }.into_any()
    };
    let main = view! { <Heading title="Glossary".to_owned() lead=lead.clone() /> {list} };
    Page::new("glossary", "Glossary", "/glossary", main).describe(lead)
}
