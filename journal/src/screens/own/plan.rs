//! The safety plan as it is read. Its steps are those of Stanley and Brown (see [`journal::SafetyPlan`]), in our own words.

use journal::{Contact, SafetyPlan};

use crate::screens::view::prelude::*;

/// A step of the plan: what it is called, what helps to fill it in, and its lines.
pub enum Lines {
    /// One a line.
    Texts(fn(&mut SafetyPlan) -> &mut Vec<String>),
    /// Each with a number and a note.
    People(fn(&mut SafetyPlan) -> &mut Vec<Contact>),
}

/// The steps.
pub const STEPS: [(&str, &str, Lines); 7] = [
    (
        "Signs that it is getting hard",
        "Thoughts, moods, places, situations. One a line.",
        Lines::Texts(|plan| &mut plan.signs),
    ),
    (
        "What I can do by myself",
        "What takes my mind off it without anybody. One a line.",
        Lines::Texts(|plan| &mut plan.alone),
    ),
    (
        "People and places that take my mind off it",
        "Where I can be among others without having to talk about it.",
        Lines::People(|plan| &mut plan.company),
    ),
    (
        "People I can ask for help",
        "Those I can tell that it is hard.",
        Lines::People(|plan| &mut plan.helpers),
    ),
    (
        "Professionals and services",
        "My clinic or therapist, a crisis line, the nearest emergency department.",
        Lines::People(|plan| &mut plan.professionals),
    ),
    (
        "Making the place safer",
        "What I put away or hand to somebody, and who helps with it. One a line.",
        Lines::Texts(|plan| &mut plan.surroundings),
    ),
    ("What is worth living for", "One a line.", Lines::Texts(|plan| &mut plan.reasons)),
];

/// The plan at the closed door, with the way back.
pub fn read_plan(plan: &SafetyPlan, back: impl Fn() + 'static) -> View {
    view! {
        <article class="plan">
            <h1>"Safety plan"</h1>
            <p class="aside">"Not safe right now? "<a href="/crisis">"Crisis lines"</a>" answer at any hour."</p>
            {steps(plan)}
            <div class="doors not-on-paper"><button type="button" on:click=move |_| back()>"Back to the door"</button></div>
        </article>
    }
}

/// What is said before there is one.
pub fn nothing() -> View {
    view! {
        <p>"A few lines for a hard hour, written on a better day: how you notice that it begins, what helps, who to call. "
            "People who make such a plan with somebody they trust use it more. You can show yours to your clinic, or write it together."</p>
    }
}

/// Whether nothing is in it.
pub fn is_empty(plan: &SafetyPlan) -> bool {
    let mut plan = plan.clone();
    STEPS.iter().all(|(_, _, lines)| match lines {
        Lines::Texts(of) => of(&mut plan).is_empty(),
        Lines::People(of) => of(&mut plan).is_empty(),
    })
}

/// Its steps, those that say something.
pub fn steps(plan: &SafetyPlan) -> View {
    let mut plan = plan.clone();
    let sections = STEPS.iter().filter_map(|(name, _, lines)| {
        let listed: Vec<View> = match lines {
            Lines::Texts(of) => {
                std::mem::take(of(&mut plan)).into_iter().map(|line| view! { <li>{line}</li> }).collect()
            }
            Lines::People(of) => std::mem::take(of(&mut plan)).into_iter().map(contact).collect(),
        };
        (!listed.is_empty()).then(|| view! { <li><h2>{*name}</h2><ul>{listed}</ul></li> })
    });
    let sections: Vec<View> = sections.collect();
    view! { <ol class="plan-steps">{sections}</ol> }
}

fn contact(contact: Contact) -> View {
    let Contact { name, phone, note, .. } = contact;
    let digits: String = phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    let call =
        (!phone.is_empty()).then(|| view! { " "<a class="number" href=format!("tel:{digits}")>{phone}</a> });
    let note = (!note.is_empty()).then(|| view! { <span class="hint">{note}</span> });
    view! { <li>{name}{call}{note}</li> }
}

/// Leaves out people of whom nothing is said.
pub fn without_empty(plan: &mut SafetyPlan) {
    for (_, _, lines) in &STEPS {
        if let Lines::People(of) = lines {
            of(plan).retain(|contact| {
                !(contact.name.is_empty() && contact.phone.is_empty() && contact.note.is_empty())
            });
        }
    }
}
