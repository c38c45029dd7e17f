//! Where things lie. Every path comes from here, so that `CARGO_TARGET_DIR` and `XDG_CACHE_HOME` are
//! honoured everywhere.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use crate::Result;

/// The workspace and its target directory.
pub struct Place {
    /// The top of the clone.
    pub root: PathBuf,
    /// Cargo's target directory.
    pub target: PathBuf,
}

impl Place {
    /// Asks cargo, which knows about variables and configuration files.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned();
        let output = cargo()
            .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
            .current_dir(&root)
            .output()
            .map_err(|error| format!("cargo metadata: {error}"))?;
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
            .map_err(|_| format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)))?;
        let target =
            metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
        Ok(Self { root, target: target.into() })
    }

    /// What the server serves beside pages. The name that cargo-leptos uses.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// A target directory of its own for the client: where it is built by another compiler than the
    /// rest, one directory would make each throw away what the other has built.
    pub fn client_target(&self) -> PathBuf {
        self.target.join("client")
    }

    /// The program that cargo built in `profile` (`debug` or `release`).
    pub fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    pub fn logs(&self) -> PathBuf {
        self.target.join("xtask-logs")
    }

    /// The browser tests.
    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }
}

/// The same cargo that runs this program, with an environment as if it were called from a shell.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    forget_own_package(&mut command);
    command
}

/// `cargo run` tells this program about its own package; an inner cargo and its build scripts would take
/// that for theirs, and build anew what they need not.
pub fn forget_own_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || text == "CARGO_PRIMARY_PACKAGE"
        {
            command.env_remove(&name);
        }
    }
}

/// The first program of this name on the search path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_folder_with_the_workspace() {
        let place = Place::find().unwrap();
        assert!(place.root.join("xtask").is_dir() && place.root.join("Cargo.lock").is_file());
        assert!(place.site().starts_with(&place.target));
    }

    #[test]
    fn an_inner_cargo_is_not_told_of_this_package() {
        let forgotten: Vec<_> = cargo().get_envs().map(|(name, _)| name.to_owned()).collect();
        assert!(forgotten.contains(&OsString::from("CARGO_PKG_NAME")), "{forgotten:?}");
    }

    #[test]
    fn a_program_is_found_on_the_path_or_not_at_all() {
        assert!(on_path("cargo").is_some());
        assert!(on_path("no-such-program-here").is_none());
    }
}
