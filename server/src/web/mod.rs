//! The router and all that stands around it.
//!
//! A request passes [`layers`] from the outside in, reaches one handler, and comes back the same way:
//! [`pages`] for whatever a person reads, [`assets`] for built files and images, [`feeds`] for machines that
//! follow, [`probes`] for machines that watch, [`search`] for who looks for something. [`listen`] is the socket below it all. A route's [`RouteClass`] is all that logs and metrics know of it.

mod api;
pub mod assets;
mod cards;
mod clinic;
mod conditional;
pub mod dev;
pub mod feeds;
mod infobutton;
mod kept;
pub mod layers;
pub mod limits;
pub mod listen;
pub mod metrics;
pub mod nonce;
mod oembed;
mod packs;
pub mod pages;
pub mod probes;
mod reader;
mod route_class;
pub mod search;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use tokio::sync::watch;

use crate::{config::Config, library::Shelf};

pub use assets::Site;
pub use metrics::Metrics;
pub use route_class::RouteClass;

/// What handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// See [`AppState`].
pub struct Shared {
    /// What an operator has set.
    pub config: Config,
    /// Scheme and host that readers see.
    pub base_url: String,
    /// The library.
    pub shelf: Arc<Shelf>,
    /// The built client, styles and fonts.
    pub site: Site,
    /// The description of the API.
    api: api::Document,
    /// How often one address may ask.
    pub limits: limits::Limits,
    /// The clinic's part of every page.
    clinic: clinic::Kit,
    /// Pictures in the width of a page.
    scaled: Arc<assets::Scaled>,
    /// Pictures of link previews.
    cards: Arc<cards::Cards>,
    /// Pages that were rendered before.
    kept: kept::Kept,
    /// What browsers search with.
    search: search::Files,
    /// Counts, without paths.
    pub metrics: Metrics,
    /// Becomes `true` when the server is asked to stop.
    pub stopping: watch::Sender<bool>,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(config: Config, shelf: Arc<Shelf>, site: Site) -> Self {
        let base_url = config.base_url();
        let (api, limits) = (api::Document::new(&base_url), limits::Limits::new(config.rate_limit));
        let clinic = clinic::Kit::of(&config);
        let (metrics, stopping) = (Metrics::new(), watch::Sender::new(false));
        let (scaled, cards, kept, search) =
            (Arc::default(), Arc::default(), kept::Kept::default(), search::Files::default());
        Self(Arc::new(Shared {
            config,
            base_url,
            shelf,
            site,
            api,
            limits,
            clinic,
            scaled,
            cards,
            kept,
            search,
            metrics,
            stopping,
        }))
    }
}

impl std::ops::Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// Everything that is served. Tests drive this router; `doorway serve` listens with it.
pub fn router(state: AppState) -> Router {
    let mut routes = routes();
    if state.config.dev {
        routes = routes.route("/dev/reload", get(dev::reload));
    }
    layers::around(routes, state)
}

fn routes() -> Router<AppState> {
    Router::new()
        .route("/covers/{file}", get(assets::cover))
        .route("/images/{*path}", get(assets::image))
        .route("/cards/{*path}", get(cards::card))
        .nest("/api/v1", api::routes())
        .route("/oembed", get(oembed::embedding))
        .route("/infobutton", get(infobutton::answer))
        .route("/clinic/{file}", get(clinic::file))
        .route("/feed.rss", get(feeds::rss))
        .route("/feed.atom", get(feeds::atom))
        .route("/feed.json", get(feeds::json))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/robots.txt", get(feeds::robots))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready))
        .route("/metrics", get(probes::metrics))
        .route("/search", get(pages::page_or_file).post(search::posted))
        .route("/search/{file}", get(search::file))
        .route("/pack/articles.txt", get(packs::articles))
        .route("/csp-report", post(probes::csp_report))
        // Built files stand at the top of the site (`/favicon.svg`, `/pkg/…`), pages everywhere else.
        .fallback(get(pages::page_or_file))
}
