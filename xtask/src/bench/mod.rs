//! What the project says about its weight and speed, measured.
//!
//! - [`library`]: a folder of ten thousand articles, checked and served;
//! - [`pages`]: requests per second of one article page, beside nginx with the same bytes;
//! - [`cards`]: pictures of link previews, alone and two hundred at once;
//! - [`bytes`]: what crosses the wire at the first view, and the client;
//! - [`vault`]: the journal's worker in Chromium, with ten thousand entries;
//! - [`search`]: how well and how fast questions are answered, beside other search engines.
//!
//! Times are the machine's: a busy one measures itself, so the load is part of the report. Bytes are the
//! same everywhere. Only this machine is asked, at its loopback address.

mod articles;
mod bytes;
mod cards;
mod dice;
mod figures;
mod http;
mod library;
mod nginx;
mod pages;
mod process;
mod search;
mod vault;

use std::{env, fs, process::Command, thread};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    Result, client,
    place::Place,
    server::{self, Server, Start},
    setup,
    steps::Steps,
};
use figures::Figures;

/// What can be measured by itself.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum Part {
    /// Loading and checking a large made-up library: time, memory
    Library,
    /// Requests per second of one article page, beside nginx; needs wrk and nginx
    Pages,
    /// Pictures of link previews: time, memory, and what a page waits meanwhile
    Cards,
    /// Bytes of the first view of an article, and of the client
    Bytes,
    /// All of these
    All,
    /// The journal's worker in Chromium: unlocking, searching, saving, memory, bytes; needs Node and Chromium; by itself
    Vault,
    /// Ranking and speed of the search on collections of questions, beside other search engines; by itself
    Search(search::Wish),
}

/// What to measure, and how.
#[derive(Args)]
pub struct Wish {
    #[command(subcommand)]
    part: Part,
    /// Print one JSON object a line instead of a table
    #[arg(long, global = true)]
    json: bool,
    /// How many articles the made-up library has, or entries the made-up journal
    #[arg(long, global = true, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    articles: u32,
    /// How often each measurement is taken; medians are told
    #[arg(long, global = true, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=25))]
    runs: u32,
    /// How many seconds one measurement of requests takes
    #[arg(long, global = true, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=60))]
    seconds: u32,
    /// Measure what was built before, instead of building
    #[arg(long, global = true)]
    as_built: bool,
}

/// Builds, measures and tells.
pub fn run(place: &Place, steps: &mut Steps, wish: &Wish) -> Result<()> {
    if let Part::Search(asked) = &wish.part {
        return search::run(place, steps, wish, asked);
    }
    let wanted = |part| wish.part == part || wish.part == Part::All;
    if wanted(Part::Pages) {
        pages::tools()?;
    }
    if !wish.as_built {
        let compiler = setup::compiler(place, steps)?;
        client::build(place, steps, &compiler, client::Finish::Small)?;
        server::build(place, steps, true)?;
    }
    let mut figures = Figures::default();
    figures.about("machine", machine());
    if wanted(Part::Library) {
        library::measure(place, steps, wish, &mut figures)?;
    }
    if wanted(Part::Pages) {
        pages::measure(place, steps, wish, &mut figures)?;
    }
    if wanted(Part::Cards) {
        cards::measure(place, steps, &mut figures)?;
    }
    if wanted(Part::Bytes) {
        bytes::measure(place, steps, &mut figures)?;
    }
    if wish.part == Part::Vault {
        vault::measure(place, steps, wish, &mut figures)?;
    }
    figures.about("load at the end", json!({ "load": load() }));
    print!("{}", if wish.json { figures.lines() } else { figures.table() });
    Ok(())
}

/// The release server on a free port, with a folder of content.
fn serve(place: &Place, content: &str, log: &str) -> Result<Server> {
    let args = ["--content", content, "--address", &server::free_address()?].map(str::to_owned);
    let log = place.logs().join(log);
    Start { place, profile: "release", args: &args, dev: false, log: Some(&log) }.go()
}

fn text(path: &std::path::Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The bundled article nearest to a thousand words: its slug and how many it has.
fn article_of_a_thousand_words(place: &Place) -> Result<(String, u64)> {
    let mut check = Command::new(place.program("release", "doorway"));
    let output = check
        .args(["check", "--format", "json"])
        .arg(place.root.join("content"))
        .output()
        .map_err(|error| format!("doorway check: {error}"))?;
    let report: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("doorway check: {error}"))?;
    nearest(&report, 1000).ok_or_else(|| "content/ holds no article".to_owned())
}

fn nearest(report: &Value, words: u64) -> Option<(String, u64)> {
    let rows = report["articles"].as_array()?;
    let known = rows.iter().filter_map(|row| Some((row["article"].as_str()?, row["words"].as_u64()?)));
    known.min_by_key(|(_, count)| count.abs_diff(words)).map(|(slug, count)| (slug.to_owned(), count))
}

/// What the figures depend on.
fn machine() -> Value {
    json!({
        "system": format!("{} {}", env::consts::OS, env::consts::ARCH),
        "processor": processor(),
        "cores": thread::available_parallelism().map_or(0, usize::from),
        "load": load(),
        "profile": "release",
    })
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// How many processes wanted to run, on average over the last minute.
fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_nearest_to_a_length_is_found() {
        let report = json!({ "articles": [
            { "article": "long", "words": 1400 }, { "article": "right", "words": 950 },
            { "article": "short", "words": 400 },
        ]});
        assert_eq!(nearest(&report, 1000), Some(("right".to_owned(), 950)));
        assert_eq!(nearest(&json!({ "articles": [] }), 1000), None);
    }
}
