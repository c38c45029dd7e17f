//! The search page: the question, what it can be narrowed to, and the answer.

use ::search::{Filter, Label};
use leptos::prelude::*;

use super::{Answer, Asked, MOST, Side, field, results};
use crate::{
    islands::search::Room,
    library::crisis,
    page::{Context, Page},
};

/// Questions that show what can be asked. Those that this library cannot answer are left out.
const EXAMPLES: [&str; 8] = [
    "can I drive home",
    "what should I bring with me",
    "how long does it last",
    "I feel worse than before",
    "I can’t remember what happened",
    "how do I choose a therapist",
    "what do I tell my family",
    "why do I need somebody with me",
];

/// How many of them are shown.
const SHOWN: usize = 5;

pub(crate) fn page(context: &Context<'_>) -> Page {
    let asked = Asked::from_pairs(context.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let answer = (!asked.query.is_empty()).then(|| {
        let found = find(context, &asked, MOST);
        let crisis = crisis::card(context);
        results(&Answer { asked: &asked, found: &found, side: Side::Server, crisis })
    });
    let form =
        field::form(context, Room::Page, &asked.query, Some(filters(context, &asked.filter).into_any()));
    let fresh = answer.is_none();
    let main = view! {
        <header class="title"><h1>"Search"</h1></header>
        {form}
        <div id="results" inner_html=answer></div>
        <div id="starters">{fresh.then(|| starters(context))}</div>
    };
    let mut page = Page::new("search", "Search", "/search", main)
        .describe("Ask the library in your own words. Nobody keeps what you ask.");
    // The empty page holds nothing of a reader, and every browser that searches fetches it.
    page.fleeting = !context.query.is_empty();
    page.listed = false;
    page
}

fn find(context: &Context<'_>, asked: &Asked, most: usize) -> ::search::Found {
    context.search.index.search(Some(context.search.texts), &asked.query, &asked.filter, most)
}

/// What the results can be narrowed to, as the library's own filters are.
fn filters(context: &Context<'_>, filter: &Filter) -> impl IntoView + use<> {
    let index = context.search.index;
    let one = |name, label, any, labels: &[Label], chosen: &Option<String>| {
        (labels.len() > 1).then(|| select(name, label, any, labels, chosen.as_deref()))
    };
    let narrowed = *filter != Filter::default();
    view! {
        <details class="narrow" open=narrowed>
            <summary>"Narrow it down"</summary>
            <div class="filters">
                {one("phase", "When", "Any time", index.phases(), &filter.phase)}
                {one("category", "About", "Any category", index.categories(), &filter.category)}
                {one("tag", "Topic", "Any topic", index.tags(), &filter.tag)}
            </div>
        </details>
    }
}

fn select(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    labels: &[Label],
    chosen: Option<&str>,
) -> impl IntoView + use<> {
    let options = labels
        .iter()
        .map(|label| {
            let selected = chosen == Some(label.key.as_str());
            view! { <option value=label.key.clone() selected=selected>{label.name.clone()}</option> }
        })
        .collect_view();
    view! { <label>{label} <select name=name><option value="">{any}</option>{options}</select></label> }
}

/// Before anything is asked: how to ask, and where to go without asking.
fn starters(context: &Context<'_>) -> AnyView {
    let answerable = |question: &&str| {
        let found = find(context, &Asked::default().with_query(question), 1);
        !found.nearest && found.total > 0
    };
    let examples: Vec<_> = EXAMPLES
        .into_iter()
        .filter(answerable)
        .take(SHOWN)
        .map(|question| {
            let href = Asked::default().with_query(question).address(Side::Server);
            view! { <li><a href=href>{question}</a></li> }
        })
        .collect();
    let paths: Vec<_> = context
        .library
        .site()
        .paths
        .iter()
        .map(|path| {
            let href = format!("/paths/{}", path.slug);
            view! {
                <li data-phase=path.phase.map(article::Phase::key)>
                    <a href=href>{path.title.clone()}</a>
                    <span class="facts">{path.summary.clone()}</span>
                </li>
            }
        })
        .collect();
    let examples = (!examples.is_empty()).then(|| {
        view! {
            <section aria-labelledby="ask">
                <h2 id="ask">"Ask as you would ask a person"</h2>
                <ul class="examples">{examples}</ul>
            </section>
        }
    });
    let paths = (!paths.is_empty()).then(|| {
        view! {
            <section aria-labelledby="walk">
                <h2 id="walk">"Or start with a path"</h2>
                <ul class="ways">{paths}</ul>
            </section>
        }
    });
    view! {
        {examples}
        {paths}
        <p class="facts">
            "Put words in “quotes” to find them side by side, and a minus before a word to leave it out. "
            "What you ask is not kept by this site."
        </p>
    }
    .into_any()
}
