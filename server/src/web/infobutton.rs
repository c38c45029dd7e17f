//! `/infobutton`: record systems ask here in the words of HL7's Context-Aware Knowledge Retrieval (URL-based), as they ask
//! MedlinePlus Connect, and get a page, JSON or Atom.
//!
//! A code is health data. The answer is kept by nobody, and of the request only the criteria, the language and the recipient
//! are read: what describes a patient is dropped before anything else sees it.
//!
//! Where there is nothing to list, a program gets a feed without entries in the form that it asked for. Its subtitle says why, and
//! what to do: what shows a feed shows that too, whether it looks at the status or not.

use std::io;

use app::infobutton::{Asked, Criterion, Group};
use article::Published;
use axum::{
    extract::{Extension, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    AppState,
    feeds::{midnight, text_in, xml},
    nonce::Nonce,
    pages,
};
use crate::{errors::AppError, library::Edition};

const NEVER: &str = "no-store";

/// What to do when nothing was named.
const MISSING: &str = "Nothing was named to look for. Name a code as mainSearchCriteria.v.c with its system as \
                       mainSearchCriteria.v.cs, or what it is called as mainSearchCriteria.v.dn.";

/// In what form a program wants the answer.
#[derive(Clone, Copy)]
pub enum Form {
    /// In the words of Atom, as Connect writes them.
    Json,
    /// RFC 4287.
    Atom,
}

/// Answers a record system.
pub async fn answer(
    State(state): State<AppState>,
    Extension(nonce): Extension<Nonce>,
    pairs: Result<Query<Vec<(String, String)>>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    // Why it could not be read may quote what was asked, so that is not passed on.
    let Query(pairs) = pairs.map_err(|_| StatusCode::BAD_REQUEST)?;
    let form = wanted(&pairs)?;
    let pairs: Vec<(String, String)> = pairs.into_iter().filter(|(name, _)| is_read(name)).collect();
    let Some(form) = form else { return pages::answer(&state, "/infobutton", &pairs, &nonce, &headers) };
    let asked = Asked::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    if asked.criteria.is_empty() {
        return Err(StatusCode::BAD_REQUEST.into());
    }
    let edition = state.shelf.current();
    let groups = asked.find(&edition.library, pages::search(&edition));
    let feed = Feed::new(&state, &edition, &asked);
    let subtitle = feed.found(&groups);
    feed.write(form, &subtitle, &groups)
}

/// What is asked for by name; nothing for a page, also where nothing is. A script that calls back (JSONP) is not given.
fn wanted(pairs: &[(String, String)]) -> Result<Option<Form>, StatusCode> {
    let wanted = pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case("knowledgeResponseType"));
    match wanted.map(|(_, value)| value.trim().to_ascii_lowercase()).as_deref() {
        None | Some("" | "text/html" | "html") => Ok(None),
        Some("application/json" | "json") => Ok(Some(Form::Json)),
        Some("application/atom+xml" | "text/xml" | "application/xml" | "atom" | "xml") => {
            Ok(Some(Form::Atom))
        }
        Some(_) => Err(StatusCode::NOT_ACCEPTABLE),
    }
}

/// In what form a request wants its answer; `None` where a page is what it gets.
pub fn form(address: &Uri) -> Option<Form> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(address).ok()?;
    wanted(&pairs).ok().flatten()
}

/// Gives an error the form that was asked for; for [`layers`](super::layers).
pub fn face(state: &AppState, form: Form, response: Response) -> Response {
    let error = AppError::from(response.status());
    let says = match response.status() {
        StatusCode::BAD_REQUEST => MISSING.to_owned(),
        StatusCode::METHOD_NOT_ALLOWED => format!("{error} Ask with GET."),
        _ => error.to_string(),
    };
    let (edition, asked) = (state.shelf.current(), Asked::default());
    let Ok(feed) = Feed::new(state, &edition, &asked).write(form, &says, &[]) else { return response };
    let (mut parts, _) = response.into_parts();
    let (said, body) = feed.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(said.headers);
    Response::from_parts(parts, body)
}

/// Whether a parameter is one of those that are read at all.
fn is_read(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("mainsearchcriteria")
        || matches!(name.as_str(), "informationrecipient" | "informationrecipient.languagecode.c")
}

/// The answer for programs, in the shape of Connect's.
struct Feed<'a> {
    edition: &'a Edition,
    base: &'a str,
    asked: &'a Asked,
    now: jiff::Timestamp,
}

impl<'a> Feed<'a> {
    fn new(state: &'a AppState, edition: &'a Edition, asked: &'a Asked) -> Self {
        Self { edition, base: &state.base_url, asked, now: state.shelf.now() }
    }

