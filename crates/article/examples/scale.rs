//! Builds a library of copies of a file: `cargo run --release -p article --example scale -- 10000 FILE`.

#![allow(clippy::print_stdout)]

use std::time::Instant;

use article::{Library, Sources};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let copies: usize = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(10_000);
    let text = arguments.next().map_or_else(
        || include_str!("../tests/all/fixtures/look-alike.md").to_owned(),
        |path| std::fs::read_to_string(path).expect("the file given can be read"),
    );
    let slug = text.lines().find(|line| line.starts_with("slug:")).expect("the file has a slug").to_owned();
    let articles = (0..copies)
        .map(|number| {
            let text = text.replacen(&slug, &format!("slug: copy-{number}"), 1);
            (format!("copy-{number}.md"), text)
        })
        .collect();
    let sources = Sources { articles, ..Sources::default() };
    let start = Instant::now();
    let (library, diagnostics) =
        Library::build(&sources, "2030-01-01".parse().expect("a day of the calendar"));
    let words: usize = library.articles().iter().map(|one| one.article.words).sum();
    println!(
        "{} articles, {words} words, {} problems in {:.2?}",
        library.articles().len(),
        diagnostics.len(),
        start.elapsed()
    );
    if let Ok(status) = std::fs::read_to_string("/proc/self/status")
        && let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM"))
    {
        println!("{peak}");
    }
}
