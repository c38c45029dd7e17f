//! The independent readers of our formats, in `docs/`: what they need, and how they are held to the frozen vectors.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, place::Place, setup, steps::Steps};

/// Sets up what the readers need. Answers where the packages of the vault's reader are; that of packs needs none.
pub fn set_up(place: &Place, steps: &mut Steps) -> Result<PathBuf> {
    let reader = place.root.join("docs/vault_reader.py");
    let text = fs::read_to_string(&reader).map_err(|error| format!("{}: {error}", reader.display()))?;
    let packages =
        packages(&text).ok_or_else(|| format!("{}: no line of it says `pip install`", reader.display()))?;
    let folder = place.target.join("python/vault-reader");
    setup::python(steps, &folder, &packages)?;
    Ok(folder)
}

/// Each reader's own check, by name. To be run at the top of the clone.
pub fn checks(packages: &Path) -> [(&'static str, Command); 2] {
    let check = |reader: &str, vectors: &str| {
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", packages).args([reader, "check", vectors]);
        python
    };
    [
        ("Independent reader of packs", check("docs/pack_reader.py", "crates/pack/vectors/vectors.json")),
        ("Independent reader of the vault", check("docs/vault_reader.py", "crates/vault/vectors")),
    ]
}

/// The packages that a text says are to be installed with pip, each with its version.
fn packages(text: &str) -> Option<Vec<String>> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("pip install "))?;
    Some(line.split_whitespace().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(file: &str) -> Vec<String> {
        packages(&fs::read_to_string(Place::find().unwrap().root.join(file)).unwrap()).unwrap()
    }

    #[test]
    fn the_reader_and_the_format_name_the_same_packages_each_with_its_version() {
        let packages = wanted("docs/vault_reader.py");
        assert_eq!(packages, wanted("docs/VAULT-FORMAT.md"));
        assert!(packages.iter().all(|package| package.split_once("==").is_some()), "{packages:?}");
    }

    #[test]
    fn a_text_without_packages_names_none() {
        assert_eq!(packages("Needs nothing.\n"), None);
    }

    #[test]
    fn what_the_checks_read_is_there() {
        let root = Place::find().unwrap().root;
        for (name, command) in checks(Path::new("packages")) {
            let files: Vec<_> = command.get_args().filter(|argument| *argument != "check").collect();
            assert!(files.iter().all(|file| root.join(file).exists()), "{name}: {files:?}");
        }
    }
}
