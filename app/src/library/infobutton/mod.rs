//! The answer to a record system, as a page: what there is to read about the problems or medicines that it named.

pub mod asked;

use leptos::prelude::*;

use super::crisis;
use crate::{
    page::{Context, Page},
    ui::{Empty, Heading, cards},
};
use asked::{Asked, By, Group};

pub(crate) fn page(context: &Context<'_>) -> Page {
    let asked = Asked::from_pairs(context.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let groups = asked.find(context.library, context.search);
    let body = if groups.is_empty() {
        view! {
            <p>
                "A record system opens this page with the code of a problem or a medicine. It named none this time, so there is nothing "
                "to show. The whole library is open to you."
            </p>
            <p class="doors"><a class="button" href="/articles">"See all articles"</a></p>
        }
        .into_any()
    } else {
        groups.iter().map(|group| section(&asked, group)).collect_view().into_any()
    };
    let sounds_like_crisis = groups.iter().any(|group| group.criterion.sounds_like_crisis(context.search));
    let hand_over = (asked.provider && !context.library.site().packs.is_empty()).then(|| {
        view! { <p class="facts">"For a patient: every article prints as it is, and "<a href="/packs">"packs"</a>" are ready to hand over."</p> }
    });
    let lead = "What this library has on it. General education, not medical advice.".to_owned();
    let main = view! {
        <Heading title="To read".to_owned() lead=lead.clone() />
        {sounds_like_crisis.then(|| view! { <div inner_html=crisis::card(context)></div> })}
        {body}
        {hand_over}
        <p class="facts">"This page keeps nothing of what was asked. If you are in danger now, "<a href="/crisis">"get help now"</a>"."</p>
    };
    let mut page = Page::new("infobutton", "To read", "/infobutton", main).describe(lead);
    page.fleeting = true;
    page.listed = false;
    page
}

fn section(asked: &Asked, group: &Group<'_>) -> impl IntoView + use<> {
    let label = group.criterion.label();
    let how = match group.by {
        By::Code => None,
        By::Name => Some("No article lists this code. These are what the search finds under its name."),
        By::Nothing => None,
    };
    let other_language = asked.language.as_ref().is_some_and(|language| {
        group.articles.iter().all(|published| {
            !published
                .article
                .meta
                .lang
                .split('-')
                .next()
                .is_some_and(|lang| lang.eq_ignore_ascii_case(language))
        })
    });
    let list = if group.by == By::Nothing {
        view! { <Empty text="This library has nothing on it yet." href="/search" action="Search in other words" /> }.into_any()
    } else {
        cards(group.articles.iter().copied())
    };
    let language = (other_language && group.by != By::Nothing)
        .then(|| view! { <p class="facts">"There is nothing in the language that was asked for."</p> });
    view! {
        <section>
            <h2>{label}</h2>
            {how.map(|how| view! { <p class="facts">{how}</p> })}
            {language}
            {list}
        </section>
    }
}
