//! The weekly review: what the week held, and a few questions.

use crate::{Day, Prompt, RecordId, shape::shape};

shape! {
    /// A look back on seven days.
    Week {
        @needs {
            /// The first of the seven days.
            first: Day,
        }
        /// The questions and their answers.
        prompts: Vec<Prompt>,
        /// Anything else; Markdown.
        text: String,
        /// What was looked at.
        gathered: Gathered,
    }
}

impl Week {
    /// An empty review of the seven days from `first` on.
    pub fn new(first: Day) -> Self {
        Self {
            first,
            prompts: Vec::new(),
            text: String::new(),
            gathered: Gathered::default(),
            more: Default::default(),
        }
    }
}

shape! {
    /// What was there when the week was reviewed, each in its order of time.
    #[derive(Default)]
    Gathered {
        /// Check-ins.
        check_ins: Vec<RecordId>,
        /// Entries and captures.
        entries: Vec<RecordId>,
        /// Sessions.
        sessions: Vec<RecordId>,
        /// What was still to be done: checklist items not ticked, as they stood.
        open: Vec<String>,
    }
}
