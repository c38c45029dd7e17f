//! When to look at the folder again.
//!
//! The system's notifications wake the watcher; a slow poll stands behind them, because network folders send
//! none and queues overflow. Where the system cannot notify at all, the poll is quick. At midnight UTC the
//! calendar wakes it: articles appear on their day.

use std::{
    path::Path,
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Outcome, Shelf};

/// How long a folder must be quiet before it is read: editors write in several steps.
const QUIET: Duration = Duration::from_millis(300);
/// A folder that is never quiet is read all the same.
const PATIENCE: Duration = Duration::from_secs(3);
const SLOW_POLL: Duration = Duration::from_secs(30);
const QUICK_POLL: Duration = Duration::from_secs(2);

enum Wake {
    Changed,
    Stop,
}

/// A running watcher. Dropping it stops the thread.
pub struct Watch {
    wake: Sender<Wake>,
    thread: Option<thread::JoinHandle<()>>,
    /// Kept alive as long as the thread; `None` where the system cannot notify.
    _notifier: Option<RecommendedWatcher>,
}

impl Watch {
    /// Watches the shelf's folder; `report` hears of every look that found something.
    pub fn start(shelf: Arc<Shelf>, report: impl Fn(&Outcome) + Send + 'static) -> std::io::Result<Self> {
        let (wake, woken) = mpsc::channel();
        let notifier = match notify_of(shelf.root(), wake.clone()) {
            Ok(notifier) => Some(notifier),
            Err(error) => {
                tracing::warn!(%error, "the system cannot watch the content folder: looking every 2 seconds");
                None
            }
        };
        let poll = if notifier.is_some() { SLOW_POLL } else { QUICK_POLL };
        let thread = thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || run(&shelf, &woken, poll, report))?;
        Ok(Self { wake, thread: Some(thread), _notifier: notifier })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Neither can fail but by the thread being gone already, which is what we want.
        let _ = self.wake.send(Wake::Stop);
        let _ = self.thread.take().map(thread::JoinHandle::join);
    }
}

fn notify_of(root: &Path, wake: Sender<Wake>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading the folder makes events of its own. An error means events were lost: look.
        if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            let _ = wake.send(Wake::Changed);
        }
    })?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(watcher)
}

fn run(shelf: &Shelf, woken: &Receiver<Wake>, poll: Duration, report: impl Fn(&Outcome)) {
    loop {
        match woken.recv_timeout(poll.min(until_midnight(shelf.now()))) {
            Ok(Wake::Changed) => {
                if !settle(woken) {
                    return;
                }
            }
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        match shelf.refresh() {
            Outcome::Unchanged => {}
            outcome => report(&outcome),
        }
    }
}

/// Waits until the folder is quiet; `false` when told to stop.
fn settle(woken: &Receiver<Wake>) -> bool {
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        match woken.recv_timeout(QUIET) {
            Ok(Wake::Changed) => {}
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => break,
        }
    }
    true
}

/// Time until the next day in UTC, and a little more, so that it has begun.
fn until_midnight(now: Timestamp) -> Duration {
    let tomorrow = now
        .to_zoned(TimeZone::UTC)
        .date()
        .checked_add(1.day())
        .and_then(|date| date.to_zoned(TimeZone::UTC))
        .map(|midnight| midnight.timestamp());
    match tomorrow {
        Ok(midnight) => Duration::try_from(midnight - now).unwrap_or_default() + Duration::from_millis(50),
        // The end of the calendar: there is no next day to wait for.
        Err(_) => SLOW_POLL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_is_a_moment_after_the_day_ends_in_utc() {
        let evening: Timestamp = "2026-03-28T23:59:00Z".parse().unwrap();
        assert_eq!(until_midnight(evening), Duration::from_millis(60_050));
        let begun: Timestamp = "2026-03-29T00:00:00Z".parse().unwrap();
        assert_eq!(until_midnight(begun), Duration::from_millis(86_400_050));
    }
}
