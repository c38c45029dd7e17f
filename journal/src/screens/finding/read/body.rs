//! What a thing says, of whatever kind it is; and the few shapes that all kinds are shown in.

use journal::{Content, Item, Prompt, Record, RecordId};

use super::{capture, check_in, entry, plan, session, week};
use crate::screens::{desk::Desk, markdown::markdown, place::Place, view::prelude::*};

/// What a thing says.
pub fn body(desk: Desk, record: &Record) -> View {
    match &record.content {
        Content::Entry(entry) => entry::entry(desk, entry),
        Content::Course(course) => session::course(course),
        Content::Session(session) => session::session(desk, session),
        Content::Capture(capture) => capture::capture(desk, capture),
        Content::CheckIn(check_in) => check_in::check_in(check_in),
        Content::Week(week) => week::week(week),
        Content::SafetyPlan(plan) => plan::plan(plan),
        Content::Settings(_) => view! { <p>"How this journal behaves. It is changed under Settings."</p> },
        Content::Other(_) => view! {
            <p class="notice">
                "This was made by a newer version of this page. It is kept whole; load the page again to see it."
            </p>
        },
    }
}

/// A Markdown text, or nothing.
pub fn words(text: &str) -> View {
    if text.trim().is_empty() { ().into_view() } else { markdown(text.to_owned()) }
}

/// Plain text with its lines, or nothing.
pub fn lines(text: &str) -> View {
    let text = text.trim().to_owned();
    (!text.is_empty()).then(|| view! { <p class="lines">{text}</p> }).into_view()
}

/// Questions with their answers.
pub fn prompts(prompts: &[Prompt]) -> View {
    let each: Vec<_> = prompts
        .iter()
        .map(|prompt| {
            let answer = match (prompt.answer.trim().is_empty(), prompt.skipped) {
                (false, _) => markdown(prompt.answer.clone()),
                (true, true) => view! { <p class="hint">"You left this one out."</p> },
                (true, false) => view! { <p class="hint">"Not answered."</p> },
            };
            view! { <section class="prompt"><h2>{prompt.question.clone()}</h2>{answer}</section> }
        })
        .collect();
    each.into_view()
}

/// Things to tick, as they stand.
pub fn items(items: &[Item]) -> View {
    let each: Vec<_> = items
        .iter()
        .map(|item| {
            let (mark, said) = if item.done { ("☑", "done") } else { ("☐", "to do") };
            view! { <li><span class="tick" role="img" aria-label=said>{mark}</span> " " {item.text.clone()}</li> }
        })
        .collect();
    (!each.is_empty()).then(|| view! { <ul class="ticks">{each}</ul> }).into_view()
}

/// Facts with their names; those that say nothing are left out.
pub fn table(facts: Vec<(&'static str, String)>) -> View {
    let each: Vec<_> = facts
        .into_iter()
        .filter(|(_, fact)| !fact.trim().is_empty())
        .map(|(name, fact)| view! { <div><dt>{name}</dt><dd>{fact}</dd></div> })
        .collect();
    (!each.is_empty()).then(|| view! { <dl class="told">{each}</dl> }).into_view()
}

/// A part with its heading, where there is anything in it.
pub fn part(name: &'static str, there: bool, inside: View) -> View {
    there.then(|| view! { <section class="part"><h2>{name}</h2>{inside}</section> }).into_view()
}

/// A way to another thing.
pub fn way(desk: Desk, name: &'static str, to: Option<RecordId>) -> View {
    to.map(|id| {
        view! { <p><button type="button" class="plain" on:click=move |_| desk.go(Place::Read(id))>{name}</button></p> }
    })
    .into_view()
}
