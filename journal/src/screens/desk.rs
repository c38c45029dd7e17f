//! What every screen is handed: the line to the worker, how far the door is open, and where the keeper is.

mod locking;

use std::ops::Deref;

use futures_util::lock::Mutex;
use journal::Settings;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{PopStateEvent, Worker};

use locking::Savers;

use super::{dom, place::Place, words};
use crate::{
    asking::Line,
    protocol::{
        Command, Door, Event, Inside, Look, ReadSettings, Role, Stage, Trouble, Why, WhyLocked, WriteSettings,
    },
    screens::view::prelude::*,
};

/// Where this browser remembers that a journal is kept here: a mark, and nothing about it.
const REMEMBERED: &str = "doorway.journal";
/// Longer than this nothing of an address is taken in, in bytes.
const LONGEST_ASKED: usize = 22_000;
/// The number of the first command of a program beside the one that has started the worker, which never comes so far.
const BESIDE: u32 = 1 << 31;

/// How far the door is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It is being looked at.
    Looking,
    /// Outside, in front of this.
    Outside(Door),
    /// Inside.
    Inside(Inside),
}

/// How far a long command is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much is done.
    pub done: usize,
    /// Of how much; 0 where that is not known.
    pub of: usize,
}

/// What screens share. There is one in a document; copies are the same.
#[derive(Clone, Copy)]
pub struct Desk(&'static OnDesk);

impl Deref for Desk {
    type Target = OnDesk;

    fn deref(&self) -> &OnDesk {
        self.0
    }
}

/// What lies on a desk.
pub struct OnDesk {
    line: StoredValue<Option<Line>, LocalStorage>,
    /// How far the door is open.
    pub standing: RwSignal<Standing>,
    /// Why it was locked last, if not by the keeper here and now.
    pub locked: RwSignal<Option<WhyLocked>>,
    /// Where the keeper is.
    pub place: RwSignal<Place>,
    /// What an article asked, or a pack, as it came with the address: opened once the door is.
    pub asked: RwSignal<Option<String>>,
    /// How far a long command is, while there is one.
    pub progress: RwSignal<Option<Progress>>,
    /// Something that must be told wherever the keeper is.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Counts what changed in the journal: lists that are on the screen ask again.
    pub changes: RwSignal<u32>,
    /// Whether everything is read, so that lists and search are complete.
    pub ready: RwSignal<bool>,
    /// How the keeper wants the journal to be; the usual while it is locked.
    pub settings: RwSignal<Settings>,
    /// Whether that is known already.
    pub settings_known: RwSignal<bool>,
    /// Changes of the settings wait here for one another.
    changing: Mutex<()>,
    /// When the keeper was last seen to do something, in milliseconds since 1970.
    touched: StoredValue<f64>,
    /// Unsaved words are put on disk by these before the door is locked.
    savers: StoredValue<Savers, LocalStorage>,
    /// Places by their number in the browser's history.
    visited: StoredValue<Vec<Place>, LocalStorage>,
}

impl Desk {
    /// Before the door was looked at.
    pub fn new() -> Self {
        // Kept as long as the document, so that a closure that needs the desk carries a word and no more.
        Self(Box::leak(Box::new(OnDesk {
            line: StoredValue::new_local(None),
            standing: RwSignal::new(Standing::Looking),
            locked: RwSignal::new(None),
            place: RwSignal::new(Place::Home),
            asked: RwSignal::new(None),
            progress: RwSignal::new(None),
            trouble: RwSignal::new(None),
            changes: RwSignal::new(0),
            ready: RwSignal::new(false),
            settings: RwSignal::new(Settings::default()),
            settings_known: RwSignal::new(false),
            changing: Mutex::new(()),
            touched: StoredValue::new(js_sys::Date::now()),
            savers: StoredValue::new_local(Savers::default()),
            visited: StoredValue::new_local(vec![Place::Home]),
        })))
    }

    /// At a worker that another program has started and will end, whose journal is open.
    pub fn beside(worker: Worker) -> Self {
        let desk = Self::new();
        let line = Line::new(worker, BESIDE, move |event| match event {
            Event::Locked(_) | Event::Trouble(_) => {}
            event => desk.happened(event),
        });
        desk.line.set_value(Some(line));
        desk.look();
        desk
    }

    /// A worker that another program has ended answers nothing any more: what still waits for it ends with trouble, and so does
    /// what is asked from now on.
    pub fn let_go(self) {
        self.line.with_value(|line| line.as_ref().map(Line::let_go));
    }

    /// The worker, while there is one.
    pub fn worker(self) -> Option<Worker> {
        self.line.with_value(|line| line.as_ref().map(Line::worker))
    }

    /// Takes in what the address brought, watches the browser's history, and looks at the door.
    pub fn start(self) {
        self.asked.set(asked());
        let window = dom::window();
        // An address of ours names no place.
        if let Ok(history) = window.history() {
            history.replace_state_with_url(&JsValue::from_f64(0.0), "", Some("/journal")).ok();
        }
        dom::listen::<PopStateEvent>(&window, "popstate", move |event| {
            let number = event.state().as_f64().unwrap_or_default() as usize;
            let place = self.visited.with_value(|visited| visited.get(number).cloned());
            self.place.set(place.unwrap_or_default());
        });
        // A page that comes back out of the browser's memory must not come back open.
        dom::listen::<web_sys::Event>(&window, "pagehide", move |event| {
            if dom::get(&event, "persisted").is_truthy() {
                self.shut();
            }
        });
        self.look();
    }

    /// Starts a worker, if there is none, and looks at the door.
    pub fn look(self) {
        self.standing.set(Standing::Looking);
        self.then(Look { remembered: remembered() }, move |door| match door {
            Ok(Door::Open(inside)) => self.entered(*inside),
            Ok(door) => self.standing.set(Standing::Outside(door)),
            Err(trouble) => self.standing.set(Standing::Outside(Door::Shut(trouble))),
        });
    }

    /// Asks the worker, starting one if there is none.
    ///
    /// # Errors
    /// What the worker says.
    pub fn ask<C: Command>(self, command: C) -> impl Future<Output = Result<C::Answer, Trouble>> {
        self.line().ask(command)
    }

    /// Asks with bytes or a file beside. `Uint8Array`s are handed over: they are empty afterwards.
    ///
    /// # Errors
    /// What the worker says.
    pub async fn ask_with<C: Command>(
        self,
        command: C,
        beside: Vec<JsValue>,
    ) -> Result<(C::Answer, Vec<JsValue>), Trouble> {
        let answer = self.line().ask_with(command, beside).await;
        self.progress.set(None);
        answer
    }

    /// Looks at the door again where a journal turned out to stand that was not seen before, and says so in front of it.
    ///
    /// # Errors
    /// What came is handed on.
    pub fn or_look_again<T>(self, came: Result<T, Trouble>) -> Result<T, Trouble> {
        if let Err(trouble) = &came
            && trouble.why == Why::Here
        {
            self.trouble.set(Some(trouble.clone()));
            self.look();
        }
        came
    }

    /// Asks, and tells the keeper if it could not be done. For what needs no answer beside the button that was pressed.
    pub fn tell<C: Command>(self, command: C, then: impl FnOnce(C::Answer) + 'static) {
        self.then(command, move |answer| match answer {
            Ok(answer) => then(answer),
            Err(trouble) => self.trouble.set(Some(trouble)),
        });
    }

    /// Asks, and hands on what is answered.
    pub fn then<C: Command>(self, command: C, then: impl FnOnce(Result<C::Answer, Trouble>) + 'static) {
        self.line().then(command, then);
    }

    fn line(self) -> Line {
        if let Some(line) = self.line.get_value() {
            return line;
        }
        let line = Line::new(start_worker(), 1, move |event| self.happened(event));
        self.line.set_value(Some(line.clone()));
        line
    }

    fn happened(self, event: Event) {
        match event {
            Event::Progress { stage, done, of, .. } => self.progress.set(Some(Progress { stage, done, of })),
            Event::Changed(_) => {
                self.changes.update(|changes| *changes += 1);
                self.read_settings();
            }
            Event::Ready => {
                self.ready.set(true);
                self.changes.update(|changes| *changes += 1);
            }
            Event::Locked(why) => {
                self.locked.set(Some(why));
                if why == WhyLocked::Wiped {
                    forget();
                    self.shut();
                } else {
                    self.lock_here();
                }
            }
            Event::Role(role) => self.standing.update(|standing| {
                if let Standing::Inside(inside) = standing {
                    inside.role = role;
                }
            }),
            Event::Trouble(trouble) => self.trouble.set(Some(trouble)),
        }
    }

    /// The keeper has come in.
    pub fn entered(self, inside: Inside) {
        if inside.kept {
            remember();
        }
        self.locked.set(None);
        self.progress.set(None);
        self.touch();
        self.standing.set(Standing::Inside(inside));
        self.read_settings();
    }

    fn read_settings(self) {
        self.tell(ReadSettings, move |settings| {
            if self.settings.with_untracked(|known| *known != settings) {
                self.settings.set(settings);
            }
            if !self.settings_known.get_untracked() {
                self.settings_known.set(true);
            }
        });
    }

    /// Changes the settings as they stand with the worker, so that what it has noted in them meanwhile is not lost.
    ///
    /// # Errors
    /// What the worker says.
    pub async fn change_settings(self, change: impl FnOnce(&mut Settings)) -> Result<(), Trouble> {
        let turn = self.changing.lock().await;
        let mut settings = self.ask(ReadSettings).await?;
        change(&mut settings);
        self.ask(WriteSettings { settings: settings.clone() }).await?;
        drop(turn);
        self.settings.set(settings);
        Ok(())
    }

    /// The keeper is here: the time until the journal locks by itself begins anew. Touches and keys say so by themselves; what
    /// goes on without them, as a recording does, calls this.
    pub fn touch(self) {
        self.touched.set_value(js_sys::Date::now());
    }

    /// For how long the keeper has done nothing, in milliseconds. A clock that was set back counts as a touch.
    pub fn idle(self) -> f64 {
        let idle = js_sys::Date::now() - self.touched.get_value();
        if idle < 0.0 {
            self.touch();
        }
        idle.max(0.0)
    }

    /// Whether the keeper is inside now.
    pub fn is_inside(self) -> bool {
        self.standing.with_untracked(|standing| matches!(standing, Standing::Inside(_)))
    }

    /// Whether this tab may write.
    pub fn may_write(self) -> bool {
        self.standing
            .with(|standing| matches!(standing, Standing::Inside(inside) if inside.role == Role::Writer))
    }

    /// Why this tab may not write, in words; none if it may.
    pub fn only_reads(self) -> Option<&'static str> {
        self.standing.with(|standing| match standing {
            Standing::Inside(inside) if inside.role == Role::Reader => {
                Some(words::only_reads(inside.refused))
            }
            _ => None,
        })
    }

    /// Whether what is written is kept on this device: all but what is written without saving.
    pub fn keeps(self) -> bool {
        self.standing.with(|standing| !matches!(standing, Standing::Inside(inside) if !inside.kept))
    }

    /// Goes to another place.
    pub fn go(self, place: Place) {
        if self.place.get_untracked() == place {
            return;
        }
        let number = self.visited.try_update_value(|visited| {
            visited.push(place.clone());
            visited.len() - 1
        });
        let number = JsValue::from_f64(number.unwrap_or_default() as f64);
        if let Ok(history) = dom::window().history() {
            history.push_state_with_url(&number, "", Some("/journal")).ok();
        }
        self.place.set(place);
    }

    /// Puts another place where the keeper is.
    pub fn stay(self, place: Place) {
        self.named(place.clone());
        self.place.set(place);
    }

    /// Says how to come back to what is on the screen, as when a new thing has got its name. The screen stays as it is.
    pub fn named(self, place: Place) {
        let number = dom::window().history().ok().and_then(|history| history.state().ok());
        let number = number.and_then(|number| number.as_f64()).unwrap_or_default() as usize;
        self.visited.update_value(|visited| {
            if let Some(there) = visited.get_mut(number) {
                *there = place;
            }
        });
    }

    /// Back to where the keeper came from.
    pub fn back(self) {
        if let Ok(history) = dom::window().history() {
            history.back().ok();
        }
    }

    /// Ends the worker: all that it knew is gone.
    pub fn end_worker(self) {
        if let Some(line) = self.line.try_update_value(Option::take).flatten() {
            line.end();
        }
    }

    /// Ends the worker and empties the screen, at once.
    pub fn shut(self) {
        self.end_worker();
        self.visited.set_value(vec![Place::Home]);
        self.place.set(Place::Home);
        self.asked.set(None);
        self.progress.set(None);
        self.trouble.set(None);
        self.ready.set(false);
        self.settings.set(Settings::default());
        self.settings_known.set(false);
        self.look();
        dom::hide(false);
    }
}

impl Trouble {
    /// As a keeper reads it.
    pub fn told(&self) -> String {
        words::told(self)
    }
}

fn start_worker() -> Worker {
    // The page's frame makes it, because it alone may name the worker's address.
    let made = dom::call(&dom::window(), "doorwayWorker", &[]);
    made.and_then(|worker| worker.dyn_into().ok())
        .expect("the frame that loaded this client can start its worker")
}

/// What an article asked, or a pack: the fragment `#write=…` of the address, not yet believed. The page's frame has taken it out of
/// the address before this client came, and gives it once.
fn asked() -> Option<String> {
    let fragment = dom::call(&dom::window(), "doorwayAsked", &[])?.as_string()?;
    let asked = fragment.strip_prefix("#write=")?;
    (asked.len() <= LONGEST_ASKED).then(|| asked.to_owned())
}

fn remembered() -> bool {
    dom::storage().and_then(|storage| storage.get_item(REMEMBERED).ok().flatten()).is_some()
}

fn remember() {
    dom::storage().map(|storage| storage.set_item(REMEMBERED, "kept"));
}

/// Forgets that a journal was kept here, after it was wiped.
pub fn forget() {
    dom::storage().map(|storage| storage.remove_item(REMEMBERED));
}
