//! HTML of other journals as Markdown, or as plain words. Only what text needs is kept: paragraphs, headings, lists, quotes,
//! emphasis, links to the web. All else goes, pictures and scripts with what they hold.

use crate::markdown::leads_out;

/// A piece of HTML.
enum Token<'t> {
    Text(&'t str),
    Open { name: String, attributes: &'t str },
    Close(String),
}

/// HTML as Markdown.
pub(super) fn to_markdown(html: &str) -> String {
    Writer { marks: true, ..Writer::default() }.write(html)
}

/// HTML as plain words. What has no markup in it is left as it is, but for its entities.
pub(super) fn to_plain(html: &str) -> String {
    let marked = Tokens { rest: html }.any(|token| !matches!(token, Token::Text(_)));
    if marked { Writer::default().write(html) } else { unescape(html.trim()) }
}

struct Tokens<'t> {
    rest: &'t str,
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
                let end = if comment.starts_with("--") {
                    comment.find("-->").map(|at| at + 3)
                } else {
                    comment.find('>').map(|at| at + 1)
                };
                self.rest = end.map_or("", |end| &comment[end..]);
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
        let end = tag_end(inner)?;
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

#[derive(Default)]
struct Writer {
    out: String,
    /// Whether Markdown's marks are written.
    marks: bool,
    /// Line breaks to come before the next words.
    breaks: usize,
    /// A space to come before the next words on a line.
    space: bool,
    /// Marks to come right before the next word.
    opening: Vec<&'static str>,
    /// Lists that are open: the next number, or none for points.
    lists: Vec<Option<usize>>,
    /// What begins the next line, after its indentation.
    prefix: String,
    quotes: usize,
    /// Addresses of links that are open.
    links: Vec<Option<String>>,
}

impl Writer {
    fn write(mut self, html: &str) -> String {
        for token in (Tokens { rest: html }) {
            match token {
                Token::Text(text) => self.text(text),
                Token::Open { name, attributes } => self.open(&name, attributes),
                Token::Close(name) => self.close(&name),
            }
        }
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "p" | "div" | "section" | "article" | "table" | "tr" => self.block(),
            "br" => self.breaks = (self.breaks + 1).min(2),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block();
                self.prefix = ["# ", "## ", "### ", "#### ", "##### ", "###### "]
                    [usize::from(name.as_bytes()[1] - b'1')]
                .to_owned();
            }
            "ul" => self.list(None),
            "ol" => self.list(Some(1)),
            "li" => {
                self.breaks = self.breaks.max(1);
                self.prefix = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
            }
            "blockquote" => {
                self.block();
                self.quotes = (self.quotes + 1).min(8);
            }
            "b" | "strong" => self.opening.push("**"),
            "i" | "em" => self.opening.push("*"),
            "td" | "th" => self.space = true,
            "a" => {
                let address =
                    attribute(attributes, "href").map(|address| unescape(&address)).filter(|address| {
                        self.marks
                            && leads_out(address)
                            && !address.contains(['<', '>', '(', ')', '\\'])
                            && !address.contains(char::is_whitespace)
                    });
                if address.is_some() {
                    self.opening.push("[");
                }
                self.links.push(address);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "div" | "section" | "article" | "table" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5"
            | "h6" => self.block(),
            "ul" | "ol" => {
                self.lists.pop();
                if self.lists.is_empty() { self.block() } else { self.breaks = self.breaks.max(1) }
            }
            "li" => self.breaks = self.breaks.max(1),
            "blockquote" => {
                self.block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "b" | "strong" => self.end_mark("**"),
            "i" | "em" => self.end_mark("*"),
            "a" => {
                if let Some(Some(address)) = self.links.pop() {
                    if self.opening.last() == Some(&"[") {
                        self.opening.pop();
                    } else {
                        self.out.push_str("](");
                        self.out.push_str(&address);
                        self.out.push(')');
                    }
                }
            }
            _ => {}
        }
    }

    fn block(&mut self) {
        // Within a list item a paragraph stays in its line.
        if self.lists.is_empty() {
            self.breaks = 2;
        } else if self.prefix.is_empty() {
            self.breaks = self.breaks.max(1);
        }
    }

    fn list(&mut self, numbers: Option<usize>) {
        if self.lists.is_empty() {
            self.block();
        }
        if self.lists.len() < 8 {
            self.lists.push(numbers);
        }
        self.breaks = self.breaks.max(1);
    }

    fn end_mark(&mut self, mark: &'static str) {
        if let Some(at) = self.opening.iter().rposition(|&opening| opening == mark) {
            // Nothing stood in it.
            self.opening.remove(at);
        } else if self.marks && !self.out.is_empty() {
            self.out.push_str(mark);
        }
    }

    fn text(&mut self, text: &str) {
        let text = unescape(text);
        for (at, word) in text.split([' ', '\t', '\n', '\r', '\u{a0}']).enumerate() {
            if at > 0 {
                self.space = true;
            }
            if !word.is_empty() {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: &str) {
        let begins = self.out.is_empty() || self.breaks > 0;
        if begins {
            self.begin_line();
        } else if self.space {
            self.out.push(' ');
        }
        self.space = false;
        self.breaks = 0;
        for mark in std::mem::take(&mut self.opening) {
            if self.marks {
                self.out.push_str(mark);
            }
        }
        if !self.marks {
            self.out.push_str(word);
            return;
        }
        if begins && word.starts_with(['#', '>', '-', '+', '=', '~']) {
            self.out.push('\\');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<') {
                self.out.push('\\');
            }
            self.out.push(c);
        }
    }

    fn begin_line(&mut self) {
        if !self.out.is_empty() {
            let quote = "> ".repeat(if self.marks { self.quotes } else { 0 });
            for at in 0..self.breaks.max(1) {
                if at > 0 {
                    self.out.push_str(quote.trim_end());
                }
                self.out.push('\n');
            }
        }
        if self.marks {
            self.out.push_str(&"> ".repeat(self.quotes));
        }
        self.out.push_str(&"  ".repeat(self.lists.len().saturating_sub(1)));
        let prefix = std::mem::take(&mut self.prefix);
        if self.marks || !prefix.starts_with('#') {
            self.out.push_str(&prefix);
        }
    }
}

/// An attribute's value, if it stands in quotes.
fn attribute(attributes: &str, name: &str) -> Option<String> {
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
fn unescape(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_reads_as_they_wrote_it() {
        for (html, markdown) in [
            (
                "<p dir=\"auto\">Test Entry</p>\n<p dir=\"auto\"></p>\n<p><strong>bold </strong><em>it</em>.</p>",
                "Test Entry\n\n**bold** *it*.",
            ),
            ("<h2>One</h2>two<br>three<br/><br/>four", "## One\n\ntwo\nthree\n\nfour"),
            (
                "<ul><li>a</li><li><p>b</p><ol><li>c</li><li>d</li></ol></li></ul><p>e</p>",
                "- a\n- b\n  1. c\n  2. d\n\ne",
            ),
            ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc"),
            ("<a href=\"https://a.example/?x=1&amp;y=2\">here</a>", "[here](https://a.example/?x=1&y=2)"),
            ("3 &lt; 5 &amp; 1 * 2_3 &#8211; &#x41; &unknown; &", "3 \\< 5 & 1 \\* 2\\_3 – A &unknown; &"),
            ("# not a heading", "\\# not a heading"),
        ] {
            assert_eq!(to_markdown(html), markdown, "{html}");
        }
        assert_eq!(to_plain("<b>a</b><ul><li>b</li></ul>"), "a\n\n- b");
        assert_eq!(to_plain("3 < 5\nand more &amp; more"), "3 < 5\nand more & more");
    }

    /// Part of T20: a script in an import runs nowhere.
    #[test]
    fn t20_scripts_pictures_and_odd_links_do_not_survive() {
        for html in [
            "<script>alert(1)</script>",
            "<SCRIPT SRC=//evil.example></SCRIPT >",
            "<style>@import 'x'</style>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\"></a>",
            "<svg><script>1</script></svg>",
            "<script>never closed",
            "<!-- <b>x</b> -->",
            "<iframe srcdoc='<b>x</b>'>x</iframe>",
        ] {
            assert_eq!(to_markdown(html), "", "{html}");
        }
        assert_eq!(to_markdown("<a href='javascript:x'>word</a>"), "word");
        assert_eq!(to_markdown("<a href='https://a.example/) ![x](https://b.example'>word</a>"), "word");
        assert_eq!(to_markdown("<b title='>'>x</b> <unclosed"), "**x** \\<unclosed");
        let shown =
            crate::markdown::to_html(&to_markdown("&lt;img src=x&gt; ![x](https://evil.example/a.png)"));
        assert!(!shown.contains("<img") && !shown.contains("<a"), "{shown}");
    }
}
