//! The filters of a list, as they stand in the address.

use article::{Filter, LengthBand, Phase, Sort, address_form};
use leptos::prelude::*;

use crate::{page::Context, search::escape};

/// Lengths with their keys and labels.
const LENGTHS: [(&str, &str, LengthBand); 3] = [
    ("short", "Up to 4 minutes", LengthBand::Short),
    ("medium", "5 to 9 minutes", LengthBand::Medium),
    ("long", "10 minutes or more", LengthBand::Long),
];

/// Orders with their keys and labels.
const SORTS: [(&str, &str, Sort); 3] = [
    ("newest", "Newest first", Sort::Newest),
    ("title", "By title", Sort::Title),
    ("shortest", "Shortest first", Sort::Shortest),
];

/// Reads a filter from the query. What is not known is as if it were not there.
pub(crate) fn from_query(context: &Context<'_>) -> Filter {
    let keyed = |name: &str| context.param(name).map(address_form);
    Filter {
        category: keyed("category"),
        tag: keyed("tag"),
        author: keyed("author"),
        phase: context.param("phase").and_then(Phase::from_key),
        length: pick(&LENGTHS, context.param("length")),
        sort: pick(&SORTS, context.param("sort")).unwrap_or_default(),
    }
}

fn pick<T: Copy>(table: &[(&str, &str, T)], key: Option<&str>) -> Option<T> {
    table.iter().find(|(name, ..)| Some(*name) == key).map(|&(.., value)| value)
}

/// The address of a page of the list under the same filter.
pub(crate) fn address(context: &Context<'_>, page: usize) -> String {
    let kept = context
        .query
        .iter()
        .filter(|(key, value)| key != "page" && !value.is_empty())
        .map(|(key, value)| format!("{}={}", escape(key), escape(value)));
    let page = (page > 1).then(|| format!("page={page}"));
    let query: Vec<String> = kept.chain(page).collect();
    if query.is_empty() { context.path.to_owned() } else { format!("{}?{}", context.path, query.join("&")) }
}

/// The form that sets them: works as a plain form.
pub(crate) fn form(context: &Context<'_>) -> impl IntoView + use<> {
    let site = context.library.site();
    let categories = site
        .categories
        .iter()
        .map(|category| (address_form(&category.key), category.label.clone()))
        .collect();
    let tags = context.library.tags().into_iter().map(|tag| (tag.address, tag.label)).collect();
    let phases = Phase::ALL.iter().map(|phase| (phase.key().to_owned(), phase.label().to_owned())).collect();
    let lengths = LENGTHS.iter().map(|(key, label, _)| ((*key).to_owned(), (*label).to_owned())).collect();
    let sorts = SORTS.iter().map(|(key, label, _)| ((*key).to_owned(), (*label).to_owned())).collect();
    let authors: Vec<(String, String)> =
        context.library.authors().into_iter().map(|author| (author.address, author.label)).collect();
    view! {
        <form class="filters" method="get" action=context.path.to_owned() role="search" aria-label="Filter the library">
            {select(context, "phase", "When", "Any time", phases)}
            {select(context, "category", "About", "Any category", categories)}
            {select(context, "tag", "Topic", "Any topic", tags)}
            {(authors.len() > 1).then(|| select(context, "author", "Author", "Anyone", authors))}
            {select(context, "length", "Length", "Any length", lengths)}
            {select(context, "sort", "Order", "", sorts)}
            <button type="submit">"Show"</button>
        </form>
    }
}

fn select(
    context: &Context<'_>,
    name: &'static str,
    label: &'static str,
    any: &'static str,
    options: Vec<(String, String)>,
) -> impl IntoView + use<> {
    let chosen = context.param(name).map(address_form);
    let options = options
        .into_iter()
        .map(|(key, text)| {
            let selected = chosen.as_deref() == Some(key.as_str());
            view! { <option value=key selected=selected>{text}</option> }
        })
        .collect_view();
    let any = (!any.is_empty()).then(|| view! { <option value="">{any}</option> });
    view! { <label>{label} <select name=name>{any}{options}</select></label> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_picks_nothing() {
        assert_eq!(pick(&LENGTHS, Some("huge")), None);
        assert_eq!(pick(&LENGTHS, Some("short")), Some(LengthBand::Short));
    }
}
