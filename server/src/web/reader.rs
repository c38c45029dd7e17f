//! What a request says about how to answer it.

use std::net::SocketAddr;

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, Request, header},
};
use ipnet::IpNet;

/// Whether a proxy that we trust says that the reader's side is encrypted.
///
/// Only the machine that we talk to can vouch for it: the header means nothing from anybody else.
pub fn came_over_tls<B>(request: &Request<B>, trusted: &[IpNet]) -> bool {
    let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() else { return false };
    // A dual-stack socket shows IPv4 peers as ::ffff:a.b.c.d.
    let peer = peer.ip().to_canonical();
    trusted.iter().any(|network| network.contains(&peer))
        && request
            .headers()
            .get("x-forwarded-proto")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .is_some_and(|nearest| nearest.trim().eq_ignore_ascii_case("https"))
}

/// Whether a page is wanted and not just any answer.
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"))
}

/// Whether Brotli is as welcome as anything else. Who ranks it lower is left to the layer that negotiates.
pub fn takes_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| coding.trim().eq_ignore_ascii_case("br"))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn brotli_is_sent_to_who_takes_it_without_reserve() {
        let takes = |value: &'static str| {
            takes_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(takes("gzip, deflate, br, zstd") && takes("br"));
        assert!(
            !takes("gzip") && !takes("br;q=0") && !takes("br;q=0.1, gzip") && !takes("brx") && !takes("*")
        );
        assert!(!takes_brotli(&HeaderMap::new()));
    }

    fn tls(peer: &str, proto: &str) -> bool {
        let request = Request::builder()
            .header("x-forwarded-proto", proto)
            .extension(ConnectInfo::<SocketAddr>(peer.parse().unwrap()))
            .body(())
            .unwrap();
        came_over_tls(&request, &["10.0.0.0/8".parse().unwrap()])
    }

    #[test]
    fn only_a_trusted_proxy_can_vouch_for_tls() {
        assert!(tls("10.1.2.3:400", "https"));
        assert!(tls("[::ffff:10.1.2.3]:400", "http, https"));
        assert!(!tls("10.1.2.3:400", "http"));
        assert!(!tls("192.0.2.1:400", "https"));
    }
}
