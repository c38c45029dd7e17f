//! Builds an index of a job's documents, asks it the job's queries, and takes the time of both. Leaves the index
//! and the texts in the job's folder, for the browser.
//!
//! ```text
//! search-bench JOB ANSWER
//! ```

mod engine;

use std::{
    error::Error,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use serde::{Deserialize, Serialize};

use engine::Engine;
use search::{Document, Lexicon, Section};

#[derive(Deserialize)]
struct Job {
    docs: Vec<Text>,
    queries: Vec<String>,
    /// How often each query is timed.
    rounds: u32,
    /// Where the index goes.
    folder: PathBuf,
}

#[derive(Deserialize)]
struct Text {
    id: String,
    title: String,
    text: String,
}

#[derive(Serialize)]
struct Answer {
    ranked: Vec<Vec<String>>,
    times_ms: Vec<f64>,
    build_ms: f64,
    index_bytes: usize,
    /// Compressed where it is loaded: in the browser's answer.
    brotli_bytes: Option<usize>,
}

fn main() -> ExitCode {
    let paths: Vec<_> = std::env::args_os().skip(1).collect();
    let [job, answer] = paths.as_slice() else {
        eprintln!("search-bench JOB ANSWER");
        return ExitCode::FAILURE;
    };
    match run(job.as_ref(), answer.as_ref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("search-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(job: &Path, answer: &Path) -> Result<(), Box<dyn Error>> {
    let job: Job = serde_json::from_slice(&fs::read(job)?)?;
    let documents: Vec<Document> = job.docs.into_iter().map(document).collect();
    let begun = Instant::now();
    let built = search::build(&documents, &Lexicon::default());
    let build_ms = milliseconds(begun);
    fs::write(job.folder.join("doorway.index"), &built.index)?;
    fs::write(job.folder.join("doorway.texts"), &built.texts)?;

    let mut engine = Engine::open(&built.index)?;
    engine.add_texts(&built.texts)?;
    let ranked = job.queries.iter().map(|query| engine.rank(query)).collect();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); job.queries.len()];
    for _ in 0..job.rounds {
        for (query, times) in job.queries.iter().zip(&mut times) {
            let begun = Instant::now();
            black_box(engine.rank(query));
            times.push(milliseconds(begun));
        }
    }
    let times_ms = times.into_iter().map(median).collect();
    let told = Answer { ranked, times_ms, build_ms, index_bytes: built.index.len(), brotli_bytes: None };
    Ok(fs::write(answer, serde_json::to_vec(&told)?)?)
}

fn document(Text { id, title, text }: Text) -> Document {
    Document {
        slug: id,
        title,
        sections: vec![Section { text, ..Section::default() }],
        ..Document::default()
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
