//! What must be known on coming in, said once and calmly: what could not be opened, whether an older copy would have been noticed, who
//! writes, what was deleted just now.

use journal::RecordId;

use super::{
    asked::{ask, show},
    state::Finding,
};
use crate::{
    protocol::{Finding as Found, Fingerprint, Inside, Undelete},
    screens::{
        act::Act,
        desk::{Desk, Standing},
        dom,
        place::Place,
        view::prelude::*,
    },
};

/// All notices that apply.
pub fn notices(desk: Desk, here: Finding) -> View {
    let inside = Memo::new(move |_| {
        desk.standing.with(|standing| match standing {
            Standing::Inside(inside) => inside.clone(),
            _ => Inside::default(),
        })
    });
    let away = move |name: &str| here.put_away.with(|away| away.contains(&name));
    view! {
        {move || (!desk.keeps()).then(|| unkept(desk))}
        {deleted(desk, here)}
        {move || desk.only_reads().map(|why| view! { <p class="notice" role="status">{why}</p> })}
        {move || inside.with(|inside| {
            (!inside.findings.is_empty() && !away("findings")).then(|| findings(desk, here, &inside.findings))
        })}
        {move || (inside.with(|inside| inside.marks_gone) && !away("marks")).then(|| marks_gone(desk, here))}
    }
}

/// Said for as long as it is so.
fn unkept(desk: Desk) -> View {
    view! {
        <p class="aside unkept">
            "Nothing is kept on this device. What you write is only in this tab, and is gone when you lock, leave or close it. "
            <button type="button" class="plain" on:click=move |_| desk.go(Place::Own)>"Save a backup file"</button>
        </p>
    }
}

fn put_away(here: Finding, name: &'static str) -> View {
    view! {
        <button type="button" class="plain" on:click=move |_| here.put_away.update(|away| away.push(name))>"Put this away"</button>
    }
}

/// What was deleted just now, to be brought back with one press.
fn deleted(desk: Desk, here: Finding) -> View {
    let act = Act::new();
    let undo = move |id: RecordId| {
        act.ask(desk, Undelete { id }, move |_| {
            here.deleted.set(None);
            dom::announce("It is back.");
            desk.go(Place::Read(id));
        });
    };
    (move || {
        here.deleted.get().map(|id| {
            view! {
                <div class="notice" role="status">
                    <p>"It is deleted. For 30 days you can bring it back."</p>
                    <p class="acts">
                        <button type="button" disabled=move || act.busy.get() on:click=move |_| undo(id)>"Bring it back"</button>
                        <button type="button" class="plain" on:click=move |_| here.deleted.set(None)>"Put this away"</button>
                    </p>
                    {act.told()}
                </div>
            }
        })
    })
    .into_view()
}

fn findings(desk: Desk, here: Finding, findings: &[Found]) -> View {
    let number = findings.len();
    let what = if number == 1 { "One part".to_owned() } else { format!("{number} parts") };
    let each: Vec<_> = findings
        .iter()
        .map(|finding| {
            let words = finding.words.clone();
            view! { <li>{finding.what.clone()} " " <code>{finding.id.clone()}</code> ": " {words}</li> }
        })
        .collect();
    view! {
        <div class="notice warm">
            <p>
                {what} " of this journal could not be opened. All of it is kept as it is, and nothing was removed. A backup may have it \
                whole."
            </p>
            <details><summary>"What it is"</summary><ul>{each}</ul></details>
            <p class="acts">
                <button type="button" on:click=move |_| desk.go(Place::Own)>"Look at backups"</button>
                {put_away(here, "findings")}
            </p>
        </div>
    }
}

fn marks_gone(desk: Desk, here: Finding) -> View {
    let words = RwSignal::new(None);
    view! {
        <div class="notice">
            <p>
                "This browser has lost its note of how new your journal was. Had an older copy been put in its place, it would not have "
                "been noticed. If you wrote down the six words, compare them; if the last thing you wrote is here, all is well."
            </p>
            {move || if words.with(Option::is_some) {
                show(words, |six: crate::protocol::SixWords| {
                    let words = six.words.join(" ");
                    view! { <p class="six">{words} <span class="facts">{format!("Version {}", six.version)}</span></p> }
                })
            } else {
                ().into_view()
            }}
            <p class="acts">
                <button type="button" on:click=move |_| ask(desk, words, Fingerprint)>"Show the six words"</button>
                {put_away(here, "marks")}
            </p>
        </div>
    }
}
