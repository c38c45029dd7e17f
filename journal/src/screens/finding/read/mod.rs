//! Reading one thing: what it says, what stands beside it, and what can be done with it.

mod body;
mod capture;
mod check_in;
mod entry;
mod plan;
mod session;
mod week;

pub use body::body;

use journal::{Content, Filter, Kind, Record, RecordId, Summary};

use super::{
    asked::{Asked, ask, keep_asking},
    line,
    state::Finding,
};
use crate::{
    protocol::{Delete, List, Open, Opened, Trouble, Undelete, Why},
    screens::{
        act::{Act, warn},
        dates,
        desk::Desk,
        dom,
        place::{Place, Start},
        view::prelude::*,
    },
};

/// One thing.
pub fn read(desk: Desk, id: RecordId) -> View {
    let here = Finding::here();
    let opened = keep_asking(desk, Open { id });
    let name = Memo::new(move |_| {
        opened.with(|opened| match opened {
            None => "One moment…".to_owned(),
            Some(Ok(opened)) => heading(&opened.record),
            Some(Err(_)) => "This cannot be shown".to_owned(),
        })
    });
    Effect::new(move |before: Option<()>| {
        let name = name.get();
        if before.is_some() {
            dom::announce(&name);
        }
    });
    view! {
        <article class="finding reading-one">
            {move || kind(opened)}
            <h1>{name}</h1>
            {move || match opened.get() {
                None => ().into_view(),
                Some(Err(trouble)) => not_there(desk, id, &trouble),
                Some(Ok(opened)) => one(desk, here, &opened),
            }}
        </article>
    }
}

/// What stands above it: its title, or its kind where it has none. First words are not made a title here, because they follow.
fn heading(record: &Record) -> String {
    let title = title(record);
    if title.is_empty() { line::kind_name(&record.kind()).to_owned() } else { title.to_owned() }
}

fn title(record: &Record) -> &str {
    match &record.content {
        Content::Entry(entry) => entry.title.trim(),
        Content::Course(course) => course.name.trim(),
        _ => "",
    }
}

/// The kind above a title.
fn kind(opened: RwSignal<Asked<Opened>>) -> View {
    let titled = opened.with(|opened| {
        let record = &opened.as_ref()?.as_ref().ok()?.record;
        (!title(record).is_empty()).then(|| record.kind())
    });
    titled
        .map(|kind| view! { <p class="kind">{line::mark(&kind)} " " {line::kind_name(&kind)}</p> })
        .into_view()
}

fn not_there(desk: Desk, id: RecordId, trouble: &Trouble) -> View {
    let act = Act::new();
    let back = (trouble.why == Why::Deleted).then(|| {
        let bring = move |_| {
            act.ask(desk, Undelete { id }, move |_| {
                desk.changes.update(|changes| *changes += 1);
            });
        };
        view! { <button type="button" class="primary" disabled=move || act.busy.get() || !desk.may_write() on:click=bring>"Bring it back"</button> }
    });
    view! {
        {warn(&trouble.told())}
        <p class="acts">{back}<button type="button" on:click=move |_| desk.go(Place::Home)>"Back to the journal"</button></p>
        {act.told()}
    }
}

fn one(desk: Desk, here: Finding, opened: &Opened) -> View {
    let (id, record) = (opened.id, &opened.record);
    view! {
        {facts(desk, here, id, record)}
        {draft(desk, opened)}
        {body(desk, record)}
        {beside(desk, id, record)}
        {acts(desk, here, opened)}
    }
}

/// When, with what labels, in which session.
fn facts(desk: Desk, here: Finding, id: RecordId, record: &Record) -> View {
    let summary = Summary::of(id, record);
    let when = match record.content {
        Content::CheckIn(_) => dates::full(summary.day),
        Content::Week(_) => format!("The week from {}", dates::full(summary.day)),
        _ => [dates::full(summary.day), dates::time(summary.at)].join(", "),
    };
    let label = |name: String, filter: Filter| {
        view! {
            <li><button type="button" class="label" on:click=move |_| here.narrow_to(desk, filter.clone())>{name}</button></li>
        }
    };
    let tags = record
        .tags
        .iter()
        .map(|tag| label(format!("#{tag}"), Filter { tag: Some(tag.clone()), ..Filter::default() }));
    let themes = record
        .themes
        .iter()
        .map(|theme| label(theme.clone(), Filter { theme: Some(theme.clone()), ..Filter::default() }));
    let labels: Vec<_> = tags.chain(themes).collect();
    let labels = (!labels.is_empty())
        .then(|| view! { <ul class="labels-of" aria-label="Show everything with">{labels}</ul> });
    let session = summary.session.filter(|session| *session != id).map(|session| {
        view! {
            <p><button type="button" class="plain" on:click=move |_| desk.go(Place::Read(session))>"The session that it belongs to"</button></p>
        }
    });
    view! { <div class="facts-of"><p class="facts">{when}</p>{labels}{session}</div> }
}

