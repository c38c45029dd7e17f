//! What the journal offers by itself: scales with words at their ends, question sets, checklists. Questions are those of our
//! own articles, each with the place that it comes from; a test holds them to the articles' words.

mod sets;

use crate::{CheckIn, Contact, Entry, Item, Origin, Prompt, SafetyPlan, Score};

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

/// Where a value stands in what holds it: to be looked at, and to be changed.
#[derive(Debug)]
pub struct Place<In, T> {
    /// The value.
    pub of: fn(&In) -> &T,
    /// The same, to be changed.
    pub of_mut: fn(&mut In) -> &mut T,
}

impl<In, T> Clone for Place<In, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<In, T> Copy for Place<In, T> {}

macro_rules! place {
    ($($field:ident).+) => { Place { of: |held| &held.$($field).+, of_mut: |held| &mut held.$($field).+ } };
}

/// A scale from 0 to 10.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Its name for programs, as in the JSON of a check-in.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What 0 means.
    pub low: &'static str,
    /// What 10 means.
    pub high: &'static str,
    /// Where it stands in a check-in.
    pub place: Place<CheckIn, Option<Score>>,
}

impl Scale {
    /// What a check-in says on it.
    pub fn score(&self, check_in: &CheckIn) -> Option<Score> {
        *(self.place.of)(check_in)
    }
}

macro_rules! scale {
    ($key:literal, $name:literal, $low:literal to $high:literal, $($field:ident).+) => {
        Scale { key: $key, name: $name, low: $low, high: $high, place: place!($($field).+) }
    };
}

/// The scales of a daily check-in, in the order in which they are asked. No end is called good: of anxiety, high is much.
pub const SCALES: [Scale; 5] = [
    scale!("mood", "Mood", "as low as it gets" to "as good as it gets", mood),
    scale!("energy", "Energy", "none" to "plenty", energy),
    scale!("sleep", "Sleep last night", "hardly slept" to "slept well", sleep),
    scale!("anxiety", "Anxiety", "none" to "as strong as it gets", anxiety),
    scale!("connection", "Connection", "cut off" to "close to others", connection),
];

/// The scales of lifestyle; hours of sleep are asked beside them. The six factors are those of
/// `integration-therapy-maximizing-benefits`.
pub const LIFESTYLE: [Scale; 5] = [
    scale!("movement", "Movement", "none" to "a lot", lifestyle.movement),
    scale!("food", "Food", "hardly ate" to "regular meals", lifestyle.food),
    scale!("stress", "Stress", "none" to "as much as it gets", lifestyle.stress),
    scale!("people", "People", "alone all day" to "good company", lifestyle.people),
    scale!("purpose", "Purpose", "nothing that mattered" to "something that mattered", lifestyle.purpose),
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
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What it asks for.
    pub name: &'static str,
    /// A line that helps to begin.
    pub hint: &'static str,
    /// Where its lines stand.
    pub lines: Lines,
}

/// The lines of a step.
#[derive(Clone, Copy, Debug)]
pub enum Lines {
    /// Words.
    Texts(Place<SafetyPlan, Vec<String>>),
    /// People and places, each with a number and a note.
    People(Place<SafetyPlan, Vec<Contact>>),
}

impl Step {
    /// What a plan says to it, in lines; the parts of a contact with `between` between them.
    pub fn told(&self, plan: &SafetyPlan, between: &str) -> Vec<String> {
        match self.lines {
            Lines::Texts(place) => (place.of)(plan).clone(),
            Lines::People(place) => (place.of)(plan).iter().map(|contact| contact.told(between)).collect(),
        }
    }
}

impl Contact {
    fn told(&self, between: &str) -> String {
        let parts = [self.name.as_str(), &self.phone, &self.note];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    }
}

/// The article that describes the safety plan, and its anchor there.
pub const SAFETY_PLAN_SOURCE: (&str, &str) = ("when-feelings-are-strong", "a-safety-plan");

/// The steps of the safety plan, from what can be done alone to who can help. After Stanley and Brown 2012, in our words.
pub const SAFETY_STEPS: [Step; 7] = [
    Step {
        name: "Signs that it is getting hard",
        hint: "Thoughts, moods, places, situations. One a line.",
        lines: Lines::Texts(place!(signs)),
    },
    Step {
        name: "What I can do by myself",
        hint: "What takes my mind off it without anybody. One a line.",
        lines: Lines::Texts(place!(alone)),
    },
    Step {
        name: "People and places that take my mind off it",
        hint: "Where I can be among others without having to talk about it.",
        lines: Lines::People(place!(company)),
    },
    Step {
        name: "People I can ask for help",
        hint: "Those I can tell that it is hard.",
        lines: Lines::People(place!(helpers)),
    },
    Step {
        name: "Professionals and services",
        hint: "My clinic or therapist, a crisis line, the nearest emergency department.",
        lines: Lines::People(place!(professionals)),
    },
    Step {
        name: "Making the place safer",
        hint: "What I put away or hand to somebody, and who helps with it. One a line.",
        lines: Lines::Texts(place!(surroundings)),
    },
    Step { name: "What is worth living for", hint: "One a line.", lines: Lines::Texts(place!(reasons)) },
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
