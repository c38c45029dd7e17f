//! The question sets and checklists, word by word as the articles have them.

use super::{Checklist, QuestionSet, Source};

macro_rules! source {
    ($article:literal, $title:literal, $section:literal, $label:literal, $anchor:literal) => {
        Source { article: $article, title: $title, section: $section, label: $label, anchor: $anchor }
    };
}

/// Finding an intention before a session.
pub const INTENTION: QuestionSet = QuestionSet {
    key: "intention",
    name: "An intention",
    source: source!(
        "preparing-for-your-first-session",
        "Preparing for your first session",
        "Choose an intention",
        "Questions that help you find it",
        "choose-an-intention-questions-that-help-you-find-it"
    ),
    questions: &[
        "What has been heaviest in the last month?",
        "What do you miss most about how you used to feel?",
        "What are you ready to look at, and what not yet?",
        "If one thing felt one notch easier, which should it be?",
    ],
};

/// What to decide before a session for the days after it.
pub const DAYS_AFTER: QuestionSet = QuestionSet {
    key: "days-after",
    name: "The days after",
    source: source!(
        "preparing-for-your-first-session",
        "Preparing for your first session",
        "Plan the days after",
        "Decide beforehand",
        "plan-the-days-after-decide-beforehand"
    ),
    questions: &[
        "Where will you write or record the first things you recall?",
        "Whom will you tell, and how much?",
        "Which day will you keep free of work?",
        "Who can you call if the night is hard?",
        "Which big choices will you put off for some days?",
    ],
};

/// The day before a session.
pub const PREPARATION: Checklist = Checklist {
    key: "preparation",
    name: "The day before",
    source: source!(
        "preparing-for-your-first-session",
        "Preparing for your first session",
        "The day before",
        "The day before",
        "the-day-before-the-day-before"
    ),
    items: &[
        "I know when to stop eating and drinking",
        "I know which medicines to take in the morning",
        "I have had no alcohol and no other drugs, as agreed with the clinic",
        "My way home is fixed, and my person knows the time",
        "Someone is there, or on call, this evening",
        "I have told the clinic if I am ill, pregnant or have had a bad week",
        "My bag: papers, list of medicines, eye mask, blanket, music, water for after",
        "I wear loose, warm clothes with sleeves that roll up",
        "My line is on a card, and the number to call tonight is in my phone",
        "Pen and paper, or a voice recorder, are ready at home",
    ],
};

/// Looking back on a session, a few questions at a time.
pub const LOOKING_BACK: [QuestionSet; 5] = [
    QuestionSet {
        key: "stood-out",
        name: "What stood out",
        source: source!(
            "the-first-three-days",
            "The first three days after a session",
            "Look back at the experience",
            "What stood out",
            "look-back-at-the-experience-what-stood-out"
        ),
        questions: &[
            "Which moment comes to mind first?",
            "What was the strongest part, and what was the quietest?",
            "If it were a scene in a film, what would we see?",
        ],
    },
    QuestionSet {
        key: "feelings",
        name: "Feelings and body",
        source: source!(
            "the-first-three-days",
            "The first three days after a session",
            "Look back at the experience",
            "Feelings and body",
            "look-back-at-the-experience-feelings-and-body"
        ),
        questions: &[
            "Which feelings came, and in which order?",
            "Where in your body did you sense them?",
            "Is there a feeling that is still here today?",
        ],
    },
    QuestionSet {
        key: "images",
        name: "Images and memories",
        source: source!(
            "the-first-three-days",
            "The first three days after a session",
            "Look back at the experience",
            "Images and memories",
            "look-back-at-the-experience-images-and-memories"
        ),
        questions: &[
            "Which pictures, people or places came up?",
            "What did they make you think of at the time?",
            "What do they bring to mind today?",
        ],
    },
    QuestionSet {
        key: "surprises",
        name: "Surprises",
        source: source!(
            "the-first-three-days",
            "The first three days after a session",
            "Look back at the experience",
            "Surprises",
            "look-back-at-the-experience-surprises"
        ),
        questions: &["What did you not expect?", "What was missing that you had hoped for, or feared?"],
    },
    QuestionSet {
        key: "links",
        name: "Links with your life now",
        source: source!(
            "the-first-three-days",
            "The first three days after a session",
            "Look back at the experience",
            "Links with your life now",
            "look-back-at-the-experience-links-with-your-life-now"
        ),
        questions: &[
            "Does any of this touch something you are dealing with?",
            "Is there one small thing you want to do, or stop?",
            "What would you like to ask a therapist or your clinic?",
        ],
    },
];

/// The weekly review. A question that asks about a step is left out by whoever planned none.
pub const WEEKLY: QuestionSet = QuestionSet {
    key: "weekly",
    name: "Looking back on the week",
    source: source!(
        "from-insight-to-action",
        "From insight to action: one small step",
        "Look at how it went",
        "Questions for the day you look back",
        "look-at-how-it-went-questions-for-the-day-you-look-back"
    ),
    questions: &[
        "Did I do it, in part or in full?",
        "What happened just before I did it, or did not?",
        "How was my mood an hour later, from 0 to 10?",
        "Was the insight still true when I acted on it?",
        "Keep it, change it or drop it?",
    ],
};

/// A line a day.
pub const LINE_A_DAY: QuestionSet = QuestionSet {
    key: "line-a-day",
    name: "A line a day",
    source: source!(
        "writing-it-down",
        "Writing it down: how to keep a session from fading",
        "What to write about",
        "A line a day for two weeks",
        "what-to-write-about-a-line-a-day-for-two-weeks"
    ),
    questions: &[
        "What was my mood today, from 0 to 10?",
        "How did I sleep?",
        "What was one thing that was a bit easier, or harder?",
        "Did I do the small thing that I had planned?",
    ],
};
