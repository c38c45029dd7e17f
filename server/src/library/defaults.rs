//! What stands in for site files that a folder lacks, so that a folder of articles alone can be read.
//!
//! The project's own files are compiled in. Its reading paths are not: they name its own articles.

use article::Sources;

const FILES: [(&str, &str); 8] = [
    ("site.yaml", include_str!("../../../content/site.yaml")),
    ("references.bib", include_str!("../../../content/references.bib")),
    ("glossary.yaml", include_str!("../../../content/glossary.yaml")),
    ("crisis.yaml", include_str!("../../../content/crisis.yaml")),
    ("search.yaml", include_str!("../../../content/search.yaml")),
    ("pages/about.md", include_str!("../../../content/pages/about.md")),
    ("pages/privacy.md", include_str!("../../../content/pages/privacy.md")),
    ("pages/accessibility.md", include_str!("../../../content/pages/accessibility.md")),
];

/// Adds each default whose file is not there.
pub fn fill(sources: &mut Sources) {
    for (path, text) in FILES {
        if !sources.site.iter().any(|(there, _)| there == path) {
            sources.site.push((path.to_owned(), text.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_folder_has_is_left_alone_and_the_rest_is_added() {
        let mut sources = Sources::default();
        sources.site.push(("site.yaml".to_owned(), "name: Ours".to_owned()));
        fill(&mut sources);
        assert_eq!(sources.site.len(), FILES.len());
        assert_eq!(sources.site[0].1, "name: Ours");
    }
}
