//! Beginning an entry from a set of questions of the articles, by where in treatment they belong.

use journal::{Entry, templates};

use super::{guided::entry, sheet::Sheet};
use crate::screens::view::prelude::*;

/// The sets, folded away.
pub fn view(sheet: Sheet) -> View {
    let looking_back = templates::LOOKING_BACK.iter().map(|set| (set.name, set.entry())).collect();
    let before = vec![
        (templates::INTENTION.name, templates::INTENTION.entry()),
        (templates::PREPARATION.name, templates::PREPARATION.entry()),
        (templates::DAYS_AFTER.name, templates::DAYS_AFTER.entry()),
    ];
    let weeks = vec![
        (templates::LINE_A_DAY.name, templates::LINE_A_DAY.entry()),
        (templates::WEEKLY.name, templates::WEEKLY.entry()),
    ];
    view! {
        <details class="sets">
            <summary>"Begin from a set of questions"</summary>
            {group(sheet, "Before a session", "before", before)}
            {group(sheet, "The first days after", "first", looking_back)}
            {group(sheet, "The weeks after", "weeks", weeks)}
        </details>
    }
}

fn group(sheet: Sheet, name: &'static str, phase: &'static str, sets: Vec<(&'static str, Entry)>) -> View {
    let each = |(name, set): (&'static str, Entry)| {
        let begin = move |_| {
            let set = set.clone();
            sheet.rearrange(|record| {
                if let Some(entry) = entry(record) {
                    let (session, reflects) = (entry.session, entry.reflects);
                    *entry = Entry { session, reflects, ..set };
                }
            });
        };
        view! { <li><button type="button" on:click=begin>{name}</button></li> }
    };
    let all: Vec<View> = sets.into_iter().map(each).collect();
    view! { <p class="phase" data-phase=phase>{name}</p> <ul class="set">{all}</ul> }
}
