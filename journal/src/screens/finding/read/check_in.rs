//! A check-in as it is read: each number on its line from end to end, with the words at both ends. No end is marked as good.

use journal::{
    CheckIn, Score,
    templates::{LIFESTYLE, PRACTICES, SCALES, Scale},
};

use super::body::{lines, part};
use crate::screens::view::prelude::*;

pub fn check_in(check_in: &CheckIn) -> View {
    let around = &check_in.lifestyle;
    let slept = around.sleep_minutes.map(|minutes| {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let slept =
            if rest == 0 { format!("{hours} hours") } else { format!("{hours} hours {rest} minutes") };
        view! { <p>{format!("Slept {slept}.")}</p> }
    });
    let practices: Vec<_> = check_in
        .practices
        .iter()
        .map(|key| {
            let known = PRACTICES.iter().find(|practice| practice.key == key);
            let name = known.map_or_else(|| key.clone(), |practice| practice.name.to_owned());
            view! { <li>{name}</li> }
        })
        .collect();
    let lifestyle = view! { {slept} {scores(&LIFESTYLE, check_in)} };
    view! {
        {lines(&check_in.note)}
        {scores(&SCALES, check_in)}
        {part("Practised", !practices.is_empty(), view! { <ul class="practised">{practices}</ul> })}
        {part("Around it", *around != Default::default(), lifestyle)}
    }
}

/// Only what was said.
fn scores(scales: &[Scale], check_in: &CheckIn) -> View {
    let each: Vec<_> = scales
        .iter()
        .filter_map(|scale| {
            let score = scale.score(check_in)?.get();
            let marks: Vec<_> = (0..=Score::MOST).map(|at| view! { <i class:at=at == score></i> }).collect();
            Some(view! {
                <div>
                    <dt>{scale.name}</dt>
                    <dd>
                        <b>{score}</b><span class="unseen">" of 10, from "</span>
                        <span class="low">{scale.low}</span><span class="unseen">" to "</span>
                        <span class="dots" aria-hidden="true">{marks}</span>
                        <span class="high">{scale.high}</span>
                    </dd>
                </div>
            })
        })
        .collect();
    (!each.is_empty()).then(|| view! { <dl class="scores">{each}</dl> }).into_view()
}
