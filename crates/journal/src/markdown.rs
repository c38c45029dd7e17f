//! What the keeper's Markdown looks like, and how it reads without its marks. Nothing in it can fetch anything: a picture is
//! shown by its words, a link leads only where a browser goes, and only when it is followed; HTML is shown as it was typed.

use html::Html;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS)
}

/// The words without their marks: for lists and for the search. Blocks are on lines of their own.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in parser(text) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                out.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule => out.push('\n'),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::HtmlBlock,
            ) if !out.ends_with('\n') => out.push('\n'),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Safe HTML. Headings begin at the second level, because the first is the entry's title; each line of the keeper stays a
/// line.
pub fn to_html(text: &str) -> String {
    let mut html = Html::new();
    let mut open = Vec::new();
    for event in parser(text) {
        match event {
            Event::Start(tag) => open.push(start(&tag, &mut html)),
            Event::End(_) => {
                for tag in open.pop().unwrap_or_default().iter().rev() {
                    html.close(tag);
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                html.text(&text);
            }
            Event::Code(text) => {
                html.element("code", &[], &text);
            }
            Event::SoftBreak | Event::HardBreak => {
                html.open("br", &[]);
            }
            Event::Rule => {
                html.open("hr", &[]);
            }
            Event::TaskListMarker(done) => {
                let name = if done { "done" } else { "to do" };
                html.element(
                    "span",
                    &[("class", "tick"), ("role", "img"), ("aria-label", name)],
                    if done { "☑" } else { "☐" },
                );
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }
    html.finish()
}

/// Opens what stands for a tag; gives what is to be closed after it.
fn start(tag: &Tag<'_>, html: &mut Html) -> &'static [&'static str] {
    let (names, attribute): (&[&str], Option<(&'static str, String)>) = match tag {
        Tag::Paragraph => (&["p"], None),
        Tag::Heading { level, .. } => {
            let name: &[&str] = match level {
                HeadingLevel::H1 => &["h2"],
                HeadingLevel::H2 => &["h3"],
                HeadingLevel::H3 => &["h4"],
                HeadingLevel::H4 => &["h5"],
                HeadingLevel::H5 | HeadingLevel::H6 => &["h6"],
            };
            (name, None)
        }
        Tag::BlockQuote(_) => (&["blockquote"], None),
        Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => (&["pre", "code"], None),
        Tag::List(Some(first)) => (&["ol"], (*first != 1).then(|| ("start", first.to_string()))),
        Tag::List(None) => (&["ul"], None),
        Tag::Item => (&["li"], None),
        Tag::Emphasis => (&["em"], None),
        Tag::Strong => (&["strong"], None),
        Tag::Strikethrough => (&["s"], None),
        Tag::Link { dest_url, .. } if leads_out(dest_url) => {
            html.open(
                "a",
                &[("href", dest_url), ("rel", "noreferrer noopener nofollow"), ("target", "_blank")],
            );
            return &["a"];
        }
        _ => (&[], None),
    };
    let mut attribute = attribute;
    for name in names {
        match attribute.take() {
            Some((key, value)) => html.open(name, &[(key, &value)]),
            None => html.open(name, &[]),
        };
    }
    names
}

/// Whether a link may be one: to a web page or a mail address, and nothing that runs or shows what is on the device.
pub(crate) fn leads_out(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_looks_as_they_meant_it() {
        let html = to_html(
            "# One\nline *a*\nline **b** ~~c~~\n\n- [x] bread\n- [ ] milk\n\n3. x\n\n> said\n\n---\n\n`<i>`",
        );
        assert_eq!(
            html,
            "<h2>One</h2><p>line <em>a</em><br>line <strong>b</strong> <s>c</s></p><ul><li><span class=\"tick\" \
             role=\"img\" aria-label=\"done\">☑</span>bread</li><li><span class=\"tick\" role=\"img\" \
             aria-label=\"to do\">☐</span>milk</li></ul><ol start=\"3\"><li>x</li></ol><blockquote><p>said</p>\
             </blockquote><hr><p><code>&lt;i&gt;</code></p>"
        );
    }

    /// Part of T19: markup in an entry fetches nothing.
    #[test]
    fn t19_nothing_in_an_entry_fetches_or_runs() {
        for text in [
            "![x](https://evil.example/a.png)",
            "![x][1]\n\n[1]: https://evil.example/a.png",
            "<img src=https://evil.example/a.png onerror=alert(1)>",
            "<script>alert(1)</script>",
            "<style>@import 'https://evil.example'</style>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "[x](//evil.example)",
            "[x](file:///etc/passwd)",
            "<https://evil.example/><object data=x>",
            "[x](https://a.example/\"onclick=\"alert(1))",
            "```html\n<img src=x>\n```",
        ] {
            let html = to_html(text);
            for bad in [
                "<img",
                "<script",
                "<style",
                "<object",
                "javascript:",
                "JaVaScRiPt:",
                "data:text",
                "src=x\"",
                "\"//",
                "file:",
                "\"onclick",
            ] {
                let shown_as_typed = html.contains("&lt;");
                assert!(!html.contains(bad) || (shown_as_typed && !bad.starts_with('<')), "{text} → {html}");
            }
            for link in html.match_indices("<a ").map(|(at, _)| &html[at..]) {
                assert!(link.starts_with("<a href=\"https://"), "{html}");
                assert!(link.contains("rel=\"noreferrer"), "{html}");
            }
        }
    }

    #[test]
    fn plain_words_are_left_of_any_markup() {
        assert_eq!(
            plain("# One\n\nline *a*\nline [b](https://x.example)\n\n- bread\n- `milk`\n\n![sun](y.png)"),
            "One\nline a\nline b\nbread\nmilk\nsun"
        );
        assert_eq!(plain("<b>bold</b>"), "<b>bold</b>");
        assert_eq!(plain(""), "");
    }
}
