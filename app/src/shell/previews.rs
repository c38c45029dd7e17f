//! What a page says about itself to whoever shows a preview of a link to it.

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::page::{Context, Page};

/// Width and height of the picture in pixels.
const SIZE: (&str, &str) = ("1200", "630");

/// The properties of OpenGraph, the kind of card that others read beside them, and for an article where its embedding
/// can be asked for.
pub(super) fn of(context: &Context<'_>, page: &Page) -> impl IntoView + use<> {
    let site = context.library.site();
    let article = page.room == "article";
    let url = context.absolute(&page.canonical);
    let description = if page.description.is_empty() { &site.description } else { &page.description };
    let card = (page.status == 200).then(|| card(&page.canonical));
    let picture = card.map(|path| {
        let alt = format!("{}: {}", context.clinic.name.as_ref().unwrap_or(&site.name), page.title);
        view! {
            {property("image", context.absolute(&path))}
            {property("image:width", SIZE.0.to_owned())}
            {property("image:height", SIZE.1.to_owned())}
            {property("image:alt", alt)}
            <meta name="twitter:card" content="summary_large_image" />
        }
    });
    let embedding = article.then(|| {
        let url = utf8_percent_encode(&url, NON_ALPHANUMERIC);
        let href = context.absolute(&format!("/oembed?url={url}"));
        view! { <link rel="alternate" type="application/json+oembed" title=page.title.clone() href=href /> }
    });
    view! {
        {property("type", if article { "article" } else { "website" }.to_owned())}
        {property("site_name", site.name.clone())}
        {property("title", page.title.clone())}
        {property("description", description.clone())}
        {property("url", url)}
        {picture}
        {embedding}
    }
}

/// The address of a page's card. Articles and packs have their own; whatever else there is has the library's.
fn card(canonical: &str) -> String {
    let own =
        ["/articles/", "/packs/"].iter().any(|room| canonical.starts_with(room)) || canonical == "/pack";
    let page = if own { canonical } else { "/home" };
    format!("/cards{page}.png")
}

/// One property. `property` is RDFa, which `view!` has no name for.
fn property(name: &str, content: String) -> impl IntoView + use<> {
    leptos::html::meta().attr("property", format!("og:{name}")).content(content)
}

#[cfg(test)]
mod tests {
    use super::card;

    #[test]
    fn articles_and_packs_have_cards_of_their_own() {
        assert_eq!(card("/articles/grounding"), "/cards/articles/grounding.png");
        assert_eq!(card("/packs/first-week"), "/cards/packs/first-week.png");
        assert_eq!(card("/pack"), "/cards/pack.png");
        for page in ["/", "/articles", "/packs", "/crisis", "/topics/sleep"] {
            assert_eq!(card(page), "/cards/home.png", "{page}");
        }
    }
}
