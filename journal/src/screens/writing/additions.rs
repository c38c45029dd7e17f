//! What is still being added to a sheet: a photo that is made smaller, a recording that ends. Saving, leaving and locking wait for
//! it.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::Rc,
};

use futures_util::lock::{Mutex, MutexLockFuture};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The additions of one sheet.
#[derive(Default)]
pub struct Additions {
    /// Those that need much memory are made one after the other.
    turn: Mutex<()>,
    /// How many are on their way.
    pending: Cell<u32>,
    /// How many ever went wrong; and how many had when the first of those on their way set out.
    failed: Cell<u32>,
    failed_before: Cell<u32>,
    /// Who waits until none is on its way.
    waiting: RefCell<Vec<Function>>,
}

/// A moment in the life of a sheet's additions, to ask later whether all has gone well since.
#[derive(Clone, Copy)]
pub struct Since(u32);

impl Additions {
    /// Makes one beside those that are on their way already. `work` answers whether it went well.
    pub fn add(self: &Rc<Self>, work: Pin<Box<dyn Future<Output = bool>>>) {
        let all = Rc::clone(self);
        if !all.any() {
            all.failed_before.set(all.failed.get());
        }
        all.pending.set(all.pending.get() + 1);
        spawn_local(async move {
            if !work.await {
                all.failed.set(all.failed.get() + 1);
            }
            all.pending.set(all.pending.get() - 1);
            if !all.any() {
                for wake in all.waiting.take() {
                    wake.call0(&JsValue::UNDEFINED).ok();
                }
            }
        });
    }

    /// Waits for those that have asked before. What it gives is held for as long as the turn is needed.
    pub fn turn(&self) -> MutexLockFuture<'_, ()> {
        self.turn.lock()
    }

    /// Whether any is on its way.
    pub fn any(&self) -> bool {
        self.pending.get() > 0
    }

    /// The moment in which the first of those on their way set out, or now.
    pub fn since(&self) -> Since {
        Since(if self.any() { self.failed_before.get() } else { self.failed.get() })
    }

    /// Whether all that ended since then went well.
    pub fn well(&self, since: Since) -> bool {
        self.failed.get() == since.0
    }

    /// Waits until none is on its way. Answers whether all that ended meanwhile went well.
    pub async fn complete(&self) -> bool {
        let failed = self.failed.get();
        if self.any() {
            let all = Promise::new(&mut |wake, _| self.waiting.borrow_mut().push(wake));
            JsFuture::from(all).await.ok();
        }
        self.well(Since(failed))
    }
}