    fn write(&self, form: Form, subtitle: &str, groups: &[Group<'_>]) -> Result<Response, AppError> {
        let (kind, text) = match form {
            Form::Atom => (
                "application/atom+xml; charset=utf-8",
                self.atom(subtitle, groups).map_err(AppError::internal)?,
            ),
            Form::Json => ("application/json", self.json(subtitle, groups).to_string()),
        };
        Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, NEVER)], text).into_response())
    }

    fn name(&self) -> &str {
        &self.edition.library.site().name
    }

    /// To the second: RFC 3339.
    fn updated(&self) -> String {
        self.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// What was found, or that nothing was and where to look.
    fn found(&self, groups: &[Group<'_>]) -> String {
        let name = self.name();
        let criteria = self.asked.criteria.iter().map(Criterion::label).collect::<Vec<_>>().join(", ");
        if groups.iter().all(|group| group.articles.is_empty()) {
            let search = format!("{}/search", self.base);
            return format!("{name} has nothing on {criteria}. Search it in other words: {search}");
        }
        format!("{name} results for {criteria}")
    }

    /// What was asked, as categories: the first criterion under Connect's own names.
    fn categories(&self) -> Vec<(&'static str, String)> {
        let criteria = self.asked.criteria.iter().flat_map(|criterion| {
            [
                ("mainSearchCriteria.v.c", criterion.code.clone()),
                ("mainSearchCriteria.v.cs", criterion.system.clone()),
                ("mainSearchCriteria.v.dn", criterion.name.clone()),
            ]
        });
        let recipient = if self.asked.provider { "PROV" } else { "PAT" };
        criteria.chain([("InformationRecipient", recipient.to_owned())]).collect()
    }

    /// Each article once, under the first criterion that it answers.
    fn entries<'g>(&self, groups: &'g [Group<'_>]) -> Vec<(&'g Criterion, &'g Published)> {
        let mut seen = Vec::new();
        groups
            .iter()
            .flat_map(|group| group.articles.iter().map(|published| (&group.criterion, *published)))
            .filter(|(_, published)| {
                let new = !seen.contains(&&published.article.meta.slug);
                seen.push(&published.article.meta.slug);
                new
            })
            .collect()
    }

    fn link(&self, published: &Published) -> String {
        format!("{}/articles/{}", self.base, published.article.meta.slug)
    }

    /// Connect writes Atom's text as `_value`.
    fn json(&self, subtitle: &str, groups: &[Group<'_>]) -> Value {
        let text = |text: &str| json!({ "type": "text", "_value": text });
        let entries: Vec<Value> = self
            .entries(groups)
            .into_iter()
            .map(|(criterion, published)| {
                let meta = &published.article.meta;
                let link = self.link(published);
                json!({
                    "title": text(&meta.title),
                    "lang": meta.lang,
                    "link": [{ "title": meta.title, "rel": "alternate", "type": "html", "href": link }],
                    "id": { "_value": link },
                    "updated": { "_value": midnight(meta.changed()) },
                    "summary": text(&meta.excerpt),
                    "category": [{ "scheme": "mainSearchCriteria.v.c", "term": criterion.code }],
                })
            })
            .collect();
        let categories: Vec<Value> = self
            .categories()
            .into_iter()
            .map(|(scheme, term)| json!({ "scheme": scheme, "term": term }))
            .collect();
        json!({ "feed": {
            "base": format!("{}/", self.base),
            "lang": self.asked.language.as_deref().unwrap_or("en"),
            "title": text(self.name()),
            "subtitle": text(subtitle),
            "author": {
                "name": { "_value": self.edition.library.site().publisher },
                "uri": { "_value": format!("{}/", self.base) },
            },
            "id": { "_value": format!("{}/infobutton", self.base) },
            "updated": { "_value": self.updated() },
            "category": categories,
            "entry": entries,
        }})
    }

    fn atom(&self, subtitle: &str, groups: &[Group<'_>]) -> io::Result<String> {
        let language = self.asked.language.as_deref().unwrap_or("en");
        xml(|writer| {
            let feed = writer
                .create_element("feed")
                .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)]);
            feed.write_inner_content(|writer| {
                text_in(writer, "title", self.name())?;
                text_in(writer, "subtitle", subtitle)?;
                text_in(writer, "id", &format!("{}/infobutton", self.base))?;
                text_in(writer, "updated", &self.updated())?;
                let publisher = &self.edition.library.site().publisher;
                writer
                    .create_element("author")
                    .write_inner_content(|writer| text_in(writer, "name", publisher))?;
                for (scheme, term) in self.categories() {
                    let attributes = [("scheme", scheme), ("term", term.as_str())];
                    writer.create_element("category").with_attributes(attributes).write_empty()?;
                }
                for (criterion, published) in self.entries(groups) {
                    let meta = &published.article.meta;
                    let link = self.link(published);
                    let element =
                        writer.create_element("entry").with_attribute(("xml:lang", meta.lang.as_str()));
                    element.write_inner_content(|writer| {
                        text_in(writer, "title", &meta.title)?;
                        text_in(writer, "id", &link)?;
                        let link = [("href", link.as_str()), ("rel", "alternate"), ("type", "text/html")];
                        writer.create_element("link").with_attributes(link).write_empty()?;
                        text_in(writer, "updated", &midnight(meta.changed()))?;
                        text_in(writer, "summary", &meta.excerpt)?;
                        let code = [("scheme", "mainSearchCriteria.v.c"), ("term", criterion.code.as_str())];
                        writer.create_element("category").with_attributes(code).write_empty()?;
                        Ok(())
                    })?;
                }
                Ok(())
            })?;
            Ok(())
        })
    }
}
