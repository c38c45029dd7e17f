//! What waits: words that were typed and not saved, what is in no backup, and what came with the address.

use journal::guided::Asked;

use super::{asked::keep_asking, line};
use crate::{
    protocol::{DiscardDraft, DraftLine, Drafts, Meter, ReadMeter},
    screens::{
        act::Act,
        dates,
        desk::{Desk, Standing},
        own::files,
        place::{Place, Start},
        view::prelude::*,
    },
};

/// What an article asked, or a pack, to be opened or left, where it is not open already.
pub fn from_article(desk: Desk) -> View {
    let left = move |_| desk.asked.set(None);
    (move || {
        desk.asked.get().map(|asked| {
            let (from, words, begin) = match Asked::read(&asked) {
                Ok(read) => {
                    let begin = view! {
                        <button type="button" class="primary" disabled=move || !desk.may_write() on:click=move |_| begin_asked(desk)>"Begin"</button>
                    };
                    let from = if read.pack.is_empty() { "From an article" } else { "From a pack" };
                    (from, brought(&read), Some(begin))
                }
                Err(refused) => {
                    ("From the library", format!("What you came with cannot be opened: {refused}. Go back to it and try again."), None)
                }
            };
            view! {
                <section class="notice" aria-label=from>
                    <p>{words}</p>
                    <p class="acts">{begin}<button type="button" on:click=left>"Not now"</button></p>
                </section>
            }
        })
    })
    .into_view()
}

/// Opens what an article asked, or a pack, as a form. What cannot be opened waits at home, where it is told why.
pub fn begin_asked(desk: Desk) {
    let asked = desk.asked.get_untracked().filter(|asked| Asked::read(asked).is_ok());
    if let Some(asked) = asked.filter(|_| desk.may_write()) {
        desk.asked.set(None);
        desk.go(Place::Write(Start::Asked(asked)));
    }
}

fn brought(asked: &Asked) -> String {
    let name = [&asked.label, &asked.section, &asked.title].into_iter().find(|name| !name.is_empty());
    match name {
        _ if !asked.pack.is_empty() => {
            "You came here to save a pack. It becomes an entry: its note, what there is to read, and the way back to it.".to_owned()
        }
        Some(name) => format!("You came here to write along with “{name}”. Its text comes with you."),
        None => "You came here to write along with an article. Its text comes with you.".to_owned(),
    }
}

/// That something was typed and is not saved yet, with what that means here and the way to it. Nothing where all is saved.
pub fn unsaved(desk: Desk, meaning: &'static str) -> View {
    let drafts = keep_asking(desk, Drafts);
    (move || {
        let count = drafts.with(|drafts| drafts.as_ref().and_then(|drafts| drafts.as_ref().ok()).map_or(0, Vec::len));
        let said = match count {
            0 => return None,
            1 => "One thing that you typed is not saved yet.".to_owned(),
            _ => format!("{count} things that you typed are not saved yet."),
        };
        Some(view! {
            <div class="notice" role="status">
                <p>{said}" "{meaning}</p>
                <p class="acts"><button type="button" on:click=move |_| desk.go(Place::Home)>"Look at it first"</button></p>
            </div>
        })
    })
    .into_view()
}

/// That something is in no backup, with the way to one. Nothing where the last one holds everything, and nothing while the journal is
/// locked: then it cannot be known.
pub fn in_no_backup(desk: Desk) -> View {
    if !desk.standing.with_untracked(|standing| matches!(standing, Standing::Inside(_))) {
        return ().into_view();
    }
    let meter = keep_asking(desk, ReadMeter);
    let said = move || match meter.get()?.ok()? {
        Meter { last_backup: None, things: 1.., .. } => {
            Some("There is no backup: what is written here is nowhere else.".to_owned())
        }
        Meter { last_backup: Some(made), changed_since: true, .. } => Some(format!(
            "Your last backup is of {}. What you have written since is nowhere else.",
            files::day(made.milliseconds() as f64)
        )),
        _ => None,
    };
    (move || {
        said().map(|said| {
            view! {
                <div class="notice" role="status">
                    <p>{said}</p>
                    <p class="acts"><button type="button" on:click=move |_| desk.go(Place::Own)>"Make a backup"</button></p>
                </div>
            }
        })
    })
    .into_view()
}

/// Words that were typed and not saved. They stand first, because they are what could be missed.
pub fn drafts(desk: Desk) -> View {
    let drafts = keep_asking(desk, Drafts);
    (move || match drafts.get() {
        Some(Ok(drafts)) if !drafts.is_empty() => {
            let lines: Vec<_> = drafts.into_iter().map(|draft| draft_view(desk, draft)).collect();
            view! {
                <section class="waiting" aria-labelledby="drafts">
                    <h2 id="drafts">"Not saved yet"</h2>
                    <p class="hint">
                        "You typed this and did not save it. "
                        {if desk.keeps() { "It is kept on this device until you do." } else { "It is only in this tab." }}
                    </p>
                    <ul class="things">{lines}</ul>
                </section>
            }
        }
        _ => ().into_view(),
    })
    .into_view()
}

fn draft_view(desk: Desk, draft: DraftLine) -> View {
    let id = draft.summary.id;
    let act = Act::new();
    let sure = RwSignal::new(false);
    let letting_go = move |_| {
        act.ask(desk, DiscardDraft { id }, move |()| {
            desk.changes.update(|changes| *changes += 1);
        });
    };
    let kind = line::kind_name(&draft.summary.kind);
    let name = line::name(&draft.summary);
    let kind = (name != kind).then(|| view! { <span class="kind">{kind}</span> });
    let changed = dates::moment(draft.summary.changed);
    let lost = if draft.parent == 0 {
        "This was never saved. Letting go of it removes it for good."
    } else {
        "What was saved before stays. Letting go removes what you typed after that, for good."
    };
    view! {
        <li class="thing">
            <button type="button" class="opens" on:click=move |_| desk.go(Place::Write(Start::Again(id)))>
                {line::mark(&draft.summary.kind)} {kind} " " <span class="name">{name}</span>
            </button>
            <p class="facts">{format!("Typed {changed}")}</p>
            {draft.cut.then(|| view! {
                <p class="notice warm">"Something that you added to it may have been cut off before it was kept. Open it to see what is there."</p>
            })}
            {move || if sure.get() {
                view! {
                    <p>{lost}</p>
                    <p class="acts">
                        <button type="button" class="danger" disabled=move || act.busy.get() on:click=letting_go>"Remove these words"</button>
                        <button type="button" on:click=move |_| sure.set(false)>"Keep them"</button>
                    </p>
                }
            } else {
                view! {
                    <p class="acts">
                        <button type="button" disabled=move || !desk.may_write() on:click=move |_| desk.go(Place::Write(Start::Again(id)))>
                            "Go on writing"
                        </button>
                        <button type="button" class="plain" disabled=move || !desk.may_write() on:click=move |_| sure.set(true)>"Let go of it"</button>
                    </p>
                }
            }}
            {act.told()}
        </li>
    }
}
