//! Cards, the pictures of link previews: how long one takes, cold and kept, and what many at once do to the server.
//!
//! The crowd asks for distinct cards, the worst that strangers can do. While it asks, a page is asked for again and again: what a
//! reader waits meanwhile is the figure that matters.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{figures::Figures, http, process, text};
use crate::{
    Result,
    place::Place,
    server::{Start, free_address},
    steps::Steps,
};

const PART: &str = "cards";
/// Cards that are timed one by one.
const ALONE: usize = 30;
/// Cards that are asked for at once.
const CROWD: usize = 200;
/// Between two requests for a page.
const PAUSE: Duration = Duration::from_millis(20);

/// Asks for cards alone, again, and all at once.
pub fn measure(place: &Place, steps: &mut Steps, figures: &mut Figures) -> Result<()> {
    let address = free_address()?;
    let content = text(&place.root.join("content"));
    let args = ["--content", &content, "--address", &address, "--rate-limit", "0"].map(str::to_owned);
    let log = place.logs().join("bench-cards.log");
    let start = Start { place, profile: "release", args: &args, dev: false, log: Some(&log) };
    let server = steps.take("Start the server", || start.go())?;
    let cards = addresses(&server.url)?;
    if cards.len() < ALONE + CROWD {
        return Err(format!("{} sections are too few to ask for {} cards", cards.len(), ALONE + CROWD));
    }
    figures.about("cards", json!({ "at once": CROWD }));

    let (alone, crowd) = cards.split_at(ALONE);
    let (mut cold, mut kept, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    // The first one reads the faces as well, once.
    http::get(&server.url, "/cards/home.png", "identity")?;
    for path in alone {
        for times in [&mut cold, &mut kept] {
            let begun = Instant::now();
            let card = http::get(&server.url, path, "identity")?;
            times.push(millis(begun.elapsed()));
            bytes.push(card.body.len() as f64);
        }
    }
    figures.add(PART, "one card, drawn", "ms", cold);
    figures.add(PART, "one card, kept", "ms", kept);
    figures.add(PART, "its size", "B", bytes);

    figures.add(
        PART,
        "memory before the crowd",
        "MB",
        process::peak_memory(server.id()).into_iter().collect(),
    );
    let crowd = &crowd[..CROWD];
    let done = AtomicBool::new(false);
    let begun = Instant::now();
    let (answers, pages) = thread::scope(|scope| {
        let reader = scope.spawn(|| waits(&server.url, &done));
        let asking: Vec<_> =
            crowd.iter().map(|path| scope.spawn(|| http::ask(&server.url, path, "identity"))).collect();
        let answers: Vec<_> =
            asking.into_iter().map(|one| one.join().expect("asking does not panic")).collect();
        done.store(true, Ordering::Relaxed);
        (answers, reader.join().expect("asking does not panic"))
    });
    let took = begun.elapsed();
    let statuses: Vec<u16> = answers.into_iter().map(|answer| Ok(answer?.status)).collect::<Result<_>>()?;
    let count = |status: u16| statuses.iter().filter(|&&known| known == status).count() as f64;
    figures.add(PART, "of the crowd, answered", "", vec![count(200)]);
    figures.add(PART, "of the crowd, told to come back", "", vec![count(503)]);
    figures.add(PART, "until all had an answer", "ms", vec![millis(took)]);
    figures.add(PART, "memory at its highest", "MB", process::peak_memory(server.id()).into_iter().collect());
    figures.add(PART, "a page meanwhile", "ms", pages?);
    Ok(())
}

/// How long a page takes, again and again until it is done.
fn waits(origin: &str, done: &AtomicBool) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    while !done.load(Ordering::Relaxed) {
        let begun = Instant::now();
        http::get(origin, "/crisis", "identity")?;
        times.push(millis(begun.elapsed()));
        thread::sleep(PAUSE);
    }
    Ok(times)
}

/// The cards of all sections.
fn addresses(origin: &str) -> Result<Vec<String>> {
    let read = |path: &str| -> Result<Value> {
        serde_json::from_slice(&http::get(origin, path, "identity")?.body)
            .map_err(|error| format!("{path}: {error}"))
    };
    let mut cards = Vec::new();
    for article in read("/api/v1/articles?limit=100")?["items"].as_array().into_iter().flatten() {
        let slug = article["slug"].as_str().unwrap_or_default();
        for section in read(&format!("/api/v1/articles/{slug}"))?["sections"].as_array().into_iter().flatten()
        {
            // What would have to be coded in an address is left out.
            let anchor = section["anchor"].as_str().filter(|anchor| anchor.is_ascii());
            cards.extend(anchor.map(|anchor| format!("/cards/articles/{slug}/{anchor}.png")));
        }
    }
    Ok(cards)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
