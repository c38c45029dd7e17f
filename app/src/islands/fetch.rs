//! Pages of ours, fetched as a browser fetches them: as HTML, and as nothing else.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, RequestInit, Response, SupportedType, Url};

use super::{dom, search::engine};

/// Why a page could not be shown here.
pub(crate) enum Failure {
    /// The network or the server did not answer.
    Unreachable,
    /// The answer is not one of our pages: the browser knows what to do with it.
    NotAPage,
}

/// The page at an address, and the address at which it was found.
pub(crate) async fn page(href: &str) -> Result<(Document, String), Failure> {
    // The empty results page came with the index, so that results need no network.
    let results = Url::new(href).is_ok_and(|url| url.pathname() + &url.search() == "/search");
    if let Some(page) = engine::empty_page().filter(|_| results).as_deref().and_then(document_of) {
        return Ok((page, href.to_owned()));
    }
    let response = lately(href).await?;
    let page = document_of(&read(&response).await?).ok_or(Failure::NotAPage)?;
    // A redirect drops what stands behind `#`.
    let hash = Url::new(href).map(|url| url.hash()).unwrap_or_default();
    let found = if response.redirected() { response.url() + &hash } else { href.to_owned() };
    Ok((page, found))
}

/// A plain text of ours; without a network, as the browser has kept it.
pub(crate) async fn plain(address: &str) -> Result<String, Failure> {
    let response = lately(address).await?;
    if !response.ok() {
        return Err(Failure::NotAPage);
    }
    let text = response.text().map_err(|_| Failure::NotAPage)?;
    Ok(JsFuture::from(text).await.map_err(|_| Failure::Unreachable)?.as_string().unwrap_or_default())
}

/// Without a network, what was read lately may still be in the browser.
async fn lately(href: &str) -> Result<Response, Failure> {
    match respond(href, None, false).await {
        Err(Failure::Unreachable) => respond(href, None, true).await,
        answer => answer,
    }
}

/// The text of a page of ours. The request is under way when this returns.
pub(crate) fn text(address: &str) -> impl Future<Output = Result<String, Failure>> + use<> {
    let answer = respond(address, None, false);
    async move { read(&answer.await?).await }
}

/// The text of the page that answers a form; the form's pairs go in the body.
pub(crate) async fn posted(address: &str, form: &str) -> Result<String, Failure> {
    read(&respond(address, Some(form), false).await?).await
}

/// The root of a page.
pub(crate) fn parsed(page: &str) -> Option<Element> {
    document_of(page)?.document_element()
}

fn document_of(text: &str) -> Option<Document> {
    let page = DomParser::new().ok()?.parse_from_string(text, SupportedType::TextHtml).ok()?;
    page.get_element_by_id("main").is_some().then_some(page)
}

/// Asks for a page: by POST where there is a form. With `kept`, takes what the browser has, however old.
fn respond(
    href: &str,
    form: Option<&str>,
    kept: bool,
) -> impl Future<Output = Result<Response, Failure>> + use<> {
    let init = RequestInit::new();
    let headers = js_sys::Object::new();
    js_sys::Reflect::set(&headers, &"Accept".into(), &"text/html".into()).ok();
    if let Some(form) = form {
        let kind = "application/x-www-form-urlencoded";
        js_sys::Reflect::set(&headers, &"Content-Type".into(), &kind.into()).ok();
        init.set_method("POST");
        init.set_body(&form.into());
    }
    if kept {
        js_sys::Reflect::set(&init, &"cache".into(), &"force-cache".into()).ok();
    }
    init.set_headers(&headers);
    let answer = JsFuture::from(dom::window().fetch_with_str_and_init(href, &init));
    async move { Ok(answer.await.map_err(|_| Failure::Unreachable)?.unchecked_into()) }
}

async fn read(response: &Response) -> Result<String, Failure> {
    let kind = response.headers().get("content-type").ok().flatten().unwrap_or_default();
    if !kind.starts_with("text/html") {
        return Err(Failure::NotAPage);
    }
    let text = response.text().map_err(|_| Failure::NotAPage)?;
    Ok(JsFuture::from(text).await.map_err(|_| Failure::Unreachable)?.as_string().unwrap_or_default())
}
