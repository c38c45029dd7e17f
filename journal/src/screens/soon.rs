//! What waits for a quiet moment, such as putting on disk what is typed: it is done when nothing more came for a while, and at the
//! latest some time after the first of what it is for. Typing without a pause puts it off no longer than that.

use std::cell::Cell;

use super::dom;

/// Something that is done soon.
#[derive(Default)]
pub struct Soon {
    timer: Cell<Option<i32>>,
    /// When it was first asked for.
    since: Cell<Option<f64>>,
}

impl Soon {
    /// Does it after so much quiet, and at the latest so long after it was first asked for, in milliseconds.
    pub fn act(&self, quiet: i32, latest: f64, act: impl FnOnce() + 'static) {
        let now = js_sys::Date::now();
        let since = self.since.get().filter(|since| *since <= now).unwrap_or(now);
        self.over();
        self.since.set(Some(since));
        let left = (since + latest - now).max(0.0) as i32;
        self.timer.set(Some(dom::after(quiet.min(left), act)));
    }

    /// It is done, or wanted no more. Answers whether it was waited for.
    pub fn over(&self) -> bool {
        self.since.set(None);
        let timer = self.timer.take();
        timer.map(dom::cancel).is_some()
    }
}
