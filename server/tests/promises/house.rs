//! A content folder, a folder of built files, and the router over both.

use std::{fs, path::Path, process::Command, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use server::{
    config::Config,
    library::{Clock, Shelf},
    web::{self, AppState, Site},
};
use tempfile::TempDir;
use tower::ServiceExt as _;

pub const CSS: &str = "/pkg/doorway.0a1b2c3d.css";

/// An article that has everything an article needs.
pub fn article(slug: &str, title: &str) -> String {
    format!(
        "---\ntitle: \"{title}\"\nslug: \"{slug}\"\nexcerpt: \"A short line about {slug}.\"\n\
         category: \"PATIENT_EDUCATION\"\nauthor: \"Ada Example\"\npublishedAt: \"2026-01-08\"\ntags: [\"sleep\"]\n---\n\n\
         Words about rest & quiet.\n\n## Getting ready\n\nMore words.\n\n## The night after\n\nLast words.\n"
    )
}

/// The same with another line of front matter.
pub fn article_with(slug: &str, line: &str) -> String {
    article(slug, slug).replacen("author:", &format!("{line}\nauthor:"), 1)
}

pub struct House {
    pub folder: TempDir,
    site: TempDir,
    pub config: Config,
}

impl House {
    /// Two articles.
    pub fn new() -> Self {
        let (folder, site) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let pkg = site.path().join("pkg");
        fs::create_dir(&pkg).unwrap();
        for (name, text) in [
            ("doorway.0a1b2c3d.css", "body { color: black }"),
            ("doorway.0a1b2c3d.css.br", "brotli"),
            ("doorway.0a1b2c3d.css.gz", "gzip"),
            ("doorway.0a1b2c3d.js", "export default 1"),
            ("doorway.0a1b2c3d.wasm", "wasm"),
            ("journal.0a1b2c3d.css", "main { color: black }"),
            ("journal.0a1b2c3d.js", "export default 1"),
            ("journal.0a1b2c3d.wasm", "wasm"),
            ("journal-worker.0a1b2c3d.js", "import 1"),
            ("exchange.0a1b2c3d.js", "export default 1"),
            ("exchange.0a1b2c3d.wasm", "wasm"),
        ] {
            fs::write(pkg.join(name), text).unwrap();
        }
        fs::write(site.path().join("favicon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")
            .unwrap();
        let mut config = Config::defaults();
        config.content = folder.path().to_owned();
        config.base_url = Some("http://library.example".parse().unwrap());
        let house = Self { folder, site, config };
        house.write("articles/rest.md", &article("rest", "Rest"));
        house.write("articles/quiet.md", &article_with("quiet", "aliases: [silence]"));
        house
    }

    pub fn content(&self) -> &Path {
        self.folder.path()
    }

    pub fn site(&self) -> &Path {
        self.site.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.content().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.content().join(path)).unwrap();
    }

    pub fn shelf(&self) -> Shelf {
        Shelf::open(self.content(), self.config.lenient, clock("2026-03-01T12:00:00Z")).unwrap().0
    }

    pub fn state(&self) -> AppState {
        let site = Site::open(self.site(), self.config.dev).unwrap();
        AppState::new(self.config.clone(), Arc::new(self.shelf()), site)
    }

    pub fn router(&self) -> Router {
        web::router(self.state())
    }

    /// Asks a new router.
    pub async fn get(&self, path: &str) -> Answer {
        get(&self.router(), path).await
    }
}

/// The program, without the settings of whoever runs the tests.
pub fn doorway() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorway"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("DOORWAY_")) {
        command.env_remove(name);
    }
    command
}

pub fn clock(now: &str) -> Clock {
    let now: Timestamp = now.parse().unwrap();
    Arc::new(move || now)
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// A header, or nothing.
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

pub async fn get(router: &Router, path: &str) -> Answer {
    ask(router, Request::get(path).body(Body::empty()).unwrap()).await
}

pub async fn get_with(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request =
        headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    ask(router, request.body(Body::empty()).unwrap()).await
}
