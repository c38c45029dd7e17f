//! All that stands around the routes, from the outside in. A layer is where it is for the reason it gives.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel, Predicate as _,
        predicate::{DefaultPredicate, NotForContentType, SizeAbove},
    },
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

use super::{AppState, RouteClass, api, infobutton, limits, nonce::Nonce, pages, reader};
use crate::errors::AppError;

/// How long an answer may take. Pages take milliseconds.
const LONGEST_ANSWER: Duration = Duration::from_secs(10);
/// Seconds after which to come back when the server is busy.
const LATER: HeaderValue = HeaderValue::from_static("5");
/// The largest body that anybody may send.
const LARGEST_BODY: usize = 64 * 1024;
/// Where compression pays: 5 is the first level at which brotli looks far back.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(5);

/// Puts every layer around the routes.
pub fn around(routes: Router<AppState>, state: AppState) -> Router {
    let layers = ServiceBuilder::new()
        // First, because it measures all the rest and names the request: id, log line, counts.
        .layer(from_fn_with_state(state.clone(), observe))
        // Outside whatever can fail, so that no answer leaves without its headers. Makes the nonce.
        .layer(from_fn_with_state(state.clone(), guard))
        // Outside the faces, so that error pages are compressed as well.
        .layer(compression())
        // Outside whatever can refuse, so that a page of another site can read why.
        .layer(from_fn_with_state(api::reading(), api::readable))
        // Outside whatever answers with a bare status: gives it a page that a reader can use.
        .layer(from_fn_with_state(state.clone(), faces))
        // Inside the faces, so that a refusal says what to do; before anything that costs.
        .layer(from_fn_with_state(state.clone(), limits::limited))
        // A panic in one request is that request's 500 and nobody else's end.
        .layer(CatchPanicLayer::custom(|_payload| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        // An answer that does not come must not hold its connection.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_ANSWER))
        // Before any handler that changes something. Browsers send reports without an origin of their own.
        .layer(csrf(&state.base_url))
        // Innermost: it wraps the body that handlers read.
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY));
    routes.layer(layers).with_state(state)
}

/// Names the request, and writes down all that is ever written down about it.
///
/// Not the path, not the query, not an address: which article somebody reads is health data. The id is made
/// here and not taken from the request, because what a request says ends in the log.
async fn observe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id();
    let class = RouteClass::of(request.uri().path());
    let method = request.method().clone();

    let mut response = next.run(request).await;

    let status = response.status();
    let took = started.elapsed();
    state.metrics.answered(class, &method, status, took);
    let cause = response.extensions().get::<AppError>().and_then(AppError::cause);
    let (id_text, class, ms) =
        (id.to_str().unwrap_or_default(), class.name(), took.as_micros() as f64 / 1000.0);
    let status = status.as_u16();
    if status >= 500 {
        let cause = cause.map(ToString::to_string);
        tracing::error!(id = id_text, class, status, ms, cause, "failed");
    } else {
        tracing::info!(id = id_text, class, status, ms, "answered");
    }
    response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    response
}

fn request_id() -> HeaderValue {
    let mut bits = [0; 8];
    getrandom::fill(&mut bits).expect("the system's random source works, or nothing secret can");
    HeaderValue::try_from(format!("{:016x}", u64::from_ne_bytes(bits)))
        .expect("hex digits are a header value")
}

/// Headers that every answer carries, whatever it is.
const ALWAYS: [(HeaderName, &str); 6] = [
    // What we call text is text: no guessing that it might be a script.
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Which article somebody came from is nobody's business.
    (header::REFERRER_POLICY, "no-referrer"),
    // frame-ancestors for browsers that do not know it.
    (header::X_FRAME_OPTIONS, "DENY"),
    // No other site's window holds a handle on ours, none embeds our files.
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // What a library never needs, no script of it can ask for.
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
];

/// For whatever is no page: it needs nothing, also when it is opened by itself (a drawing can hold scripts).
const CSP_OF_FILES: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// A year, as the preload lists want it; without `includeSubDomains`, which is not ours to decide.
const HSTS: &str = "max-age=31536000";

/// For what the journal's worker runs: it brings in the client, keeps its own store, and asks for nothing else.
const CSP_OF_WORKER: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// The journal's page. Its worker goes through the policy that its frame makes, and markup through none. It shows pictures and plays
/// recordings out of memory only, and it reports nothing: a report would tell the server of something that was opened.
fn csp_of_journal(nonce: &Nonce) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob: data:; media-src blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
         manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types worker",
        nonce.as_str()
    )
}

