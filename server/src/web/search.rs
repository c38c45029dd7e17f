//! Searching: the answer to a form that is posted, and the two files with which a browser searches by itself.
//!
//! What is asked is health data. It is in no log and no metric (see [`layers`](super::layers)), its answer is kept by
//! nobody, and a browser that can search by itself never sends it.

use std::sync::{
    Arc, Mutex, OnceLock, Weak,
    atomic::{AtomicBool, Ordering},
};

use app::SearchFiles;
use axum::{
    Form,
    body::{Body, Bytes},
    extract::{Extension, Path, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{AppState, nonce::Nonce, pages, reader};
use crate::{errors::AppError, library::Edition};

/// The most articles that a browser searches by itself. Index and texts of so many are about 6 MB on the wire, as much
/// as a reader on a phone can be made to wait for once; above that the server is asked.
pub const ON_DEVICE: usize = 2_000;

/// The hash in a name changes with the content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The highest: made once an edition.
const QUALITY: u32 = 11;
/// Distances of up to 2^22 bytes: the texts are long.
const WINDOW: u32 = 22;

/// The files of the current edition.
#[derive(Default)]
pub struct Files(Mutex<Option<Known>>);

struct Known {
    /// What they were made from. Held weakly, so that an old library does not live on in here.
    of: Weak<Edition>,
    pair: Option<Arc<Pair>>,
}

/// Index and texts of one edition.
pub struct Pair {
    index: File,
    texts: File,
}

struct File {
    address: String,
    /// Made when it is first asked for; until then a layer compresses each answer.
    brotli: OnceLock<Bytes>,
    begun: AtomicBool,
}

impl Files {
    /// The files of an edition; `None` where it has too many articles for a device.
    pub fn of(&self, edition: &Arc<Edition>) -> Option<Arc<Pair>> {
        // Whoever panicked has left a whole pair, or none.
        let mut known = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match &*known {
            Some(Known { of, pair }) if std::ptr::eq(of.as_ptr(), Arc::as_ptr(edition)) => pair.clone(),
            _ => {
                let pair =
                    (edition.library.articles().len() <= ON_DEVICE).then(|| Arc::new(Pair::of(edition)));
                *known = Some(Known { of: Arc::downgrade(edition), pair: pair.clone() });
                pair
            }
        }
    }
}

impl Pair {
    fn of(edition: &Edition) -> Self {
        let file = |name: &str, bytes: &[u8]| File {
            address: format!("/search/{name}.{:016x}.bin", hash(bytes)),
            brotli: OnceLock::new(),
            begun: AtomicBool::new(false),
        };
        Self {
            index: file("index", &edition.search.index_file),
            texts: file("texts", &edition.search.texts_file),
        }
    }

    /// For the pages.
    pub fn addresses(&self) -> SearchFiles<'_> {
        SearchFiles { index: &self.index.address, texts: &self.texts.address }
    }
}

/// 64 bits of FNV-1a: it names a content and guards nothing.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// `/search/index.….bin`, `/search/texts.….bin`. A name of another edition is not here any more: the browser asks the page
/// for the new one.
pub async fn file(
    State(state): State<AppState>,
    Path(name): Path<String>,
    asked: HeaderMap,
) -> Result<Response, AppError> {
    let edition = state.shelf.current();
    let pair = state.search.of(&edition).ok_or(StatusCode::NOT_FOUND)?;
    let address = format!("/search/{name}");
    let is_index = pair.index.address == address;
    if !is_index && pair.texts.address != address {
        return Err(StatusCode::NOT_FOUND.into());
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)),
    ];
    let file = if is_index { &pair.index } else { &pair.texts };
    if let Some(brotli) = file.brotli.get().filter(|_| reader::takes_brotli(&asked)) {
        let coded = [
            (header::CONTENT_ENCODING, HeaderValue::from_static("br")),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        return Ok((headers, coded, Body::from(brotli.clone())).into_response());
    }
    let bytes = if is_index { &edition.search.index_file } else { &edition.search.texts_file };
    let plain = bytes.clone();
    if !file.begun.swap(true, Ordering::Relaxed) {
        tokio::task::spawn_blocking(move || {
            let (bytes, file) = match is_index {
                true => (&edition.search.index_file, &pair.index),
                false => (&edition.search.texts_file, &pair.texts),
            };
            if let Some(brotli) = in_brotli(bytes) {
                file.brotli.set(brotli.into()).ok();
            }
        });
    }
    Ok((headers, Body::from(plain)).into_response())
}

fn in_brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut coded = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut coded, 64 * 1024, QUALITY, WINDOW);
    std::io::Write::write_all(&mut encoder, bytes).ok()?;
    drop(encoder);
    Some(coded)
}

/// The results page for a question in the body: the same page as for one in the address.
pub async fn posted(
    State(state): State<AppState>,
    Extension(nonce): Extension<Nonce>,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, AppError> {
    // Why it could not be read may quote what was asked, so that is not passed on.
    let Form(pairs) = form.map_err(|rejection| rejection.status())?;
    pages::answer(&state, "/search", &pairs, &nonce, &headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_ne!(hash(b"index"), hash(b"indey"));
    }
}
