//! The library in memory follows the folder, and a broken folder never takes its place.

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{self, RecvTimeoutError},
    },
    time::Duration,
};

use jiff::Timestamp;
use server::library::{Outcome, Shelf, StartError, watch::Watch};

use crate::house::{House, article, article_with, clock, get};

const BROKEN: &str = "---\nslug: \"broken\"\n---\n\nNo title.\n";

#[tokio::test]
async fn a_broken_file_leaves_the_last_good_library() {
    let house = House::new();
    let state = house.state();
    let router = server::web::router(state.clone());
    house.write("articles/broken.md", BROKEN);
    house.write("articles/new.md", &article("new", "New"));

    let Outcome::Kept(diagnostics) = state.shelf.refresh() else { panic!("a broken folder was taken") };
    assert!(diagnostics.iter().any(|problem| problem.path == "articles/broken.md" && problem.is_error()));
    assert!(state.shelf.broken() > 0);
    assert_eq!(get(&router, "/articles/rest").await.status, 200);
    assert_eq!(get(&router, "/articles/new").await.status, 404);
    assert_eq!(get(&router, "/readyz").await.status, 200);
    assert!(matches!(state.shelf.refresh(), Outcome::Unchanged), "the same errors were reported twice");

    house.remove("articles/broken.md");
    assert!(matches!(state.shelf.refresh(), Outcome::Replaced(_)));
    assert_eq!(state.shelf.broken(), 0);
    assert_eq!(get(&router, "/articles/new").await.status, 200);
}

#[test]
fn a_broken_folder_does_not_start_unless_that_is_wanted() {
    let house = House::new();
    house.write("articles/broken.md", BROKEN);
    let now = clock("2026-03-01T12:00:00Z");
    let Err(StartError::Broken(diagnostics)) = Shelf::open(house.content(), false, now.clone()) else {
        panic!("a broken folder was served")
    };
    assert!(diagnostics.iter().any(|problem| problem.path == "articles/broken.md"));
    let (shelf, _) = Shelf::open(house.content(), true, now).unwrap();
    assert_eq!(shelf.current().library.articles().len(), 2);
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it() {
    let error = Shelf::open("/nowhere/at/all".as_ref(), true, clock("2026-03-01T12:00:00Z")).err().unwrap();
    assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
}

#[test]
fn a_folder_that_vanishes_leaves_the_library() {
    let house = House::new();
    let shelf = house.shelf();
    std::fs::rename(house.content(), house.content().with_extension("away")).unwrap();
    assert!(matches!(shelf.refresh(), Outcome::Unreadable(_)));
    assert_eq!(shelf.current().library.articles().len(), 2);
    std::fs::rename(house.content().with_extension("away"), house.content()).unwrap();
}

#[test]
fn a_scheduled_article_appears_on_its_day() {
    let house = House::new();
    house.write("articles/later.md", &article("later", "Later").replace("2026-01-08", "2026-03-02"));
    let now: Arc<Mutex<Timestamp>> = Arc::new(Mutex::new("2026-03-01T23:59:59Z".parse().unwrap()));
    let told = now.clone();
    let (shelf, _) = Shelf::open(house.content(), false, Arc::new(move || *told.lock().unwrap())).unwrap();
    assert!(shelf.current().library.article("later").is_none());
    assert!(matches!(shelf.refresh(), Outcome::Unchanged));
    *now.lock().unwrap() = "2026-03-02T00:00:00Z".parse().unwrap();
    assert!(matches!(shelf.refresh(), Outcome::Replaced(_)));
    assert!(shelf.current().library.article("later").is_some());
}

#[test]
fn drafts_and_files_set_aside_are_not_shown() {
    let house = House::new();
    house.write("articles/draft.md", &article_with("draft", "draft: true"));
    house.write("articles/_aside.md", "not even front matter");
    house.write("README.md", "# How we write");
    assert_eq!(house.shelf().current().library.articles().len(), 2);
}

#[test]
fn the_watcher_sees_a_new_article_within_seconds() {
    let house = House::new();
    let shelf = Arc::new(house.shelf());
    let (tell, told) = mpsc::channel();
    let _watch = Watch::start(shelf.clone(), move |outcome| {
        let _ = tell.send(matches!(outcome, Outcome::Replaced(_)));
    })
    .unwrap();
    house.write("articles/new.md", &article("new", "New"));
    assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok(true));
    assert!(shelf.current().library.article("new").is_some());
    // Reading the folder must not wake the watcher again.
    assert_eq!(told.recv_timeout(Duration::from_secs(1)), Err(RecvTimeoutError::Timeout));
}
