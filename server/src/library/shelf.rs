//! The edition that is being read, and how another takes its place.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::ArcSwap;
use article::{Diagnostic, Library, Severity};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tokio::sync::watch;

use super::{Searchable, defaults, folder};

/// Tells the time; tests bring their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A library as it was loaded: one day's view of one state of the folder.
#[derive(Debug)]
pub struct Edition {
    /// What there is to read.
    pub library: Library,
    /// How it is searched.
    pub search: Searchable,
    /// Images that may be served, by their path below the content folder.
    pub images: HashMap<String, (u32, u32)>,
    /// The day it was made for: what is scheduled for later is not in it.
    pub day: Date,
}

/// Holds the current [`Edition`] of a content folder.
pub struct Shelf {
    root: PathBuf,
    lenient: bool,
    clock: Clock,
    current: ArcSwap<Edition>,
    /// The state and the day that were last looked at, good or not. Held while loading: one load at a time.
    seen: Mutex<(u64, Date)>,
    /// Errors of the folder as it is now; 0 when what is served is what is there.
    broken: AtomicU64,
    changes: watch::Sender<u64>,
}

/// What came of looking at the folder again.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing has changed since the last look.
    Unchanged,
    /// A new edition is being read; there may be warnings, and errors where the shelf is lenient.
    Replaced(Vec<Diagnostic>),
    /// The folder has errors: the last good edition stays.
    Kept(Vec<Diagnostic>),
    /// The folder cannot be read: the last good edition stays.
    Unreadable(io::Error),
}

/// Why there is no library to start with.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder is not there or not ours to read.
    #[error("the content folder cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// The folder has errors. Says all of them.
    #[error("the content folder has errors ({})", summary(.0))]
    Broken(Vec<Diagnostic>),
}

/// "2 errors, 1 warning"
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = errors(diagnostics);
    let count = |number: usize, name: &str| format!("{number} {name}{}", if number == 1 { "" } else { "s" });
    format!("{}, {}", count(errors, "error"), count(diagnostics.len() - errors, "warning"))
}

fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
}

impl Shelf {
    /// Loads the folder. With `lenient`, articles with errors are left out instead of stopping the start.
    /// Returns what is to be said about the folder along with the shelf.
    pub fn open(root: &Path, lenient: bool, clock: Clock) -> Result<(Self, Vec<Diagnostic>), StartError> {
        let files = folder::list(root)?;
        let state = (folder::fingerprint(&files), today(&clock));
        let (edition, diagnostics) = understand(&files, state.1);
        let errors = errors(&diagnostics);
        if errors > 0 && !lenient {
            return Err(StartError::Broken(diagnostics));
        }
        let shelf = Self {
            root: root.to_owned(),
            lenient,
            clock,
            seen: Mutex::new(state),
            broken: AtomicU64::new(errors as u64),
            current: ArcSwap::from_pointee(edition),
            changes: watch::Sender::new(0),
        };
        Ok((shelf, diagnostics))
    }

    /// What is being read now. Take it once a request, so that a request sees one edition.
    pub fn current(&self) -> Arc<Edition> {
        self.current.load_full()
    }

    /// Today, in UTC.
    pub fn today(&self) -> Date {
        today(&self.clock)
    }

    /// The time, as far as this shelf knows.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The content folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How many errors the folder has as it is now.
    pub fn broken(&self) -> u64 {
        self.broken.load(Ordering::Relaxed)
    }

    /// Ticks when an edition takes another's place.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Looks at the folder and at the calendar, and loads if either has changed.
    pub fn refresh(&self) -> Outcome {
        // A panic in a load leaves nothing half done: the edition is swapped whole or not at all.
        let mut seen = self.seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let day = self.today();
        let files = match folder::list(&self.root) {
            Ok(files) => files,
            Err(error) => return Outcome::Unreadable(error),
        };
        // The state before reading: what is written while we read makes another state.
        let state = (folder::fingerprint(&files), day);
        if *seen == state {
            return Outcome::Unchanged;
        }
        let (edition, diagnostics) = understand(&files, day);
        *seen = state;
        let errors = errors(&diagnostics);
        self.broken.store(errors as u64, Ordering::Relaxed);
        if errors > 0 && !self.lenient {
            return Outcome::Kept(diagnostics);
        }
        self.current.store(Arc::new(edition));
        self.changes.send_modify(|count| *count += 1);
        Outcome::Replaced(diagnostics)
    }
}

fn today(clock: &Clock) -> Date {
    clock().to_zoned(TimeZone::UTC).date()
}

/// Reads a folder once, as `doorway check` does: nothing is made that only readers need.
pub(crate) fn load(root: &Path, today: Date) -> io::Result<(Library, Vec<Diagnostic>)> {
    let (library, _, diagnostics) = read(&folder::list(root)?, today);
    Ok((library, diagnostics))
}

fn understand(files: &[folder::File], day: Date) -> (Edition, Vec<Diagnostic>) {
    let (library, images, diagnostics) = read(files, day);
    let search = Searchable::new(&library);
    (Edition { library, search, images, day }, diagnostics)
}

fn read(files: &[folder::File], day: Date) -> (Library, HashMap<String, (u32, u32)>, Vec<Diagnostic>) {
    let mut folder = folder::read(files);
    defaults::fill(&mut folder.sources);
    let (library, mut diagnostics) = Library::build(&folder.sources, day);
    diagnostics.splice(0..0, folder.unreadable);
    (library, folder.sources.images, diagnostics)
}
