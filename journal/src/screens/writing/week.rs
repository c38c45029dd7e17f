//! A look back on a week: what it had, above the article's questions.

use journal::{Content, Kind, Prompt, Record, RecordId, Week, templates};

use super::{
    super::{dates, now, place::Place, widgets::Field},
    bar, guided,
    sheet::Sheet,
};
use crate::{
    protocol::{GatherWeek, Open},
    screens::view::prelude::*,
};

fn week(record: &mut Record) -> Option<&mut Week> {
    match &mut record.content {
        Content::Week(week) => Some(week),
        _ => None,
    }
}

fn prompts(record: &mut Record) -> Option<&mut Vec<Prompt>> {
    week(record).map(|week| &mut week.prompts)
}

/// The form.
pub fn view(sheet: Sheet) -> View {
    let said = sheet.read(|record| match &record.content {
        Content::Week(week) => week.clone(),
        _ => Week::new(record.day()),
    });
    let (first, desk) = (said.first, sheet.desk);
    // What has come into the week since it was begun is gathered too; that alone is no change of the keeper's.
    let gathered = RwSignal::new(said.gathered.clone());
    desk.then(GatherWeek { first }, move |now| {
        if let Ok(now) = now {
            gathered.try_set(now);
        }
    });
    let source = templates::WEEKLY.source;
    let to_article = format!("/articles/{}#{}", source.article, source.anchor);
    view! {
        <h1>"The week from "{dates::full(first)}</h1>
        {bar::draft_notice(sheet)}
        <p class="tools">
            <button type="button" on:click=move |_| desk.go(Place::Week(Some(first.plus(-7))))>"The week before"</button>
            {(first.plus(7) <= now::today()).then(|| view! {
                <button type="button" on:click=move |_| desk.go(Place::Week(Some(first.plus(7))))>"The week after"</button>
            })}
        </p>
        {move || held(sheet, &gathered.get())}
        <fieldset class="page" disabled=move || !desk.may_write()>
            <p class="facts">
                "The questions are from "<a href=to_article target="_blank" rel="noreferrer">{source.title}</a>"."
            </p>
            {guided::questions(sheet, prompts)}
            {Field::new("Anything else", said.text).kind("area").told(move |typed| sheet.write(|record| {
                if let Some(week) = week(record) {
                    week.gathered = gathered.get_untracked();
                    week.text = typed;
                }
            }))}
        </fieldset>
        {bar::foot(sheet, "Done", true, bar::to_reading)}
    }
}

/// What the week had. What it had not is not mentioned.
fn held(sheet: Sheet, gathered: &journal::Gathered) -> View {
    let ids = [&gathered.sessions, &gathered.check_ins, &gathered.entries];
    if ids.iter().all(|ids| ids.is_empty()) && gathered.intentions.is_empty() && gathered.open.is_empty() {
        return view! { <p class="hint">"Nothing is written down for this week yet. The questions work without it."</p> };
    }
    let lines = |name: &'static str, lines: &[String]| {
        let all: Vec<View> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
        (!all.is_empty()).then(|| view! { <h3>{name}</h3> <ul>{all}</ul> })
    };
    let things: Vec<View> = ids.into_iter().flatten().map(|id| thing(sheet, *id)).collect();
    view! {
        <section class="held" aria-label="What the week had">
            <h2>"What the week had"</h2>
            <ul class="plain-list">{things}</ul>
            {lines("Intentions", &gathered.intentions)}
            {lines("Still open", &gathered.open)}
        </section>
    }
}

fn thing(sheet: Sheet, id: RecordId) -> View {
    let desk = sheet.desk;
    let name = RwSignal::new(String::new());
    desk.then(Open { id }, move |opened| {
        if let Ok(opened) = opened {
            let summary = journal::Summary::of(id, &opened.record);
            let kind = match summary.kind {
                Kind::Session => "Session",
                Kind::CheckIn => "Check-in",
                Kind::Capture => "Capture",
                _ => "Entry",
            };
            let mut told = format!("{}: {kind}", dates::full(summary.day));
            for (key, score) in summary.facts.scores {
                let scale = templates::SCALES.iter().find(|scale| scale.key == key);
                told.push_str(&format!(
                    ", {} {}",
                    scale.map_or("", |scale| scale.name).to_lowercase(),
                    score.get()
                ));
            }
            if !summary.title.is_empty() {
                told.push_str(&format!(". {}", summary.title));
            }
            name.try_set(told);
        }
    });
    view! {
        <li>
            <button type="button" class="plain" on:click=move |_| desk.go(Place::Read(id))>{move || name.get()}</button>
        </li>
    }
}
