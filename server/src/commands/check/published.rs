//! Anchors that have been published, and whether each still resolves.
//!
//! The list has a line for each: `slug` or `slug#anchor`. Lines are added and never taken away, because a link
//! that somebody printed on paper is still there.

use std::{
    collections::{BTreeSet, HashSet},
    fs, io,
    path::Path,
};

use article::{Article, Library};

/// Says which published addresses are lost; with `write`, adds those of today to the list.
pub fn compare(list: &Path, library: &Library, write: bool) -> io::Result<Vec<String>> {
    let mut published = match fs::read_to_string(list) {
        Ok(text) => read(&text),
        Err(error) if write && error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
        Err(error) => return Err(error),
    };
    let lost = published.iter().filter(|address| !resolves(library, address)).cloned().collect();
    if write {
        published.extend(addresses(library));
        let lines: Vec<&str> = published.iter().map(String::as_str).collect();
        fs::write(list, lines.join("\n") + "\n")?;
    }
    Ok(lost)
}

fn read(text: &str) -> BTreeSet<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn resolves(library: &Library, address: &str) -> bool {
    let (slug, anchor) = match address.split_once('#') {
        Some((slug, anchor)) => (slug, Some(anchor)),
        None => (address, None),
    };
    let now = library.renamed(slug).map_or(slug, |renamed| renamed.as_str());
    let Some(published) = library.article(now) else { return false };
    let Some(anchor) = anchor else { return true };
    let there = anchors(&published.article);
    let renamed = published.article.meta.anchors.get(anchor).map(String::as_str);
    there.contains(anchor) || renamed.is_some_and(|new| there.contains(new))
}

fn anchors(article: &Article) -> HashSet<&str> {
    let sections = article.sections.iter().map(|section| section.anchor.as_str());
    sections.chain(article.blocks().map(|block| block.anchor.as_str())).collect()
}

fn addresses(library: &Library) -> impl Iterator<Item = String> {
    library.articles().iter().flat_map(|published| {
        let slug = &published.article.meta.slug;
        let of_anchors =
            anchors(&published.article).into_iter().map(move |anchor| format!("{slug}#{anchor}"));
        std::iter::once(slug.to_string()).chain(of_anchors)
    })
}
