//! A small library to search.

use search::{Built, Document, Label, Lexicon, Section, build};

pub fn label(name: &str) -> Label {
    Label { key: name.to_lowercase().replace(' ', "-"), name: name.to_owned() }
}

fn section(heading: &str, kind: &str, text: &str) -> Section {
    let anchor = heading.to_lowercase().replace(' ', "-");
    Section {
        anchor,
        heading: heading.to_owned(),
        kind: kind.to_owned(),
        text: text.to_owned(),
        asked: Vec::new(),
    }
}

fn article(slug: &str, title: &str, category: &str, tags: &[&str], sections: Vec<Section>) -> Document {
    Document {
        slug: slug.to_owned(),
        title: title.to_owned(),
        category: label(category),
        tags: tags.iter().map(|tag| label(tag)).collect(),
        phases: vec![label("before")],
        author: "An author".to_owned(),
        sections,
    }
}

pub fn documents() -> Vec<Document> {
    vec![
        article(
            "writing-it-down",
            "Writing it down",
            "Integration",
            &["journaling", "first days"],
            vec![
                section("", "", "Memory of a session fades within hours. Write while it is fresh."),
                section(
                    "Why it fades",
                    "",
                    "Many people cannot remember what happened in their session. The medicine itself gets in the way of \
                 new memories for a while.",
                ),
                section(
                    "Three rounds",
                    "Steps",
                    "First pictures. Then feelings. Then a line about what it may mean.",
                ),
            ],
        ),
        article(
            "your-bladder",
            "Your bladder",
            "Safety",
            &["side effects"],
            vec![
                section(
                    "",
                    "",
                    "Often repeated ketamine can hurt the bladder. Pain when you pass urine is a sign.",
                ),
                section("Red flags", "Red flags", "Blood in the urine. Pain. Going twenty times a day."),
            ],
        ),
        article(
            "measuring",
            "Measuring how you are",
            "For clinicians",
            &["measures"],
            vec![
                section(
                    "The scales",
                    "",
                    "The PHQ-9 has nine questions; 10 of 27 points is the usual cut-off (5-HT2A aside).",
                ),
                section(
                    "How often",
                    "",
                    "Every two weeks is a common choice. Café talk does not replace a scale.",
                ),
            ],
        ),
        article(
            "finding-a-therapist",
            "Finding a therapist",
            "Integration",
            &["therapist", "red flags"],
            vec![
                section(
                    "What to look for",
                    "Checklist",
                    "Training in integration. Clear fees. A plan for hard days.",
                ),
                section(
                    "Red flags",
                    "Red flags",
                    "A therapist who promises a cure, or touches you without asking.",
                ),
            ],
        ),
    ]
}

pub fn lexicon() -> Lexicon {
    let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect();
    Lexicon {
        synonyms: vec![words(&["shrink", "therapist"]), words(&["pee", "urine", "bladder"])],
        crisis: words(&["suicide", "kill myself"]),
        not_crisis: words(&["suicide prevention"]),
    }
}

pub fn built() -> Built {
    build(&documents(), &lexicon())
}
