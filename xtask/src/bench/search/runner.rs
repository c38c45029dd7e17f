//! Has an engine answer: installs what it needs, hands it a job as a file, and reads its answer from another.
//!
//! Everything lies in `bench/search` of the target directory: `scripts/` with the packages of npm, `python/`
//! with that of PyPI, `work/` with jobs, answers and indexes. The project itself needs none of it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::{Deserialize, Serialize};

use super::{
    collection::Document,
    doorway,
    engine::{Engine, Ground, NPM, PYPI},
};
use crate::{Result, place::Place, setup, steps::Steps};

const SCRIPTS: [(&str, &str); 6] = [
    ("ask.mjs", include_str!("scripts/ask.mjs")),
    ("browser.mjs", include_str!("scripts/browser.mjs")),
    ("doorway.mjs", include_str!("scripts/doorway.mjs")),
    ("javascript.mjs", include_str!("scripts/javascript.mjs")),
    ("pagefind.mjs", include_str!("scripts/pagefind.mjs")),
    ("tantivy_engine.py", include_str!("scripts/tantivy_engine.py")),
];

/// What an engine is asked.
#[derive(Serialize)]
pub struct Job<'a> {
    pub docs: &'a [Document],
    pub queries: &'a [String],
    /// How often each query is timed.
    pub rounds: u32,
}

/// What it answers.
#[derive(Deserialize)]
pub struct Answer {
    /// The ids of the first ten of each query, in the order of the queries.
    pub ranked: Vec<Vec<String>>,
    /// The median time of each.
    pub times_ms: Vec<f64>,
    pub build_ms: f64,
    pub index_bytes: u64,
    /// The index in Brotli, where it is not compressed by itself and a browser could load it.
    pub brotli_bytes: Option<u64>,
    /// Times of searches for the beginnings of queries, as if they were typed.
    #[serde(default)]
    pub keystrokes_ms: Vec<f64>,
}

/// A job with what the scripts must know of this machine.
#[derive(Serialize)]
struct Told<'a> {
    engine: String,
    /// Where indexes may be written.
    folder: &'a Path,
    /// Where Playwright is.
    end2end: PathBuf,
    /// The browser, if it is not Playwright's own.
    chromium: &'a Option<PathBuf>,
    #[serde(flatten)]
    job: &'a Job<'a>,
}

pub struct Runner<'a> {
    place: &'a Place,
    home: PathBuf,
    chromium: Option<PathBuf>,
}

impl<'a> Runner<'a> {
    /// Sets up what the engines need, and no more.
    pub fn new(place: &'a Place, steps: &mut Steps, engines: &[Engine], as_built: bool) -> Result<Self> {
        let mut runner = Self { place, home: place.target.join("bench/search"), chromium: None };
        let wanted = |grounds: &[Ground]| engines.iter().any(|engine| grounds.contains(&engine.ground()));
        fs::create_dir_all(runner.work()).map_err(|error| format!("{}: {error}", runner.home.display()))?;
        write_all(&runner.scripts(), &SCRIPTS)?;
        if wanted(&[Ground::Node, Ground::NodeAndBrowser]) {
            setup::node(steps)?;
            runner.npm(steps)?;
        }
        if wanted(&[Ground::NodeAndBrowser, Ground::NativeAndBrowser]) {
            setup::node(steps)?;
            setup::node_modules(place, steps)?;
            runner.chromium = setup::chromium(place, steps)?;
        }
        if wanted(&[Ground::Python]) {
            setup::python(steps, &runner.python(), &[PYPI.to_owned()])?;
        }
        if wanted(&[Ground::Native, Ground::NativeAndBrowser]) && !as_built {
            doorway::build_native(place, steps)?;
        }
        if wanted(&[Ground::NativeAndBrowser]) && !as_built {
            doorway::build_wasm(place, steps, &runner.scripts())?;
        }
        Ok(runner)
    }

    /// Has an engine do a job. `name` is the collection's.
    pub fn ask(&self, steps: &mut Steps, name: &str, engine: Engine, job: &Job<'_>) -> Result<Answer> {
        let step = format!("{name}: {}", engine.name());
        let native = (engine.ground() == Ground::NativeAndBrowser)
            .then(|| self.ask_one(steps, &format!("{step}, the index"), Engine::Doorway, job))
            .transpose()?;
        let answer = self.ask_one(steps, &step, engine, job)?;
        if native.is_some_and(|native| native.ranked != answer.ranked) {
            return Err(format!("{step}: ranks otherwise than the same engine does natively"));
        }
        Ok(answer)
    }

