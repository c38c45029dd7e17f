//! Answers to "has it changed since": weak validators from what was rendered.

use std::hash::{DefaultHasher, Hasher};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// A weak validator of a text. What stands for `except` (the nonce) does not count: two pages with the same
/// validator differ in their nonce at most.
///
/// It is made from the rendered page and not from the versions of what went into it, so it cannot miss one.
pub fn validator(text: &str, except: Option<&str>) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    match except {
        Some(except) => text.split(except).for_each(|part| {
            hasher.write(part.as_bytes());
            // Parts may not run into each other.
            hasher.write_u8(0xff);
        }),
        None => hasher.write(text.as_bytes()),
    }
    HeaderValue::try_from(format!("W/\"{:016x}\"", hasher.finish())).expect("hex digits are a header value")
}

/// Whether who asks has this already (RFC 9110, 13.1.2: weak comparison).
pub fn unchanged(asked: &HeaderMap, validator: &HeaderValue) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = validator.to_str().map(bare).unwrap_or_default();
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || bare(tag) == ours)
}

/// The text, or 304 where who asks has it already.
pub fn respond(
    asked: &HeaderMap,
    text: impl Into<Body>,
    content_type: &'static str,
    cache: &'static str,
    validator: HeaderValue,
) -> Response {
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static(cache)), (header::ETAG, validator)];
    if unchanged(asked, &headers[1].1) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(header::CONTENT_TYPE, content_type)], text.into()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nonce_does_not_count_and_all_else_does() {
        let page = |nonce: &str, text: &str| {
            validator(&format!("<script nonce={nonce}></script>{text}"), Some(nonce))
        };
        assert_eq!(page("abc", "words"), page("xyz", "words"));
        assert_ne!(page("abc", "words"), page("abc", "other"));
    }

    #[test]
    fn one_of_several_validators_is_enough_and_weakness_does_not_matter() {
        let ours = HeaderValue::from_static("W/\"1\"");
        let asked = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]);
            unchanged(&headers, &ours)
        };
        assert!(asked("W/\"1\"") && asked("\"0\", \"1\"") && asked("*"));
        assert!(!asked("\"2\"") && !asked("1"));
        assert!(!unchanged(&HeaderMap::new(), &ours));
    }
}
