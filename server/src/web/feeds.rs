//! For machines that follow: feeds, sitemap, robots.
//!
//! Feeds carry an article's excerpt and not its text: the text belongs beside its review dates, its
//! references and the crisis help, which a feed reader would leave out.

use std::io;

use article::{Meta, Published, Site, address_form};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use serde_json::json;

use super::{AppState, conditional};
use crate::{errors::AppError, library::Edition};

/// As many as a feed reader that looks in once a month can catch up with.
const NEWEST: usize = 50;
const CACHE: &str = "public, max-age=3600";

/// `/feed.rss`
pub async fn rss(State(state): State<AppState>, asked: HeaderMap) -> Result<Response, AppError> {
    let edition = state.shelf.current();
    let feed = Feed::of(&edition, &state.base_url);
    let text = feed.rss().map_err(AppError::internal)?;
    Ok(respond(&asked, text, "application/rss+xml; charset=utf-8"))
}

/// `/feed.atom`
pub async fn atom(State(state): State<AppState>, asked: HeaderMap) -> Result<Response, AppError> {
    let edition = state.shelf.current();
    let feed = Feed::of(&edition, &state.base_url);
    let text = feed.atom().map_err(AppError::internal)?;
    Ok(respond(&asked, text, "application/atom+xml; charset=utf-8"))
}

/// `/feed.json`
pub async fn json(State(state): State<AppState>, asked: HeaderMap) -> Response {
    let edition = state.shelf.current();
    respond(&asked, Feed::of(&edition, &state.base_url).json(), "application/feed+json; charset=utf-8")
}

/// `/sitemap.xml`: every address that stands for itself.
pub async fn sitemap(State(state): State<AppState>, asked: HeaderMap) -> Result<Response, AppError> {
    let edition = state.shelf.current();
    let text = xml(|writer| {
        let all = writer
            .create_element("urlset")
            .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        all.write_inner_content(|writer| {
            for (path, changed) in addresses(&edition) {
                writer.create_element("url").write_inner_content(|writer| {
                    text_in(writer, "loc", &format!("{}{path}", state.base_url))?;
                    changed.map_or(Ok(()), |day| text_in(writer, "lastmod", &day.to_string()))
                })?;
            }
            Ok(())
        })?;
        Ok(())
    });
    Ok(respond(&asked, text.map_err(AppError::internal)?, "application/xml; charset=utf-8"))
}

/// `/robots.txt`: everything may be read.
pub async fn robots(State(state): State<AppState>) -> Response {
    let text = format!("User-agent: *\nAllow: /\nSitemap: {}/sitemap.xml\n", state.base_url);
    ([(header::CACHE_CONTROL, CACHE)], text).into_response()
}

fn respond(asked: &HeaderMap, text: String, content_type: &'static str) -> Response {
    let validator = conditional::validator(&text, None);
    conditional::respond(asked, text, content_type, CACHE, validator)
}

/// Every address that stands for itself, with the last change of what it shows where that is one thing.
fn addresses(edition: &Edition) -> Vec<(String, Option<Date>)> {
    let library = &edition.library;
    let site = library.site();
    let mut all: Vec<(String, Option<Date>)> =
        ["/", "/articles", "/topics", "/glossary", "/crisis"].map(|path| (path.to_owned(), None)).into();
    if !site.paths.is_empty() {
        all.push(("/paths".to_owned(), None));
    }
    all.extend(site.pages.iter().map(|page| (format!("/{}", page.slug), None)));
    if !site.packs.is_empty() {
        all.push(("/packs".to_owned(), None));
    }
    all.extend(site.packs.iter().map(|pack| (format!("/packs/{}", pack.slug), None)));
    all.extend(site.paths.iter().map(|path| (format!("/paths/{}", path.slug), None)));
    all.extend(
        site.categories.iter().map(|category| (format!("/categories/{}", address_form(&category.key)), None)),
    );
    all.extend(library.tags().into_iter().map(|tag| (format!("/topics/{}", tag.address), None)));
    all.extend(library.authors().into_iter().map(|author| (format!("/authors/{}", author.address), None)));
    all.extend(library.articles().iter().map(|published| {
        let meta = &published.article.meta;
        (address(meta), Some(changed(meta)))
    }));
    all
}

fn address(meta: &Meta) -> String {
    format!("/articles/{}", meta.slug)
}

fn changed(meta: &Meta) -> Date {
    meta.updated_at.unwrap_or(meta.published_at).max(meta.published_at)
}

/// The newest articles as all three kinds of feed see them.
struct Feed<'a> {
    site: &'a Site,
    base: &'a str,
    articles: &'a [Published],
    updated: Date,
}

