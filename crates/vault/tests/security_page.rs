//! Holds the page on security to the tests that exist: each threat that it lists is held by tests of that id in the files that it
//! names, and no test of a threat is left out of it.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Where tests that carry an id live.
const ROOMS: [&str; 5] = ["crates/vault", "crates/journal", "journal/src", "server/tests", "end2end/tests"];

type Held = BTreeMap<u32, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The ids that a line of code names a test with: `fn t31_…` in Rust, `test("T31 …"` or `test("T30 T33 …"` in a spec.
fn ids(line: &str) -> Vec<u32> {
    let line = line.trim_start();
    if line.starts_with("//") {
        return Vec::new();
    }
    let number = |word: &str| word.strip_prefix(['t', 'T']).and_then(|digits| digits.parse().ok());
    if let Some(name) = line.strip_prefix("fn ").or_else(|| line.strip_prefix("async fn ")) {
        return name.split('_').map_while(number).collect();
    }
    let title = line.split_once("test(\"").or_else(|| line.split_once("test(`"));
    title.map(|(_, title)| title.split(' ').map_while(number).collect()).unwrap_or_default()
}

fn written(folder: &Path, held: &mut Held) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            written(&path, held);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "ts") {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            for id in fs::read_to_string(&path).unwrap().lines().flat_map(ids) {
                held.entry(id).or_default().insert(name.clone());
            }
        }
    }
}

/// The rows `| T31 | what | `file`, `file` |` of the page.
fn claimed() -> Held {
    let page = fs::read_to_string(root().join("docs/SECURITY.md")).unwrap();
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| T")?.split(" | ");
        let id = cells.next()?.parse().ok()?;
        let files = cells.nth(1)?.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        Some((id, files))
    });
    rows.collect()
}

#[test]
fn the_page_on_security_names_exactly_the_files_with_tests_of_each_threat() {
    let mut held = Held::new();
    ROOMS
        .iter()
        .map(|room| root().join(room))
        .filter(|room| room.is_dir())
        .for_each(|room| written(&room, &mut held));
    let claimed = claimed();
    let differ: Vec<_> = (1..=40)
        .filter(|id| claimed.get(id) != held.get(id))
        .map(|id| format!("T{id}: the page says {:?}, there is {:?}", claimed.get(&id), held.get(&id)))
        .collect();
    assert!(differ.is_empty(), "docs/SECURITY.md:\n{}", differ.join("\n"));
}

/// T32: what changes a key is held to its rules in `merge.rs`. Whoever offers it to keepers writes the test in a browser, too.
#[test]
fn t32_no_program_changes_the_key_of_a_vault() {
    let mut sources = Vec::new();
    read(&root().join("journal/src"), &mut sources);
    assert!(sources.iter().any(|source| source.contains("RecoveryPhrase::create")), "the worker was read");
    for name in ["Rotation", "with_new_key"] {
        assert!(sources.iter().all(|source| !source.contains(name)), "the journal's program has {name}");
    }
}

fn read(folder: &Path, sources: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else {
            sources.push(fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn t29_the_servers_code_cannot_name_what_a_keeper_writes() {
    for package in ["app", "server", "frontend"] {
        let manifest = fs::read_to_string(root().join(package).join("Cargo.toml")).unwrap();
        let named = |dependency: &str| {
            manifest.lines().any(|line| line.split(['.', ' ', '=']).next() == Some(dependency))
        };
        assert!(!named("journal") && !named("vault"), "{package} depends on the journal or the vault");
        assert!(named("leptos") || named("app"), "the manifest of {package} was not understood");
    }
}
