//! How well and how fast questions are answered, on collections of which people have judged the answers; beside
//! other search engines on the same files in the same run.
//!
//! A collection is a file: `{"docs": [{"id", "title", "text"}], "queries": [{"id", "text"}], "qrels": {"query id":
//! {"doc id": grade}}}`. Rankings are the same on every machine; times are this machine's.

mod collection;
mod doorway;
mod engine;
mod report;
mod runner;
mod score;
mod typos;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{Result, place::Place, steps::Steps};
use collection::Collection;
use engine::Engine;
use report::Row;
use runner::{Job, Runner};

/// What to measure the search with.
#[derive(Args, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Folders with collections: every *.json in them
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Only this engine; may be given several times
    #[arg(long, value_name = "ENGINE")]
    only: Vec<Engine>,
    /// Also with one typo in the longest word of each query, as the collection `NAME+typo`
    #[arg(long)]
    typos: bool,
}

/// Has every engine answer every collection. An engine that fails does not stop the others.
pub fn run(place: &Place, steps: &mut Steps, all: &super::Wish, wish: &Wish) -> Result<()> {
    let collections = collection::read_all(&wish.folders)?;
    let engines = if wish.only.is_empty() { Engine::value_variants() } else { &wish.only };
    let runner = Runner::new(place, steps, engines, all.as_built)?;
    let (mut rows, mut failures) = (Vec::new(), Vec::new());
    for collection in &collections {
        for engine in engines {
            match measure(&runner, steps, collection, *engine, wish.typos, all.runs) {
                Ok(measured) => {
                    if all.json {
                        measured.iter().for_each(|row| println!("{}", row.json()));
                    }
                    rows.extend(measured);
                }
                Err(message) => failures.push(message),
            }
        }
    }
    if !all.json {
        print!("{}", report::table(&rows));
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n\n")) }
}

/// One row, and one for the queries with typos if they are wanted. Both are asked of one index.
fn measure(
    runner: &Runner<'_>,
    steps: &mut Steps,
    collection: &Collection,
    engine: Engine,
    typos: bool,
    rounds: u32,
) -> Result<Vec<Row>> {
    let name = &collection.name;
    let mut queries: Vec<String> = collection.queries.iter().map(|query| query.text.clone()).collect();
    let clean = queries.len();
    if typos {
        queries.extend(collection.queries.iter().map(|query| typos::with_typo(&query.text)));
    }
    let answer =
        runner.ask(steps, name, engine, &Job { docs: &collection.docs, queries: &queries, rounds })?;
    let score = score::score(collection, &answer.ranked[..clean]);
    let mut rows = vec![Row::new(name, engine, score, &answer, &answer.times_ms[..clean])];
    if typos {
        let with = score::score(collection, &answer.ranked[clean..]);
        let row = Row::new(&format!("{name}+typo"), engine, with, &answer, &answer.times_ms[clean..]);
        rows.push(row.beside(score));
    }
    Ok(rows)
}
