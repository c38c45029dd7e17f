//! The client and the files around it: `frontend` for WebAssembly, then the bundler.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Result,
    place::{Place, cargo},
    setup::{Compiler, WASM, system_environment},
    steps::Steps,
};

/// The reader's client, WebAssembly and its glue, in bytes of Brotli.
pub const BUDGET: u64 = 220_000;

/// How much work goes into a small client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// Everything: for readers and for the tests.
    Small,
    /// As little as possible: for development.
    Fast,
}

impl Finish {
    /// Cargo's profile and the folder it writes to.
    fn profile(self) -> (&'static str, &'static str) {
        match self {
            Self::Small => ("wasm-release", "wasm-release"),
            Self::Fast => ("dev", "debug"),
        }
    }
}

/// Compiles `frontend` and fills the site's folder. Does next to nothing if nothing has changed.
pub fn build(place: &Place, steps: &mut Steps, compiler: &Compiler, finish: Finish) -> Result<()> {
    let wasm = compile(place, steps, compiler, finish, "frontend")?;
    bundle(place, steps, &wasm, finish)
}

/// Compiles a package for the browser: its `.wasm`, before there is glue.
pub fn compile(
    place: &Place,
    steps: &mut Steps,
    compiler: &Compiler,
    finish: Finish,
    package: &str,
) -> Result<PathBuf> {
    let (profile, folder) = finish.profile();
    let mut build = client_cargo(compiler);
    build.args(["build", "-p", package, "--lib", "--target", WASM, "--profile", profile]);
    build.arg("--target-dir").arg(place.client_target()).current_dir(&place.root);
    let name = if package == "frontend" { "Client" } else { package };
    steps.run(&format!("{name} for the browser"), &mut build)?;
    let file = format!("{}.wasm", package.replace('-', "_"));
    Ok(place.client_target().join(WASM).join(folder).join(file))
}

/// Cargo for the client. Flags that a person or a CI sets for the native compiler are not for this target.
fn client_cargo(compiler: &Compiler) -> Command {
    let mut command = match compiler {
        Compiler::Usual => cargo(),
        Compiler::System { cargo, rustc, linker } => {
            let mut command = Command::new(cargo);
            system_environment(&mut command);
            // The bootstrap switch lets a stable compiler build the standard library from its sources. It
            // could also build it for size (2 % off the client's Brotli) and with immediate abort (14 %, for
            // panics that say nothing): not taken, so that both ways give the same client.
            command.env("RUSTC", rustc).env("RUSTC_BOOTSTRAP", "1");
            command.args(["-Z", "build-std=std,panic_abort"]);
            if let Some(linker) = linker {
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            }
            command
        }
    };
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// Builds the bundler, which makes glue and files for the site of what was compiled.
pub fn build_bundler(place: &Place, steps: &mut Steps) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "-p", "bundle"]).current_dir(&place.root);
    steps.run("Bundler", &mut build).map(drop)
}

fn bundle(place: &Place, steps: &mut Steps, wasm: &Path, finish: Finish) -> Result<()> {
    build_bundler(place, steps)?;
    let mut bundle = Command::new(place.program("debug", "bundle"));
    bundle.args(["--name", "doorway"]).arg("--wasm").arg(wasm);
    bundle.arg("--style").arg(place.root.join("style/main.css"));
    bundle.arg("--public").arg(place.root.join("public"));
    bundle.arg("--site").arg(place.site());
    for profile in ["debug", "release"] {
        bundle.arg("--hash-beside").arg(place.target.join(profile));
    }
    if finish == Finish::Fast {
        bundle.arg("--fast");
    }
    steps.run("Bundle, compress and name the client's files", &mut bundle).map(drop)
}

/// Bytes of one of the client's files.
pub struct Size {
    pub name: String,
    pub raw: u64,
    pub brotli: u64,
}

/// What a reader's browser loads when it wakes a page: glue and WebAssembly.
pub fn sizes(place: &Place) -> Result<Vec<Size>> {
    let folder = place.site().join("pkg");
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut sizes = Vec::new();
    for entry in fs::read_dir(&folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".js") || name.ends_with(".wasm") {
            let raw = fs::metadata(&path).map_err(wrong)?.len();
            let brotli = fs::metadata(folder.join(format!("{name}.br"))).map_or(raw, |file| file.len());
            sizes.push(Size { name, raw, brotli });
        }
    }
    sizes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(sizes)
}

/// Holds the client against its budget: a line that says how it stands, as an error if it is over.
pub fn check_budget(sizes: &[Size], budget: u64) -> Result<String> {
    if !sizes.iter().any(|size| size.name.ends_with(".wasm")) {
        return Err("The client's budget: there is no .wasm in the site".to_owned());
    }
    let sum: u64 = sizes.iter().map(|size| size.brotli).sum();
    let parts: Vec<_> =
        sizes.iter().map(|size| format!("{} {:.1} KB", size.name, size.brotli as f64 / 1000.0)).collect();
    let line = format!(
        "Client: {:.1} of {:.0} KB in Brotli ({})",
        sum as f64 / 1000.0,
        budget as f64 / 1000.0,
        parts.join(", ")
    );
    if sum > budget { Err(format!("{line}: over its budget")) } else { Ok(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, brotli: u64) -> Size {
        Size { name: name.to_owned(), raw: brotli * 3, brotli }
    }

    #[test]
    fn glue_and_wasm_count_together() {
        let sizes = [size("doorway.1f.js", 6_000), size("doorway.2e.wasm", 40_000)];
        let line = check_budget(&sizes, 46_000).unwrap();
        assert!(line.starts_with("Client: 46.0 of 46 KB"), "{line}");
        assert!(check_budget(&sizes, 45_999).unwrap_err().ends_with("over its budget"));
    }

    #[test]
    fn a_site_without_a_client_does_not_pass_for_a_light_one() {
        assert!(check_budget(&[], BUDGET).is_err());
        assert!(check_budget(&[size("doorway.1f.js", 10)], BUDGET).is_err());
    }

    #[test]
    fn the_client_is_compiled_without_the_flags_of_the_native_compiler() {
        let system =
            Compiler::System { cargo: "/usr/bin/cargo".into(), rustc: "/usr/bin/rustc".into(), linker: None };
        for compiler in [Compiler::Usual, system] {
            let command = client_cargo(&compiler);
            assert!(command.get_envs().any(|(name, value)| name == "RUSTFLAGS" && value.is_none()));
        }
    }
}
