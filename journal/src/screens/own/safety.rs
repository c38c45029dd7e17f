//! The safety plan: read first, written as simple lists, and readable at the closed door if the keeper wants it so.

use journal::{Contact, Content, Kind, Record, RecordId, Revision, SafetyPlan};

use super::{
    plan::{Lines, STEPS, is_empty, nothing, steps, without_empty},
    settings::switch,
};
use crate::{
    protocol::{Drafts, Open, ReadPlan, Save, SaveDraft, Saved, Trouble},
    screens::{
        act::{Act, turns, warn},
        desk::Desk,
        dom, now,
        view::prelude::*,
        widgets::Field,
    },
};

/// How long after the last key what was typed is put on disk, in milliseconds.
const PAUSE: i32 = 600;

#[derive(Clone, Default)]
struct Kept {
    id: Option<RecordId>,
    revision: Revision,
    record: Option<Record>,
}

/// The plan, inside.
pub fn safety(desk: Desk) -> View {
    let (kept, plan) = (StoredValue::new(Kept::default()), StoredValue::new(SafetyPlan::default()));
    // None until it is read; then whether it is being written.
    let writing = RwSignal::new(None::<bool>);
    turns(writing);
    let act = Act::new();
    act.run(async move {
        let id = match desk.ask(ReadPlan).await? {
            Some((id, _, _)) => Some(id),
            None => desk
                .ask(Drafts)
                .await?
                .into_iter()
                .find(|line| line.summary.kind == Kind::SafetyPlan)
                .map(|line| line.summary.id),
        };
        let mut begun = false;
        if let Some(id) = id {
            let opened = desk.ask(Open { id }).await?;
            begun = opened.draft.is_some() || opened.revision == 0;
            let record = opened.draft.map_or(opened.record, |draft| draft.record);
            if let Content::SafetyPlan(found) = &record.content {
                plan.set_value(found.clone());
            }
            kept.set_value(Kept { id: Some(id), revision: opened.revision, record: Some(record) });
        }
        writing.set(Some(begun));
        Ok(())
    });
    let shown = move || match writing.get() {
        None => view! { <h1>"Safety plan"</h1> },
        Some(true) => write(desk, kept, plan, writing),
        Some(false) => {
            let plan = plan.get_value();
            let empty = is_empty(&plan);
            view! {
                <h1>"Safety plan"</h1>
                {if empty { nothing() } else { steps(&plan) }}
                <p class="aside">"Not safe right now? "<a href="/crisis">"Crisis lines"</a>" answer at any hour."</p>
                <div class="doors not-on-paper">
                    <button type="button" class="primary" disabled=move || !desk.may_write() on:click=move |_| writing.set(Some(true))>
                        {if empty { "Write my plan" } else { "Change it" }}
                    </button>
                    {(!empty).then(|| view! { <button type="button" on:click=move |_| { dom::call(&dom::window(), "print", &[]); }>"Print it"</button> })}
                </div>
            }
        }
    };
    view! { <article class="plan">{shown}{act.told()}</article> }
}

