//! What was deleted: until when it can be brought back, and removing what may go.

use super::{
    asked::{keep_asking, show},
    line,
};
use crate::{
    protocol::{Tidied, Tidy, Trash, Trashed, Undelete},
    screens::{act::Act, dates, desk::Desk, dom, view::prelude::*},
};

/// What was deleted.
pub fn trash(desk: Desk) -> View {
    let trash = keep_asking(desk, Trash);
    view! {
        <div class="finding">
            <h1>"Deleted"</h1>
            <p>"What you delete stays here for 30 days and can be brought back as it was."</p>
            {show(trash, move |all: Vec<Trashed>| {
                if all.is_empty() {
                    return view! { <div class="empty"><p>"Nothing is deleted."</p></div> };
                }
                let lines: Vec<_> = all.into_iter().map(|one| line_view(desk, one)).collect();
                view! { <ul class="things">{lines}</ul> }
            })}
            {tidy(desk)}
        </div>
    }
}

fn line_view(desk: Desk, one: Trashed) -> View {
    let act = Act::new();
    let id = one.id;
    let bring = move |_| {
        act.ask(desk, Undelete { id }, move |_| {
            dom::announce("It is back.");
            desk.changes.update(|changes| *changes += 1);
            // The button goes with its line.
            dom::turn_to_heading();
        });
    };
    let (mark, kind, name) = match &one.summary {
        Some(summary) => {
            let (kind, name) = (line::kind_name(&summary.kind), line::name(summary));
            (line::mark(&summary.kind), (kind != name).then_some(kind), name)
        }
        None => (().into_view(), None, "Something that cannot be opened".to_owned()),
    };
    let when = format!("Deleted {}, kept until {}", dates::date_of(one.deleted), dates::date_of(one.until));
    let told = format!("Bring back {name}");
    view! {
        <li class="thing">
            <p class="opens">{mark} {kind.map(|kind| view! { <span class="kind">{kind}</span> })} " " <span class="name">{name}</span></p>
            <p class="facts">{when}</p>
            <p class="acts">
                <button type="button" aria-label=told disabled=move || !desk.may_write() || act.busy.get() on:click=bring>
                    "Bring it back"
                </button>
            </p>
            {act.told()}
        </li>
    }
}

/// Removes what is due, and nothing else.
fn tidy(desk: Desk) -> View {
    let act = Act::new();
    let done = RwSignal::new(None::<Tidied>);
    let tidy = move |_| {
        act.ask(desk, Tidy, move |tidied| {
            done.set(Some(tidied));
            desk.changes.update(|changes| *changes += 1);
        });
    };
    let said = |tidied: &Tidied| {
        let removed = match (tidied.records, tidied.attachments) {
            (0, 0) => "There was nothing that may go yet.".to_owned(),
            (records, attachments) => {
                format!(
                    "Removed for good: {records} deleted more than 30 days ago, {attachments} pictures or recordings that nothing names."
                )
            }
        };
        if tidied.kept == 0 {
            removed
        } else {
            format!("{removed} {} were kept, because something cannot be read.", tidied.kept)
        }
    };
    view! {
        <section class="part">
            <h2>"Making room"</h2>
            <p>
                "What was deleted more than 30 days ago can be removed for good, and so can pictures and recordings that nothing names \
                any more. Whatever is younger stays."
            </p>
            <p class="acts">
                <button type="button" class="danger" disabled=move || !desk.may_write() || act.busy.get() on:click=tidy>
                    "Remove what is older than 30 days"
                </button>
            </p>
            <p role="status">{move || done.with(|done| done.as_ref().map(said))}</p>
            {act.told()}
        </section>
    }
}
