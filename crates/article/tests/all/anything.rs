//! Whatever a file holds, reading it ends, and what comes out is safe.

use article::{Diagnostic, Sources, parse};
use proptest::prelude::*;

const HEAD: &str = "---\ntitle: T\nslug: t\nexcerpt: E.\ncategory: SAFETY\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\n---\n";

/// Pieces of which hostile and broken files are made.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "# ", "## ", "### ", "- ", "1. ", "> ", "\n", "\n\n", "\r\n", "    ", "\t", "**", "*", "_", "`", "```\n", ":::",
            ":::questions", ":::help x\n", "[", "]", "[[", "]]", "[@", "@", "(", ")", "](#a)", "](javascript:x)", "](glossary:", "![",
            "[^1]", "[^1]: ", "|", "|-|-|\n", "<", ">", "<script>", "<!--", "-->", "&#x202e;", "&lt;", "\\", "\"", "'", "--", "...",
            "**Focus:** ", "**Solutions:**\n", "**The challenge:** ", "?", "---\n", "title: ", "slug: ", "tags: [", "{", "}", ":", "\u{202e}", "\u{feff}",
            "é", "日本", "\u{301}", "🙂", "$", "~~", "http://", "a", "word ",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

/// What must hold of every diagnostic, whatever the file.
fn check(source: &str, diagnostics: &[Diagnostic]) -> Result<(), TestCaseError> {
    for one in diagnostics {
        prop_assert!(one.line >= 1 && one.column >= 1 && one.length >= 1);
        prop_assert!(one.source_line.chars().count() <= 200);
        let characters = source.chars().count();
        prop_assert!(one.line <= characters + 1 && one.column <= characters + 1, "{one:?}");
        prop_assert!(!one.to_string().is_empty());
    }
    Ok(())
}

/// Tags are balanced and are those that the renderer writes; no attribute is of a kind that runs.
fn safe(html: &str) -> Result<(), TestCaseError> {
    const TAGS: [&str; 42] = [
        "p",
        "a",
        "ul",
        "ol",
        "li",
        "em",
        "strong",
        "s",
        "b",
        "i",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
        "img",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "span",
        "section",
        "sup",
        "small",
        "dl",
        "dt",
        "dd",
        "input",
        "label",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "sub",
        "kbd",
        "details",
        "summary",
        "figure",
    ];
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        prop_assert!(!text.contains('>'), "{part}");
        if let Some(name) = tag.strip_prefix('/') {
            prop_assert_eq!(open.pop(), Some(name), "{}", html);
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        prop_assert!(TAGS.contains(&name), "{name} in {html}");
        prop_assert!(
            !tag.contains(" on") || tag.split('"').step_by(2).all(|outside| !outside.contains(" on")),
            "{tag}"
        );
        if let Some((_, rest)) = tag.split_once(" href=\"") {
            let to = rest.split('"').next().unwrap_or_default();
            let fine =
                ["#", "/", "https:", "http:", "mailto:", "tel:"].iter().any(|start| to.starts_with(start));
            prop_assert!(fine || !to.split(['/', '?', '#']).next().unwrap_or_default().contains(':'), "{to}");
        }
        if !matches!(name, "hr" | "br" | "img" | "input") {
            open.push(name);
        }
    }
    prop_assert!(open.is_empty(), "{open:?} in {html}");
    let misleading = html.contains(['\u{202e}', '\0']);
    prop_assert!(!misleading, "{}", html);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_an_article_or_a_list_of_reasons(source in text()) {
        let (article, diagnostics) = parse(&source, "t.md");
        check(&source, &diagnostics)?;
        prop_assert_eq!(article.is_some(), !diagnostics.iter().any(Diagnostic::is_error));
    }

    #[test]
    fn any_body_is_safe_and_has_each_anchor_once(body in text()) {
        let source = format!("{HEAD}{body}");
        let sources = Sources { articles: vec![("t.md".into(), source.clone())], ..Sources::default() };
        let (library, diagnostics) = BASE.with(|reader| {
            reader.assemble(vec![reader.read("t.md", &sources.articles[0].1)], "2026-02-01".parse().unwrap())
        });
        check(&source, &diagnostics)?;
        // With an error there is no page; what would have been shown is looked at all the same.
        let (article, _) = parse(&source, "t.md");
        if let Some(one) = library.article("t") {
            prop_assert!(article.is_some());
            safe(&one.full)?;
            safe(&one.short)?;
            for anchor in one.article.anchors() {
                let id = format!("id=\"{anchor}\"");
                prop_assert_eq!(one.full.matches(&id).count(), 1, "{} in {}", anchor, one.full);
                prop_assert_eq!(one.short.matches(&id).count(), 1, "{} in {}", anchor, one.short);
            }
        }
    }

    #[test]
    fn any_front_matter_is_read_or_refused(head in text()) {
        let source = format!("---\n{head}\n---\nText.\n");
        let (_, diagnostics) = parse(&source, "t.md");
        check(&source, &diagnostics)?;
    }

    #[test]
    fn any_bytes_do(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let source = String::from_utf8_lossy(&bytes);
        let (_, diagnostics) = parse(&source, "t.md");
        check(&source, &diagnostics)?;
    }
}

thread_local! {
    static BASE: article::Reader = article::Reader::new(&Sources::default());
}
