//! Our Markdown beside pulldown-cmark: the same blocks and marks for all that both know, and no text that is too deep or takes
//! too long.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

use journal::markdown::{self, Event, Tag};
use proptest::prelude::*;
use pulldown_cmark as theirs;

/// A text as events in words: ours, with what is side by side joined.
fn ours(text: &str) -> Vec<String> {
    let mut out = Out::default();
    // The last line of code has an end with us.
    let text = format!("{text}\n");
    markdown::read(&text, &mut |event| match event {
        Event::Start(tag) => out.tell(format!("<{}>", name(tag))),
        Event::End(tag) => out.tell(format!("</{}>", name(tag))),
        Event::Text(text) => out.text(text),
        Event::Break => out.tell("break".to_owned()),
        Event::Rule => out.tell("rule".to_owned()),
        Event::Tick(done) => out.tell(format!("tick {done}")),
    });
    out.0
}

fn name(tag: Tag<'_>) -> String {
    match tag {
        Tag::Link(address) => format!("Link {address}"),
        Tag::Picture(address) => format!("Picture {address}"),
        tag => format!("{tag:?}"),
    }
}

/// The same text as pulldown-cmark reads it.
fn theirs(text: &str) -> Vec<String> {
    let options = theirs::Options::ENABLE_STRIKETHROUGH | theirs::Options::ENABLE_TASKLISTS;
    let mut out = Out::default();
    let mut open = Vec::new();
    let text = format!("{text}\n");
    for event in theirs::Parser::new_ext(&text, options) {
        match event {
            theirs::Event::Start(tag) => {
                let name = their_name(&tag);
                out.tell(format!("<{name}>"));
                open.push(name);
            }
            theirs::Event::End(_) => out.tell(format!("</{}>", open.pop().unwrap())),
            theirs::Event::Text(text) | theirs::Event::Html(text) | theirs::Event::InlineHtml(text) => {
                out.text(&text)
            }
            theirs::Event::Code(code) => {
                out.tell("<Code>".to_owned());
                out.text(&code);
                out.tell("</Code>".to_owned());
            }
            theirs::Event::SoftBreak | theirs::Event::HardBreak => out.tell("break".to_owned()),
            theirs::Event::Rule => out.tell("rule".to_owned()),
            theirs::Event::TaskListMarker(done) => out.tell(format!("tick {done}")),
            other => panic!("{other:?} was not asked for"),
        }
    }
    out.0
}

fn their_name(tag: &theirs::Tag<'_>) -> String {
    match tag {
        theirs::Tag::Heading { level, .. } => format!("Heading({})", *level as u8),
        theirs::Tag::BlockQuote(_) => "Quote".to_owned(),
        theirs::Tag::CodeBlock(_) => "CodeBlock".to_owned(),
        theirs::Tag::Link { dest_url, .. } => format!("Link {dest_url}"),
        theirs::Tag::Image { dest_url, .. } => format!("Picture {dest_url}"),
        tag => format!("{tag:?}"),
    }
}

#[derive(Default)]
struct Out(Vec<String>);

impl Out {
    fn tell(&mut self, event: String) {
        self.0.push(event);
    }

    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(last) if last.starts_with("text ") => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(format!("text {text}")),
        }
    }
}

const WORDS: [&str; 16] = [
    "one",
    "two words",
    "ä",
    "*em*",
    "**strong**",
    "***both***",
    "~~gone~~",
    "`code`",
    "``a ` b``",
    "[link](https://a.example/b)",
    "![sun](c.png)",
    "\\*",
    "&amp;",
    "_under_",
    "snake_case_word",
    "2 * 3",
];

