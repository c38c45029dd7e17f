//! Cards: the pictures of link previews, 1200 by 630, drawn when they are first asked for.
//!
//! [`words`] decides what a card says, [`face`] sets it in lines, [`draw`] makes the picture. Drawing costs a processor
//! some tens of milliseconds and a few megabytes, and anybody may ask, so few are drawn at a time, few may wait, and
//! whoever comes on top is told to come back. What was drawn is kept up to [`ROOM`] bytes.

mod draw;
mod face;
mod words;

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use quick_cache::{Weighter, sync::Cache};
use tokio::sync::Semaphore;

use super::{AppState, conditional};
use crate::errors::AppError;
use words::Words;

/// The most that all kept cards take, in bytes: some hundreds.
const ROOM: u64 = 16 * 1024 * 1024;
/// Cards that are drawn at the same time: pages need the processors too.
const AT_ONCE: usize = 2;
/// Cards that are being drawn or wait for it. More would not be answered in time.
const IN_LINE: usize = 32;
/// Previews are fetched once and kept by whoever shows them, so a changed title may take a day to arrive.
const CACHE: &str = "public, max-age=86400";

/// Cards that were drawn before, and the line of those that are to be.
pub struct Cards {
    kept: Cache<u64, Bytes, Weight>,
    turns: Arc<Semaphore>,
    line: Arc<Semaphore>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<u64, Bytes> for Weight {
    fn weight(&self, _words: &u64, card: &Bytes) -> u64 {
        // About what an entry takes without its bytes.
        128 + card.len() as u64
    }
}

impl Default for Cards {
    fn default() -> Self {
        Self {
            kept: Cache::with_weighter(256, ROOM, Weight),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            line: Arc::new(Semaphore::new(IN_LINE)),
        }
    }
}

impl Cards {
    /// The card as PNG; `None` where too many are waiting.
    async fn get(self: &Arc<Self>, words: Words) -> Result<Option<Bytes>, AppError> {
        let key = words.key();
        if let Some(card) = self.kept.get(&key) {
            return Ok(Some(card));
        }
        let Ok(place) = self.line.clone().try_acquire_owned() else { return Ok(None) };
        let turn = self.turns.clone().acquire_owned().await.map_err(AppError::internal)?;
        let this = self.clone();
        // Who asked may be gone before it is done. The next one finds it, and the place in line lasts until then.
        let work = tokio::task::spawn_blocking(move || {
            let _held = (place, turn);
            // Another may have asked for the same while we waited.
            if let Some(card) = this.kept.get(&key) {
                return Ok(card);
            }
            let card = Bytes::from(draw::png(&words)?);
            this.kept.insert(key, card.clone());
            Ok(card)
        });
        work.await
            .map_err(AppError::internal)?
            .map(Some)
            .map_err(|error: draw::DrawError| AppError::internal(error))
    }
}

/// `/cards/….png`. An address that nothing stands behind is refused before anything is drawn.
pub async fn card(
    State(state): State<AppState>,
    Path(path): Path<String>,
    asked: HeaderMap,
) -> Result<Response, AppError> {
    let edition = state.shelf.current();
    let clinic = state.clinic.shown().name.as_deref();
    let words = path
        .strip_suffix(".png")
        .and_then(|path| Words::of(&edition.library, clinic, path))
        .ok_or(StatusCode::NOT_FOUND)?;
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static(CACHE)),
        (header::ETAG, conditional::validator(&words.key().to_string(), None)),
    ];
    if conditional::unchanged(&asked, &headers[1].1) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    match state.cards.get(words).await? {
        Some(png) => Ok((headers, [(header::CONTENT_TYPE, "image/png")], png).into_response()),
        // A layer says when to come back.
        None => Err(StatusCode::SERVICE_UNAVAILABLE.into()),
    }
}
