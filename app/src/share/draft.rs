//! A pack while it is put together: every change of it, and how each is undone.

use pack::{Added, ArticleId, Day, Depth, MOST_SECTIONS, Pack, SectionId};

/// So many changes can be undone.
const REMEMBERED: usize = 100;

/// A pack under construction.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pack: Pack,
    past: Vec<Past>,
}

/// How it was before a change.
#[derive(Debug)]
struct Past {
    pack: Pack,
    /// What the change was, for the button that undoes it: "removing “Rest”".
    change: String,
    /// Changes of one kind that follow each other are undone at once: a note is typed letter by letter.
    run: Option<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Note,
    Drag,
}

impl Draft {
    /// Starts with a pack as it was kept.
    pub fn new(pack: Pack) -> Self {
        Self { pack, past: Vec::new() }
    }

    /// As it is.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// What [`undo`](Self::undo) would undo.
    pub fn last_change(&self) -> Option<&str> {
        self.past.last().map(|past| past.change.as_str())
    }

    /// Whether what is there went with passages that are gone: not so where somebody begins with the note.
    pub fn is_left_over(&self) -> bool {
        let had = self.past.is_empty() || self.past.iter().any(|past| !past.pack.items.is_empty());
        had && self.pack.items.is_empty() && self.pack != Pack::default()
    }

    /// Takes the last change back, and says what it was.
    pub fn undo(&mut self) -> Option<String> {
        let past = self.past.pop()?;
        self.pack = past.pack;
        Some(past.change)
    }

    /// Takes over what was done to the passages and their size of type elsewhere, as one change. `change` says what it was.
    pub fn take_over(&mut self, chosen: Pack, change: &str) {
        // Without passages no size of type is kept.
        let large = if chosen.items.is_empty() { self.pack.large } else { chosen.large };
        self.change(change.to_owned(), None, |pack| (pack.items, pack.large) = (chosen.items, large));
    }

    /// Puts something in.
    pub fn add(&mut self, article: ArticleId, section: Option<SectionId>, title: &str) -> Added {
        let mut pack = self.pack.clone();
        let added = pack.add(article, section);
        if added == Added::New {
            self.change(format!("adding “{title}”"), None, |old| *old = pack);
        }
        added
    }

    /// Takes an item out.
    pub fn remove(&mut self, at: usize, title: &str) {
        self.change(format!("removing “{title}”"), None, |pack| drop(pack.items.remove(at)));
    }

    /// Takes everything out.
    pub fn empty(&mut self) {
        self.change("emptying the pack".to_owned(), None, |pack| *pack = Pack::default());
    }

    /// Moves an item to a place; says whether that is another place.
    pub fn shift(&mut self, from: usize, to: usize, title: &str) -> bool {
        self.moved(from, to, title, None)
    }

    /// The same while it is being dragged: all moves of one drag are one change.
    pub fn drag(&mut self, from: usize, to: usize, title: &str) -> bool {
        self.moved(from, to, title, Some(Run::Drag))
    }

    /// A drag or a stretch of typing is over: what follows is another change.
    pub fn rest(&mut self) {
        if let Some(past) = self.past.last_mut() {
            past.run = None;
        }
    }

    fn moved(&mut self, from: usize, to: usize, title: &str, run: Option<Run>) -> bool {
        let fits = from != to && from.max(to) < self.pack.items.len();
        if fits {
            self.change(format!("moving “{title}”"), run, |pack| {
                let item = pack.items.remove(from);
                pack.items.insert(to, item);
            });
        }
        fits
    }

    /// Sets how much of an item is shown.
    pub fn set_depth(&mut self, at: usize, depth: Depth, title: &str) {
        let change = format!("how much of “{title}” is shown");
        self.change(change, None, |pack| pack.items[at].depth = depth);
    }

    /// Chooses a section or block, or gives it up; all of them given up is the whole article again. `order` is that of the
    /// article. Says whether there was room.
    pub fn choose(
        &mut self,
        at: usize,
        section: SectionId,
        on: bool,
        order: &[SectionId],
        title: &str,
    ) -> bool {
        let chosen = &self.pack.items[at].sections;
        if on && chosen.len() >= MOST_SECTIONS {
            return false;
        }
        let mut sections: Vec<_> = chosen.iter().copied().filter(|other| *other != section).collect();
        if on {
            sections.push(section);
        }
        // What the article does not have any more stays where it is: last.
        sections.sort_by_key(|section| order.iter().position(|other| other == section).unwrap_or(usize::MAX));
        self.change(format!("the parts of “{title}”"), None, |pack| pack.items[at].sections = sections);
        true
    }

    /// Takes the whole article.
    pub fn choose_all(&mut self, at: usize, title: &str) {
        self.change(format!("the parts of “{title}”"), None, |pack| pack.items[at].sections.clear());
    }

    /// Sets the note.
    pub fn set_note(&mut self, note: &str) {
        self.change("the note".to_owned(), Some(Run::Note), |pack| note.clone_into(&mut pack.note));
    }

    /// Sets large type.
    pub fn set_large(&mut self, large: bool) {
        self.change("the size of type".to_owned(), None, |pack| pack.large = large);
    }

