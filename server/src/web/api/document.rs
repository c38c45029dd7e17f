//! The description of the API: OpenAPI 3.1, made from the handlers and their types.

use serde_json::Value;
use utoipa::{OpenApi, openapi::ServerBuilder};

use super::{articles, packs, search};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Doorway",
        version = "1",
        description = "The library for programs: reading only, no key. What is answered is general education and not medical \
                       advice; show the disclaimer and the way to crisis help wherever you show the text.",
    ),
    paths(articles::list, articles::one, articles::section, search::asked, search::posted, packs::list, packs::one),
    tags(
        (name = "Articles", description = "What there is to read."),
        (name = "Search", description = "The same engine as on the search page."),
        (name = "Packs", description = "Passages put together to be handed over."),
    )
)]
struct Description;

/// The description, for programs and for the page at `/api`.
pub struct Document {
    /// As it is sent.
    pub json: String,
    /// As the page reads it.
    pub value: Value,
}

impl Document {
    /// The description of the API at this scheme and host.
    pub fn new(base_url: &str) -> Self {
        let mut described = Description::openapi();
        // Else it would be that of the program: the articles have one of their own, in `site.yaml`.
        described.info.license = None;
        described.servers = Some(vec![ServerBuilder::new().url(format!("{base_url}/api/v1")).build()]);
        let json = super::json(&described);
        let value = serde_json::from_str(&json).expect("what was just written can be read");
        Self { json, value }
    }
}