    fn ask_one(&self, steps: &mut Steps, step: &str, engine: Engine, job: &Job<'_>) -> Result<Answer> {
        let (asked, answered) = (self.work().join("job.json"), self.work().join("answer.json"));
        let wrong = |path: &Path, error: String| format!("{step}: {}: {error}", path.display());
        let told = Told {
            engine: engine.name(),
            folder: &self.work(),
            end2end: self.place.end2end(),
            chromium: &self.chromium,
            job,
        };
        let text = serde_json::to_vec(&told).map_err(|error| wrong(&asked, error.to_string()))?;
        fs::write(&asked, text).map_err(|error| wrong(&asked, error.to_string()))?;
        let _ = fs::remove_file(&answered);
        steps.run(step, self.command(engine).arg(&asked).arg(&answered))?;
        let text = fs::read(&answered).map_err(|error| wrong(&answered, error.to_string()))?;
        read_answer(&text, job.queries.len()).map_err(|error| wrong(&answered, error))
    }

    fn command(&self, engine: Engine) -> Command {
        let script = match engine {
            Engine::Doorway => return Command::new(doorway::program(self.place)),
            Engine::Tantivy | Engine::TantivyStemmed => {
                let mut python = Command::new("python3");
                python.env("PYTHONPATH", self.python()).arg(self.scripts().join("tantivy_engine.py"));
                return python;
            }
            Engine::DoorwayWasm => "doorway.mjs",
            Engine::Minisearch | Engine::MinisearchFuzzy | Engine::Lunr => "javascript.mjs",
            Engine::Pagefind => "pagefind.mjs",
        };
        let mut node = Command::new("node");
        node.arg(self.scripts().join(script));
        node
    }

    /// The packages lie beside the scripts: Node looks for them there.
    fn npm(&self, steps: &mut Steps) -> Result<()> {
        let folder = self.scripts();
        let packages: serde_json::Map<_, _> =
            NPM.iter().map(|(name, version)| ((*name).to_owned(), (*version).into())).collect();
        let list = serde_json::json!({ "private": true, "dependencies": packages }).to_string();
        let stamp = folder.join("node_modules/.installed.json");
        if fs::read_to_string(&stamp).is_ok_and(|there| there == list) {
            return Ok(());
        }
        write_all(&folder, &[("package.json", &list)])?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--prefer-offline"]).current_dir(&folder);
        steps.run("Install MiniSearch, Lunr and Pagefind", &mut npm)?;
        fs::write(&stamp, list).map_err(|error| format!("{}: {error}", stamp.display()))
    }

    fn scripts(&self) -> PathBuf {
        self.home.join("scripts")
    }

    fn python(&self) -> PathBuf {
        self.home.join("python")
    }

    fn work(&self) -> PathBuf {
        self.home.join("work")
    }
}

fn read_answer(text: &[u8], queries: usize) -> std::result::Result<Answer, String> {
    let answer: Answer = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    if answer.ranked.len() == queries && answer.times_ms.len() == queries {
        Ok(answer)
    } else {
        Err(format!("of {queries} queries, {} were answered", answer.ranked.len()))
    }
}

fn write_all(folder: &Path, files: &[(&str, &str)]) -> Result<()> {
    let wrong = |error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(wrong)?;
    files.iter().try_for_each(|(name, text)| fs::write(folder.join(name), text).map_err(wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"{"ranked": [["a"], []], "times_ms": [0.5, 0.25], "build_ms": 3, "index_bytes": 9,
        "brotli_bytes": null}"#;

    #[test]
    fn an_answer_has_a_ranking_for_each_query() {
        let answer = read_answer(ANSWER.as_bytes(), 2).unwrap();
        assert_eq!(answer.ranked, [vec!["a".to_owned()], vec![]]);
        assert!(answer.keystrokes_ms.is_empty());
        assert_eq!(read_answer(ANSWER.as_bytes(), 3).err().unwrap(), "of 3 queries, 2 were answered");
        assert!(read_answer(b"Traceback", 2).is_err());
    }

    #[test]
    fn a_job_tells_the_scripts_all_that_they_read() {
        let (chromium, queries) = (None, ["q".to_owned()]);
        let job = Job { docs: &[], queries: &queries, rounds: 5 };
        let (engine, end2end) = ("lunr".to_owned(), PathBuf::from("e"));
        let told = Told { engine, folder: Path::new("f"), end2end, chromium: &chromium, job: &job };
        let expected = serde_json::json!({ "engine": "lunr", "folder": "f", "end2end": "e", "chromium": null,
            "docs": [], "queries": ["q"], "rounds": 5 });
        assert_eq!(serde_json::to_value(&told).unwrap(), expected);
    }
}
