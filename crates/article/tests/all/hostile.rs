//! Files that mean harm: a safe page or a clear diagnostic, in bounded time.

use std::time::{Duration, Instant};

use article::{Library, Published, Sources, parse};

const HEAD: &str = "---\ntitle: T\nslug: t\nexcerpt: E.\ncategory: PATIENT_EDUCATION\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\n---\n";

fn page(body: &str) -> Library {
    let sources = Sources { articles: vec![("t.md".into(), format!("{HEAD}{body}"))], ..Sources::default() };
    Library::build(&sources, "2026-02-01".parse().unwrap()).0
}

fn full(body: &str) -> String {
    page(body).article("t").map(|one: &Published| one.full.clone()).unwrap_or_default()
}

/// Long for a test, but far from what quadratic work on a megabyte would take, even unoptimised.
fn in_time(name: &str, body: &str) {
    let start = Instant::now();
    let (article, diagnostics) = parse(&format!("{HEAD}{body}"), "t.md");
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{name} took {took:?}");
    assert!(article.is_some() || diagnostics.iter().any(|one| one.is_error()), "{name} says nothing");
    println!("{name}: {took:?}");
}

#[test]
fn html_is_text() {
    let html =
        full("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> and <b onclick=\"x\">bold</b>\n");
    assert!(html.contains("&lt;script&gt;") && html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b "), "{html}");
}

#[test]
fn schemes_that_run_code_are_refused_however_they_are_written() {
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#x09;script:alert(1)",
        "java&#10;script:alert(1)",
        "&#x01;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "javascript&colon;alert(1)",
        "java\u{200b}script:alert(1)",
        "blob:x",
        "view-source:x",
    ] {
        let (article, diagnostics) = parse(&format!("{HEAD}[x]({link})\n"), "t.md");
        assert!(article.is_none() && diagnostics.iter().any(|one| one.is_error()), "{link} was let through");
    }
}

#[test]
fn other_hosts_are_told_from_this_one() {
    let html = full(
        "[a](//evil.example) [b](/\\evil.example) [c](https://good.example) [d](/articles) [e](MAILTO:a@b.c)\n",
    );
    assert!(
        html.contains("<a href=\"https://evil.example\" rel=\"noopener noreferrer external\">a</a>"),
        "{html}"
    );
    assert!(
        html.contains("<a href=\"https://evil.example\" rel=\"noopener noreferrer external\">b</a>"),
        "{html}"
    );
    assert!(html.contains("<a href=\"/articles\">d</a>"), "{html}");
    assert!(html.contains("<a href=\"mailto:a@b.c\" rel"), "{html}");
}

#[test]
fn an_attribute_cannot_be_left() {
    let html =
        full("[a](</x\"onmouseover=\"alert(1)>) [b](<https://x/\"><script>>)\n\n## \"><script>x</script>\n");
    assert!(!html.contains("\"onmouseover") && !html.contains("<script"), "{html}");
}

#[test]
fn characters_that_turn_text_around_are_gone_and_reported() {
    let (article, diagnostics) = parse(&format!("{HEAD}a\u{202e}b\u{2066}c &#x202E;d\n"), "t.md");
    assert_eq!(diagnostics.len(), 2);
    assert_eq!((diagnostics[0].line, diagnostics[0].column), (10, 2));
    assert_eq!(article.unwrap().lead, [article::Part::Prose("<p>abc d</p>".into())]);
}

#[test]
fn size_and_depth_are_bounded() {
    // A megabyte each, or a quarter where nothing is optimised.
    let share = if cfg!(debug_assertions) { 4 } else { 1 };
    let many = |unit: &str, bytes: usize| unit.repeat(bytes / share / unit.len() + 1);
    in_time("nested lists on a line", &format!("{}a\n", many("- ", 1_000_000)));
    in_time("nested lists and blank lines", &format!("{}a\n{}", "- ".repeat(39), many("\n", 1_000_000)));
    in_time(
        "nested lists by indentation",
        &(0..1000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>(),
    );
    in_time(
        "nested lists, then blank lines",
        &((0..700).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>()
            + &many("\n", 400_000)),
    );
    in_time("nested quotes", &many(">", 1_000_000));
    in_time("nested quotes, many lines", &many(&format!("{} a\n", ">".repeat(39)), 1_000_000));
    in_time("headings", &"# a\n".repeat(100_000));
    in_time("equal headings within the limit", &"## a\n".repeat(1999));
    in_time(
        "wide table",
        &format!("{}\n{}\n{}", many("|a", 200_000), many("|-", 200_000), many("|b\n", 200_000)),
    );
    in_time("long table", &format!("|a|b|\n|-|-|\n{}", many("|c|d|\n", 1_000_000)));
    in_time("open brackets", &many("[", 1_000_000));
    in_time("open terms", &many("[[", 1_000_000));
    in_time("open citations", &many("[@a, ", 1_000_000));
    in_time("many citations", &(0..100_000).map(|n| format!("[@k{n}] ")).collect::<String>());
    in_time("many bad links", &many("[a](x:y) ", 1_000_000));
    in_time("many lost anchors", &many("[a](#y) ", 200_000));
    in_time("nested emphasis", &format!("{}a{}", many("*a **b ", 500_000), many("** *", 400_000)));
    in_time("stars", &many("*", 1_000_000));
    in_time("back ticks", &(1..1400).map(|n| "`".repeat(n) + " ").collect::<String>());
    in_time(
        "footnotes",
        &(0..20_000)
            .map(|n| format!("[^{n}] "))
            .chain((0..20_000).map(|n| format!("\n\n[^{n}]: x")))
            .collect::<String>(),
    );
    in_time("directives", &many(":::note\na\n:::\n", 400_000));
    in_time("directives never closed", &many(":::note\n", 400_000));
    in_time("html", &many("<a ", 1_000_000));
    in_time("html comments", &many("<!-- a ", 1_000_000));
    in_time("entities", &many("&#x202e;", 1_000_000));
    in_time("invisible", &many("\u{202e}", 1_000_000));
    in_time("too long", &"word ".repeat(600_000));
    in_time("link definitions", &(0..30_000).map(|n| format!("[k{n}]: /x\n")).collect::<String>());
    in_time("images in images", &many("![", 1_000_000));
    in_time("lead-ins", &many("**a:**\n- b\n\n", 1_000_000));
    in_time("fields", &many("**a:** b\n\n", 1_000_000));
}

#[test]
fn a_hostile_head_is_answered_too() {
    let deep = "[".repeat(100_000);
    let many = (0..50_000).map(|n| format!("k{n}: v\n")).collect::<String>();
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n";
    let long = "title: ".to_owned() + &"x".repeat(1_000_000);
    for head in [
        deep.as_str(),
        many.as_str(),
        bomb,
        long.as_str(),
        "? [a, b]\n: c",
        "- a\n- b",
        "!!binary x",
        "<<: {a: b}",
        "%YAML 9",
    ] {
        let start = Instant::now();
        let (article, diagnostics) = parse(&format!("---\n{head}\n---\ntext\n"), "t.md");
        assert!(article.is_none() && !diagnostics.is_empty());
        assert!(start.elapsed() < Duration::from_secs(10), "{:?} for {:?}", start.elapsed(), &head[..10]);
    }
}
