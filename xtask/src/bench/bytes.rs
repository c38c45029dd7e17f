//! What crosses the wire: the first view of an article by kind, and the client when it is woken.
//!
//! Counted as a browser that knows nothing of us would load it: head and body of every answer, compressed, with
//! the icon and the manifest, without what is marked to be loaded later. The page is the one that its first reader
//! gets; those who come later get one that is compressed better.

use serde_json::json;

use super::{article_of_a_thousand_words, figures::Figures, http, serve, text};
use crate::{Result, client, place::Place, steps::Steps};

const FIRST: &str = "bytes of the first view, in Brotli where that helps, headers included";
const CLIENT: &str = "bytes of the client, loaded at the first sign of a reader";

/// Asks for the page and for all that it names.
pub fn measure(place: &Place, steps: &mut Steps, figures: &mut Figures) -> Result<()> {
    let (slug, words) = article_of_a_thousand_words(place)?;
    let server = steps
        .take("Start the server", || serve(place, &text(&place.root.join("content")), "bench-bytes.log"))?;
    let path = format!("/articles/{slug}");
    figures.about("bytes", json!({ "article": slug, "words": words }));

    let page = http::get(&server.url, &path, "identity")?;
    let html = String::from_utf8(page.body).map_err(|_| format!("{path} is not UTF-8"))?;
    let mut all = 0;
    let mut count = |kind: Kind, path: &str, answer: &http::Answer| {
        let bytes = answer.head + answer.body.len();
        all += bytes;
        figures.add(FIRST, format!("{}  {path}", kind.name()), "B", vec![bytes as f64]);
    };
    count(Kind::Html, &path, &http::get(&server.url, &path, "br")?);
    for (kind, path) in named(&html) {
        count(kind, &path, &http::get(&server.url, &path, "br")?);
    }
    figures.add(FIRST, "in all", "B", vec![all as f64]);

    for file in client::all_sizes(place)? {
        let path = format!("/pkg/{}", file.name);
        for (encoding, said) in [("identity", "as it is"), ("gzip", "in gzip"), ("br", "in Brotli")] {
            let bytes = http::get(&server.url, &path, encoding)?.body.len();
            figures.add(CLIENT, format!("{} {said}", file.name), "B", vec![bytes as f64]);
        }
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Html,
    Style,
    Font,
    Script,
    Image,
    Icon,
    Manifest,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Style => "style",
            Self::Font => "font",
            Self::Script => "script",
            Self::Image => "image",
            Self::Icon => "icon",
            Self::Manifest => "manifest",
        }
    }
}

/// What a page has its browser load at once. The page is one of ours, so it is read by its tags alone.
fn named(html: &str) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    for tag in html.split('<').filter_map(|rest| rest.split('>').next()) {
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let kind = match (name, attribute(tag, "rel"), attribute(tag, "as")) {
            ("link", Some("stylesheet"), _) => Kind::Style,
            ("link", Some("preload"), Some("font")) => Kind::Font,
            ("link", Some("preload"), Some("script")) | ("link", Some("modulepreload"), _) => Kind::Script,
            ("link", Some("preload"), Some("image")) => Kind::Image,
            ("link", Some("icon"), _) => Kind::Icon,
            ("link", Some("manifest"), _) => Kind::Manifest,
            ("img", ..) if attribute(tag, "loading") != Some("lazy") => Kind::Image,
            ("script", ..) => Kind::Script,
            _ => continue,
        };
        let address = attribute(tag, "href").or_else(|| attribute(tag, "src"));
        if let Some(address) = address.filter(|address| !address.starts_with("data:"))
            && !found.iter().any(|(_, known)| known == address)
        {
            found.push((kind, address.to_owned()));
        }
    }
    found
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_loaded_at_once_is_told_from_what_waits() {
        let html = r#"<link rel="preload" as="font" href="/f.woff2" crossorigin="anonymous">
            <link rel="stylesheet" href="/a.css"><link rel="canonical" href="http://h/a">
            <link rel="icon" href="/i.svg" type="image/svg+xml"><script nonce="x">import('/later.js')</script>
            <img class="cover" src="/c.svg" alt=""><img src="/c.svg"><img src="/late.png" loading="lazy">"#;
        let named: Vec<_> =
            named(html).into_iter().map(|(kind, path)| format!("{} {path}", kind.name())).collect();
        assert_eq!(named, ["font /f.woff2", "style /a.css", "icon /i.svg", "image /c.svg"]);
    }

    #[test]
    fn a_script_that_the_page_would_wait_for_is_found() {
        assert_eq!(named(r#"<script src="/x.js"></script>"#), [(Kind::Script, "/x.js".to_owned())]);
    }
}