impl<'a> Feed<'a> {
    fn of(edition: &'a Edition, base: &'a str) -> Self {
        let all = edition.library.articles();
        let articles = &all[..all.len().min(NEWEST)];
        let updated =
            articles.iter().map(|published| changed(&published.article.meta)).max().unwrap_or(edition.day);
        Self { site: edition.library.site(), base, articles, updated }
    }

    fn metas(&self) -> impl Iterator<Item = &'a Meta> + use<'a> {
        self.articles.iter().map(|published| &published.article.meta)
    }

    fn link(&self, meta: &Meta) -> String {
        format!("{}{}", self.base, address(meta))
    }

    /// RSS 2.0, with Atom's link to itself as its board advises.
    fn rss(&self) -> io::Result<String> {
        xml(|writer| {
            let feed = writer.create_element("rss").with_attributes([
                ("version", "2.0"),
                ("xmlns:atom", "http://www.w3.org/2005/Atom"),
                ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ]);
            feed.write_inner_content(|writer| {
                writer.create_element("channel").write_inner_content(|writer| self.rss_channel(writer))?;
                Ok(())
            })?;
            Ok(())
        })
    }

    fn rss_channel(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        text_in(writer, "title", &self.site.name)?;
        text_in(writer, "link", &format!("{}/", self.base))?;
        text_in(writer, "description", &self.site.description)?;
        text_in(writer, "language", "en")?;
        let itself = format!("{}/feed.rss", self.base);
        let link = [("href", itself.as_str()), ("rel", "self"), ("type", "application/rss+xml")];
        writer.create_element("atom:link").with_attributes(link).write_empty()?;
        for meta in self.metas() {
            writer.create_element("item").write_inner_content(|writer| {
                text_in(writer, "title", &meta.title)?;
                text_in(writer, "link", &self.link(meta))?;
                text_in(writer, "guid", &self.link(meta))?;
                text_in(writer, "description", &meta.excerpt)?;
                text_in(writer, "dc:creator", &meta.author)?;
                meta.tags.iter().try_for_each(|tag| text_in(writer, "category", tag))?;
                text_in(
                    writer,
                    "pubDate",
                    &meta.published_at.strftime("%a, %d %b %Y 00:00:00 GMT").to_string(),
                )
            })?;
        }
        Ok(())
    }

    /// RFC 4287.
    fn atom(&self) -> io::Result<String> {
        xml(|writer| {
            let feed = writer
                .create_element("feed")
                .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en")]);
            feed.write_inner_content(|writer| self.atom_feed(writer))?;
            Ok(())
        })
    }

    fn atom_feed(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let (home, itself) = (format!("{}/", self.base), format!("{}/feed.atom", self.base));
        text_in(writer, "title", &self.site.name)?;
        text_in(writer, "subtitle", &self.site.tagline)?;
        text_in(writer, "id", &home)?;
        text_in(writer, "updated", &midnight(self.updated))?;
        writer.create_element("link").with_attribute(("href", home.as_str())).write_empty()?;
        writer
            .create_element("link")
            .with_attributes([("rel", "self"), ("href", itself.as_str())])
            .write_empty()?;
        for meta in self.metas() {
            let link = self.link(meta);
            writer.create_element("entry").write_inner_content(|writer| {
                text_in(writer, "title", &meta.title)?;
                text_in(writer, "id", &link)?;
                writer.create_element("link").with_attribute(("href", link.as_str())).write_empty()?;
                text_in(writer, "published", &midnight(meta.published_at))?;
                text_in(writer, "updated", &midnight(changed(meta)))?;
                writer
                    .create_element("author")
                    .write_inner_content(|writer| text_in(writer, "name", &meta.author))?;
                text_in(writer, "summary", &meta.excerpt)?;
                for tag in &meta.tags {
                    writer.create_element("category").with_attribute(("term", tag.as_str())).write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// JSON Feed 1.1.
    fn json(&self) -> String {
        let items: Vec<_> = self
            .metas()
            .map(|meta| {
                json!({
                    "id": self.link(meta),
                    "url": self.link(meta),
                    "title": meta.title,
                    "content_text": meta.excerpt,
                    "date_published": midnight(meta.published_at),
                    "date_modified": midnight(changed(meta)),
                    "authors": [{ "name": meta.author }],
                    "tags": meta.tags,
                    "language": meta.lang,
                })
            })
            .collect();
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.site.name,
            "description": self.site.description,
            "home_page_url": format!("{}/", self.base),
            "feed_url": format!("{}/feed.json", self.base),
            "language": "en",
            "items": items,
        });
        feed.to_string()
    }
}

/// A day as a moment: RFC 3339.
pub(super) fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

pub(super) fn xml(content: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> io::Result<String> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    content(&mut writer)?;
    String::from_utf8(writer.into_inner()).map_err(io::Error::other)
}

/// `<name>text</name>`; control characters, which XML cannot hold, are dropped.
pub(super) fn text_in(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    let text: String = text.chars().filter(|&c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    writer.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}
