//! What the finding screens remember from one to the next, until the journal is locked.

use journal::{Day, Filter, RecordId};
use reactive_graph::owner::{provide_context, use_context};
use web_sys::KeyboardEvent;

use super::asked::Asked;
use crate::{
    protocol::SearchPage,
    screens::{desk::Desk, dom, place::Place, view::prelude::*},
};

/// How many things a timeline shows before it is asked for more.
pub const STEP: usize = 50;

/// What is remembered. Copies are the same.
#[derive(Clone, Copy)]
pub struct Finding {
    /// What lists and search are narrowed to.
    pub filter: RwSignal<Filter>,
    /// What is looked for; blank for nothing.
    pub query: RwSignal<String>,
    /// What was found for it.
    pub found: RwSignal<Asked<SearchPage>>,
    /// How many things the timeline shows.
    pub shown: RwSignal<usize>,
    /// What was opened out of a list, so that the keeper comes back to its line.
    pub opened: StoredValue<Option<RecordId>>,
    /// What was deleted just now and can be brought back with one press.
    pub deleted: RwSignal<Option<RecordId>>,
    /// The day that the calendar stands on, and whether it was chosen.
    pub day: RwSignal<Option<(Day, bool)>>,
    /// Notices that were put away, by their names.
    pub put_away: RwSignal<Vec<&'static str>>,
}

impl Finding {
    /// What the room has.
    pub fn here() -> Self {
        use_context().expect("the room settles before it shows a screen")
    }

    /// Whether something is looked for. Changes only when that does, and not with every key.
    pub fn looks(self) -> Memo<bool> {
        Memo::new(move |_| self.query.with(|query| !query.trim().is_empty()))
    }

    /// Whether anything narrows the lists.
    pub fn is_narrowed(self) -> bool {
        self.filter.with(|filter| *filter != Filter::default())
    }

    /// Shows everything with a tag, a theme or a session at home.
    pub fn narrow_to(self, desk: Desk, filter: Filter) {
        self.query.set(String::new());
        self.filter.set(filter);
        desk.go(Place::Home);
    }
}

/// Lays out what is remembered, for the room that calls this and as long as it is there; Ctrl or Cmd with K then opens the search.
pub fn settle(desk: Desk) {
    let here = Finding {
        filter: RwSignal::new(Filter::default()),
        query: RwSignal::new(String::new()),
        found: RwSignal::new(None),
        shown: RwSignal::new(STEP),
        opened: StoredValue::new(None),
        deleted: RwSignal::new(None),
        day: RwSignal::new(None),
        put_away: RwSignal::new(Vec::new()),
    };
    provide_context(here);
    super::search::keep_looking(desk, here);
    dom::listen_here(&dom::window(), "keydown", move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key())
            && !event.shift_key()
            && !event.alt_key()
            && event.key() == "k"
        {
            event.prevent_default();
            if desk.place.with_untracked(|place| *place == Place::Search) {
                super::search::focus();
            } else {
                desk.go(Place::Search);
            }
        }
    });
}
