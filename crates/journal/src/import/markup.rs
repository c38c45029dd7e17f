//! HTML of other journals as Markdown, or as plain words. Only what text needs is kept: paragraphs, headings, lists, quotes,
//! emphasis, links to the web. All else goes, pictures and scripts with what they hold.

mod tokens;

use self::tokens::{Token, Tokens, attribute, unescape};
use crate::markdown::leads_out;

/// HTML as Markdown.
pub(super) fn to_markdown(html: &str) -> String {
    Writer { marks: true, ..Writer::default() }.write(html)
}

/// HTML as plain words. What has no markup in it is left as it is, but for its entities.
pub(super) fn to_plain(html: &str) -> String {
    let marked = Tokens { rest: html }.any(|token| !matches!(token, Token::Text(_)));
    if marked { Writer::default().write(html) } else { unescape(html.trim()) }
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
            "b" | "strong" => self.begin_mark("**"),
            "i" | "em" => self.begin_mark("*"),
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
                    self.begin_mark("[");
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

    fn begin_mark(&mut self, mark: &'static str) {
        // Nobody nests deeper, and a hostile file may.
        if self.opening.len() < 16 {
            self.opening.push(mark);
        }
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

    #[test]
    fn what_never_ends_does_not_take_forever() {
        for piece in [
            "<a ",
            "<a \"",
            "<!--",
            "</",
            "&",
            "<b>",
            "<ul><li>",
            "<script>",
            "<blockquote>",
            "<a href='",
            "<b>x</i>",
        ] {
            to_markdown(&piece.repeat(200_000));
        }
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
            "<!-- <b>x</b> --><!doctype html>",
            "<iframe srcdoc='<b>x</b>'>x</iframe>",
        ] {
            assert_eq!(to_markdown(html), "", "{html}");
        }
        assert_eq!(to_markdown("a <!never closed"), "a \\<!never closed");
        assert_eq!(to_markdown("<a href='javascript:x'>word</a>"), "word");
        assert_eq!(to_markdown("<a href='https://a.example/) ![x](https://b.example'>word</a>"), "word");
        assert_eq!(to_markdown("<b title='>'>x</b> <unclosed"), "**x** \\<unclosed");
        let shown =
            crate::markdown::to_html(&to_markdown("&lt;img src=x&gt; ![x](https://evil.example/a.png)"));
        assert!(!shown.contains("<img") && !shown.contains("<a"), "{shown}");
    }
}
