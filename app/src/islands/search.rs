//! The search box: an editable combobox with a list, as the ARIA Authoring Practices describe it.
//!
//! Until it is awake it is the field of a plain form. Awake, it finds on the device with every key: the index comes with
//! the first focus, and what is typed goes nowhere. [`acts`] is what it does, [`engine`] what finds, [`page`] the
//! results page made in the browser, [`arrival`] the marks on the page that was chosen, [`recent`] what was asked lately.

use ::search::{Found, Hit, Place};
use leptos::prelude::*;

use crate::search::{kind, pieces};

#[cfg(feature = "hydrate")]
mod acts;
#[cfg(feature = "hydrate")]
mod arrival;
#[cfg(feature = "hydrate")]
pub(super) mod engine;
#[cfg(feature = "hydrate")]
mod header;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod recent;
#[cfg(feature = "hydrate")]
mod remote;

#[cfg(feature = "hydrate")]
pub(super) use page::{arrived, start};

/// Where a box stands. A page can have two, so each has its own ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// In the header of every page.
    Header,
    /// On the first page.
    Home,
    /// On the results page.
    Page,
}

impl Room {
    /// Its name in the document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Home => "home",
            Self::Page => "page",
        }
    }

    /// The id of its input.
    pub fn input(self) -> String {
        format!("search-{}", self.key())
    }

    fn list(self) -> String {
        format!("search-{}-list", self.key())
    }

    fn option(self, at: usize) -> String {
        format!("search-{}-{at}", self.key())
    }
}

/// Articles in the list of a box, and sections of each.
const SHOWN: (usize, usize) = (5, 3);

/// What a box knows. Cheap to copy: all copies are the same box.
#[derive(Clone, Copy)]
pub struct Combo {
    room: Room,
    /// Whether the client has taken over: only then it is a combobox.
    awake: RwSignal<bool>,
    /// Whether the reader is at it. What there is to show is shown only then.
    open: RwSignal<bool>,
    found: RwSignal<Option<Found>>,
    /// Questions of before, newest first; offered while nothing is typed.
    recent: RwSignal<Vec<String>>,
    /// The option that Enter would take.
    active: RwSignal<Option<usize>>,
    /// What is the matter, where there is nothing to choose from.
    says: RwSignal<&'static str>,
    /// What those hear who do not see the list.
    heard: RwSignal<String>,
    /// The card with the crisis lines, while the words sound like a crisis.
    crisis: RwSignal<String>,
}

impl Combo {
    fn new(room: Room) -> Self {
        Self {
            room,
            awake: RwSignal::new(false),
            open: RwSignal::new(false),
            found: RwSignal::new(None),
            recent: RwSignal::default(),
            active: RwSignal::new(None),
            says: RwSignal::new(""),
            heard: RwSignal::default(),
            crisis: RwSignal::default(),
        }
    }

    /// How many options the list has.
    fn options(self) -> usize {
        let found = self
            .found
            .with(|found| found.as_ref().map(|found| hits(found).map(|hit| places(hit).len()).sum()));
        found.unwrap_or_else(|| self.recent.with(Vec::len))
    }

    fn listed(self) -> bool {
        self.open.get() && self.options() > 0
    }

    fn shown(self) -> bool {
        self.open.get() && (self.options() > 0 || !self.says.get().is_empty())
    }
}

fn hits(found: &Found) -> impl Iterator<Item = &Hit> {
    found.hits.iter().take(SHOWN.0)
}

fn places(hit: &Hit) -> &[Place] {
    &hit.places[..hit.places.len().min(SHOWN.1)]
}

