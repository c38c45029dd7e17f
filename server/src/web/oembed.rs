//! oEmbed 1.0: what another site shows where somebody pasted the address of an article.
//!
//! Only our own addresses are answered, and what is given holds no script, no frame and no picture of ours inside its
//! HTML: a quotation with a link, which works wherever HTML does.

use std::{borrow::Cow, io};

use article::{Library, Published};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::{
    AppState, conditional,
    feeds::{text_in, xml},
};
use crate::errors::AppError;

const CACHE: &str = "public, max-age=3600";
/// The size of what is shown, in pixels, where nobody asks for less.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 240;
/// The size of a card, which must not be named where less is asked for.
const CARD: (u32, u32) = (1200, 630);
/// Seconds for which an answer may be kept.
const AGE: u32 = 86_400;

/// What is asked.
#[derive(Deserialize)]
pub struct Wanted {
    url: String,
    format: Option<String>,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
}

/// The answer, in the order of the specification.
#[derive(Serialize)]
struct Embedding {
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    title: String,
    author_name: String,
    provider_name: String,
    provider_url: String,
    cache_age: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_height: Option<u32>,
    html: String,
    width: u32,
    height: u32,
}

/// `/oembed?url=…`. 404 for what is no article of this library, 501 for a format that is neither JSON nor XML.
pub async fn embedding(
    State(state): State<AppState>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    asked: HeaderMap,
) -> Result<Response, AppError> {
    let Query(wanted) = wanted.map_err(|_| StatusCode::BAD_REQUEST)?;
    let json = match wanted.format.as_deref() {
        None | Some("json") => true,
        Some("xml") => false,
        Some(_) => return Err(StatusCode::NOT_IMPLEMENTED.into()),
    };
    let edition = state.shelf.current();
    let (published, anchor) =
        named(&edition.library, &state.base_url, &wanted.url).ok_or(StatusCode::NOT_FOUND)?;
    let clinic = state.clinic.shown().name.as_deref();
    let provider = clinic.unwrap_or(&edition.library.site().name);
    let embedding = Embedding::of(published, anchor.as_deref(), &wanted, provider, &state.base_url);
    let (text, kind) = if json {
        (serde_json::to_string(&embedding).map_err(AppError::internal)?, "application/json")
    } else {
        (embedding.xml().map_err(AppError::internal)?, "text/xml; charset=utf-8")
    };
    let validator = conditional::validator(&text, None);
    Ok(conditional::respond(&asked, text, kind, CACHE, validator))
}

fn escaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// The article that an address of ours names, and the section in it if there is such a one.
fn named<'a>(library: &'a Library, base: &str, url: &str) -> Option<(&'a Published, Option<String>)> {
    // The whole of scheme and host, so that no other host that begins like ours is taken for it.
    let rest = url.strip_prefix(base)?.strip_prefix("/articles/")?;
    let (path, fragment) = rest.split_once('#').map_or((rest, None), |(path, anchor)| (path, Some(anchor)));
    let slug = path.split('?').next().unwrap_or(path).trim_end_matches('/');
    let published = library.article(slug).or_else(|| library.article(library.renamed(slug)?.as_str()))?;
    let article = &published.article;
    let anchor = fragment.and_then(|fragment| {
        let anchor = percent_decode_str(fragment).decode_utf8().ok()?.into_owned();
        let anchor = article.meta.anchors.get(&anchor).cloned().unwrap_or(anchor);
        article.sections.iter().any(|section| section.anchor.as_str() == anchor).then_some(anchor)
    });
    Some((published, anchor))
}

impl Embedding {
    fn of(published: &Published, anchor: Option<&str>, wanted: &Wanted, provider: &str, base: &str) -> Self {
        let article = &published.article;
        let meta = &article.meta;
        let section = anchor
            .and_then(|anchor| article.sections.iter().find(|section| section.anchor.as_str() == anchor));
        let mut url = format!("{base}/articles/{}", meta.slug);
        let mut card = format!("{base}/cards/articles/{}", meta.slug);
        let title = match section {
            Some(section) => {
                url.push_str(&format!("#{}", section.anchor));
                card.push_str(&format!("/{}", section.anchor));
                format!("{}: {}", meta.title, section.title)
            }
            None => meta.title.clone(),
        };
        let most = |limit: Option<u32>| limit.unwrap_or(u32::MAX);
        let card_fits = most(wanted.maxwidth) >= CARD.0 && most(wanted.maxheight) >= CARD.1;
        let html = format!(
            "<blockquote lang=\"{}\" cite=\"{url}\"><p><a href=\"{url}\">{}</a></p><p>{}</p><p>{}</p></blockquote>",
            escaped(&meta.lang),
            escaped(&title),
            escaped(&meta.excerpt),
            escaped(provider),
        );
        Self {
            kind: "rich",
            version: "1.0",
            title,
            author_name: meta.author.clone(),
            provider_name: provider.to_owned(),
            provider_url: format!("{base}/"),
            cache_age: AGE,
            thumbnail_url: card_fits.then(|| format!("{card}.png")),
            thumbnail_width: card_fits.then_some(CARD.0),
            thumbnail_height: card_fits.then_some(CARD.1),
            html,
            width: WIDTH.min(most(wanted.maxwidth)),
            height: HEIGHT.min(most(wanted.maxheight)),
        }
    }

    fn xml(&self) -> io::Result<String> {
        let number = |number: u32| number.to_string();
        let fields = [
            ("type", Some(self.kind.to_owned())),
            ("version", Some(self.version.to_owned())),
            ("title", Some(self.title.clone())),
            ("author_name", Some(self.author_name.clone())),
            ("provider_name", Some(self.provider_name.clone())),
            ("provider_url", Some(self.provider_url.clone())),
            ("cache_age", Some(number(self.cache_age))),
            ("thumbnail_url", self.thumbnail_url.clone()),
            ("thumbnail_width", self.thumbnail_width.map(number)),
            ("thumbnail_height", self.thumbnail_height.map(number)),
            ("html", Some(self.html.clone())),
            ("width", Some(number(self.width))),
            ("height", Some(number(self.height))),
        ];
        xml(|writer| {
            writer.create_element("oembed").write_inner_content(|writer| {
                fields
                    .iter()
                    .filter_map(|(name, value)| Some((name, value.as_ref()?)))
                    .try_for_each(|(name, value)| text_in(writer, name, value))
            })?;
            Ok(())
        })
    }
}
