//! A look back on a week as it is read.

use journal::Week;

use super::body::{part, prompts, words};
use crate::screens::view::prelude::*;

pub fn week(week: &Week) -> View {
    let gathered = &week.gathered;
    view! {
        {prompts(&week.prompts)}
        {words(&week.text)}
        {part("What sessions were begun with", !gathered.intentions.is_empty(), list(&gathered.intentions))}
        {part("Still open then", !gathered.open.is_empty(), list(&gathered.open))}
    }
}

/// Lines of plain text.
pub fn list(lines: &[String]) -> View {
    let each: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    view! { <ul>{each}</ul> }
}