fn draft(desk: Desk, opened: &Opened) -> View {
    let id = opened.id;
    let words = match (&opened.draft, opened.revision) {
        (_, 0) => "This was never saved. These are the words as they were typed last.",
        (Some(_), _) => "You typed more after this and did not save it. Those words are kept.",
        (None, _) => return ().into_view(),
    };
    view! {
        <div class="notice">
            <p>{words}</p>
            <p class="acts">
                <button type="button" disabled=move || !desk.may_write() on:click=move |_| desk.go(Place::Write(Start::Again(id)))>
                    "Go on writing"
                </button>
            </p>
        </div>
    }
}

/// What looks back on this, and what belongs to it.
fn beside(desk: Desk, id: RecordId, record: &Record) -> View {
    let (title, filter) = match &record.content {
        Content::Entry(_) | Content::Capture(_) => {
            ("Written beside it", Filter { reflects: Some(id), ..Filter::default() })
        }
        Content::Session(_) => {
            ("What belongs to this session", Filter { session: Some(id), ..Filter::default() })
        }
        Content::Course(_) => {
            ("Its sessions", Filter { course: Some(id), kinds: vec![Kind::Session], ..Filter::default() })
        }
        Content::Week(week) => (
            "What the week held",
            Filter { from: Some(week.first), to: Some(week.first.plus(6)), ..Filter::default() },
        ),
        _ => return ().into_view(),
    };
    let page = RwSignal::new(None);
    ask(desk, page, List { filter, from: 0, count: 100 });
    (move || match page.get() {
        Some(Ok(page)) => {
            let lines: Vec<_> = page.things.iter().filter(|thing| thing.id != id).map(|thing| thing_line(desk, thing)).collect();
            (!lines.is_empty())
                .then(|| view! { <section class="beside" aria-label=title><h2>{title}</h2><ul class="things">{lines}</ul></section> })
                .into_view()
        }
        Some(Err(trouble)) => warn(&trouble.told()),
        None => ().into_view(),
    })
    .into_view()
}

fn thing_line(desk: Desk, thing: &Summary) -> View {
    let id = thing.id;
    line::dated(thing, line::first_words(thing), move || desk.go(Place::Read(id)))
}

fn acts(desk: Desk, here: Finding, opened: &Opened) -> View {
    let (id, record) = (opened.id, &opened.record);
    let act = Act::new();
    let finished = matches!(&record.content, Content::Capture(capture) if capture.finished.is_some());
    let known = !matches!(record.content, Content::Other(_));
    let session = Summary::of(id, record).session;
    let reflects = matches!(record.content, Content::Entry(_) | Content::Capture(_)).then_some(id);
    let saved = opened.revision > 0;
    let may = move || desk.may_write();
    let edit = match record.content {
        Content::SafetyPlan(_) => Place::Safety,
        Content::Week(ref week) => Place::Week(Some(week.first)),
        _ => Place::Write(Start::Again(id)),
    };
    let edit = (known && !finished).then(|| {
        view! { <button type="button" class="primary" disabled=move || !may() on:click=move |_| desk.go(edit.clone())>"Edit"</button> }
    });
    let write = (saved && matches!(record.kind(), Kind::Entry | Kind::Capture | Kind::Session)).then(|| {
        let name = if reflects.is_some() { "Write beside it" } else { "Write about it" };
        let start = Start::About { session, reflects };
        view! {
            <button type="button" class:primary=finished disabled=move || !may() on:click=move |_| desk.go(Place::Write(start.clone()))>
                {name}
            </button>
        }
    });
    let earlier = saved.then(|| view! { <button type="button" on:click=move |_| desk.go(Place::History(id))>"Earlier states"</button> });
    let delete = move |_| {
        act.ask(desk, Delete { id }, move |()| {
            here.deleted.set(Some(id));
            dom::announce("Deleted. You can bring it back.");
            desk.stay(Place::Home);
        });
    };
    let delete = saved.then(|| {
        view! { <button type="button" class="danger" disabled=move || !may() || act.busy.get() on:click=delete>"Delete"</button> }
    });
    let print = move |_| {
        dom::call(&dom::window(), "print", &[]);
    };
    view! {
        <div class="acts ends-it">
            {edit} {write} {earlier}
            <button type="button" on:click=print>"Print this"</button>
            {delete}
        </div>
        {act.told()}
    }
}
