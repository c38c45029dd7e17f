//! What the keeper's Markdown looks like, and how it reads without its marks. Nothing in it can fetch anything: a picture is
//! shown by its words, a link leads only where a browser goes, and only when it is followed; HTML is shown as it was typed.
//!
//! It is CommonMark with ticks and strikethrough, as far as people write it: without references to addresses elsewhere in the
//! text, without HTML, and with five entities. A parser of all of it is five times as large, half of that names of entities.

mod blocks;
mod inline;

use html::Html;

use blocks::{Block, List, blocks};

/// What a text is made of, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'t> {
    /// Something begins.
    Start(Tag<'t>),
    /// It ends.
    End(Tag<'t>),
    /// Words.
    Text(&'t str),
    /// A new line within a paragraph: what the keeper began anew stays so.
    Break,
    /// A line across.
    Rule,
    /// Something to tick at the start of an item, and whether it is ticked.
    Tick(bool),
}

/// What has a beginning and an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<'t> {
    /// A paragraph. The words of an item stand in one only where empty lines part the items.
    Paragraph,
    /// A heading, with its level from 1 to 6.
    Heading(u8),
    /// A quote.
    Quote,
    /// Lines of code.
    CodeBlock,
    /// A list, with the number of its first item where they are numbered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck through.
    Strikethrough,
    /// Code within a line.
    Code,
    /// A link, with its address.
    Link(&'t str),
    /// A picture, with its address. Within it are the words that describe it.
    Picture(&'t str),
}

/// Says what a text is made of. How deep it goes and how long it takes are bounded, whatever the text.
pub fn read(text: &str, tell: &mut dyn FnMut(Event<'_>)) {
    tell_all(&blocks(text), true, tell);
}

fn tell_all(blocks: &[Block], loose: bool, tell: &mut dyn FnMut(Event<'_>)) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => paragraph(None, text, loose, tell),
            Block::Heading(level, text) => {
                tell(Event::Start(Tag::Heading(*level)));
                inline::inline(text, tell);
                tell(Event::End(Tag::Heading(*level)));
            }
            Block::Code(text) => {
                tell(Event::Start(Tag::CodeBlock));
                tell(Event::Text(text));
                tell(Event::End(Tag::CodeBlock));
            }
            Block::Rule => tell(Event::Rule),
            Block::Quote(blocks) => {
                tell(Event::Start(Tag::Quote));
                tell_all(blocks, true, tell);
                tell(Event::End(Tag::Quote));
            }
            Block::List(list) => tell_list(list, tell),
        }
    }
}

fn tell_list(list: &List, tell: &mut dyn FnMut(Event<'_>)) {
    tell(Event::Start(Tag::List(list.first)));
    for item in &list.items {
        tell(Event::Start(Tag::Item));
        match item.split_first() {
            Some((Block::Paragraph(text), rest)) => {
                let (tick, words) = tick(text);
                paragraph(tick, words, list.loose, tell);
                tell_all(rest, list.loose, tell);
            }
            _ => tell_all(item, list.loose, tell),
        }
        tell(Event::End(Tag::Item));
    }
    tell(Event::End(Tag::List(list.first)));
}

/// Whether a text begins with something to tick, and the words behind it.
fn tick(text: &str) -> (Option<bool>, &str) {
    for (mark, done) in [("[ ]", false), ("[x]", true), ("[X]", true)] {
        if let Some(words) = text.strip_prefix(mark).filter(|words| words.starts_with(char::is_whitespace)) {
            return (Some(done), words.trim_start());
        }
    }
    (None, text)
}

fn paragraph(tick: Option<bool>, text: &str, loose: bool, tell: &mut dyn FnMut(Event<'_>)) {
    if loose {
        tell(Event::Start(Tag::Paragraph));
    }
    if let Some(done) = tick {
        tell(Event::Tick(done));
    }
    inline::inline(text, tell);
    if loose {
        tell(Event::End(Tag::Paragraph));
    }
}

/// The words without their marks: for lists and for the search. Blocks are on lines of their own.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    read(text, &mut |event| match event {
        Event::Text(text) => out.push_str(text),
        Event::Break | Event::Rule => out.push('\n'),
        Event::Start(Tag::List(_) | Tag::CodeBlock | Tag::Quote | Tag::Heading(_))
        | Event::End(Tag::Paragraph | Tag::Heading(_) | Tag::Item | Tag::CodeBlock)
            if !out.is_empty() && !out.ends_with('\n') =>
        {
            out.push('\n')
        }
        _ => {}
    });
    out.truncate(out.trim_end().len());
    out
}

/// Safe HTML. Headings begin at the second level, because the first is the entry's title; each line of the keeper stays a
/// line.
pub fn to_html(text: &str) -> String {
    let mut html = Html::new();
    read(text, &mut |event| match event {
        Event::Start(tag) => start(tag, &mut html),
        Event::End(tag) => {
            for name in names(tag).iter().rev() {
                html.close(name);
            }
        }
        Event::Text(text) => {
            html.text(text);
        }
        Event::Break => {
            html.open("br", &[]);
        }
        Event::Rule => {
            html.open("hr", &[]);
        }
        Event::Tick(done) => {
            let (sign, name) = if done { ("☑", "done") } else { ("☐", "to do") };
            html.element("span", &[("class", "tick"), ("role", "img"), ("aria-label", name)], sign);
        }
    });
    html.finish()
}

fn start(tag: Tag<'_>, html: &mut Html) {
    let number;
    let attributes: &[(&'static str, &str)] = match tag {
        Tag::Link(address) => {
            &[("href", address), ("rel", "noreferrer noopener nofollow"), ("target", "_blank")]
        }
        Tag::List(Some(first)) if first != 1 => {
            number = first.to_string();
            &[("start", &number)]
        }
        _ => &[],
    };
    for (at, name) in names(tag).iter().enumerate() {
        html.open(name, if at == 0 { attributes } else { &[] });
    }
}

/// The elements that stand for a tag.
fn names(tag: Tag<'_>) -> &'static [&'static str] {
    match tag {
        Tag::Paragraph => &["p"],
        Tag::Heading(1) => &["h2"],
        Tag::Heading(2) => &["h3"],
        Tag::Heading(3) => &["h4"],
        Tag::Heading(4) => &["h5"],
        Tag::Heading(_) => &["h6"],
        Tag::Quote => &["blockquote"],
        Tag::CodeBlock => &["pre", "code"],
        Tag::List(Some(_)) => &["ol"],
        Tag::List(None) => &["ul"],
        Tag::Item => &["li"],
        Tag::Emphasis => &["em"],
        Tag::Strong => &["strong"],
        Tag::Strikethrough => &["s"],
        Tag::Code => &["code"],
        Tag::Link(address) if leads_out(address) => &["a"],
        Tag::Link(_) | Tag::Picture(_) => &[],
    }
}

/// Whether a link may be one: to a web page or a mail address, and nothing that runs or shows what is on the device.
pub fn leads_out(url: &str) -> bool {
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
