//! What the journal offers by itself: scales with words at their ends, question sets, checklists. Questions are those of our
//! own articles, each with the place that it comes from; a test holds them to the articles' words.

mod sets;

use crate::{Entry, Item, Origin, Prompt};

pub use sets::{DAYS_AFTER, INTENTION, LINE_A_DAY, LOOKING_BACK, PREPARATION, WEEKLY};

/// A place in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The article's slug.
    pub article: &'static str,
    /// The article's title.
    pub title: &'static str,
    /// The heading of the section.
    pub section: &'static str,
    /// The block's label.
    pub label: &'static str,
    /// The block's anchor, behind `#` in its link.
    pub anchor: &'static str,
}

/// Questions to write along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionSet {
    /// Its name for programs; never changes.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Where it comes from.
    pub source: Source,
    /// The questions.
    pub questions: &'static [&'static str],
}

/// Things to tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// Its name for programs; never changes.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Where it comes from.
    pub source: Source,
    /// What to tick.
    pub items: &'static [&'static str],
}

impl Source {
    fn origin(&self, kind: &str, lines: &[&str]) -> Origin {
        Origin {
            article: self.article.to_owned(),
            anchor: self.anchor.to_owned(),
            title: self.title.to_owned(),
            section: self.section.to_owned(),
            kind: kind.to_owned(),
            label: self.label.to_owned(),
            quoted: lines.join("\n"),
            ..Origin::default()
        }
    }
}

impl QuestionSet {
    /// The questions with empty answers.
    pub fn prompts(&self) -> Vec<Prompt> {
        self.questions
            .iter()
            .map(|question| Prompt { question: (*question).to_owned(), ..Prompt::default() })
            .collect()
    }

    /// An entry to write along them.
    pub fn entry(&self) -> Entry {
        Entry {
            title: self.name.to_owned(),
            prompts: self.prompts(),
            origin: Some(self.source.origin("questions", self.questions)),
            ..Entry::default()
        }
    }
}

impl Checklist {
    /// The items, none of them ticked.
    pub fn items(&self) -> Vec<Item> {
        self.items.iter().map(|text| Item { text: (*text).to_owned(), ..Item::default() }).collect()
    }

    /// An entry to tick them in.
    pub fn entry(&self) -> Entry {
        Entry {
            title: self.name.to_owned(),
            items: self.items(),
            origin: Some(self.source.origin("checklist", self.items)),
            ..Entry::default()
        }
    }
}
/// All question sets that are offered, in the order of a treatment.
pub fn question_sets() -> impl Iterator<Item = &'static QuestionSet> {
    [&INTENTION, &DAYS_AFTER].into_iter().chain(&LOOKING_BACK).chain([&LINE_A_DAY, &WEEKLY])
}

/// All checklists that are offered.
pub fn checklists() -> impl Iterator<Item = &'static Checklist> {
    [&PREPARATION].into_iter()
}

/// A scale from 0 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Its name for programs, as in the JSON of a check-in.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What 0 means.
    pub low: &'static str,
    /// What 10 means.
    pub high: &'static str,
}

/// The scales of a daily check-in, in the order in which they are asked. No end is called good: of anxiety, high is much.
pub const SCALES: [Scale; 5] = [
    Scale { key: "mood", name: "Mood", low: "as low as it gets", high: "as good as it gets" },
    Scale { key: "energy", name: "Energy", low: "none", high: "plenty" },
    Scale { key: "sleep", name: "Sleep last night", low: "hardly slept", high: "slept well" },
    Scale { key: "anxiety", name: "Anxiety", low: "none", high: "as strong as it gets" },
    Scale { key: "connection", name: "Connection", low: "cut off", high: "close to others" },
];

/// The scales of lifestyle; hours of sleep are asked beside them. The six factors are those of
/// `integration-therapy-maximizing-benefits`.
pub const LIFESTYLE: [Scale; 5] = [
    Scale { key: "movement", name: "Movement", low: "none", high: "a lot" },
    Scale { key: "food", name: "Food", low: "hardly ate", high: "regular meals" },
    Scale { key: "stress", name: "Stress", low: "none", high: "as much as it gets" },
    Scale { key: "people", name: "People", low: "alone all day", high: "good company" },
    Scale { key: "purpose", name: "Purpose", low: "nothing that mattered", high: "something that mattered" },
];

/// A practice that can be noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Its name for programs, as in the JSON of a check-in.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Where a short form stands in `practices-for-the-weeks-after`.
    pub anchor: &'static str,
}

/// The article that describes the practices.
pub const PRACTICES_ARTICLE: &str = "practices-for-the-weeks-after";

/// The practices of that article, in its order.
pub const PRACTICES: [Practice; 6] = [
    Practice { key: "journaling", name: "A journal", anchor: "a-journal" },
    Practice { key: "meditation", name: "Meditation", anchor: "meditation" },
    Practice { key: "movement", name: "Movement", anchor: "movement" },
    Practice { key: "creative", name: "Making things", anchor: "making-things" },
    Practice { key: "nature", name: "Time outside", anchor: "time-outside" },
    Practice { key: "people", name: "People", anchor: "people" },
];

/// Usual ways of taking ketamine, to choose from; any words are allowed.
pub const ROUTES: [&str; 6] = [
    "drip into a vein",
    "injection into a muscle",
    "nasal spray",
    "lozenge or tablet",
    "by mouth",
    "under the skin",
];

/// A step of the safety plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The field of [`crate::SafetyPlan`], as in JSON.
    pub field: &'static str,
    /// What it asks for.
    pub name: &'static str,
    /// A line that helps to begin.
    pub hint: &'static str,
}

/// The article that describes the safety plan, and its anchor there.
pub const SAFETY_PLAN_SOURCE: (&str, &str) = ("when-feelings-are-strong", "a-safety-plan");

/// The steps of the safety plan, from what can be done alone to who can help. After Stanley and Brown 2012, in our words.
pub const SAFETY_STEPS: [Step; 7] = [
    Step {
        field: "signs",
        name: "My early signs",
        hint: "Thoughts, moods or acts that tell me it is getting bad",
    },
    Step { field: "alone", name: "What I can do by myself", hint: "Things that have helped before" },
    Step {
        field: "company",
        name: "People and places that take my mind off it",
        hint: "I need not tell them why I came",
    },
    Step { field: "helpers", name: "People I can ask for help", hint: "With their numbers" },
    Step {
        field: "professionals",
        name: "Clinic, therapist, crisis line, emergency room",
        hint: "With their numbers and hours",
    },
    Step {
        field: "surroundings",
        name: "Making my place safer",
        hint: "Who can hold on to pills, weapons or other means of harm",
    },
    Step {
        field: "reasons",
        name: "What is worth living for",
        hint: "People, animals, places, things to come",
    },
];

/// A part of a capture, asked for one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapturePrompt {
    /// The kind of piece that it makes, as in JSON.
    pub kind: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it asks.
    pub question: &'static str,
}

/// The four prompts of a capture. Three of them ask as the steps of `the-first-three-days#write-it-down-while-it-is-fresh` do.
pub const CAPTURE_PROMPTS: [CapturePrompt; 4] = [
    CapturePrompt { kind: "image", name: "Images", question: "What did you see, hear or sense?" },
    CapturePrompt {
        kind: "feeling",
        name: "Feelings",
        question: "Which were there, and where in your body?",
    },
    CapturePrompt { kind: "thought", name: "Thoughts", question: "Was there a word or a line that stayed?" },
    CapturePrompt {
        kind: "insight",
        name: "Insights",
        question: "Is there anything that you understood? It may be nothing.",
    },
];
