//! What a page is handed and what it hands back.

use article::Library;
use jiff::civil::Date;
use leptos::prelude::{AnyView, IntoAny};

/// Everything that a page may know. The clock and the nonce are passed in, so that tests own them.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What is there to read.
    pub library: &'a Library,
    /// The same, as it is searched.
    pub search: Search<'a>,
    /// Where the built files are.
    pub assets: &'a Assets,
    /// Who hands the library to its patients.
    pub clinic: &'a Clinic,
    /// The description of the API, as OpenAPI.
    pub api: &'a serde_json::Value,
    /// Path of the address, such as `/articles/grounding`.
    pub path: &'a str,
    /// Decoded pairs of the query, in order.
    pub query: &'a [(String, String)],
    /// Scheme and host for absolute links, without a slash at the end.
    pub base_url: &'a str,
    /// Today, in UTC.
    pub today: Date,
    /// Allows this response's own scripts; 128 random bits in base64.
    pub nonce: &'a str,
}

/// The library as it is searched.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// Finds.
    pub index: &'a ::search::Index,
    /// Shows what was found.
    pub texts: &'a ::search::Texts,
    /// What the browser searches by itself; `None` where the library is too large for that.
    pub files: Option<SearchFiles<'a>>,
}

/// Addresses of the index and the texts, made for one edition of the library.
#[derive(Clone, Copy)]
pub struct SearchFiles<'a> {
    /// Such as `/search/index.1f2e….bin`.
    pub index: &'a str,
    /// Such as `/search/texts.1f2e….bin`.
    pub texts: &'a str,
}

/// Addresses of the built files, such as `/pkg/doorway.6f1c….css`.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The glue that loads the client.
    pub js: String,
    /// The client.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The display font, where it is worth loading early.
    pub display_font: Option<String>,
    /// The keeper's client, where it was built.
    pub journal: Option<JournalFiles>,
    /// Whether the page listens for rebuilds.
    pub dev: bool,
}

/// Addresses of the keeper's client, all of one build.
#[derive(Clone, Debug)]
pub struct JournalFiles {
    /// The glue.
    pub js: String,
    /// The client.
    pub wasm: String,
    /// What its worker runs.
    pub worker: String,
    /// The glue of the program for exports and imports, which is fetched when it is wanted.
    pub exchange_js: String,
    /// That program.
    pub exchange_wasm: String,
    /// Its style sheet, which goes after the one of all pages.
    pub css: String,
}

/// The clinic kit: who hands the library to its patients, as the operator has set it. Each part may be missing, and all
/// are where nobody set any. Texts are plain, one line each, at most 160 characters.
#[derive(Clone, Debug, Default)]
pub struct Clinic {
    /// Name.
    pub name: Option<String>,
    /// Logo.
    pub logo: Option<Logo>,
    /// Telephone, as people write it.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// The clinic's own number for a crisis.
    pub crisis: Option<String>,
    /// Address of the style sheet with its colours, such as `/clinic/colours.6f1c….css`. They were checked against the
    /// grounds of all themes.
    pub colours: Option<String>,
}

/// A clinic's logo.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Address, such as `/clinic/logo.6f1c….svg`.
    pub path: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl Clinic {
    /// Whether there is anything of it to show.
    pub fn is_known(&self) -> bool {
        self.name.is_some() || self.logo.is_some() || self.phone.is_some() || self.address.is_some()
    }
}

/// What the server sends.
pub enum Answer {
    /// A whole document.
    Page {
        /// HTTP status.
        status: u16,
        /// The document.
        html: String,
        /// Last change of what it shows, where that is one thing.
        last_changed: Option<Date>,
        /// Path of the canonical address.
        canonical: String,
        /// Whether it answers what a reader typed: nobody may keep it.
        fleeting: bool,
    },
    /// Go elsewhere.
    Redirect {
        /// Path to go to; ASCII, no control characters.
        to: String,
        /// 308 or 307.
        status: u16,
    },
}

/// A page before the document is put around it.
pub(crate) struct Page {
    pub status: u16,
    /// Names the room in the style sheet and in tests: `data-page` of the body.
    pub room: &'static str,
    pub title: String,
    pub description: String,
    /// Path of the canonical address.
    pub canonical: String,
    pub last_changed: Option<Date>,
    /// schema.org data.
    pub linked_data: Option<serde_json::Value>,
    /// Whether it answers what a reader typed: nobody may keep it.
    pub fleeting: bool,
    /// Whether search engines may list it.
    pub listed: bool,
    pub main: AnyView,
}

impl Page {
    pub fn new(
        room: &'static str,
        title: impl Into<String>,
        canonical: impl Into<String>,
        main: impl IntoAny,
    ) -> Self {
        Self {
            status: 200,
            room,
            title: title.into(),
            description: String::new(),
            canonical: canonical.into(),
            last_changed: None,
            linked_data: None,
            fleeting: false,
            listed: true,
            main: main.into_any(),
        }
    }

    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }
}

impl Context<'_> {
    /// The first value of a query parameter that is not empty.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, value)| key == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    /// A path made absolute.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}
