//! A safety plan as it is read among the earlier states; its own place is under "Safety plan".

use journal::{SafetyPlan, templates::SAFETY_STEPS};

use super::{body::part, week::list};
use crate::screens::view::prelude::*;

pub fn plan(plan: &SafetyPlan) -> View {
    let steps = SAFETY_STEPS.iter().map(|step| {
        let lines = step.told(plan, " · ");
        part(step.name, !lines.is_empty(), list(&lines))
    });
    steps.collect::<Vec<_>>().into_view()
}
