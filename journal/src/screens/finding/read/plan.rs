//! A safety plan as it is read among the earlier states; its own place is under "Safety plan".

use journal::{Contact, SafetyPlan, templates::SAFETY_STEPS};

use super::{body::part, week::list};
use crate::screens::view::prelude::*;

pub fn plan(plan: &SafetyPlan) -> View {
    let steps = SAFETY_STEPS.map(|step| match step.field {
        "signs" => part(step.name, !plan.signs.is_empty(), list(&plan.signs)),
        "alone" => part(step.name, !plan.alone.is_empty(), list(&plan.alone)),
        "company" => contacts(step.name, &plan.company),
        "helpers" => contacts(step.name, &plan.helpers),
        "professionals" => contacts(step.name, &plan.professionals),
        "surroundings" => part(step.name, !plan.surroundings.is_empty(), list(&plan.surroundings)),
        "reasons" => part(step.name, !plan.reasons.is_empty(), list(&plan.reasons)),
        _ => ().into_view(),
    });
    steps.into_iter().collect::<Vec<_>>().into_view()
}

fn contacts(name: &'static str, contacts: &[Contact]) -> View {
    let lines: Vec<String> = contacts
        .iter()
        .map(|contact| {
            let parts = [&contact.name, &contact.phone, &contact.note].map(String::as_str);
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        })
        .collect();
    part(name, !lines.is_empty(), list(&lines))
}