/// The field of a search form, and what unfolds from it.
#[component]
pub fn SearchBox(room: Room, #[prop(optional)] value: String) -> impl IntoView {
    let combo = Combo::new(room);
    #[cfg(feature = "hydrate")]
    acts::start(combo);
    let awake = move |value: &'static str| move || combo.awake.get().then_some(value);
    let list = move || match combo.found.with(|found| found.as_ref().map(|found| groups(combo, found))) {
        Some(groups) => groups,
        None => combo.recent.with(|recent| questions(combo, recent)),
    };
    let meant = move || combo.found.with(|found| found.as_ref().and_then(|found| found.meant.clone()));
    let recalled =
        move || combo.found.with(Option::is_none) && combo.recent.with(|recent| !recent.is_empty());
    view! {
        <div
            class="box"
            on:input=move |event| heard(combo, &event)
            on:keydown=move |event| heard(combo, &event)
            on:focusin=move |event| heard(combo, &event)
            on:focusout=move |event| heard(combo, &event)
            on:click=move |event| heard(combo, &event)
        >
            <input
                type="search"
                name="q"
                id=room.input()
                value=value
                placeholder="Ask in your own words"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                role=awake("combobox")
                aria-autocomplete=awake("list")
                aria-controls=move || combo.awake.get().then(|| room.list())
                aria-expanded=move || combo.awake.get().then(|| combo.listed().to_string())
                aria-activedescendant=move || combo.active.get().map(|at| room.option(at))
            />
            <div class="unfolded" hidden=move || !combo.shown()>
                <div class="crisis-place" hidden=move || combo.crisis.with(String::is_empty) inner_html=combo.crisis></div>
                <p class="says" hidden=move || combo.says.get().is_empty()>{move || combo.says.get()}</p>
                <button type="button" class="meant" data-meant="" hidden=move || meant().is_none()>
                    "Did you mean "<b>{meant}</b>"?"
                </button>
                <div class="columns">
                    <div class="list" role="listbox" id=room.list() hidden=move || !combo.listed() aria-label="Found">{list}</div>
                    <div class="removers" hidden=move || !recalled()>{move || removers(combo)}</div>
                </div>
                <p class="ends" hidden=move || !recalled()>
                    <button type="button" data-forget-all="">"Forget recent searches"</button>
                    <span class="facts">"Kept on this device only."</span>
                </p>
            </div>
            <p class="unseen" role="status">{combo.heard}</p>
        </div>
    }
}

/// Hands an event of the browser on; the server renders the box and never sees one.
fn heard(combo: Combo, event: &leptos::ev::Event) {
    #[cfg(feature = "hydrate")]
    acts::heard(combo, event);
    #[cfg(not(feature = "hydrate"))]
    let _ = (combo, event);
}

/// What was found: a group an article, an option a section.
fn groups(combo: Combo, found: &Found) -> Vec<AnyView> {
    let mut at = 0;
    hits(found)
        .map(|hit| {
            let name = format!("{}-title", combo.room.option(at));
            let options: Vec<_> = places(hit)
                .iter()
                .map(|place| {
                    at += 1;
                    option(combo, at - 1, &hit.slug, place)
                })
                .collect();
            view! {
                <div role="group" class="group" aria-labelledby=name.clone()>
                    <p class="of" id=name.clone()>{pieces(&hit.title)}</p>
                    {options}
                </div>
            }
            .into_any()
        })
        .collect()
}

fn option(combo: Combo, at: usize, slug: &str, place: &Place) -> AnyView {
    let (href, heading) = if place.heading.is_empty() {
        (format!("/articles/{slug}"), vec!["From the start".into_any()])
    } else {
        (format!("/articles/{slug}#{}", place.anchor), pieces(&place.heading))
    };
    let kind = kind(place);
    let active = combo.active;
    view! {
        <a role="option" tabindex="-1" id=combo.room.option(at) href=href aria-selected=move || (active.get() == Some(at)).to_string()>
            <b>{heading}</b>
            <span class="kind">{kind}</span>
            <span class="snippet">{pieces(&place.snippet)}</span>
        </a>
    }
    .into_any()
}

/// What was asked lately, to be asked again.
fn questions(combo: Combo, recent: &[String]) -> Vec<AnyView> {
    let active = combo.active;
    let questions = recent.iter().enumerate();
    questions
        .map(|(at, question)| {
            view! {
                <div role="option" class="again" id=combo.room.option(at) data-again=question.clone() aria-selected=move || (active.get() == Some(at)).to_string()>
                    {question.clone()}
                </div>
            }
            .into_any()
        })
        .collect()
}

/// A list may hold nothing but options, so what removes them stands beside it, line by line.
fn removers(combo: Combo) -> Vec<AnyView> {
    combo.recent.with(|recent| {
        recent
            .iter()
            .map(|question| {
                let label = format!("Forget “{question}”");
                view! { <button type="button" data-forget=question.clone() aria-label=label>"×"</button> }
                    .into_any()
            })
            .collect()
    })
}
