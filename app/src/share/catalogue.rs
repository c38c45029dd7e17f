//! The list of the library by which a browser finds what a pack names: a line an article, so that short ids become slugs and
//! titles on the device. The server writes it (`/pack/articles.txt`), the browser reads it; nothing is asked by id.
//!
//! A line is slug, title and former slugs, with tabs between the three and blanks between the former slugs.

use pack::ArticleId;

/// Where it is.
#[cfg(any(feature = "hydrate", test))]
pub(crate) const ADDRESS: &str = "/pack/articles.txt";

/// The list of a library, by title.
#[cfg(feature = "ssr")]
pub fn write(library: &article::Library) -> String {
    let filter = article::Filter { sort: article::Sort::Title, ..article::Filter::default() };
    let mut out = String::new();
    for published in library.find(&filter) {
        let meta = &published.article.meta;
        let former: Vec<&str> = meta.aliases.iter().map(article::Slug::as_str).collect();
        // A tab or a line end in a title would end its field.
        let title: Vec<&str> = meta.title.split_whitespace().collect();
        out.extend([meta.slug.as_str(), "\t", &title.join(" "), "\t", &former.join(" "), "\n"]);
    }
    out
}

/// An article, as far as a pack needs to know it.
#[cfg_attr(not(any(feature = "hydrate", test)), expect(dead_code, reason = "only the browser reads"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The slug of today.
    pub slug: String,
    /// The title.
    pub title: String,
    /// Ids of the slug and of every former one.
    pub ids: Vec<ArticleId>,
}

/// Reads the list; lines that are none are left out.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn read(text: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let mut fields = line.split('\t');
        let (slug, title, former) = (fields.next()?, fields.next()?, fields.next()?);
        let names = std::iter::once(slug).chain(former.split(' ').filter(|former| !former.is_empty()));
        Some(Entry {
            slug: slug.to_owned(),
            title: title.to_owned(),
            ids: names.map(ArticleId::of).collect(),
        })
    };
    text.lines().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_by_its_name_of_today_and_by_every_former_one() {
        let entries = read("rest\tRest & quiet\tsilence stillness\nno line\nnight\tThe night\t\n");
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].title, "Rest & quiet");
        assert_eq!(entries[0].ids, ["rest", "silence", "stillness"].map(ArticleId::of));
        assert_eq!(entries[1].ids, [ArticleId::of("night")]);
        assert!(ADDRESS.starts_with("/pack/"));
    }
}
