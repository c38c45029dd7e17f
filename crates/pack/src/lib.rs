//! A pack: passages that somebody chose for somebody, with a note, in an order. It is whole in the fragment of a link
//! (`/pack#v1.…`), which a browser sends to nobody, so no server knows who was sent what.
//!
//! `docs/PACK-FORMAT.md` says every byte. Nothing here knows a library: a pack names articles and sections by short ids, and
//! whoever opens it finds out what they are called today.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod base64url;
mod checksum;
mod day;
mod error;
mod fragment;
mod id;
mod note;
mod private;

pub use day::Day;
pub use error::Error;
pub use fragment::{decode, encode, trimmed};
pub use id::{ArticleId, SectionId};
pub use note::tidy;
pub use private::{Hint, Kind, hints};

/// The most items of a pack.
pub const MOST_ITEMS: usize = 24;
/// The most sections and blocks of one item. Whoever wants more of an article wants the article.
pub const MOST_SECTIONS: usize = 31;
/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// Chosen passages and what goes with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pack {
    /// The passages, in the order in which they are to be read; at least one, at most [`MOST_ITEMS`].
    pub items: Vec<Item>,
    /// What the sender says to the reader, [tidy](tidy()); empty where nothing. At most [`LONGEST_NOTE`] characters.
    pub note: String,
    /// Whether it opens in large type.
    pub large: bool,
    /// The visit for which it was put together.
    pub visit: Option<Day>,
}

/// An article, or some of its sections and blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which article.
    pub article: ArticleId,
    /// Which of its sections and blocks, in their order, each once, at most [`MOST_SECTIONS`]; empty for all of it.
    pub sections: Vec<SectionId>,
    /// How much of what was chosen is shown.
    pub depth: Depth,
}

/// How much is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// The key takeaways, what there is to do and what to ask.
    Short,
    /// Everything.
    #[default]
    Full,
}

impl Item {
    /// A whole article, in full.
    pub fn whole(article: ArticleId) -> Self {
        Self { article, sections: Vec::new(), depth: Depth::Full }
    }

    /// How many passages it counts as: each section is one, a whole article is one.
    pub fn passages(&self) -> usize {
        self.sections.len().max(1)
    }
}

impl Pack {
    /// How many passages it holds.
    pub fn passages(&self) -> usize {
        self.items.iter().map(Item::passages).sum()
    }

    /// Puts an article in, or one section or block of it; says whether that was new.
    ///
    /// A section joins the last item of its article. What is in the pack as part of a whole article is in it already.
    pub fn add(&mut self, article: ArticleId, section: Option<SectionId>) -> Added {
        let whole = self.items.iter().any(|item| item.article == article && item.sections.is_empty());
        let there = |section| {
            self.items.iter().any(|item| item.article == article && item.sections.contains(&section))
        };
        if whole || section.is_some_and(there) {
            return Added::Already;
        }
        let room = self.items.len() < MOST_ITEMS;
        let last = self.items.iter_mut().rev().find(|item| item.article == article);
        match (last, section) {
            (Some(item), Some(_)) if item.sections.len() >= MOST_SECTIONS => return Added::Full,
            (Some(item), Some(section)) => item.sections.push(section),
            (Some(item), None) => item.sections.clear(),
            (None, _) if !room => return Added::Full,
            (None, section) => {
                self.items.push(Item { sections: section.into_iter().collect(), ..Item::whole(article) });
            }
        }
        Added::New
    }
}

/// What came of putting something into a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the pack now.
    New,
    /// It was in the pack before.
    Already,
    /// The pack holds as much as one can.
    Full,
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ArticleId = ArticleId([1; 4]);
    const B: ArticleId = ArticleId([2; 4]);

    fn section(number: u8) -> SectionId {
        SectionId([number; 3])
    }

    #[test]
    fn sections_of_one_article_stand_together_and_each_once() {
        let mut pack = Pack::default();
        assert_eq!(pack.add(A, Some(section(1))), Added::New);
        assert_eq!(pack.add(B, None), Added::New);
        assert_eq!(pack.add(A, Some(section(2))), Added::New);
        assert_eq!(pack.add(A, Some(section(1))), Added::Already);
        assert_eq!(pack.items.len(), 2);
        assert_eq!(pack.items[0].sections, [section(1), section(2)]);
        assert_eq!(pack.passages(), 3);
    }

    #[test]
    fn a_whole_article_takes_the_place_of_its_sections_and_holds_them_all() {
        let mut pack = Pack::default();
        pack.add(A, Some(section(1)));
        assert_eq!(pack.add(A, None), Added::New);
        assert_eq!(pack.items, [Item::whole(A)]);
        assert_eq!(pack.add(A, Some(section(2))), Added::Already);
        assert_eq!(pack.add(A, None), Added::Already);
    }

    #[test]
    fn a_pack_that_is_full_takes_no_more() {
        let mut pack = Pack::default();
        for number in 0..MOST_ITEMS as u8 {
            assert_eq!(pack.add(ArticleId([number; 4]), None), Added::New);
        }
        assert_eq!(pack.add(ArticleId([99; 4]), None), Added::Full);
        let mut pack = Pack::default();
        for number in 0..MOST_SECTIONS as u8 {
            assert_eq!(pack.add(A, Some(section(number))), Added::New);
        }
        assert_eq!(pack.add(A, Some(section(99))), Added::Full);
    }
}
