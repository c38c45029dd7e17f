//! Shows what the recogniser finds in a file: `cargo run -p article --example outline -- FILE`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;

use article::{BlockBody, Part};

fn main() {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: outline FILE");
        std::process::exit(2);
    };
    let source = std::fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let source = source.unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        std::process::exit(1);
    });
    let (article, diagnostics) = article::parse(&source, &path);
    for diagnostic in diagnostics {
        eprintln!("{diagnostic}\n");
    }
    let Some(article) = article else { std::process::exit(1) };
    print!("{}", article.outline());

    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for block in article.blocks() {
        let items = match &block.body {
            BlockBody::Items(items) => items.len(),
            BlockBody::Named(items) => items.len(),
            BlockBody::Fields(fields) => fields.len(),
            BlockBody::Html(_) => 0,
        };
        let count = counts.entry(block.kind.key()).or_default();
        *count = (count.0 + 1, count.1 + items);
    }
    println!();
    for (kind, (blocks, items)) in counts {
        println!("{kind}: {blocks} with {items} items");
    }
    let all = article.sections.iter().flat_map(|section| &section.parts).chain(&article.lead);
    println!("prose: {} stretches", all.filter(|part| matches!(part, Part::Prose(_))).count());
    println!("{} words, grade {:?}", article.words, article.grade);
}
