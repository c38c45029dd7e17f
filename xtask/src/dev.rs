//! Build, serve, watch, and again. Content is the server's own affair: it watches its folder and swaps the
//! library while it runs. The style and the code come through here.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use crate::{
    Result,
    client::{self, Finish},
    place::Place,
    server::{self, Server, Start},
    setup::{self, Compiler},
    steps::Steps,
};

/// A few hundred files are looked at in a millisecond or two: no need for the system's own watching.
const PAUSE: Duration = Duration::from_millis(300);

/// What a change asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// `style/` or `public/`
    Style,
    /// Rust
    Code,
}

/// Where each kind of change is looked for.
const WATCHED: [(&str, Change); 9] = [
    ("style", Change::Style),
    ("public", Change::Style),
    ("app", Change::Code),
    ("crates", Change::Code),
    ("frontend", Change::Code),
    ("journal", Change::Code),
    ("server", Change::Code),
    ("Cargo.toml", Change::Code),
    ("Cargo.lock", Change::Code),
];

type Seen = BTreeMap<PathBuf, (Change, SystemTime, u64)>;

/// Runs until it is interrupted. `args` go to `doorway serve`.
pub fn run(place: &Place, steps: &mut Steps, args: &[String]) -> Result<()> {
    let compiler = setup::compiler(place, steps)?;
    let start = Start { place, profile: "debug", args, dev: true, log: None };
    let mut seen = look(&place.root);
    let mut change = Change::Code;
    let mut server = None;
    loop {
        match rebuild(place, steps, &compiler, change).and_then(|()| restart(&start, &mut server)) {
            Ok(url) => {
                eprintln!("\nServing at {url}; pages reload when something changes. Ctrl-C ends it.\n")
            }
            Err(message) => eprintln!("\n{message}\n\nWaiting for a change.\n"),
        }
        (change, seen) = next_change(&place.root, seen, &mut server);
        // A process of ours must not hold the file that cargo is about to write.
        if cfg!(windows) {
            server = None;
        }
    }
}

fn rebuild(place: &Place, steps: &mut Steps, compiler: &Compiler, change: Change) -> Result<()> {
    // The bundler does the style again and, where the client is as it was, little else.
    client::build(place, steps, compiler, Finish::Fast)?;
    match change {
        Change::Code => server::build(place, steps, false),
        Change::Style => Ok(()),
    }
}

/// After a new style too: a page that is open sees its connection end, and loads again when the new process
/// answers.
fn restart(start: &Start<'_>, server: &mut Option<Server>) -> Result<String> {
    *server = None;
    let started = start.go()?;
    let url = started.url.clone();
    *server = Some(started);
    Ok(url)
}

/// Waits for a change, and then until it is complete: an editor or git writes several files.
fn next_change(root: &Path, seen: Seen, server: &mut Option<Server>) -> (Change, Seen) {
    let mut before = seen;
    let mut greatest = None;
    loop {
        thread::sleep(PAUSE);
        if server.as_mut().is_some_and(|server| !server.runs()) {
            eprintln!("\nThe server has ended. Waiting for a change.\n");
            *server = None;
        }
        let now = look(root);
        match (difference(&before, &now), greatest) {
            (None, Some(change)) => return (change, now),
            (None, None) => {}
            (found, _) => greatest = greatest.max(found),
        }
        before = now;
    }
}

/// The greatest change between two looks.
fn difference(before: &Seen, now: &Seen) -> Option<Change> {
    let changed = now.iter().filter(|(path, state)| before.get(*path) != Some(*state));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    changed.chain(gone).map(|(_, (change, ..))| *change).max()
}

fn look(root: &Path) -> Seen {
    let mut seen = Seen::new();
    for (name, change) in WATCHED {
        note(root.join(name), change, &mut seen);
    }
    seen
}

fn note(path: PathBuf, change: Change, seen: &mut Seen) {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let Ok(metadata) = fs::metadata(&path) else { return };
    if hidden {
        return;
    }
    if metadata.is_dir() {
        let Ok(entries) = fs::read_dir(&path) else { return };
        entries.flatten().for_each(|entry| note(entry.path(), change, seen));
    } else {
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        seen.insert(path, (change, modified, metadata.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(files: &[(&str, Change, u64)]) -> Seen {
        files
            .iter()
            .map(|(path, change, size)| (PathBuf::from(path), (*change, SystemTime::UNIX_EPOCH, *size)))
            .collect()
    }

    #[test]
    fn code_weighs_more_than_style() {
        let before = seen(&[("a.css", Change::Style, 1), ("a.rs", Change::Code, 1)]);
        let style = seen(&[("a.css", Change::Style, 2), ("a.rs", Change::Code, 1)]);
        let both = seen(&[("a.css", Change::Style, 2), ("a.rs", Change::Code, 2)]);
        assert_eq!(difference(&before, &before), None);
        assert_eq!(difference(&before, &style), Some(Change::Style));
        assert_eq!(difference(&before, &both), Some(Change::Code));
    }

    #[test]
    fn a_file_that_comes_or_goes_is_a_change() {
        let one = seen(&[("a.rs", Change::Code, 1)]);
        assert_eq!(difference(&one, &Seen::new()), Some(Change::Code));
        assert_eq!(difference(&Seen::new(), &one), Some(Change::Code));
    }

    #[test]
    fn the_rooms_of_the_workspace_are_watched() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let seen = look(root);
        assert!(seen.contains_key(&root.join("app/src/lib.rs")));
        assert!(seen.contains_key(&root.join("style/main.css")));
        assert!(!seen.keys().any(|path| path.starts_with(root.join("content/articles"))));
    }
}
