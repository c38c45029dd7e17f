//! The journal's worker in Chromium, with a journal of ten thousand made-up entries: unlocking, searching, saving, memory and
//! bytes on disk, and the key derivation beside libsodium.js and hash-wasm. `end2end/bench/vault.mjs` asks; here it is told.

use std::{fs, process::Command};

use serde_json::{Value, json};

use super::{Wish, figures::Figures, serve, text};
use crate::{Result, place::Place, setup, steps::Steps};

const PART: &str = "vault";
/// Other people's Argon2id. With `@` versions: a comparison that moves by itself says nothing.
const OTHERS: [&str; 2] = ["libsodium-sumo@0.8.4", "hash-wasm@4.13.0"];

/// Serves the site and lets a browser measure.
pub fn measure(place: &Place, steps: &mut Steps, wish: &Wish, figures: &mut Figures) -> Result<()> {
    setup::node(steps)?;
    setup::node_modules(place, steps)?;
    let chromium = setup::chromium(place, steps)?;
    let others = place.target.join("bench/vault");
    fs::create_dir_all(&others).map_err(|error| format!("{}: {error}", others.display()))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"]).arg(&others).args(OTHERS);
    steps.run("Install libsodium.js and hash-wasm", &mut npm)?;
    let server = steps
        .take("Start the server", || serve(place, &text(&place.root.join("content")), "bench-vault.log"))?;
    let script = place.end2end().join("bench/vault.mjs");
    let mut node = Command::new("node");
    node.arg(script).arg(&server.url).arg(wish.articles.to_string()).arg(&others);
    if let Some(chromium) = chromium {
        node.env("DOORWAY_CHROMIUM", chromium);
    }
    let output =
        steps.take("Ask the journal's worker", || node.output().map_err(|error| format!("node: {error}")))?;
    if !output.status.success() {
        return Err(format!("the browser's part: {}", String::from_utf8_lossy(&output.stderr)));
    }
    figures.about("journal", json!({ "entries": wish.articles }));
    String::from_utf8_lossy(&output.stdout).lines().try_for_each(|line| tell(line, figures))
}

fn tell(line: &str, figures: &mut Figures) -> Result<()> {
    let wrong = || format!("the browser's part said {line}");
    let told: Value = serde_json::from_str(line).map_err(|_| wrong())?;
    let name = told["name"].as_str().ok_or_else(wrong)?;
    let unit = ["ms", "MB", "MiB", "MiB/s", "bytes", "×"]
        .into_iter()
        .find(|unit| told["unit"] == *unit)
        .unwrap_or("");
    figures.add(PART, name, unit, told["value"].as_f64().into_iter().collect());
    Ok(())
}