/// A line as people write it: nothing, a line of signs, or words behind a sign.
fn line() -> impl Strategy<Value = String> {
    let begin = prop::sample::select(vec![
        "", "", "", "- ", "* ", "+ ", "1. ", "2. ", "3) ", "> ", "> > ", "> - ", "# ", "### ", "- [ ] ",
        "- [x] ", "    ", "  - ", "   ", "     - ", "- > ", "1. - ",
    ]);
    let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4);
    let indent = prop::sample::select(vec!["", "", "", "  ", "   ", "    "]);
    let written = (indent, begin, words)
        .prop_map(|(indent, begin, words)| format!("{indent}{begin}{}", words.join(" ")));
    let signs = prop::sample::select(vec!["", "", ">", "```", "~~~", "---", "***", "===", "- - -"]);
    prop_oneof![4 => written, 1 => signs.prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn blocks_are_what_pulldown_cmark_takes_them_for(lines in prop::collection::vec(line(), 0..9)) {
        let text = lines.join("\n");
        prop_assert_eq!(ours(&text), theirs(&text), "{}", text);
    }

    #[test]
    fn marks_are_what_pulldown_cmark_takes_them_for(text in "([a ä.]|\\*|\\*\\*|_|`|\\[|\\]|\\]\\(a\\)|!\\[|\\\\){0,14}") {
        prop_assert_eq!(ours(&text), theirs(&text), "{}", text);
    }

    #[test]
    fn what_is_struck_through_is_what_pulldown_cmark_takes_for_it(text in "([a ä.]|\\*|~~){0,14}") {
        prop_assert_eq!(ours(&text), theirs(&text), "{}", text);
    }

    #[test]
    fn any_text_is_read_and_what_begins_ends(text in "(\\PC|[-*_>#`~\\[\\]()!<&\\\\ \t\n]){0,80}") {
        let mut open = Vec::new();
        markdown::read(&text, &mut |event| match event {
            Event::Start(tag) => open.push(name(tag)),
            Event::End(tag) => assert_eq!(open.pop(), Some(name(tag))),
            _ => {}
        });
        prop_assert_eq!(open.len(), 0);
        markdown::plain(&text);
    }
}

#[test]
fn what_stands_at_the_edges_is_read_as_pulldown_cmark_reads_it() {
    for text in [
        "",
        "\n\n",
        "a\r\nb\r\n",
        "# a #\n## b##\n#c",
        "a\n===\nb\n---\nc",
        "- a\n\n- b",
        "- a\n- b\n\n- c",
        "- a\n  - b\n\n    c\n- d",
        "- a\n  > b\n  >\n- c",
        "> a\nb\n> c",
        "> a\n- b",
        "> ```\n> a\nb",
        "1. a\n2. b\n\n1) c",
        "a\n2. b",
        "a\n1. b",
        "-\n\n  a",
        "- \n  a",
        "-    a\n\n     b",
        "-     a",
        "```rust\na\n\n  b\n```\nc",
        "~~~\n```\n~~~",
        "    a\n\n    b\n\nc",
        "a\n    b",
        "- ```\n  a\n  ```",
        "* * *",
        "- - a",
        "- # a",
        "[a](<b c> \"d\")",
        "[a](b (c))",
        "[a](b'c)",
        "[a]( b )",
        "[a](b\\)c)",
        "[a](b(c)d)",
        "[a [b](c) d](e)",
        "![a [b](c)](d)",
        "*a [b*](c)",
        "`a\nb`",
        "`` ` ``",
        "` `",
        "a  \nb",
        "a\\\nb",
        "<https://a.example/?b=c&d>",
        "**a*",
        "*a**",
        "***a** b*",
        "*a **b***",
        "**a*b*c**",
        "_a_b_",
        "a_b_",
        "*a*b",
        "~a~",
        "~~~a",
        "- [ ] a\n- [x] b\n  c",
        "- [x]\n  a",
    ] {
        assert_eq!(ours(text), theirs(text), "{text:?}");
    }
}

#[test]
fn no_text_goes_deep_or_takes_long() {
    let pieces = [
        "> ", "- ", "1. ", "*a ", "**a ", "a* ", "[", "![", "](", "[a](", "![a](b", "`", "` `` ", "<a",
        "<a:", "*a_b ", "- \n ", ">\n", "\\", "&", "[a](<", "[a](b \"", "[a](b '", "[a](b (", "~~a ",
        "    a\n", "```\n", "a\n===\n", "_*", "***a",
    ];
    for piece in pieces {
        let text = piece.repeat(300_000 / piece.len());
        let began = std::time::Instant::now();
        let (mut depth, mut deepest) = (0, 0);
        markdown::read(&text, &mut |event| match event {
            Event::Start(_) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Event::End(_) => depth -= 1,
            _ => {}
        });
        assert!(deepest < 400, "{piece:?}: {deepest}");
        let took = began.elapsed();
        assert!(took.as_secs() < 20, "{piece:?} takes {took:?}");
    }
}
