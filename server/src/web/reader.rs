//! What a request says about how to answer it.

use std::net::{IpAddr, SocketAddr};

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

/// The address that a request came from: the peer's, or what the proxies that we trust say about theirs. `None` where there
/// is no socket.
///
/// Each proxy adds whom it talks to at the end, so the last one that is no proxy of ours is the asker. What stands before it
/// is a claim of the asker's own.
pub fn address<B>(request: &Request<B>, trusted: &[IpNet]) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let mut address = peer.ip().to_canonical();
    let hops: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in hops.into_iter().rev() {
        if !trusted.iter().any(|network| network.contains(&address)) {
            break;
        }
        let Ok(next) = hop.trim().parse::<IpAddr>() else { break };
        address = next.to_canonical();
    }
    Some(address)
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
    fn an_address_is_what_the_last_trusted_proxy_says() {
        let from = |peer: &str, forwarded: &str| {
            let request = Request::builder()
                .header("x-forwarded-for", forwarded)
                .extension(ConnectInfo::<SocketAddr>(peer.parse().unwrap()))
                .body(())
                .unwrap();
            address(&request, &["10.0.0.0/8".parse().unwrap()]).unwrap().to_string()
        };
        assert_eq!(from("192.0.2.1:9", "198.51.100.7"), "192.0.2.1");
        assert_eq!(from("10.0.0.1:9", "198.51.100.7"), "198.51.100.7");
        assert_eq!(from("10.0.0.1:9", "203.0.113.5, 198.51.100.7, 10.0.0.2"), "198.51.100.7");
        assert_eq!(from("[::ffff:10.0.0.1]:9", "2001:db8::7"), "2001:db8::7");
        assert_eq!(from("10.0.0.1:9", "unknown"), "10.0.0.1");
        assert_eq!(address(&Request::new(()), &[]), None);
    }

    #[test]
    fn only_a_trusted_proxy_can_vouch_for_tls() {
        assert!(tls("10.1.2.3:400", "https"));
        assert!(tls("[::ffff:10.1.2.3]:400", "http, https"));
        assert!(!tls("10.1.2.3:400", "http"));
        assert!(!tls("192.0.2.1:400", "https"));
    }
}