    /// Sets the visit.
    pub fn set_visit(&mut self, visit: Option<Day>) {
        self.change("the day of the visit".to_owned(), None, |pack| pack.visit = visit);
    }

    fn change(&mut self, change: String, run: Option<Run>, act: impl FnOnce(&mut Pack)) {
        let before = self.pack.clone();
        act(&mut self.pack);
        let goes_on = run.is_some() && self.past.last().is_some_and(|past| past.run == run);
        if before == self.pack || goes_on {
            return;
        }
        if self.past.len() == REMEMBERED {
            self.past.remove(0);
        }
        self.past.push(Past { pack: before, change, run });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let mut draft = Draft::default();
        for name in ["a", "b", "c"] {
            assert_eq!(draft.add(ArticleId::of(name), None, name), Added::New);
        }
        draft
    }

    fn order(draft: &Draft) -> Vec<ArticleId> {
        draft.pack().items.iter().map(|item| item.article).collect()
    }

    #[test]
    fn every_change_is_undone_in_turn_down_to_nothing() {
        let mut draft = draft();
        draft.shift(0, 2, "a");
        draft.set_depth(0, Depth::Short, "b");
        draft.choose(1, SectionId::of("x"), true, &[], "c");
        draft.set_large(true);
        draft.set_visit(Day::new(2026, 12, 3));
        draft.set_note("Read this");
        draft.remove(0, "b");
        draft.empty();
        assert_eq!(draft.pack(), &Pack::default());
        let mut undone = Vec::new();
        while let Some(change) = draft.undo() {
            undone.push(change);
        }
        assert_eq!(undone.len(), 11);
        assert_eq!(undone[1], "removing “b”");
        assert_eq!(draft.pack(), &Pack::default());
    }

    #[test]
    fn a_note_is_undone_as_it_was_typed_at_one_stretch() {
        let mut draft = Draft::default();
        for note in ["R", "Re", "Rea"] {
            draft.set_note(note);
        }
        draft.rest();
        draft.set_note("Read");
        draft.undo();
        assert_eq!(draft.pack().note, "Rea");
        draft.undo();
        assert_eq!(draft.pack().note, "");
        assert_eq!(draft.last_change(), None);
    }

    #[test]
    fn a_drag_is_one_change_and_ends_where_it_is_let_go() {
        let mut draft = draft();
        assert!(draft.drag(0, 1, "a") && draft.drag(1, 2, "a"));
        draft.rest();
        assert_eq!(order(&draft), ["b", "c", "a"].map(ArticleId::of));
        draft.undo();
        assert_eq!(order(&draft), ["a", "b", "c"].map(ArticleId::of));
        assert!(!draft.shift(0, 0, "a") && !draft.shift(0, 3, "a"));
    }

    #[test]
    fn what_changes_nothing_leaves_nothing_to_undo() {
        let mut draft = draft();
        let before = draft.last_change().map(str::to_owned);
        draft.set_large(false);
        draft.set_depth(0, Depth::Full, "a");
        assert_eq!(draft.add(ArticleId::of("a"), None, "a"), Added::Already);
        assert_eq!(draft.last_change().map(str::to_owned), before);
    }

    #[test]
    fn parts_stand_in_the_order_of_their_article_and_none_is_all_of_it() {
        let mut draft = draft();
        let [x, y, gone] = ["x", "y", "gone"].map(SectionId::of);
        for part in [gone, y, x] {
            assert!(draft.choose(0, part, true, &[x, y], "a"));
        }
        assert_eq!(draft.pack().items[0].sections, [x, y, gone]);
        draft.choose(0, y, false, &[x, y], "a");
        draft.choose_all(0, "a");
        assert!(draft.pack().items[0].sections.is_empty());
        for number in 0..MOST_SECTIONS as u8 {
            assert!(draft.choose(0, SectionId([number; 3]), true, &[], "a"));
        }
        assert!(!draft.choose(0, x, true, &[], "a"));
    }

    #[test]
    fn a_note_is_left_over_when_its_passages_are_gone_and_not_when_it_came_first() {
        let mut draft = Draft::default();
        draft.set_note("Read this");
        assert!(!draft.is_left_over());
        draft.add(ArticleId::of("a"), None, "a");
        draft.remove(0, "a");
        assert!(draft.is_left_over());
        draft.empty();
        assert!(!draft.is_left_over());
        assert!(Draft::new(Pack { note: "As it was kept".to_owned(), ..Pack::default() }).is_left_over());
    }

    #[test]
    fn what_another_tab_did_can_be_undone_too() {
        let mut draft = draft();
        draft.set_note("Kept");
        draft.take_over(Pack::default(), "what another tab changed");
        assert!(draft.pack().items.is_empty() && draft.pack().note == "Kept");
        draft.undo();
        assert_eq!(draft.pack().items.len(), 3);
        let items = draft.pack().items.clone();
        draft.take_over(Pack { items, large: true, ..Pack::default() }, "what another tab changed");
        assert!(draft.pack().large);
        draft.undo();
        assert!(!draft.pack().large);
    }
}
