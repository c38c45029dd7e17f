//! The safety plan as it is read. Its steps are those of Stanley and Brown (see [`journal::SafetyPlan`]), in our own words.

use journal::{
    Contact, SafetyPlan,
    templates::{Lines, SAFETY_STEPS},
};

use crate::screens::view::prelude::*;

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
    SAFETY_STEPS.iter().all(|step| match step.lines {
        Lines::Texts(place) => (place.of)(plan).is_empty(),
        Lines::People(place) => (place.of)(plan).is_empty(),
    })
}

/// Its steps, those that say something.
pub fn steps(plan: &SafetyPlan) -> View {
    let sections = SAFETY_STEPS.iter().filter_map(|step| {
        let listed: Vec<View> = match step.lines {
            Lines::Texts(place) => {
                (place.of)(plan).iter().map(|line| view! { <li>{line.clone()}</li> }).collect()
            }
            Lines::People(place) => (place.of)(plan).iter().cloned().map(contact).collect(),
        };
        (!listed.is_empty()).then(|| view! { <li><h2>{step.name}</h2><ul>{listed}</ul></li> })
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
    for step in &SAFETY_STEPS {
        if let Lines::People(place) = step.lines {
            (place.of_mut)(plan).retain(|contact| {
                !(contact.name.is_empty() && contact.phone.is_empty() && contact.note.is_empty())
            });
        }
    }
}
