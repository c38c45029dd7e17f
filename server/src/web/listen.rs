//! The socket below the router.
//!
//! Ours and not `axum::serve`, which sets no limit to how long a client may take to send a request's head: a
//! few hundred sockets that never say anything would then be enough to use up a small server's files.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::net::TcpListener;
use tower::Service as _;

/// How long a client may take from one request, or from connecting, to the end of the next request's head.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);
/// When no connection can be taken (no files left), trying again at once would only burn the processor.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `stop`, then finishes what is under way, for `grace` at most.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>, grace: Duration) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(LONGEST_SILENCE);
    let under_way = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        // An answer is written in few pieces: waiting to fill a packet only delays it. Without, it is slower.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            router.clone().call(request)
        });
        let connection = under_way.watch(http.serve_connection(TokioIo::new(stream), service));
        // It ends with an error when the client goes away, which is its right.
        tokio::spawn(async move { drop(connection.await) });
    }
    drop(listener);
    tokio::select! {
        () = under_way.shutdown() => {}
        () = tokio::time::sleep(grace) => tracing::warn!("some requests were not finished in time"),
    }
}
