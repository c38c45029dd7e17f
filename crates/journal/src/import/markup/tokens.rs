//! HTML cut into text and tags. Everything is taken as it comes: there is no HTML that this refuses.

/// A piece of HTML.
pub(super) enum Token<'t> {
    Text(&'t str),
    Open { name: String, attributes: &'t str },
    Close(String),
}

/// The pieces of a text, in their order.
pub(super) struct Tokens<'t> {
    pub rest: &'t str,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(at) = self.rest.find('<') else {
                return Some(Token::Text(std::mem::take(&mut self.rest)));
            };
            if at > 0 {
                let (text, rest) = self.rest.split_at(at);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            if let Some(comment) = self.rest.strip_prefix("<!") {
                let end = if comment.starts_with("--") { "-->" } else { ">" };
                let Some(at) = comment.find(end) else {
                    // It never ends, so it was none.
                    return Some(Token::Text(std::mem::take(&mut self.rest)));
                };
                self.rest = &comment[at + end.len()..];
                continue;
            }
            let Some(token) = self.tag() else {
                // A "<" that begins no tag is one in the text.
                let (text, rest) = self.rest.split_at(1);
                self.rest = rest;
                return Some(Token::Text(text));
            };
            return Some(token);
        }
    }
}

impl<'t> Tokens<'t> {
    fn tag(&mut self) -> Option<Token<'t>> {
        let inner = &self.rest[1..];
        let closes = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let Some(end) = tag_end(inner) else {
            // It never ends: what follows are words, and looking for more tags in them would take forever.
            return Some(Token::Text(std::mem::take(&mut self.rest)));
        };
        let (tag, rest) = (&inner[..end], &inner[end + 1..]);
        let length = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let (name, attributes) = (tag[..length].to_ascii_lowercase(), &tag[length..]);
        self.rest = rest;
        if closes {
            return Some(Token::Close(name));
        }
        if matches!(
            name.as_str(),
            "script" | "style" | "head" | "title" | "template" | "svg" | "iframe" | "object"
        ) {
            self.rest = after_close(rest, &name);
        }
        Some(Token::Open { name, attributes })
    }
}

/// Where a tag ends; a `>` in quotes does not end it.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// What follows the closing tag; nothing, if there is none.
fn after_close<'t>(text: &'t str, name: &str) -> &'t str {
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices("</") {
        let end = at + 2 + name.len();
        if bytes.get(at + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return text[end..].find('>').map_or("", |close| &text[end + close + 1..]);
        }
    }
    ""
}

/// An attribute's value, if it stands in quotes.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    for (at, _) in attributes.to_ascii_lowercase().match_indices(name) {
        let before = attributes[..at].chars().next_back().is_some_and(char::is_whitespace);
        let value = attributes[at + name.len()..].trim_start().strip_prefix('=').map(str::trim_start);
        if let (true, Some(value)) = (before, value) {
            let quote = value.chars().next().filter(|&c| c == '"' || c == '\'')?;
            return value[1..].split_once(quote).map(|(value, _)| value.trim().to_owned());
        }
    }
    None
}

/// Entities as the characters that they stand for; those that are not known stay.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        let (c, length) = found.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            return char::from_u32(code).filter(|&c| c == '\n' || c == '\t' || !html::is_invisible(c));
        }
    })
}
