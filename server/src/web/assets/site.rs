//! The folder with the built client, styles and fonts, as the build leaves it.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use app::{Assets, JournalFiles};
use axum::{extract::Request, response::Response};
use tower_http::services::ServeDir;
use walkdir::WalkDir;

use super::{SHORT, served};

/// For files that have a hash in their name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// While somebody works on them.
const NEVER: &str = "no-cache";

/// The built files. In production they are listed once; for development at each look.
#[derive(Clone, Debug)]
pub struct Site {
    root: PathBuf,
    dev: bool,
    listed: Arc<Listing>,
    files: ServeDir,
}

/// What the folder holds.
#[derive(Debug)]
pub struct Listing {
    paths: HashSet<String>,
    /// The addresses that a page needs to name.
    pub assets: Assets,
}

/// Why there is no site to serve.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The folder is not there.
    #[error("the folder with the built client and styles is not at {}: build it with `cargo xtask build`, or name it with --site", .0.display())]
    Missing(PathBuf),
    /// The folder is there, but not what a page needs.
    #[error("{} has no {name}: build it again with `cargo xtask build`", .root.display())]
    Incomplete {
        /// The folder.
        root: PathBuf,
        /// What is not there.
        name: &'static str,
    },
}

impl Site {
    /// Lists the folder and finds what pages refer to.
    pub fn open(root: &Path, dev: bool) -> Result<Self, SiteError> {
        if !root.is_dir() {
            return Err(SiteError::Missing(root.to_owned()));
        }
        let listed = Listing::of(root, dev);
        let needed = [
            ("style sheet", &listed.assets.css),
            ("client", &listed.assets.js),
            ("client", &listed.assets.wasm),
        ];
        if let Some((name, _)) = needed.into_iter().find(|(_, path)| path.is_empty()) {
            return Err(SiteError::Incomplete { root: root.to_owned(), name });
        }
        let files = ServeDir::new(root)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        Ok(Self { root: root.to_owned(), dev, listed: Arc::new(listed), files })
    }

    /// What the folder holds now.
    pub fn current(&self) -> Arc<Listing> {
        if self.dev { Arc::new(Listing::of(&self.root, true)) } else { self.listed.clone() }
    }

    /// Serves a file that the listing has.
    pub async fn file(&self, request: Request) -> Response {
        let cache = match hashed(request.uri().path()) {
            _ if self.dev => NEVER,
            true => FOR_EVER,
            false => SHORT,
        };
        served(self.files.clone(), request, cache).await
    }
}

impl Listing {
    fn of(root: &Path, dev: bool) -> Self {
        let mut found: Vec<(String, io::Result<std::time::SystemTime>)> = WalkDir::new(root)
            .follow_links(true)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| {
                let parts: Option<Vec<&str>> =
                    entry.path().strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
                let modified =
                    entry.metadata().map_err(io::Error::from).and_then(|metadata| metadata.modified());
                Some((format!("/{}", parts?.join("/")), modified))
            })
            .filter(|(path, _)| !path.ends_with(".br") && !path.ends_with(".gz") && !path.contains("/."))
            .collect();
        // The newest last, so that what an earlier build left behind is not what pages name.
        found.sort_by_key(|(path, modified)| (modified.as_ref().ok().copied(), path.clone()));
        let newest = |prefix: &str, suffix: &str| {
            let fits = |path: &&String| path.starts_with(prefix) && path.ends_with(suffix);
            found.iter().map(|(path, _)| path).rfind(fits).cloned()
        };
        let assets = Assets {
            js: newest("/pkg/doorway.", ".js").unwrap_or_default(),
            wasm: newest("/pkg/doorway", ".wasm").unwrap_or_default(),
            css: newest("/pkg/doorway.", ".css").unwrap_or_default(),
            // Of the faces that the style sheet names, the one that nearly every heading needs.
            display_font: newest("/pkg/fraunces.", ".woff2"),
            journal: (|| {
                Some(JournalFiles {
                    js: newest("/pkg/journal.", ".js")?,
                    wasm: newest("/pkg/journal.", ".wasm")?,
                    worker: newest("/pkg/journal-worker.", ".js")?,
                    exchange_js: newest("/pkg/exchange.", ".js")?,
                    exchange_wasm: newest("/pkg/exchange.", ".wasm")?,
                    css: newest("/pkg/journal.", ".css")?,
                })
            })(),
            dev,
        };
        Self { paths: found.into_iter().map(|(path, _)| path).collect(), assets }
    }

    /// Whether there is a file at this path.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }
}

/// Whether a name says that its content never changes: `name.HASH.ext`, the hash 8 characters or more.
fn hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut parts = name.rsplit('.').skip(1);
    let Some(hash) = parts.next() else { return false };
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    parts.next().is_some()
        && hash.len() >= 8
        && hash.bytes().all(fits)
        && hash.bytes().any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_told_from_a_name() {
        for path in
            ["/pkg/doorway.1a2b3c4d.js", "/fonts/display.9f8e7d6c5b4a.woff2", "/pkg/doorway.Ab_cDe-fGhI.css"]
        {
            assert!(hashed(path), "{path}");
        }
        for path in
            ["/favicon.svg", "/site.webmanifest", "/pkg/doorway.js", "/pkg/doorway.internal.js", "/a.1.js"]
        {
            assert!(!hashed(path), "{path}");
        }
    }

    #[test]
    fn pages_name_the_newest_build() {
        let folder = tempfile::tempdir().unwrap();
        let pkg = folder.path().join("pkg");
        std::fs::create_dir(&pkg).unwrap();
        for name in [
            "doorway.bbbbbbb1.css",
            "doorway.aaaaaaa2.css",
            "doorway.aaaaaaa2.js",
            "doorway_bg.aaaaaaa2.wasm",
        ] {
            std::fs::write(pkg.join(name), "x").unwrap();
        }
        let old = std::fs::File::options().write(true).open(pkg.join("doorway.bbbbbbb1.css")).unwrap();
        old.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        let site = Site::open(folder.path(), false).unwrap();
        assert_eq!(site.current().assets.css, "/pkg/doorway.aaaaaaa2.css");
        assert_eq!(site.current().assets.wasm, "/pkg/doorway_bg.aaaaaaa2.wasm");
    }

    #[test]
    fn a_folder_without_a_client_is_an_error_that_names_what_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let error = Site::open(folder.path(), false).unwrap_err();
        assert!(error.to_string().contains("style sheet"), "{error}");
        assert!(matches!(Site::open(&folder.path().join("no"), false), Err(SiteError::Missing(_))));
    }
}
