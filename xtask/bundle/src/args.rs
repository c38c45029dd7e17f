//! What `cargo xtask` tells the bundler. Every flag but `--fast` has one value; order does not matter.

use std::path::PathBuf;

use crate::Result;

#[derive(Debug, Default)]
pub struct Args {
    /// What cargo made for the browser, each by the first part of its name in `pkg/`.
    pub clients: Vec<(String, PathBuf)>,
    /// Those of the clients that also run in a worker.
    pub workers: Vec<String>,
    /// The style sheets, named in the same way.
    pub styles: Vec<(String, PathBuf)>,
    /// `public/`.
    pub public: PathBuf,
    /// Where to write, and the only folder in which files are removed.
    pub site: PathBuf,
    /// Folders that get a copy of `hash.txt`: those of the server's programs.
    pub hash_beside: Vec<PathBuf>,
    /// For development: nothing is made small.
    pub fast: bool,
    /// Instead of a site: the folder for the glue and the `.wasm` alone, under the bare names.
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
                "--client" => args.clients.push(named(&flag, &value)?),
                "--worker" => args.workers.push(value),
                "--style" => args.styles.push(named(&flag, &value)?),
                "--public" => args.public = value.into(),
                "--site" => args.site = value.into(),
                "--bare" => args.bare = Some(value.into()),
                "--hash-beside" => args.hash_beside.push(value.into()),
                _ => return Err(format!("no such flag: {flag}")),
            }
        }
        let site = args.bare.is_none();
        let missing = [
            ("--client", args.clients.is_empty()),
            ("--style", site && args.styles.is_empty()),
            ("--public", site && args.public.as_os_str().is_empty()),
            ("--site", site && args.site.as_os_str().is_empty()),
        ];
        match missing.iter().find(|(_, missing)| *missing) {
            Some((flag, _)) => Err(format!("{flag} is missing")),
            None => Ok(args),
        }
    }
}

/// `NAME=PATH`
fn named(flag: &str, value: &str) -> Result<(String, PathBuf)> {
    let (name, path) = value.split_once('=').ok_or_else(|| format!("{flag} is written NAME=PATH"))?;
    Ok((name.to_owned(), path.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args> {
        Args::parse(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn flags_may_come_in_any_order() {
        let args = parse(
            "--fast --client n=w --site s --public p --style c=d --client m=v --worker m --hash-beside a --hash-beside b",
        );
        let args = args.expect("all is there");
        assert!(args.fast);
        assert_eq!(args.clients, [("n".to_owned(), "w".into()), ("m".to_owned(), "v".into())]);
        assert_eq!(args.workers, ["m"]);
        assert_eq!(args.hash_beside, [PathBuf::from("a"), PathBuf::from("b")]);
    }

    #[test]
    fn the_glue_alone_needs_no_site() {
        assert_eq!(parse("--client n=w --bare b").expect("all is there").bare, Some(PathBuf::from("b")));
        assert_eq!(parse("--fast --bare b").unwrap_err(), "--client is missing");
    }

    #[test]
    fn a_missing_or_unknown_flag_is_named() {
        assert_eq!(parse("--fast --style c=d").unwrap_err(), "--client is missing");
        assert_eq!(parse("--cleint n=w").unwrap_err(), "no such flag: --cleint");
        assert_eq!(parse("--client").unwrap_err(), "--client needs a value");
        assert_eq!(parse("--client w").unwrap_err(), "--client is written NAME=PATH");
    }
}
