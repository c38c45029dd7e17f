//! What `cargo xtask` tells the bundler. Every flag has one value; order does not matter.

use std::path::PathBuf;

use crate::Result;

#[derive(Debug, Default)]
pub struct Args {
    /// What cargo made of `frontend`.
    pub wasm: PathBuf,
    /// `style/main.css`.
    pub style: PathBuf,
    /// `public/`.
    pub public: PathBuf,
    /// Where to write, and the only folder in which files are removed.
    pub site: PathBuf,
    /// The first part of the names in `pkg/`.
    pub name: String,
    /// Folders that get a copy of `hash.txt`: those of the server's programs.
    pub hash_beside: Vec<PathBuf>,
    /// For development: nothing is made small.
    pub fast: bool,
    /// Instead of a site: the folder for the glue and the `.wasm` alone, under the bare name.
    pub bare: Option<PathBuf>,
}

impl Args {
    pub fn parse(mut given: impl Iterator<Item = String>) -> Result<Self> {
        let mut args = Self::default();
        while let Some(flag) = given.next() {
            if flag == "--fast" {
                args.fast = true;
                continue;
            }
            let value = given.next().ok_or_else(|| format!("{flag} needs a value"))?;
            match flag.as_str() {
                "--wasm" => args.wasm = value.into(),
                "--style" => args.style = value.into(),
                "--public" => args.public = value.into(),
                "--site" => args.site = value.into(),
                "--name" => args.name = value,
                "--bare" => args.bare = Some(value.into()),
                "--hash-beside" => args.hash_beside.push(value.into()),
                _ => return Err(format!("no such flag: {flag}")),
            }
        }
        let site = args.bare.is_none();
        let missing = [
            ("--wasm", args.wasm.as_os_str().is_empty()),
            ("--style", site && args.style.as_os_str().is_empty()),
            ("--public", site && args.public.as_os_str().is_empty()),
            ("--site", site && args.site.as_os_str().is_empty()),
            ("--name", args.name.is_empty()),
        ];
        match missing.iter().find(|(_, missing)| *missing) {
            Some((flag, _)) => Err(format!("{flag} is missing")),
            None => Ok(args),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args> {
        Args::parse(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn flags_may_come_in_any_order() {
        let args =
            parse("--fast --name n --site s --public p --style c --wasm w --hash-beside a --hash-beside b");
        let args = args.expect("all is there");
        assert!(args.fast && args.name == "n");
        assert_eq!(args.hash_beside, [PathBuf::from("a"), PathBuf::from("b")]);
    }

    #[test]
    fn the_glue_alone_needs_no_site() {
        assert_eq!(parse("--name n --wasm w --bare b").expect("all is there").bare, Some(PathBuf::from("b")));
        assert_eq!(parse("--name n --bare b").unwrap_err(), "--wasm is missing");
    }

    #[test]
    fn a_missing_or_unknown_flag_is_named() {
        assert_eq!(parse("--fast --name n").unwrap_err(), "--wasm is missing");
        assert_eq!(parse("--nmae n").unwrap_err(), "no such flag: --nmae");
        assert_eq!(parse("--name").unwrap_err(), "--name needs a value");
    }
}
