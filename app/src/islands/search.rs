//! The search box: an editable combobox with a list, as the ARIA Authoring Practices describe it.
//!
//! Until it is awake it is the field of a plain form. Awake, it finds on the device with every key: the index comes with
//! the first focus, and what is typed goes nowhere. [`acts`] is what it does, [`engine`] what finds, [`page`] the
//! results page made in the browser, [`arrival`] the marks on the page that was chosen, [`recent`] what was asked lately.

use ::html::Html;
use ::search::{Found, Hit, Place};
use leptos::prelude::*;

use crate::search::{kind, pieces};

#[cfg(feature = "hydrate")]
mod acts;
#[cfg(feature = "hydrate")]
mod arrival;
#[cfg(feature = "hydrate")]
pub(crate) mod engine;
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
    let list = move || match combo.found.with(|found| found.as_ref().map(|found| groups(combo.room, found))) {
        Some(groups) => groups,
        None => combo.recent.with(|recent| questions(combo.room, recent)),
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
                placeholder=if room == Room::Header { "Ask or search" } else { "Ask in your own words" }
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
                    <div class="list" role="listbox" id=room.list() hidden=move || !combo.listed() aria-label="Found" inner_html=list></div>
                    <div class="removers" hidden=move || !recalled() inner_html=move || combo.recent.with(|recent| removers(recent))></div>
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

/// What was found, as HTML: a group an article, an option a section. Which option is chosen is marked by [`acts`].
fn groups(room: Room, found: &Found) -> String {
    let mut html = Html::new();
    let mut at = 0;
    for hit in hits(found) {
        let name = format!("{}-title", room.option(at));
        html.open("div", &[("role", "group"), ("class", "group"), ("aria-labelledby", &name)]);
        html.open("p", &[("class", "of"), ("id", &name)]);
        pieces(&hit.title, &mut html);
        html.close("p");
        for place in places(hit) {
            option(&room.option(at), &hit.slug, place, &mut html);
            at += 1;
        }
        html.close("div");
    }
    html.finish()
}

fn option(id: &str, slug: &str, place: &Place, html: &mut Html) {
    let mut href = format!("/articles/{slug}");
    if !place.heading.is_empty() {
        href = format!("{href}#{}", place.anchor);
    }
    html.open("a", &[("role", "option"), ("tabindex", "-1"), ("id", id), ("href", &href), NOT_CHOSEN]);
    html.open("b", &[]);
    if place.heading.is_empty() {
        html.text("From the start");
    }
    pieces(&place.heading, html);
    html.close("b").element("span", &[("class", "kind")], &kind(place).unwrap_or_default());
    html.open("span", &[("class", "snippet")]);
    pieces(&place.snippet, html);
    html.close("span").close("a");
}

const NOT_CHOSEN: (&str, &str) = ("aria-selected", "false");

/// What was asked lately, to be asked again.
fn questions(room: Room, recent: &[String]) -> String {
    let mut html = Html::new();
    for (at, question) in recent.iter().enumerate() {
        let id = room.option(at);
        let attributes = [
            ("role", "option"),
            ("class", "again"),
            ("id", &id),
            ("data-again", question.as_str()),
            NOT_CHOSEN,
        ];
        html.element("div", &attributes, question);
    }
    html.finish()
}

/// A list may hold nothing but options, so what removes them stands beside it, line by line.
fn removers(recent: &[String]) -> String {
    let mut html = Html::new();
    for question in recent {
        let label = format!("Forget “{question}”");
        let attributes = [("type", "button"), ("data-forget", question.as_str()), ("aria-label", &label)];
        html.element("button", &attributes, "×");
    }
    html.finish()
}
