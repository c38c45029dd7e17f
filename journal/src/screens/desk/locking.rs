//! Locking: unsaved words are put on disk first, then the door is locked and the worker ended.

use std::{
    cell::RefCell,
    pin::{Pin, pin},
    rc::Rc,
};

use futures_util::future::select;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use super::Desk;
use crate::{
    protocol::Lock,
    screens::{dom, view::prelude::*},
};

/// Longer than this locking does not wait for the last words and the worker, in milliseconds.
const LONGEST_LOCKING: i32 = 3_000;

/// What puts unsaved words on disk, by numbers.
pub type Savers = Rc<RefCell<Vec<(u32, Rc<dyn Fn() -> Saving>)>>>;
/// What is done when the last words are on disk.
pub type Saving = Pin<Box<dyn Future<Output = ()>>>;

impl Desk {
    /// Has unsaved words put on disk before the door is locked, until the screen that calls this goes.
    pub fn save_before_locking(self, save: impl Fn() -> Saving + 'static) {
        let number = self.add_saver(save);
        on_cleanup(move || self.remove_saver(number));
    }

    /// Does the last that a screen has left behind. The door is not locked before.
    pub fn end_before_locking(self, work: impl Future<Output = ()> + 'static) {
        let ended = future_to_promise(async move {
            work.await;
            Ok(JsValue::UNDEFINED)
        });
        let number = self.add_saver({
            let ended = ended.clone();
            move || {
                let ended = ended.clone();
                Box::pin(async move { drop(JsFuture::from(ended).await) })
            }
        });
        spawn_local(async move {
            JsFuture::from(ended).await.ok();
            self.remove_saver(number);
        });
    }

    fn add_saver(self, save: impl Fn() -> Saving + 'static) -> u32 {
        let savers = self.savers.get_value();
        let mut savers = savers.borrow_mut();
        let number = savers.last().map_or(0, |(number, _)| number + 1);
        savers.push((number, Rc::new(save)));
        number
    }

    fn remove_saver(self, number: u32) {
        if let Some(savers) = self.savers.try_get_value() {
            savers.borrow_mut().retain(|(other, _)| *other != number);
        }
    }

    /// Puts unsaved words on disk.
    pub async fn save_all(self) {
        let savers: Vec<_> = self.savers.get_value().borrow().iter().map(|(_, save)| save.clone()).collect();
        for save in savers {
            save().await;
        }
    }

    /// Puts unsaved words on disk, locks all tabs, and ends the worker. Nothing is seen of the journal from now on.
    pub fn lock(self) {
        self.put_away(true);
    }

    /// The same for this tab alone. Another may be in use: it knows that for itself.
    pub fn lock_here(self) {
        self.put_away(false);
    }

    fn put_away(self, everywhere: bool) {
        dom::hide(true);
        let line = self.line();
        spawn_local(async move {
            let locked = pin!(async {
                self.save_all().await;
                if everywhere {
                    line.ask(Lock).await.ok();
                }
            });
            // What takes longer is let go of: it would end in a journal that is open again.
            select(locked, pin!(dom::pause(LONGEST_LOCKING))).await;
            if self.worker() == Some(line.worker()) {
                self.shut();
            }
        });
    }
}
