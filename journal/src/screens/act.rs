//! What a button sets going: one thing at a time, and its trouble told where the button is.

use std::{future::Future, pin::Pin};

use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use crate::{
    protocol::{Command, Trouble},
    screens::view::prelude::*,
};

/// What is done, and what may go wrong in it.
pub type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>>>>;

/// Something that a button sets going.
#[derive(Clone, Copy)]
pub struct Act {
    /// Whether it goes on.
    pub busy: RwSignal<bool>,
    /// What went wrong.
    pub trouble: RwSignal<Option<Trouble>>,
}

impl Act {
    /// Nothing goes on.
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), trouble: RwSignal::new(None) }
    }

    /// Sets it going, unless something goes on already. The screen may be gone before it is done.
    pub fn run(self, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        self.go(Box::pin(work));
    }

    /// The same for a single question: it is asked, and what is answered is handed on. That is less code than work for each.
    pub fn ask<C: Command>(self, desk: Desk, command: C, then: impl FnOnce(C::Answer) + 'static) {
        if self.begins() {
            desk.then(command, move |answer| self.ends(answer.map(then)));
        }
    }

    fn go(self, work: Work) {
        if self.begins() {
            spawn_local(async move { self.ends(work.await) });
        }
    }

    fn begins(self) -> bool {
        if self.busy.get_untracked() {
            return false;
        }
        self.busy.set(true);
        self.trouble.set(None);
        true
    }

    fn ends(self, done: Result<(), Trouble>) {
        self.busy.try_set(false);
        if let Err(trouble) = done {
            self.trouble.try_set(Some(trouble));
        }
    }

    /// Tells a trouble where this stands, or wherever the keeper is, once this screen is gone.
    pub fn tell(self, desk: Desk, trouble: Trouble) {
        if let Some(trouble) = self.trouble.try_set(Some(trouble)).flatten().filter(|_| desk.is_inside()) {
            desk.trouble.set(Some(trouble));
        }
    }

    /// After a slip the keyboard goes to where it is put right. What was waited behind had taken it away.
    pub fn returns_to(self, field: impl Fn(&Trouble) -> &'static str + 'static) {
        effect(move || {
            if let Some(field) = self.trouble.with(|trouble| trouble.as_ref().map(&field)) {
                super::dom::after(0, move || {
                    if let Some(field) = super::dom::select(field) {
                        super::dom::focus(&field);
                    }
                });
            }
        });
    }

    /// The trouble, said where this stands.
    pub fn told(self) -> View {
        (move || self.trouble.get().map(|trouble| warn(&trouble.told()))).into_view()
    }
}

/// Something that went wrong, in words.
pub fn warn(words: &str) -> View {
    let lines: Vec<_> = words.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    view! { <div class="notice warm" role="alert">{lines}</div> }
}

/// Turns the keyboard to the new heading whenever a screen goes on to another step of its own.
pub fn turns<T: Send + Sync + 'static>(step: RwSignal<T>) {
    Effect::new(move |before: Option<()>| {
        step.track();
        if before.is_some() {
            super::dom::turn_to_heading();
        }
    });
}
