//! A look back on a week as it is read.

use journal::Week;
use leptos::prelude::*;

use super::body::{part, prompts, words};

pub fn week(week: &Week) -> AnyView {
    let gathered = &week.gathered;
    view! {
        {prompts(&week.prompts)}
        {words(&week.text)}
        {part("What sessions were begun with", !gathered.intentions.is_empty(), list(&gathered.intentions))}
        {part("Still open then", !gathered.open.is_empty(), list(&gathered.open))}
    }
    .into_any()
}

/// Lines of plain text.
pub fn list(lines: &[String]) -> AnyView {
    let each: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }.into_any()).collect();
    view! { <ul>{each}</ul> }.into_any()
}
