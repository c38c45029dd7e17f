//! What must be on the machine, and how it gets there.
//!
//! Nothing here is needed twice, nothing asks a question, and root is needed only for system packages,
//! which are named before they are installed. Where something cannot be installed, the error says what to
//! do by hand.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Result,
    place::{Place, on_path},
    steps::Steps,
};

pub const WASM: &str = "wasm32-unknown-unknown";

/// The first Node that has what the tests use (`import.meta.dirname`), as major and minor.
const NODE: (u32, u32) = (20, 11);
/// Debian's compiler and its sources, for machines that rustup's servers are out of reach for.
const DEBIAN_COMPILER: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// What can compile the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// The toolchain that compiles everything else has the target.
    Usual,
    /// A distribution's compiler, which has the standard library as sources only.
    System { cargo: PathBuf, rustc: PathBuf, linker: Option<PathBuf> },
}

/// Finds what can compile the client, installing it if need be.
pub fn compiler(place: &Place, steps: &mut Steps) -> Result<Compiler> {
    if usual_has_target(place) {
        return Ok(Compiler::Usual);
    }
    // Asking rustup's servers takes seconds where they are out of reach: do it once.
    let decided = place.client_target().join("system-compiler");
    if decided.is_file()
        && let Some(compiler) = system_compiler()
    {
        return Ok(compiler);
    }
    if on_path("rustup").is_some() {
        let mut rustup = Command::new("rustup");
        rustup.args(["target", "add", WASM]).current_dir(&place.root);
        rustup.env("RUSTUP_MAX_RETRIES", "1").env("RUSTUP_DOWNLOAD_TIMEOUT", "30");
        if steps.watch("Add the WebAssembly target with rustup", &mut rustup)?.success
            && usual_has_target(place)
        {
            return Ok(Compiler::Usual);
        }
        eprintln!("    rustup could not: looking for a compiler of the system that can");
    }
    let compiler = match system_compiler() {
        Some(compiler) => compiler,
        None => {
            if on_path("apt-get").is_none() {
                return Err(no_compiler("This system has no apt-get, so it was not tried."));
            }
            packages(steps, &DEBIAN_COMPILER, "a compiler for WebAssembly")
                .map_err(|error| no_compiler(&error))?;
            system_compiler()
                .ok_or_else(|| no_compiler("The packages are installed, but do not fit together."))?
        }
    };
    let _ = fs::create_dir_all(place.client_target()).and_then(|()| fs::write(&decided, ""));
    Ok(compiler)
}

fn no_compiler(why: &str) -> String {
    format!(
        "No compiler for WebAssembly.\n{why}\n\nOne of these makes it work:\n  \
         rustup target add {WASM}\n  \
         Debian, Ubuntu:  apt-get install {}\n  \
         Fedora:          dnf install rust-std-static-{WASM} lld\n  \
         Arch:            pacman -S rust-wasm lld",
        DEBIAN_COMPILER.join(" ")
    )
}

