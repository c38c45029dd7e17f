//! What was measured in a session, as read from the device: nothing is judged and nothing worked out.

use journal::{Vital, limits};
use js_sys::{Object, Reflect};
use web_sys::HtmlElement;

use super::{
    super::{dom, now, widgets::Field},
    session::session,
    sheet::Sheet,
    taken::Taken,
};
use crate::screens::view::prelude::*;

type Number = fn(&mut Vital) -> &mut Option<u16>;

/// What is measured: its name with the unit, the most that a device shows, and where it stands.
const MEASURED: [(&str, u16, Number); 4] = [
    ("Upper pressure, mmHg", limits::VITAL, |vital| &mut vital.systolic),
    ("Lower pressure, mmHg", limits::VITAL, |vital| &mut vital.diastolic),
    ("Pulse, a minute", limits::VITAL, |vital| &mut vital.pulse),
    ("Oxygen, %", 100, |vital| &mut vital.oxygen),
];

/// The measurements, and one more.
pub fn view(sheet: Sheet) -> View {
    let vitals = Taken::new(sheet, |record| session(record).map(|session| &mut session.vitals));
    let shown = move || vitals.shown(|place, vital| row(sheet, vitals, place, vital));
    view! {
        <details class="more">
            <summary>"Blood pressure, pulse, oxygen"</summary>
            <ul class="rows" id=vitals.id()>{shown}</ul>
            <button type="button" on:click=move |_| sheet.rearrange(|record| {
                if let Some(session) = session(record) {
                    session.vitals.push(Vital { at: Some(now::now()), ..Vital::default() });
                }
            })>"Add a measurement"</button>
        </details>
    }
}

fn row(sheet: Sheet, vitals: Taken<Vital>, place: usize, mut said: Vital) -> View {
    let time = said.at.map(now::clock).unwrap_or_default();
    let day = said.at.unwrap_or_else(now::now).day();
    let at = Field::new("Time", time).kind("time").told(move |typed| {
        let at = now::moment(&format!("{day}T{typed}"));
        sheet.write(|record| {
            if let Some(vital) = session(record).and_then(|session| session.vitals.get_mut(place)) {
                vital.at = at;
            }
        });
    });
    let numbers: Vec<View> =
        MEASURED.iter().map(|measured| number(sheet, place, &mut said, *measured)).collect();
    view! {
        <li class="vital">
            {at}
            {numbers}
            <button type="button" class="plain" on:click=move |_| vitals.take_out(place)>"Take it away"</button>
        </li>
    }
}

fn number(
    sheet: Sheet,
    place: usize,
    said: &mut Vital,
    (name, most, of): (&'static str, u16, Number),
) -> View {
    let value = of(said).map(|number| number.to_string()).unwrap_or_default();
    let odd = RwSignal::new(false);
    let field = Field::new(name, value).keys("numeric").told(move |typed| {
        let number: Option<u16> = typed.trim().parse().ok();
        odd.set(!typed.trim().is_empty() && number.is_none_or(|number| number > most));
        let number = number.filter(|number| *number <= most);
        sheet.write(|record| {
            if let Some(vital) = session(record).and_then(|session| session.vitals.get_mut(place)) {
                *of(vital) = number;
            }
        });
    });
    hinted(field, odd, format!("A number from 0 to {most}"))
}

/// A field, and below it what can be read there, as soon as it holds what cannot.
pub fn hinted(field: View, odd: RwSignal<bool>, hint: String) -> View {
    let place = NodeRef::<HtmlElement>::new();
    // The field may stand at the foot of the screen, and what is said below it behind that foot.
    effect(move || {
        if let Some(said) = place.get() {
            let nearest = Object::new();
            Reflect::set(&nearest, &"block".into(), &"nearest".into()).ok();
            dom::call(&said, "scrollIntoView", &[nearest.into()]);
        }
    });
    view! {
        <div>
            {field}
            {move || odd.get().then(|| view! { <p class="hint odd" role="alert" node_ref=place>{hint.clone()}</p> })}
        </div>
    }
}
