//! Ids within a page: stable, unique, and never one that the page itself uses.

use std::collections::{HashMap, HashSet};

use crate::{Anchor, text::address_form};

/// Ids of the page around the article.
const RESERVED: [&str; 3] = ["main", "contents", "references"];
/// Beginnings of ids that the page makes by the dozen.
const RESERVED_BEGINNINGS: [&str; 5] = ["ref-", "cite-", "term-", "fn-", "fnref-"];
/// Longest anchor in characters, before a number that keeps it unique.
const LONGEST: usize = 80;

/// Gives out anchors, each only once.
#[derive(Default)]
pub(crate) struct Anchors {
    taken: HashSet<String>,
    /// The number to try next for a text that was there before.
    next: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor of a heading.
    pub fn heading(&mut self, title: &str) -> Anchor {
        let base = address_form(title);
        self.give(if base.is_empty() { "section".to_owned() } else { base }, false)
    }

    /// The anchor of a block under a section.
    pub fn block(&mut self, section: Option<&Anchor>, name: &str) -> Anchor {
        let name = address_form(name);
        let base = match section {
            Some(section) if name.is_empty() => format!("{section}-block"),
            Some(section) => format!("{section}-{name}"),
            None if name.is_empty() => "block".to_owned(),
            None => name,
        };
        self.give(base, true)
    }

    pub fn is_taken(&self, anchor: &str) -> bool {
        self.taken.contains(anchor)
    }

    fn give(&mut self, base: String, labelled: bool) -> Anchor {
        let mut base = shorten(&base);
        if RESERVED_BEGINNINGS.iter().any(|beginning| base.starts_with(beginning)) {
            base.insert_str(0, "about-");
        }
        let next = self.next.entry(base.clone()).or_insert(1);
        loop {
            let anchor = if *next == 1 { base.clone() } else { format!("{base}-{next}") };
            *next += 1;
            // A block's label takes an id too.
            let label = format!("{anchor}-l");
            let taken = RESERVED.contains(&anchor.as_str())
                || self.taken.contains(&anchor)
                || (labelled && self.taken.contains(&label));
            if !taken {
                if labelled {
                    self.taken.insert(label);
                }
                self.taken.insert(anchor.clone());
                return Anchor::new(anchor);
            }
        }
    }
}

/// Cut at a hyphen, so that no word is torn.
fn shorten(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let whole = text[..cut].rfind('-').filter(|&at| at > cut / 2).unwrap_or(cut);
    text[..whole].trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headings_get_numbers_and_never_collide_with_one_that_looks_numbered() {
        let mut anchors = Anchors::default();
        let given: Vec<String> = ["Sleep", "Sleep 2", "Sleep", "Sleep", "Main", "Ref table", "—"]
            .map(|it| anchors.heading(it).to_string())
            .into();
        assert_eq!(given, ["sleep", "sleep-2", "sleep-3", "sleep-4", "main-2", "about-ref-table", "section"]);
    }

    #[test]
    fn a_block_never_takes_the_anchor_of_a_heading_nor_its_label_that_of_another() {
        let mut anchors = Anchors::default();
        let section = anchors.heading("A");
        anchors.heading("A b");
        anchors.heading("A c l");
        assert_eq!(anchors.block(Some(&section), "b").as_str(), "a-b-2");
        assert_eq!(anchors.block(Some(&section), "c").as_str(), "a-c-2");
    }

    #[test]
    fn long_headings_are_cut_between_words() {
        let mut anchors = Anchors::default();
        let anchor = anchors.heading(&"word ".repeat(40));
        assert!(anchor.as_str().len() <= LONGEST && anchor.as_str().ends_with("word"), "{anchor}");
    }
}