fn write(
    desk: Desk,
    kept: StoredValue<Kept>,
    plan: StoredValue<SafetyPlan>,
    writing: RwSignal<Option<bool>>,
) -> View {
    let act = Act::new();
    let elsewhere = RwSignal::new(false);
    let (timer, changed) = (StoredValue::new(0), StoredValue::new(false));
    let draft = move || async move {
        if !changed.try_get_value().unwrap_or_default() {
            return Ok(());
        }
        changed.set_value(false);
        let Kept { id, revision, .. } = kept.get_value();
        let id = desk.ask(SaveDraft { id, parent: revision, record: record(kept, plan) }).await?;
        kept.try_update_value(|kept| kept.id = Some(id));
        Ok::<(), Trouble>(())
    };
    desk.save_before_locking(move || {
        Box::pin(async move {
            draft().await.ok();
        })
    });
    let typed = move || {
        changed.set_value(true);
        dom::cancel(timer.get_value());
        timer.set_value(dom::after(PAUSE, move || act.run(draft())));
    };
    let fields: Vec<View> = STEPS
        .iter()
        .map(|(name, hint, lines)| match lines {
            Lines::Texts(of) => {
                let of = *of;
                let text = plan.try_update_value(|plan| of(plan).join("\n")).unwrap_or_default();
                Field::new(*name, text).kind("area").hint(hint).told(move |text| {
                    let lines = text
                        .lines()
                        .map(str::trim)
                        .filter(|line| !line.is_empty())
                        .map(str::to_owned)
                        .collect();
                    plan.update_value(|plan| *of(plan) = lines);
                    typed();
                })
            }
            Lines::People(of) => people(name, hint, *of, plan, StoredValue::new_local(Box::new(typed))),
        })
        .collect();
    let while_locked = plan.with_value(|plan| plan.while_locked);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        dom::cancel(timer.get_value());
        changed.set_value(false);
        act.run(async move {
            let Kept { id, revision, .. } = kept.get_value();
            plan.update_value(without_empty);
            match desk.ask(Save { id, parent: revision, record: record(kept, plan) }).await? {
                Saved::Yes { id, revision } => {
                    kept.set_value(Kept { id: Some(id), revision, record: Some(record(kept, plan)) });
                    dom::announce("Your safety plan is saved.");
                    writing.set(Some(false));
                }
                Saved::Conflict { theirs, .. } => {
                    kept.update_value(|kept| kept.revision = theirs.revision);
                    elsewhere.set(true);
                }
            }
            Ok(())
        });
    };
    let locked = move |on| {
        plan.update_value(|plan| plan.while_locked = on);
        typed();
    };
    view! {
        <form class="plan-form" on:submit=save>
            <h1>"Safety plan"</h1>
            <p class="aside">"Fill in what you can; leave out what you like. Short lines are easier to read in a hard hour."</p>
            {fields}
            {switch(
                "Show it while the journal is locked",
                "Then whoever has this device unlocked in their hands can read the plan without your passphrase, and nothing else. It is sealed for this \
                 browser only: a copy of the stored data or a backup does not show it. Off, it can be read only after unlocking.",
                while_locked,
                locked,
            )}
            {move || elsewhere.get().then(|| warn("It was changed elsewhere meanwhile. Here is what you typed; saving again puts it in the place of the other, which stays among the earlier states."))}
            {act.told()}
            <div class="doors"><button type="submit" class="primary" disabled=act.busy>"Save my plan"</button></div>
        </form>
    }
}

fn record(kept: StoredValue<Kept>, plan: StoredValue<SafetyPlan>) -> Record {
    let content = Content::SafetyPlan(plan.get_value());
    let now = now::now();
    match kept.with_value(|kept| kept.record.clone()) {
        Some(record) => Record { content, changed: now, ..record },
        None => Record::new(content, now),
    }
}

/// People: name, number and a note each, and a button for one more.
fn people(
    name: &'static str,
    hint: &'static str,
    of: fn(&mut SafetyPlan) -> &mut Vec<Contact>,
    plan: StoredValue<SafetyPlan>,
    typed: StoredValue<Box<dyn Fn()>, LocalStorage>,
) -> View {
    let count = move || plan.try_update_value(|plan| of(plan).len()).unwrap_or_default();
    if count() == 0 {
        plan.update_value(|plan| of(plan).push(Contact::default()));
    }
    let rows = RwSignal::new(count());
    let listed = move || {
        let each = |at: usize| {
            let contact =
                plan.try_update_value(|plan| of(plan).get(at).cloned()).flatten().unwrap_or_default();
            let part = |label: &'static str,
                        value: String,
                        kind: &'static str,
                        part: fn(&mut Contact) -> &mut String| {
                Field::new(label, value).kind(kind).told(move |text| {
                    plan.update_value(|plan| {
                        if let Some(contact) = of(plan).get_mut(at) {
                            *part(contact) = text.trim().to_owned();
                        }
                    });
                    typed.with_value(|typed| typed());
                })
            };
            view! {
                <li>
                    {part("Who or where", contact.name, "text", |contact| &mut contact.name)}
                    {part("Number", contact.phone, "tel", |contact| &mut contact.phone)}
                    {part("Note", contact.note, "text", |contact| &mut contact.note)}
                </li>
            }
        };
        (0..rows.get()).map(each).collect::<Vec<_>>()
    };
    let more = move |_| {
        plan.update_value(|plan| of(plan).push(Contact::default()));
        rows.set(count());
    };
    view! {
        <fieldset class="people">
            <legend>{name}<span class="hint">{hint}</span></legend>
            <ul>{listed}</ul>
            <button type="button" on:click=more>"One more"</button>
        </fieldset>
    }
}
