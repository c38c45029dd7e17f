//! The clients and the files around them: `frontend` for readers, `journal` and what it fetches later for keepers, compiled to
//! WebAssembly, then the bundler.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    Result,
    place::{Place, cargo},
    setup::{Compiler, WASM, system_environment},
    steps::Steps,
};

/// A client: its package, the package's features that it is made of where there are several, the first part of its files'
/// names, and how many bytes of Brotli its WebAssembly and glue may have together.
pub struct Client {
    pub package: &'static str,
    features: Option<&'static str>,
    pub name: &'static str,
    pub budget: u64,
    /// Whether it runs in a worker as well.
    worker: bool,
}

/// The reader's comes first: its files have the names that other tools expect. The keeper's is loaded by `/journal` alone, and fetches
/// `exchange`, for exports and imports, behind it.
pub const CLIENTS: [Client; 3] = [
    Client { package: "frontend", features: None, name: "doorway", budget: 220_000, worker: false },
    // The reader's budget, because what both need is in each, and 250,000 on top. What weighs is in docs/ARCHITECTURE.md.
    Client { package: KEEPER, features: Some("journal"), name: "journal", budget: 470_000, worker: true },
    Client { package: KEEPER, features: Some("exchange"), name: "exchange", budget: 220_000, worker: false },
];

const KEEPER: &str = "journal-client";

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

/// Compiles the clients and fills the site's folder. Does next to nothing if nothing has changed.
pub fn build(place: &Place, steps: &mut Steps, compiler: &Compiler, finish: Finish) -> Result<()> {
    let wasm = CLIENTS
        .iter()
        .map(|client| compile_client(place, steps, compiler, finish, client))
        .collect::<Result<Vec<_>>>()?;
    bundle(place, steps, &wasm, finish)
}

/// Compiles a client. Cargo gives two clients of one package the same file, so each is put aside under its own name.
fn compile_client(
    place: &Place,
    steps: &mut Steps,
    compiler: &Compiler,
    finish: Finish,
    client: &Client,
) -> Result<PathBuf> {
    let features: Vec<_> = client
        .features
        .iter()
        .flat_map(|features| ["--no-default-features", "--features", features])
        .collect();
    let made = cargo_build(place, steps, compiler, finish, client.package, client.name, &features)?;
    let own = made.with_file_name(format!("client-{}.wasm", client.name));
    fs::copy(&made, &own).map_err(|error| format!("{}: {error}", made.display()))?;
    Ok(own)
}

/// Compiles a package for the browser: its `.wasm`, before there is glue.
pub fn compile(
    place: &Place,
    steps: &mut Steps,
    compiler: &Compiler,
    finish: Finish,
    package: &str,
) -> Result<PathBuf> {
    cargo_build(place, steps, compiler, finish, package, package, &[])
}

fn cargo_build(
    place: &Place,
    steps: &mut Steps,
    compiler: &Compiler,
    finish: Finish,
    package: &str,
    name: &str,
    features: &[&str],
) -> Result<PathBuf> {
    let (profile, folder) = finish.profile();
    let mut build = client_cargo(compiler);
    build.args(["build", "-p", package, "--lib", "--target", WASM, "--profile", profile]).args(features);
    build.arg("--target-dir").arg(place.client_target()).current_dir(&place.root);
    steps.run(&format!("Client `{name}` for the browser"), &mut build)?;
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

fn bundle(place: &Place, steps: &mut Steps, wasm: &[PathBuf], finish: Finish) -> Result<()> {
    build_bundler(place, steps)?;
    let mut bundle = Command::new(place.program("debug", "bundle"));
    for (client, wasm) in CLIENTS.iter().zip(wasm) {
        bundle.arg("--client").arg(format!("{}={}", client.name, wasm.display()));
        if client.worker {
            bundle.args(["--worker", client.name]);
        }
    }
    for (name, sheet) in [("doorway", "style/main.css"), ("journal", "style/journal/main.css")] {
        bundle.arg("--style").arg(format!("{name}={}", place.root.join(sheet).display()));
    }
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

/// What a browser loads to run a client: glue, worker and WebAssembly.
pub fn sizes(place: &Place, client: &Client) -> Result<Vec<Size>> {
    let folder = place.site().join("pkg");
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut sizes = Vec::new();
    for entry in fs::read_dir(&folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let own = name.strip_prefix(client.name).is_some_and(|rest| rest.starts_with(['.', '-']));
        if own && (name.ends_with(".js") || name.ends_with(".wasm")) {
            let raw = fs::metadata(&path).map_err(wrong)?.len();
            let brotli = fs::metadata(folder.join(format!("{name}.br"))).map_or(raw, |file| file.len());
            sizes.push(Size { name, raw, brotli });
        }
    }
    sizes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(sizes)
}

/// The same of every client.
pub fn all_sizes(place: &Place) -> Result<Vec<Size>> {
    let of_each = CLIENTS.iter().map(|client| sizes(place, client)).collect::<Result<Vec<_>>>()?;
    Ok(of_each.into_iter().flatten().collect())
}

/// Holds a client against its budget: a line that says how it stands, as an error if it is over.
pub fn check_budget(client: &Client, sizes: &[Size]) -> Result<String> {
    let Client { name, budget, .. } = client;
    if !sizes.iter().any(|size| size.name.ends_with(".wasm")) {
        return Err(format!("The budget of client `{name}`: there is no .wasm of it in the site"));
    }
    let sum: u64 = sizes.iter().map(|size| size.brotli).sum();
    let parts: Vec<_> =
        sizes.iter().map(|size| format!("{} {:.1} KB", size.name, size.brotli as f64 / 1000.0)).collect();
    let line = format!(
        "Client `{name}`: {:.1} of {:.0} KB in Brotli ({})",
        sum as f64 / 1000.0,
        *budget as f64 / 1000.0,
        parts.join(", ")
    );
    if sum > *budget { Err(format!("{line}: over its budget")) } else { Ok(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: Client =
        Client { package: "frontend", features: None, name: "doorway", budget: 46_000, worker: false };

    fn size(name: &str, brotli: u64) -> Size {
        Size { name: name.to_owned(), raw: brotli * 3, brotli }
    }

    #[test]
    fn glue_and_wasm_count_together() {
        let sizes = [size("doorway.1f.js", 6_000), size("doorway.2e.wasm", 40_000)];
        let line = check_budget(&CLIENT, &sizes).unwrap();
        assert!(line.starts_with("Client `doorway`: 46.0 of 46 KB"), "{line}");
        let tight = Client { budget: 45_999, ..CLIENT };
        assert!(check_budget(&tight, &sizes).unwrap_err().ends_with("over its budget"));
    }

    #[test]
    fn a_site_without_a_client_does_not_pass_for_a_light_one() {
        assert!(check_budget(&CLIENT, &[]).is_err());
        assert!(check_budget(&CLIENT, &[size("doorway.1f.js", 10)]).is_err());
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