/// Whether the toolchain in use has a standard library for the client.
fn usual_has_target(place: &Place) -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]).current_dir(&place.root);
    let Ok(output) = rustc.output() else { return false };
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    fs::read_dir(folder).is_ok_and(|files| {
        files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// The distribution's own compiler, if it is new enough and has sources and a linker.
fn system_compiler() -> Option<Compiler> {
    let (cargo, rustc) = (PathBuf::from("/usr/bin/cargo"), PathBuf::from("/usr/bin/rustc"));
    if !cargo.is_file() || version(&rustc)? < parse_version(env!("CARGO_PKG_RUST_VERSION"))? {
        return None;
    }
    let sysroot = PathBuf::from(printed(&rustc, &["--print", "sysroot"])?);
    if !sysroot.join("lib/rustlib/src/rust/library/std").is_dir() {
        return None;
    }
    let own = glob_rust_lld(&sysroot);
    let linker = match own {
        true => None,
        // Debian leaves rust-lld out. Linkers older than 19 do not know what this compiler writes.
        false => Some((19..40).rev().find_map(|release| on_path(&format!("wasm-ld-{release}")))?),
    };
    Some(Compiler::System { cargo, rustc, linker })
}

fn glob_rust_lld(sysroot: &Path) -> bool {
    fs::read_dir(sysroot.join("lib/rustlib"))
        .is_ok_and(|targets| targets.flatten().any(|target| target.path().join("bin/rust-lld").is_file()))
}

fn version(rustc: &Path) -> Option<(u32, u32)> {
    parse_version(printed(rustc, &["--version"])?.strip_prefix("rustc ")?)
}

/// `1.96.0 (…)` → `(1, 96)`
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

fn printed(program: &Path, args: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    system_environment(&mut command);
    let output = command.args(args).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Makes a command forget the toolchain that runs this program. What rustup and `cargo run` put into the
/// environment would have the system's cargo call rustup's compiler, or load its libraries.
pub fn system_environment(command: &mut Command) {
    crate::place::forget_own_package(command);
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTUP_TOOLCHAIN"]
    {
        command.env_remove(name);
    }
    for name in ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "RUST_RECURSION_COUNT"]
    {
        command.env_remove(name);
    }
}

/// Installs system packages with apt: as root, or with a `sudo` that asks nothing.
pub fn packages(steps: &mut Steps, names: &[&str], why: &str) -> Result<()> {
    let line = format!("apt-get install -y --no-install-recommends {}", names.join(" "));
    let root = printed(Path::new("id"), &["-u"]).as_deref() == Some("0");
    let sudo =
        !root && Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|done| done.status.success());
    if on_path("apt-get").is_none() {
        return Err(format!("Missing: {why}. Install what your system calls {}.", names.join(", ")));
    }
    if !root && !sudo {
        return Err(format!("Missing: {why}. It needs root, so please run:\n\n    sudo {line}\n"));
    }
    eprintln!(
        "    Missing: {why}. Installing system packages:\n    {}{line}",
        if sudo { "sudo " } else { "" }
    );
    let apt = |args: &[&str]| {
        let mut command = Command::new(if sudo { "sudo" } else { "env" });
        if sudo {
            command.args(["-n", "env"]);
        }
        // Another apt may be at work on a machine that has just started.
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]);
        command.args(args);
        command
    };
    // Lists that cannot be refreshed may still be good enough.
    let _ = steps.watch("Refresh the package lists", &mut apt(&["update"]))?;
    let mut install = apt(&["install", "-y", "--no-install-recommends"]);
    steps.run(&format!("Install {}", names.join(" ")), install.args(names)).map(drop)
}

/// Node and npm, which run the browser tests.
pub fn node(steps: &mut Steps) -> Result<()> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        packages(steps, &["nodejs", "npm"], "Node, for the browser tests")?;
    }
    new_enough(&printed(Path::new("node"), &["--version"]).unwrap_or_default())
}

/// Some distributions have an older one, with which the tests would end in an error that says nothing of it.
fn new_enough(node: &str) -> Result<()> {
    let (major, minor) = NODE;
    if node.strip_prefix('v').and_then(parse_version) >= Some(NODE) {
        return Ok(());
    }
    Err(format!(
        "The browser tests need Node {major}.{minor} or later, and `node --version` says {node:?}.\n\
         Install a later one (https://nodejs.org/en/download) and put it in front on the PATH."
    ))
}

