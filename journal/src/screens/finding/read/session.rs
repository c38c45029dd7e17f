//! A course and a session as they are read.

use journal::{Course, Session, Vital};

use super::body::{items, lines, part, table, way, words};
use crate::screens::{dates, desk::Desk, view::prelude::*};

pub fn course(course: &Course) -> View {
    view! {
        {table(vec![
            ("Where", course.place.clone()),
            ("With", course.with.clone()),
            ("Since", course.started.map(dates::date).unwrap_or_default()),
        ])}
        {words(&course.notes)}
    }
}

pub fn session(desk: Desk, session: &Session) -> View {
    let intention = session.intention.trim().to_owned();
    let intention = (!intention.is_empty())
        .then(|| view! { <blockquote class="intention lines">{intention}</blockquote> });
    let dose = session.dose.as_ref().map(|dose| {
        let number = dose.amount.map(|_| [dose.amount_text().as_str(), &dose.unit].join(" "));
        [number.as_deref().unwrap_or_default(), &dose.text]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    });
    view! {
        {way(desk, "The course that it belongs to", session.course)}
        {intention}
        {table(vec![
            ("Route", session.route.clone()),
            ("Dose", dose.unwrap_or_default()),
            ("Setting", session.setting.clone()),
            ("Who was there", session.companion.clone()),
            ("Music", session.music.clone()),
        ])}
        {part("Arranged before", !session.checklist.is_empty(), items(&session.checklist))}
        {part("Measured", !session.vitals.is_empty(), vitals(&session.vitals))}
        {part("What else the medicine did", !session.effects.is_empty(), effects(session))}
        {words(&session.notes)}
    }
}

fn vitals(vitals: &[Vital]) -> View {
    let number = |number: Option<u16>| number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    let rows: Vec<_> = vitals
        .iter()
        .map(|vital| {
            let when = vital.at.map_or_else(|| "–".to_owned(), dates::time);
            let pressure = match (vital.systolic, vital.diastolic) {
                (None, None) => "–".to_owned(),
                (upper, lower) => [number(upper), number(lower)].join(" / "),
            };
            view! {
                <tr><th scope="row">{when}</th><td>{pressure}</td><td>{number(vital.pulse)}</td><td>{number(vital.oxygen)}</td></tr>
            }
        })
        .collect();
    view! {
        <div class="table">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Time"</th>
                        <th scope="col">"Blood pressure, mmHg"</th>
                        <th scope="col">"Pulse, a minute"</th>
                        <th scope="col">"Oxygen, %"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn effects(session: &Session) -> View {
    let each: Vec<_> = session
        .effects
        .iter()
        .map(|effect| view! { <li><b>{effect.what.clone()}</b>{lines(&effect.note)}</li> })
        .collect();
    view! { <ul>{each}</ul> }
}
