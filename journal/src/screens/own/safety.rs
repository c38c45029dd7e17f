//! The safety plan: read first, written as simple lists, and readable at the closed door if the keeper wants it so.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures_util::lock::Mutex;
use journal::{
    Contact, Content, Kind, Record, RecordId, Revision, SafetyPlan,
    templates::{Lines, SAFETY_STEPS, Step},
};
use wasm_bindgen_futures::spawn_local;

use super::{
    plan::{is_empty, nothing, steps, without_empty},
    settings::switch,
};
use crate::{
    protocol::{Drafts, Open, ReadPlan, Save, SaveDraft, Saved, Trouble},
    screens::{
        act::{Act, turns, warn},
        desk::Desk,
        dom, now,
        soon::Soon,
        view::prelude::*,
        widgets::Field,
    },
};

/// After so much quiet what was typed is put on disk, in milliseconds.
const QUIET: i32 = 400;
/// And at the latest so long after the first key, in milliseconds: the rest of the second is for the disk.
const LATEST: f64 = 700.0;

/// The plan as it is on the screen, and how much of it is on disk.
#[derive(Default)]
struct Paper {
    plan: RefCell<SafetyPlan>,
    id: Cell<Option<RecordId>>,
    revision: Cell<Revision>,
    /// What it was when it was opened, if it was there.
    record: RefCell<Option<Record>>,
    /// Whether something was typed that is not on disk.
    changed: Cell<bool>,
    soon: Soon,
    /// One at a time, or a new plan would get two names.
    turn: Mutex<()>,
}

/// A paper of the screen that shows it.
type OnScreen = StoredValue<Rc<Paper>, LocalStorage>;

impl Paper {
    fn says(&self, plan: SafetyPlan) -> Record {
        let content = Content::SafetyPlan(plan);
        let now = now::now();
        match self.record.borrow().clone() {
            Some(record) => Record { content, changed: now, ..record },
            None => Record::new(content, now),
        }
    }

    /// Puts what was typed on disk, as a draft.
    async fn keep(&self, desk: Desk) -> Result<(), Trouble> {
        let _turn = self.turn.lock().await;
        self.soon.over();
        if !self.changed.replace(false) {
            return Ok(());
        }
        let record = self.says(self.plan.borrow().clone());
        match desk.ask(SaveDraft { id: self.id.get(), parent: self.revision.get(), record }).await {
            Ok(id) => {
                self.id.set(Some(id));
                Ok(())
            }
            Err(trouble) => {
                self.changed.set(true);
                Err(trouble)
            }
        }
    }

    /// Saves it. Answers whether it is saved: not, where it was changed elsewhere meanwhile.
    async fn save(&self, desk: Desk) -> Result<bool, Trouble> {
        // First what is certain: whatever saving says, the words are on disk.
        self.keep(desk).await?;
        let _turn = self.turn.lock().await;
        let mut plan = self.plan.borrow().clone();
        without_empty(&mut plan);
        let record = self.says(plan.clone());
        match desk
            .ask(Save { id: self.id.get(), parent: self.revision.get(), record: record.clone() })
            .await?
        {
            Saved::Yes { id, revision } => {
                self.id.set(Some(id));
                self.revision.set(revision);
                self.record.replace(Some(record));
                if !self.changed.get() {
                    self.plan.replace(plan);
                }
                Ok(true)
            }
            Saved::Conflict { theirs, .. } => {
                self.revision.set(theirs.revision);
                Ok(false)
            }
        }
    }
}

