//! Entries: free writing, and writing along the questions and checklists of an article.

use crate::{Attachment, RecordId, shape::shape};

shape! {
    /// Free or guided writing.
    #[derive(Default)]
    Entry {
        /// May be empty; lists then show the first words.
        title: String,
        /// Markdown.
        text: String,
        /// The passage of an article, or the pack, that it began with.
        origin: Option<Origin>,
        /// Questions with their answers, in their order.
        prompts: Vec<Prompt>,
        /// Things to tick, in their order.
        items: Vec<Item>,
        /// Photos, voice memos, drawings.
        attachments: Vec<Attachment>,
        /// The capture or entry that this one looks back on.
        reflects: Option<RecordId>,
        /// The session that it belongs to.
        session: Option<RecordId>,
    }
}

impl Entry {
    /// What there is to do in it. Warning signs and places to look are no tasks, though entries from them once had them to tick.
    pub fn to_do(&self) -> &[Item] {
        let kind = self.origin.as_ref().map_or("", |origin| &origin.kind);
        if matches!(kind, "red-flags" | "places") { &[] } else { &self.items }
    }
}

shape! {
    /// Where an entry comes from. What it quotes is kept with it, so that it survives the article.
    #[derive(Default)]
    Origin {
        /// Slug of the article.
        article: String,
        /// Anchor of the block, behind `#` in its link.
        anchor: String,
        /// The article's title.
        title: String,
        /// The heading of the section.
        section: String,
        /// What kind of block it is, as in the article's page: `questions`, `checklist`, `challenge` …
        kind: String,
        /// The block's label.
        label: String,
        /// Its words, plain; of a pack the note that came with it.
        quoted: String,
        /// What stands behind `#` in the link of a pack, where it is a pack: then nothing of an article is said.
        pack: String,
    }
}

shape! {
    /// A question and what was answered.
    #[derive(Default)]
    Prompt {
        /// The question, plain.
        question: String,
        /// The answer, Markdown.
        answer: String,
        /// Whether the keeper chose to leave it out. An empty answer alone does not say so.
        skipped: bool,
    }
}

shape! {
    /// Something to tick.
    #[derive(Default)]
    Item {
        /// What it says, plain.
        text: String,
        /// Whether it is ticked.
        done: bool,
    }
}
