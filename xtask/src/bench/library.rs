//! A large library: how long until it can be read, how much memory it takes, how long it takes to check.

use std::{fs, process::Command, time::Instant};

use serde_json::{Value, json};

use super::{
    Wish,
    articles::{self, Known},
    figures::Figures,
    http, process, serve, text,
};
use crate::{Result, place::Place, steps::Steps};

const PART: &str = "library";

/// Pages that grow with the library.
const PAGES: [(&str, &str); 4] = [
    ("the list of all articles", "/articles"),
    ("the list, by tag and length", "/articles?tag=garden&length=short"),
    ("the sitemap", "/sitemap.xml"),
    ("the feed", "/feed.atom"),
];

/// Writes the library, checks it, and serves it several times.
pub fn measure(place: &Place, steps: &mut Steps, wish: &Wish, figures: &mut Figures) -> Result<()> {
    let folder = place.target.join("bench/library");
    let known = Known::of(&place.root.join("content"))?;
    let count = wish.articles;
    let bytes = steps.take(&format!("Write {count} articles"), || articles::write(&folder, count, &known))?;

    let check = |_| {
        let begun = Instant::now();
        let mut check = Command::new(place.program("release", "doorway"));
        let output = check.args(["check", "--format", "json"]).arg(&folder).output();
        let output = output.map_err(|error| format!("doorway check: {error}"))?;
        let seconds = begun.elapsed().as_secs_f64();
        let report: Value =
            serde_json::from_slice(&output.stdout).map_err(|error| format!("doorway check: {error}"))?;
        Ok((seconds, sound(&report, count)?))
    };
    let checks: Vec<(f64, f64)> =
        steps.take("Check them", || (0..wish.runs).map(check).collect::<Result<_>>())?;

    let mut ready = Vec::new();
    let (mut memory, mut computed) = (Vec::new(), Vec::new());
    let mut answers = vec![Vec::new(); PAGES.len()];
    steps.take("Serve them", || {
        for _ in 0..wish.runs {
            let begun = Instant::now();
            let server = serve(place, &text(&folder), "bench-library.log")?;
            ready.push(begun.elapsed().as_secs_f64());
            memory.extend(process::peak_memory(server.id()));
            computed.extend(process::processor_time(server.id()));
            for (times, (_, path)) in answers.iter_mut().zip(PAGES) {
                let begun = Instant::now();
                http::get(&server.url, path, "br")?;
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
        Ok(())
    })?;
    // It is written anew each time, and as large as all the rest of what was built.
    let _ = fs::remove_dir_all(&folder);

    let words = checks.first().map(|(_, words)| *words);
    figures.about(
        "library",
        json!({ "articles": count, "MB": (bytes as f64 / 1e5).round() / 10.0, "words an article": words,
            "files": "in the system's cache, just written" }),
    );
    figures.add(PART, "from start to ready", "s", ready);
    figures.add(PART, "processor time of it, all cores", "s", computed);
    figures.add(PART, "peak memory", "MB", memory);
    figures.add(PART, "doorway check", "s", checks.into_iter().map(|(seconds, _)| seconds).collect());
    for ((name, _), times) in PAGES.into_iter().zip(answers) {
        figures.add(PART, name, "ms", times);
    }
    Ok(())
}

/// Words of an article on average, if all of them are sound: the speed of refusing says nothing.
fn sound(report: &Value, count: u32) -> Result<f64> {
    let first = report["diagnostics"].as_array().and_then(|all| all.first());
    if let Some(diagnostic) = first {
        return Err(format!("the made-up articles are not sound: {diagnostic}"));
    }
    let rows = report["articles"].as_array().map(Vec::as_slice).unwrap_or_default();
    if rows.len() != count as usize {
        return Err(format!("of {count} made-up articles, {} were read", rows.len()));
    }
    let words: u64 = rows.iter().filter_map(|row| row["words"].as_u64()).sum();
    Ok((words as f64 / f64::from(count)).round())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_was_not_read_whole_is_not_measured() {
        let rows = |count: u64| json!({ "diagnostics": [], "articles": vec![json!({"words": 900}); count as usize] });
        assert_eq!(sound(&rows(3), 3), Ok(900.0));
        assert!(sound(&rows(2), 3).is_err());
        assert!(sound(&json!({ "diagnostics": [{"message": "no"}], "articles": [] }), 0).is_err());
    }
}
