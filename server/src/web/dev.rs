//! For people who work on the site: tells open pages that the library has changed.

use std::convert::Infallible;

use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, stream};

use super::AppState;

/// A stream that sends a message whenever an edition has replaced another, and ends when the server stops, so
/// that a page which sees it end and begin again knows of a new server.
pub async fn reload(State(state): State<AppState>) -> Response {
    Sse::new(events(&state)).keep_alive(KeepAlive::default()).into_response()
}

fn events(state: &AppState) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let start = (state.shelf.changes(), state.stopping.subscribe());
    stream::unfold(start, |(mut changes, mut stopping)| async move {
        let changed = tokio::select! {
            changed = changes.changed() => changed.is_ok(),
            _ = stopping.wait_for(|stop| *stop) => false,
        };
        changed.then(|| (Ok(Event::default().data("reload")), (changes, stopping)))
    })
}
