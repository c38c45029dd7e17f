//! Our own engine: as a program for this machine, and as a client of its own for the browser.
//!
//! Both are `search-bench`, a small crate around `crates/search`: this program is built without optimisation, so
//! what it measured within itself would say nothing.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Result, client,
    place::{Place, cargo},
    setup,
    steps::Steps,
};

const NAME: &str = "search-bench";

pub fn program(place: &Place) -> PathBuf {
    place.program("release", NAME)
}

pub fn build_native(place: &Place, steps: &mut Steps) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "--release", "-p", NAME, "--bin", NAME]).current_dir(&place.root);
    steps.run("Our search, for this machine", &mut build).map(drop)
}

/// Leaves glue and WebAssembly in `folder`, made as the reader's client is made.
pub fn build_wasm(place: &Place, steps: &mut Steps, folder: &Path) -> Result<()> {
    let compiler = setup::compiler(place, steps)?;
    let wasm = client::compile(place, steps, &compiler, client::Finish::Small, NAME)?;
    client::build_bundler(place, steps)?;
    let mut bundle = Command::new(place.program("debug", "bundle"));
    bundle.arg("--client").arg(format!("{NAME}={}", wasm.display())).arg("--bare").arg(folder);
    steps.run("Our search's glue", &mut bundle).map(drop)
}