/// The journal records voice memos, in its own page and nowhere else.
const PERMISSIONS_OF_JOURNAL: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(self), midi=(), payment=(), usb=()";

fn csp_of_pages(nonce: &Nonce) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; report-uri /csp-report",
        nonce.as_str()
    )
}

/// Makes the nonce, and sets the headers that protect a reader.
///
/// A 304 carries no Content-Security-Policy: its headers replace those of the page that the browser has kept
/// (RFC 9111, 4.3.4), and a new nonce would not match the old page. Without one, the kept page keeps the
/// header that it came with. The kept page is in one browser only (`private`), so its nonce stays unknown to
/// others.
async fn guard(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let journal = request.uri().path() == "/journal";
    let worker = request.uri().path().starts_with("/pkg/journal-worker.");
    let shown_elsewhere = RouteClass::of(request.uri().path()).is_for_other_sites();
    let tls = state.base_url.starts_with("https://")
        || reader::came_over_tls(&request, &state.config.trusted_proxies);

    let mut response = next.run(request).await;

    let csp = match (response.status(), is_html(response.headers())) {
        (StatusCode::NOT_MODIFIED, _) => None,
        (_, true) => {
            let csp = if journal { csp_of_journal(&nonce) } else { csp_of_pages(&nonce) };
            Some(HeaderValue::try_from(csp).expect("base64 is a header value, and so is the rest"))
        }
        (_, false) if worker => Some(HeaderValue::from_static(CSP_OF_WORKER)),
        (_, false) => Some(HeaderValue::from_static(CSP_OF_FILES)),
    };
    let headers = response.headers_mut();
    if let Some(csp) = csp {
        headers.insert(header::CONTENT_SECURITY_POLICY, csp);
    }
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if shown_elsewhere {
        let anybody = HeaderValue::from_static("cross-origin");
        headers.insert(HeaderName::from_static("cross-origin-resource-policy"), anybody);
    }
    if journal {
        let permissions = HeaderValue::from_static(PERMISSIONS_OF_JOURNAL);
        headers.insert(HeaderName::from_static("permissions-policy"), permissions);
    }
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    response
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

fn compression() -> CompressionLayer<impl tower_http::compression::Predicate> {
    // A strong validator names these very bytes: they must not be coded again.
    let weak = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        headers.get(header::ETAG).is_none_or(|tag| tag.as_bytes().starts_with(b"W/"))
    };
    let worth_it =
        DefaultPredicate::new().and(SizeAbove::new(256)).and(NotForContentType::const_new("font/")).and(weak);
    CompressionLayer::new().quality(COMPRESSION).compress_when(worth_it)
}

fn csrf(base_url: &str) -> CsrfLayer {
    // A report changes nothing but a count.
    let layer =
        CsrfLayer::new().with_insecure_bypass(|_, uri| RouteClass::of(uri.path()) == RouteClass::Report);
    // A proxy may rewrite the host, so our own origin is named. The setting was checked to be scheme and host.
    layer.clone().add_trusted_origin(base_url).unwrap_or(layer)
}

/// Gives a bare error the page that explains it.
async fn faces(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let class = RouteClass::of(request.uri().path());
    let page_fits = match class {
        RouteClass::Page | RouteClass::Search | RouteClass::Infobutton => true,
        RouteClass::Probe | RouteClass::Report => false,
        _ => reader::wants_html(request.headers()),
    };
    let head = request.method() == Method::HEAD;
    let path = request.uri().path().to_owned();
    let form = (class == RouteClass::Infobutton).then(|| infobutton::form(request.uri())).flatten();
    let nonce = request.extensions().get::<Nonce>().cloned().unwrap_or_default();

    let mut response = next.run(request).await;

    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    if class == RouteClass::Api {
        response = api::face(response);
    } else if let Some(form) = form {
        response = infobutton::face(&state, form, response);
    } else if page_fits && !is_html(response.headers()) {
        // The page itself may be what panics.
        let page = || pages::failure(&state, &path, &nonce, status);
        let html = catch_unwind(AssertUnwindSafe(page)).unwrap_or_else(|_| LAST_RESORT.to_owned());
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        *response.body_mut() = if head { Body::empty() } else { Body::from(html) };
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(LATER);
    }
    response
}

/// When even the error page fails. No crisis line of a country can be named here, so it points to one that leads on.
const LAST_RESORT: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Something went wrong</title>\
    <h1>Something went wrong on our side</h1><p>Nothing that you did caused this. Please try again in a minute.</p>\
    <p>If you are in danger now, call your local emergency number.</p></html>\n";
