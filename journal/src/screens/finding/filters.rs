//! What lists and search are narrowed to: kind, session, tag, theme, days. What is set stands as chips that take it away again; the
//! choices themselves are folded until they are asked for.

use journal::{Day, Filter, Kind, RecordId, Summary};

use super::{
    asked::{Asked, ask},
    line,
    state::Finding,
};
use crate::{
    protocol::{Labels, LabelsInUse, List, Page},
    screens::{dates, desk::Desk, dom, view::prelude::*, widgets::fresh_id},
};

/// The kinds that lists can be narrowed to.
const KINDS: [Kind; 6] = [Kind::Entry, Kind::Capture, Kind::CheckIn, Kind::Session, Kind::Week, Kind::Course];
/// How many sessions are offered, from the newest on.
const SESSIONS: usize = 200;

/// The filters.
pub fn filters(desk: Desk, here: Finding) -> View {
    let open = RwSignal::new(false);
    let sessions = RwSignal::new(None::<Result<Page, _>>);
    let labels = RwSignal::new(None::<Result<LabelsInUse, _>>);
    effect(move || {
        desk.changes.track();
        let named = here.filter.with(|filter| filter.session.is_some());
        if open.get() || named {
            let filter = Filter { kinds: vec![Kind::Session], ..Filter::default() };
            ask(desk, sessions, List { filter, from: 0, count: SESSIONS });
        }
        if open.get() {
            ask(desk, labels, Labels);
        }
    });
    view! {
        <div class="narrowing">
            {move || active(here, sessions)}
            <details on:toggle=move |event| open.set(dom::get(&event_target::<web_sys::Element>(&event), "open").is_truthy())>
                <summary>"Narrow"</summary>
                {move || open.get().then(|| choices(here, sessions, labels))}
            </details>
        </div>
    }
}

/// Takes something away from a filter.
type Unset = Box<dyn Fn(&mut Filter)>;