/// A Chromium for the tests: the one that `DOORWAY_CHROMIUM` names, the system's, or `None` for
/// Playwright's own, which is then there.
pub fn chromium(place: &Place, steps: &mut Steps) -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("DOORWAY_CHROMIUM").map(PathBuf::from) {
        return match named.is_file() {
            true => Ok(Some(named)),
            false => Err(format!("DOORWAY_CHROMIUM: there is no {}", named.display())),
        };
    }
    if let Some(found) = system_chromium() {
        return Ok(Some(found));
    }
    // Ubuntu's package is a stub for snap, which containers do not have.
    let debian =
        fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    if debian {
        packages(
            steps,
            &["chromium", "fonts-dejavu-core", "fonts-liberation"],
            "Chromium, for the browser tests",
        )?;
        return Ok(system_chromium());
    }
    let mut install = Command::new("npx");
    install.args(["playwright", "install", "chromium"]).current_dir(place.end2end());
    steps.run("Install Playwright's Chromium", &mut install)?;
    Ok(None)
}

fn system_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mac = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    names
        .iter()
        .find_map(|name| on_path(name))
        .or_else(|| mac.iter().map(PathBuf::from).find(|path| path.is_file()))
}

/// The packages of `end2end/package-lock.json`, exactly.
pub fn node_modules(place: &Place, steps: &mut Steps) -> Result<()> {
    let folder = place.end2end();
    let lock =
        fs::read(folder.join("package-lock.json")).map_err(|error| format!("package-lock.json: {error}"))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|there| there == lock) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]).current_dir(&folder);
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    steps.run("Install Playwright", &mut npm)?;
    fs::write(&installed, lock).map_err(|error| format!("{}: {error}", installed.display()))
}

/// Python and packages of PyPI, each with its version (`name==1.2.3`), in a folder of their own: `PYTHONPATH` leads there.
pub fn python(steps: &mut Steps, folder: &Path, packages: &[String]) -> Result<()> {
    let names: Vec<_> =
        packages.iter().map(|package| package.split("==").next().unwrap_or(package)).collect();
    let names = names.join(" ");
    let python = |args: &[&str]| printed(Path::new("python3"), args);
    // Some packages are compiled for one release of Python.
    let wanted = || Some(format!("{}\n{}", packages.join(" "), python(&["--version"])?));
    let stamp = folder.join(".installed");
    if wanted().is_some_and(|wanted| fs::read_to_string(&stamp).is_ok_and(|there| there == wanted)) {
        return Ok(());
    }
    if python(&["-m", "pip", "--version"]).is_none() {
        self::packages(steps, &["python3", "python3-pip"], &format!("Python, for {names}"))?;
    }
    // What is left of other versions, or of an installation that was cut off, must not be found.
    let _ = fs::remove_dir_all(folder);
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--target"]).arg(folder).args(packages);
    steps.run(&format!("Install {names}"), &mut pip)?;
    fs::write(&stamp, wanted().unwrap_or_default()).map_err(|error| format!("{}: {error}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_is_too_old_is_named_with_what_to_do() {
        assert_eq!(new_enough("v20.11.0"), Ok(()));
        assert_eq!(new_enough("v22.3.1"), Ok(()));
        for old in ["v18.20.4", "v20.10.0", "", "nonsense"] {
            let told = new_enough(old).expect_err(old);
            assert!(told.contains("Node 20.11 or later") && told.contains(old), "{told}");
        }
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_version("1.96.0 (ac68faa20 2026-05-25)"), Some((1, 96)));
        assert!(parse_version("1.100") > parse_version("1.96.0-nightly"));
        assert_eq!(parse_version("unknown"), None);
    }

    #[test]
    fn who_has_no_compiler_is_told_what_to_install() {
        let message = no_compiler("Because.");
        assert!(message.contains("rustup target add wasm32-unknown-unknown"), "{message}");
        assert!(message.contains("apt-get install rustc-web cargo-web rust-web-src lld-22"), "{message}");
    }

    #[test]
    fn the_systems_cargo_does_not_hear_of_rustup() {
        let mut command = Command::new("true");
        system_environment(&mut command);
        let removed: Vec<_> =
            command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC", "LD_LIBRARY_PATH"] {
            assert!(removed.iter().any(|removed| *removed == name), "{name} stays");
        }
    }
}
