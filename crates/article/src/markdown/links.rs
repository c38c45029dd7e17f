//! Where links may lead and where images come from.

use std::ops::Range;

use super::{
    ArticleLink, Body,
    inline::{note_term, unknown_term},
    tree::{Inline, Target},
};
use crate::{
    source::{Report, did_you_mean},
    text::{address, is_invisible},
    vocabulary::Vocabulary,
};

/// Schemes that a link may have.
const SCHEMES: [&str; 6] = ["http", "https", "mailto", "tel", "glossary", "article"];

/// Where a link leads, or `None` if it must not lead anywhere; that is reported.
pub(super) fn target(
    written: &str,
    range: Range<usize>,
    words: &Vocabulary,
    report: &mut Report<'_>,
    body: &mut Body,
) -> Option<Target> {
    // Browsers leave such characters out before they look at the scheme, so we do too.
    let to: String =
        written.trim().chars().filter(|&c| !is_invisible(c) && !matches!(c, '\t' | '\n' | '\r')).collect();
    if to.is_empty() {
        report.error(
            range,
            "body",
            "the link leads nowhere",
            Some("put an address between the brackets".to_owned()),
        );
        return None;
    }
    if let Some(anchor) = to.strip_prefix('#') {
        body.anchor_links.push((decoded(anchor), range));
        return Some(Target::Inside(address(&to)));
    }
    let Some((scheme, rest)) = scheme(&to) else {
        // `//host` and `/\host` are other hosts to a browser.
        let slashes = to.replace('\\', "/");
        return Some(if slashes.starts_with("//") {
            Target::Outside(format!("https:{}", address(&slashes)))
        } else {
            Target::Inside(address(&to))
        });
    };
    match scheme.as_str() {
        "http" | "https" | "mailto" | "tel" => Some(Target::Outside(format!("{scheme}:{}", address(rest)))),
        "glossary" => {
            let name = decoded(rest);
            match words.term(&name).or_else(|| words.term(&name.replace('-', " "))) {
                Some(slug) => {
                    note_term(&slug, body);
                    Some(Target::Term(slug))
                }
                None => {
                    unknown_term(&name, range, words, report);
                    None
                }
            }
        }
        "article" => {
            let (slug, anchor) = match rest.split_once('#') {
                Some((slug, anchor)) => (slug, Some(anchor)),
                None => (rest, None),
            };
            if let Err(wrong) = crate::Slug::new(slug) {
                let help = Some("write `article:` and the slug of the article".to_owned());
                report.error(range, "body", format!("the slug `{slug}` {wrong}"), help);
                return None;
            }
            let link = ArticleLink { slug: slug.to_owned(), anchor: anchor.map(decoded), range };
            body.article_links.push(link);
            Some(Target::Inside(match anchor {
                Some(anchor) => format!("/articles/{slug}#{}", address(anchor)),
                None => format!("/articles/{slug}"),
            }))
        }
        other => {
            let help = did_you_mean(other, SCHEMES, || {
                Some("a link may start with https:, mailto:, tel:, glossary:, article:, / or #".to_owned())
            });
            report.error(range, "body", format!("links with `{other}:` are not allowed"), help);
            None
        }
    }
}

/// The scheme in lower case and what stands behind its colon.
fn scheme(to: &str) -> Option<(String, &str)> {
    let (scheme, rest) = to.split_once(':')?;
    let first = scheme.bytes().next()?;
    let well_formed = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    if first.is_ascii_alphabetic() && well_formed {
        return Some((scheme.to_ascii_lowercase(), rest));
    }
    // A colon before any slash that makes no proper scheme: let nobody guess what it means.
    (!scheme.contains(['/', '?', '#'])).then(|| (scheme.to_lowercase(), rest))
}

/// Percent escapes undone, where they make text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: u8| char::from(b).to_digit(16).map(|digit| digit as u8);
        rest = match (first, tail) {
            (b'%', [high, low, more @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0));
                more
            }
            _ => {
                bytes.push(*first);
                tail
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// An image of this site with its size. One of another host becomes a link to it, for nothing is loaded from there.
pub(super) fn image(
    path: String,
    alt: String,
    title: String,
    range: Range<usize>,
    words: &Vocabulary,
    report: &mut Report<'_>,
) -> Inline {
    let path: String = path.chars().filter(|&c| !is_invisible(c)).collect();
    if alt.trim().is_empty() {
        let help = Some("say in the square brackets what it shows".to_owned());
        report.error(
            range.clone(),
            "body",
            format!("the image `{path}` has no text for those who cannot see it"),
            help,
        );
    }
    let slashes = path.replace('\\', "/");
    if scheme(&path).is_some() || slashes.starts_with("//") {
        let help = Some("put the file into the folder `images` and write `/images/name.jpg`".to_owned());
        report.warn(range, "body", "an image of another site is not loaded", help);
        return Inline::Text(alt);
    }
    let Some(picture) = words.picture(&path) else {
        let help =
            did_you_mean(&path, words.images(), || Some("put the file into the folder `images`".to_owned()));
        report.error(range, "body", format!("there is no image `{path}`"), help);
        return Inline::Text(alt);
    };
    Inline::Image { picture, alt, title }
}
