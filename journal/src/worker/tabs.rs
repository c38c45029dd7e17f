//! Several tabs of one journal. One writes: the one that holds the browser's lock. The others follow, and take over when it goes.
//! What tabs tell each other is that something has happened, never what: each reads the sealed store for itself.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Object, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};

use super::browser::{call_later, object, part, sleep};

const CHANNEL: &str = "doorway-journal";
const LOCK: &str = "doorway-journal-writes";
/// How long a tab waits for another to say that it writes, where the browser has no locks. Milliseconds. One that answers later,
/// or never, is not written over: the store refuses whoever writes second.
const ANSWER_WITHIN: i32 = 300;
/// How long a tab that reads waits before it asks again, where the browser has no locks, in milliseconds; and up to as much
/// again, so that of several tabs one is the first.
const ASK_AGAIN: i32 = 1200;
/// A writing tab that has not answered so often has gone. One that only was busy is asked to no harm.
const UNANSWERED: u32 = 3;

/// What tabs tell each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Something was written.
    Changed,
    /// All are to lock.
    Lock,
    /// The journal was removed.
    Wiped,
    /// Does anybody write?
    WhoWrites,
    /// I do.
    IWrite,
}

impl Told {
    const ALL: [(Self, &str); 5] = [
        (Self::Changed, "changed"),
        (Self::Lock, "lock"),
        (Self::Wiped, "wiped"),
        (Self::WhoWrites, "who-writes"),
        (Self::IWrite, "i-write"),
    ];

    fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// The line to the other tabs, and whether this one writes.
#[derive(Default)]
pub struct Tabs {
    line: RefCell<Option<Line>>,
    /// Lets go of the lock.
    release: Rc<RefCell<Option<Function>>>,
    /// Whether somebody else has said that they write, since it was asked last where there are no locks.
    other_writes: Rc<Cell<bool>>,
    /// Whether this tab has written since it may.
    written: Cell<bool>,
    /// Whether this tab is asking for who writes.
    asking: Cell<bool>,
    /// Whether the browser has locks and refused to be asked for one.
    refused: Cell<bool>,
}

struct Line {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Listens to the other tabs. A browser without a channel has no other tabs to listen to.
    pub fn listen(&self, heard: impl Fn(Told) + 'static) {
        let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
        let other_writes = Rc::clone(&self.other_writes);
        let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(word) = event.data().as_string() else { return };
            let Some((told, _)) = Told::ALL.into_iter().find(|(_, known)| *known == word) else { return };
            if told == Told::IWrite {
                other_writes.set(true);
            }
            heard(told);
        });
        channel.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        *self.line.borrow_mut() = Some(Line { channel, _heard: closure });
    }

    /// Tells the other tabs.
    pub fn tell(&self, told: Told) {
        if let Some(line) = self.line.borrow().as_ref() {
            // What cannot be told is read anew by a tab that takes over.
            line.channel.post_message(&told.word().into()).ok();
        }
    }

    /// Tells the other tabs that something was written.
    pub fn tell_changed(&self) {
        self.tell(Told::Changed);
    }

    /// Tells the other tabs that this one writes, once it does, where no lock says it.
    pub fn has_written(&self) {
        if !self.written.replace(true) && !self.has_lock() {
            self.tell(Told::IWrite);
        }
    }

    /// Whether this tab may leave the writing to another that says that it writes: it has no lock and has written nothing.
    pub fn may_yield(&self) -> bool {
        !self.written.get() && !self.has_lock()
    }

    /// Whether this tab may write from now on, without waiting for another. Where the browser has no locks the first tab
    /// writes, and the others only read.
    pub async fn try_to_write(&self) -> bool {
        if self.has_lock() {
            return true;
        }
        match locks() {
            Some(locks) => self.have(&locks).await,
            None => !self.somebody_writes().await,
        }
    }

    fn has_lock(&self) -> bool {
        self.release.borrow().is_some()
    }

    async fn somebody_writes(&self) -> bool {
        self.other_writes.set(false);
        self.tell(Told::WhoWrites);
        sleep(ANSWER_WITHIN).await;
        self.other_writes.get()
    }

    /// Asks now and then, where the browser has no locks, until nobody answers any more. False where there are locks, where
    /// somebody is asking already, or once `go_on` says so.
    pub async fn writer_has_gone(&self, go_on: impl Fn() -> bool) -> bool {
        if locks().is_some() || self.asking.replace(true) {
            return false;
        }
        let mut unanswered = 0;
        while unanswered < UNANSWERED && go_on() {
            sleep(ASK_AGAIN + (js_sys::Math::random() * f64::from(ASK_AGAIN)) as i32).await;
            unanswered = if self.somebody_writes().await { 0 } else { unanswered + 1 };
        }
        self.asking.set(false);
        go_on()
    }

    /// Lets another tab write.
    pub fn let_go(&self) {
        self.written.set(false);
        if let Some(release) = self.release.borrow_mut().take() {
            release.call0(&JsValue::UNDEFINED).ok();
        }
    }

    /// Asks for the lock without waiting: whether this tab has it.
    async fn have(&self, locks: &JsValue) -> bool {
        let answer = Promise::new(&mut |answer, refused| {
            let release = Rc::clone(&self.release);
            let held = Closure::once_into_js(move |lock: JsValue| -> JsValue {
                let has = !lock.is_null();
                answer.call1(&JsValue::UNDEFINED, &has.into()).ok();
                if has { hold(&release) } else { JsValue::UNDEFINED }
            });
            request(locks, object(&[("ifAvailable", true.into())]), held, move || {
                refused.call0(&JsValue::UNDEFINED).ok();
            });
        });
        // Where it cannot even be asked for, this tab only reads, which loses nothing.
        let answer = JsFuture::from(answer).await;
        self.refused.set(answer.is_err());
        answer.is_ok_and(|has| has.is_truthy())
    }

    /// Whether no tab of this browser can write, because it refuses what would tell them apart.
    pub fn are_refused(&self) -> bool {
        self.refused.get()
    }

    /// Waits for the lock, and calls `granted` when this tab has it.
    pub fn wait(&self, granted: impl Fn() + 'static) {
        let Some(locks) = locks() else { return };
        let release = Rc::clone(&self.release);
        let held = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
            let promise = hold(&release);
            granted();
            promise
        });
        // A browser that refuses did so when the journal was opened.
        request(&locks, object(&[]), held, || {});
    }
}

/// Asks for the lock: `held` is called with it, and `refused` where the browser does not let it be asked for. What the browser
/// gives back tells that only later.
fn request(locks: &JsValue, options: Object, held: JsValue, refused: impl FnOnce() + 'static) {
    let locks = locks.clone();
    spawn_local(async move {
        if call_later(&locks, "request", &[&LOCK.into(), &options, &held]).await.is_err() {
            refused();
        }
    });
}

/// The browser's locks, where it has them.
fn locks() -> Option<JsValue> {
    part(&part(&js_sys::global(), "navigator")?, "locks")
}

/// A promise that keeps the lock until it is let go, or the worker ends.
fn hold(release: &RefCell<Option<Function>>) -> JsValue {
    Promise::new(&mut |resolve, _| *release.borrow_mut() = Some(resolve)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_tell_each_other_words_that_say_nothing_of_what_was_written() {
        for (at, (told, word)) in Told::ALL.into_iter().enumerate() {
            assert_eq!((told as usize, told.word()), (at, word));
        }
    }
}