/// The plan, inside.
pub fn safety(desk: Desk) -> View {
    let paper = StoredValue::new_local(Rc::new(Paper::default()));
    // None until it is read; then whether it is being written.
    let writing = RwSignal::new(None::<bool>);
    turns(writing);
    let act = Act::new();
    let read = paper.get_value();
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
                read.plan.replace(found.clone());
            }
            read.id.set(Some(id));
            read.revision.set(opened.revision);
            read.record.replace(Some(record));
        }
        writing.try_set(Some(begun));
        Ok(())
    });
    let shown = move || match writing.get() {
        None => view! { <h1>"Safety plan"</h1> },
        Some(true) => write(desk, paper, writing),
        Some(false) => {
            let plan = paper.with_value(|paper| paper.plan.borrow().clone());
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

fn write(desk: Desk, paper: OnScreen, writing: RwSignal<Option<bool>>) -> View {
    let act = Act::new();
    let elsewhere = RwSignal::new(false);
    let keep = move || {
        let Some(paper) = paper.try_get_value() else { return };
        spawn_local(async move {
            if let Err(trouble) = paper.keep(desk).await {
                act.tell(desk, trouble);
            }
        });
    };
    desk.save_before_locking(move || {
        let paper = paper.get_value();
        Box::pin(async move { drop(paper.keep(desk).await) })
    });
    dom::when_hidden(keep);
    on_cleanup(move || leave(desk, paper.get_value()));
    let typed = move || {
        paper.with_value(|paper| {
            paper.changed.set(true);
            paper.soon.act(QUIET, LATEST, keep);
        });
    };
    let fields: Vec<View> = SAFETY_STEPS
        .iter()
        .map(|&Step { name, hint, lines }| match lines {
            Lines::Texts(place) => {
                let of = place.of_mut;
                let text = paper.with_value(|paper| of(&mut paper.plan.borrow_mut()).join("\n"));
                Field::new(name, text).kind("area").hint(hint).told(move |text| {
                    let lines = text
                        .lines()
                        .map(str::trim)
                        .filter(|line| !line.is_empty())
                        .map(str::to_owned)
                        .collect();
                    paper.with_value(|paper| *of(&mut paper.plan.borrow_mut()) = lines);
                    typed();
                })
            }
            Lines::People(place) => {
                people(name, hint, place.of_mut, paper, StoredValue::new_local(Box::new(typed)))
            }
        })
        .collect();
    let while_locked = paper.with_value(|paper| paper.plan.borrow().while_locked);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let paper = paper.get_value();
        act.run(async move {
            if paper.save(desk).await? {
                dom::announce("Your safety plan is saved.");
                writing.try_set(Some(false));
            } else {
                elsewhere.try_set(true);
            }
            Ok(())
        });
    };
    let locked = move |on| {
        paper.with_value(|paper| paper.plan.borrow_mut().while_locked = on);
        typed();
    };
    view! {
        <form class="plan-form" on:submit=save>
            <h1>"Safety plan"</h1>
            <p class="aside">"Fill in what you can; leave out what you like. Short lines are easier to read in a hard hour."</p>
            {fields}
            {if can_show_while_locked() {
                switch(
                    "Show it while the journal is locked",
                    "Then whoever has this device unlocked in their hands can read the plan without your passphrase, and nothing else. It is sealed for \
                     this browser only: a copy of the stored data or a backup does not show it. Off, it can be read only after unlocking.",
                    while_locked,
                    locked,
                )
            } else {
                view! {
                    <p class="hint">
                        "This page has no safe connection (https), or this browser is too old, so the plan cannot be shown while the journal is locked. It \
                         can be read after unlocking, and printed."
                    </p>
                }
            }}
            {move || elsewhere.get().then(|| warn("It was changed elsewhere meanwhile. Here is what you typed; saving again puts it in the place of the other, which stays among the earlier states."))}
            {act.told()}
            <div class="doors"><button type="submit" class="primary" disabled=act.busy>"Save my plan"</button></div>
        </form>
    }
}

/// Whether this browser can seal the plan for itself: it keeps a key for that only on a page that came by a safe connection.
fn can_show_while_locked() -> bool {
    dom::get(&dom::get(&dom::window(), "crypto"), "subtle").is_object()
}

/// The screen goes: what was typed last is kept.
fn leave(desk: Desk, paper: Rc<Paper>) {
    paper.soon.over();
    if !desk.is_inside() || !paper.changed.get() {
        return;
    }
    spawn_local(async move {
        match paper.keep(desk).await {
            // Home asked for the drafts when this began.
            Ok(()) => desk.changes.update(|changes| *changes += 1),
            Err(trouble) => desk.trouble.set(Some(trouble)),
        }
    });
}

/// People: name, number and a note each, and a button for one more.
fn people(
    name: &'static str,
    hint: &'static str,
    of: fn(&mut SafetyPlan) -> &mut Vec<Contact>,
    paper: OnScreen,
    typed: StoredValue<Box<dyn Fn()>, LocalStorage>,
) -> View {
    let count = move || paper.with_value(|paper| of(&mut paper.plan.borrow_mut()).len());
    let one_more =
        move || paper.with_value(|paper| of(&mut paper.plan.borrow_mut()).push(Contact::default()));
    if count() == 0 {
        one_more();
    }
    let rows = RwSignal::new(count());
    let listed = move || {
        let each = |at: usize| {
            let contact = paper.with_value(|paper| of(&mut paper.plan.borrow_mut()).get(at).cloned());
            let contact = contact.unwrap_or_default();
            let part = |label: &'static str,
                        value: String,
                        kind: &'static str,
                        part: fn(&mut Contact) -> &mut String| {
                Field::new(label, value).kind(kind).told(move |text| {
                    paper.with_value(|paper| {
                        if let Some(contact) = of(&mut paper.plan.borrow_mut()).get_mut(at) {
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
        one_more();
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