/// What is set, each with a button that takes it away.
fn active(here: Finding, sessions: RwSignal<Asked<Page>>) -> View {
    let filter = here.filter.get();
    let mut set: Vec<(String, Unset)> = Vec::new();
    for kind in filter.kinds.clone() {
        set.push((
            line::kinds_name(&kind).to_owned(),
            Box::new(move |filter| filter.kinds.retain(|other| *other != kind)),
        ));
    }
    if let Some(id) = filter.session {
        let name =
            named(sessions, id).map_or_else(|| "One session".to_owned(), |session| session_name(&session));
        set.push((name, Box::new(|filter| filter.session = None)));
    }
    if let Some(tag) = &filter.tag {
        set.push((format!("Tag: {tag}"), Box::new(|filter| filter.tag = None)));
    }
    if let Some(theme) = &filter.theme {
        set.push((format!("Theme: {theme}"), Box::new(|filter| filter.theme = None)));
    }
    if let Some(from) = filter.from {
        set.push((format!("From {}", dates::date(from)), Box::new(|filter| filter.from = None)));
    }
    if let Some(to) = filter.to {
        set.push((format!("Until {}", dates::date(to)), Box::new(|filter| filter.to = None)));
    }
    if set.is_empty() {
        return ().into_view();
    }
    let set: Vec<_> = set
        .into_iter()
        .map(|(name, take)| {
            view! {
                <li>
                    <button type="button" class="set" on:click=move |_| here.filter.update(|filter| take(filter))>
                        {name} <span aria-hidden="true">"×"</span><span class="unseen">", take away"</span>
                    </button>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="set-filters" aria-label="Only these are shown">{set}
            <li><button type="button" class="plain" on:click=move |_| here.filter.set(Filter::default())>"Show everything"</button></li>
        </ul>
    }
}

/// The controls follow the filter without being made anew, so that the focus stays where the keeper's finger is.
fn choices(here: Finding, sessions: RwSignal<Asked<Page>>, labels: RwSignal<Asked<LabelsInUse>>) -> View {
    let kinds = KINDS.map(|kind| {
        let name = line::kinds_name(&kind);
        let (shown, chosen) = (kind.clone(), kind);
        view! {
            <label class="chip">
                <input
                    type="checkbox"
                    prop:checked=move || here.filter.with(|filter| filter.kinds.contains(&shown))
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        here.filter.update(|filter| {
                            filter.kinds.retain(|other| *other != chosen);
                            if on {
                                filter.kinds.push(chosen.clone());
                            }
                        });
                    }
                />
                <span>{name}</span>
            </label>
        }
    });
    let session = pick(
        "Session",
        Memo::new(move |_| {
            let all = sessions.get().and_then(Result::ok).unwrap_or_default().things;
            all.iter().map(|session| (session.id.to_string(), session_name(session))).collect()
        }),
        Memo::new(move |_| here.filter.with(|filter| filter.session).map(|id| id.to_string())),
        Box::new(move |key| here.filter.update(|filter| filter.session = key.parse().ok())),
    );
    let tag = pick(
        "Tag",
        Memo::new(move |_| counted(labels.get().and_then(Result::ok).unwrap_or_default().tags)),
        Memo::new(move |_| here.filter.with(|filter| filter.tag.clone())),
        Box::new(move |key| here.filter.update(|filter| filter.tag = some(key))),
    );
    let theme = pick(
        "Theme",
        Memo::new(move |_| counted(labels.get().and_then(Result::ok).unwrap_or_default().themes)),
        Memo::new(move |_| here.filter.with(|filter| filter.theme.clone())),
        Box::new(move |key| here.filter.update(|filter| filter.theme = some(key))),
    );
    let from = day_field(
        "From",
        Memo::new(move |_| here.filter.with(|filter| filter.from)),
        Box::new(move |day| {
            here.filter.update(|filter| filter.from = day);
        }),
    );
    let to = day_field(
        "Until",
        Memo::new(move |_| here.filter.with(|filter| filter.to)),
        Box::new(move |day| {
            here.filter.update(|filter| filter.to = day);
        }),
    );
    view! {
        <fieldset class="chips"><legend>"Kind"</legend>{kinds.into_iter().collect::<Vec<_>>()}</fieldset>
        <div class="choices">{session} {tag} {theme} {from} {to}</div>
    }
}

type Options = Vec<(String, String)>;

/// One of several, or any. Nothing is shown where there is nothing to choose.
fn pick(
    name: &'static str,
    options: Memo<Options>,
    chosen: Memo<Option<String>>,
    told: Box<dyn Fn(String) + Send>,
) -> View {
    let told = StoredValue::new_local(told);
    let there = Memo::new(move |_| options.with(|options| !options.is_empty()));
    (move || {
        there.get().then(|| {
            let id = fresh_id();
            let all = move || {
                let each = |(key, words): (String, String)| {
                    let own = key.clone();
                    let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&own));
                    view! { <option value=key prop:selected=selected>{words}</option> }
                };
                options.get().into_iter().map(each).collect::<Vec<_>>()
            };
            view! {
                <div class="field">
                    <label for=id.clone()>{name}</label>
                    <select id=id on:change=move |event| told.with_value(|told| told(event_target_value(&event)))>
                        <option value="" prop:selected=move || chosen.with(Option::is_none)>"Any"</option>
                        {all}
                    </select>
                </div>
            }
        })
    })
    .into_view()
}

fn day_field(name: &'static str, day: Memo<Option<Day>>, told: Box<dyn Fn(Option<Day>)>) -> View {
    let id = fresh_id();
    let value = move || day.get().map(|day| day.to_string()).unwrap_or_default();
    view! {
        <div class="field">
            <label for=id.clone()>{name}</label>
            <input type="date" id=id prop:value=value on:change=move |event| told(event_target_value(&event).parse().ok()) />
        </div>
    }
}

fn counted(labels: Vec<(String, usize)>) -> Vec<(String, String)> {
    labels.into_iter().map(|(label, count)| (label.clone(), format!("{label} ({count})"))).collect()
}

fn some(key: String) -> Option<String> {
    (!key.is_empty()).then_some(key)
}

fn named(sessions: RwSignal<Asked<Page>>, id: RecordId) -> Option<Summary> {
    sessions.get()?.ok()?.things.into_iter().find(|session| session.id == id)
}

/// A session by its day and, where there is one, its intention.
pub fn session_name(session: &Summary) -> String {
    let day = dates::date(session.day);
    if session.title.is_empty() {
        format!("Session, {day}")
    } else {
        format!("Session, {day}: {}", session.title)
    }
}
