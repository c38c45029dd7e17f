//! One line of a list: its kind as a mark and a word, its title or first words, and small facts. The same in timeline, calendar,
//! search and history.

use journal::{Kind, Summary};

use crate::screens::{dates, view::prelude::*};

/// What a kind is called.
pub fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Entry => "Entry",
        Kind::Course => "Course",
        Kind::Session => "Session",
        Kind::Capture => "Capture",
        Kind::CheckIn => "Check-in",
        Kind::Week => "Week",
        Kind::SafetyPlan => "Safety plan",
        Kind::Settings => "Settings",
        Kind::Other(_) => "From a newer version",
    }
}

/// What several of a kind are called.
pub fn kinds_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Entry => "Entries",
        Kind::Course => "Courses",
        Kind::Session => "Sessions",
        Kind::Capture => "Captures",
        Kind::CheckIn => "Check-ins",
        Kind::Week => "Weeks",
        other => kind_name(other),
    }
}

/// A kind as a small shape; its name stands beside it or is said with the day.
pub fn mark(kind: &Kind) -> View {
    view! { <span class="mark" data-kind=kind.as_str().to_owned() aria-hidden="true"></span> }
}

/// What a thing is called: its title, its first words, or its kind.
pub fn name(summary: &Summary) -> String {
    if summary.title.is_empty() { kind_name(&summary.kind).to_owned() } else { summary.title.clone() }
}

/// Small facts in words.
pub fn facts(summary: &Summary) -> String {
    let facts = &summary.facts;
    let mut words: Vec<String> = Vec::new();
    let mut some = |number: usize, one: &str, many: &str| {
        if number > 0 {
            let name = if number == 1 { one } else { many };
            words.push([number.to_string().as_str(), name].join(" "));
        }
    };
    some(facts.answered, "answer", "answers");
    some(facts.pictures, "picture", "pictures");
    some(facts.voices, "voice memo", "voice memos");
    if facts.items > 0 {
        words.push(format!("{} of {} done", facts.done, facts.items));
    }
    if summary.kind == Kind::Capture && !facts.finished {
        words.push("not finished".to_owned());
    }
    for (scale, score) in &facts.scores {
        words.push([scale.as_str(), &score.get().to_string()].join(" "));
    }
    words.join(" · ")
}

/// The labels as they stand in a line: `#door`.
fn labels(summary: &Summary) -> String {
    let hash = |label: &String| format!("#{label}");
    summary.tags.iter().chain(&summary.themes).map(hash).collect::<Vec<_>>().join(" ")
}

/// A line that opens what it shows, under a heading that says the day. `words` are what stands below the title.
pub fn line(summary: &Summary, words: View, open: impl Fn() + 'static) -> View {
    line_view(summary, dates::time(summary.at), words, Box::new(open))
}

/// The same where lines of many days stand together.
pub fn dated(summary: &Summary, words: View, open: impl Fn() + 'static) -> View {
    line_view(summary, dates::spoken(summary.day), words, Box::new(open))
}

fn line_view(summary: &Summary, when: String, words: View, open: Box<dyn Fn()>) -> View {
    let kind = kind_name(&summary.kind);
    let name = name(summary);
    // A thing without a word of its own is called by its kind; that is not said twice.
    let kind = (name != kind).then(|| view! { <span class="kind">{kind}</span> });
    let small = [when, facts(summary), labels(summary)];
    let small = small.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <li class="thing">
            <button type="button" class="opens" data-id=summary.id.to_string() on:click=move |_| open()>
                {mark(&summary.kind)} {kind} " " <span class="name">{name}</span>
            </button>
            {words}
            <p class="facts">{small}</p>
        </li>
    }
}

/// The first words, where the title does not hold them already.
pub fn first_words(summary: &Summary) -> View {
    let words = summary.words.clone();
    (!words.is_empty()).then(|| view! { <p class="gist">{words}</p> }).into_view()
}
