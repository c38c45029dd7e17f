//! How often one address may ask for what machines ask for: cards, the API, embeddings and Infobutton.
//!
//! Pages are not limited. An address is never kept: what is kept, in memory and for as long as it counts, is a number that
//! follows from it and from a secret of this process, so that it means nothing to anybody else or after a restart.

use std::{
    hash::{BuildHasher as _, RandomState},
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::HashMapStateStore,
};

use super::{AppState, RouteClass, reader};
use crate::errors::AppError;

/// The most askers that are told apart; above that the rest share one allowance. An entry takes some dozens of bytes.
const MOST: usize = 100_000;
const MINUTE: u64 = 60;

type Limiter = RateLimiter<u64, HashMapStateStore<u64>, DefaultClock, StateInformationMiddleware>;

/// The allowances of all who have asked lately.
pub struct Limits {
    a_minute: u32,
    /// `None` where nothing is limited.
    limiter: Option<Limiter>,
    secret: RandomState,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Granted, and how many more would be at once.
    Granted(u32),
    /// Refused, for so many seconds.
    Refused(u64),
}

impl Limits {
    /// So many requests a minute, all at once or one by one; 0 for no limit.
    pub fn new(a_minute: u32) -> Self {
        let limiter = NonZeroU32::new(a_minute).map(|a_minute| {
            RateLimiter::hashmap(Quota::per_minute(a_minute)).with_middleware::<StateInformationMiddleware>()
        });
        Self { a_minute, limiter, secret: RandomState::new() }
    }

    /// Forgets who has not asked for so long that their allowance is whole again; to be called now and then.
    pub fn tidy(&self) {
        if let Some(limiter) = &self.limiter {
            limiter.retain_recent();
        }
    }

    fn ask(&self, who: Option<IpAddr>) -> Option<Verdict> {
        let limiter = self.limiter.as_ref()?;
        let crowded = limiter.len() >= MOST;
        let key = who.filter(|_| !crowded).map_or(0, |who| self.secret.hash_one(household(who)));
        Some(match limiter.check_key(&key) {
            Ok(state) => Verdict::Granted(state.remaining_burst_capacity()),
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                Verdict::Refused(wait.as_secs() + 1)
            }
        })
    }
}

/// Who is one asker: an IPv4 address, or the half of an IPv6 address that its owner cannot change.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

/// Answers 429 to who asks too often, and tells everybody else how much is left
/// (draft-ietf-httpapi-ratelimit-headers).
pub async fn limited(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !RouteClass::of(request.uri().path()).is_limited() {
        return next.run(request).await;
    }
    let who = reader::address(&request, &state.config.trusted_proxies);
    let Some(verdict) = state.limits.ask(who) else { return next.run(request).await };
    let (mut response, left, seconds) = match verdict {
        Verdict::Granted(left) => (next.run(request).await, left, MINUTE),
        Verdict::Refused(seconds) => {
            let mut response = AppError::from(StatusCode::TOO_MANY_REQUESTS).into_response();
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            (response, 0, seconds)
        }
    };
    let a_minute = state.limits.a_minute;
    let texts = [
        ("ratelimit-policy", format!("\"address\";q={a_minute};w={MINUTE}")),
        ("ratelimit", format!("\"address\";r={left};t={seconds}")),
    ];
    for (name, text) in texts {
        let value = HeaderValue::try_from(text).expect("digits and ASCII are a header value");
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(limits: &Limits, who: &str) -> Option<Verdict> {
        limits.ask(Some(who.parse().unwrap()))
    }

    #[test]
    fn each_address_has_an_allowance_of_its_own() {
        let limits = Limits::new(2);
        assert_eq!(ask(&limits, "192.0.2.1"), Some(Verdict::Granted(1)));
        assert_eq!(ask(&limits, "::ffff:192.0.2.1"), Some(Verdict::Granted(0)));
        assert!(matches!(ask(&limits, "192.0.2.1"), Some(Verdict::Refused(1..=31))));
        assert_eq!(ask(&limits, "192.0.2.2"), Some(Verdict::Granted(1)));
        limits.tidy();
        assert!(matches!(ask(&limits, "192.0.2.1"), Some(Verdict::Refused(_))));
    }

    #[test]
    fn a_new_address_out_of_ones_own_network_is_the_same_asker() {
        let limits = Limits::new(1);
        assert_eq!(ask(&limits, "2001:db8:1:2::1"), Some(Verdict::Granted(0)));
        assert!(matches!(ask(&limits, "2001:db8:1:2:ffff::9"), Some(Verdict::Refused(_))));
        assert_eq!(ask(&limits, "2001:db8:1:3::1"), Some(Verdict::Granted(0)));
    }

    #[test]
    fn nought_is_no_limit() {
        let limits = Limits::new(0);
        assert!((0..1000).all(|_| ask(&limits, "192.0.2.1").is_none()));
    }

    #[test]
    fn the_same_address_is_another_number_in_another_process() {
        let (one, other) = (Limits::new(1), Limits::new(1));
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        assert_ne!(one.secret.hash_one(address), other.secret.hash_one(address));
    }
}
