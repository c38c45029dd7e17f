//! A session: what was planned, what was done, how it went. All of it is optional, and most of it folded away.

use journal::{Content, Dose, Effect as SideEffect, Record, Session, templates};

use super::{
    super::{
        now,
        place::{Place, Start},
        widgets::{Field, fresh_id},
    },
    bar, guided, more,
    sheet::Sheet,
    taken::Taken,
    vitals,
};
use crate::screens::view::prelude::*;

/// The session in a record.
pub fn session(record: &mut Record) -> Option<&mut Session> {
    match &mut record.content {
        Content::Session(session) => Some(session),
        _ => None,
    }
}

/// The session that a record is; an empty one where it is something else.
pub fn session_of(record: &Record) -> Session {
    match &record.content {
        Content::Session(session) => session.clone(),
        _ => Session::default(),
    }
}

/// What a field of a session does with what is typed.
pub fn change(sheet: Sheet, change: fn(&mut Session, String)) -> impl Fn(String) + 'static {
    move |typed| {
        sheet.write(|record| {
            if let Some(session) = session(record) {
                change(session, typed);
            }
        });
    }
}

/// The form.
pub fn view(sheet: Sheet) -> View {
    let said = sheet.read(session_of);
    let heading = if sheet.is_new() { "A session" } else { "This session" };
    view! {
        <h1>{heading}</h1>
        {bar::draft_notice(sheet)}
        <p class="hint">"Write down what you know and want to keep. Everything can stay empty and be filled in later."</p>
        <fieldset class="page" disabled=move || !sheet.desk.may_write()>
            {Field::new("Date and time", said.at.map(now::typed).unwrap_or_default())
                .kind("datetime-local")
                .told(change(sheet, |session, typed| session.at = now::moment(&typed)))}
            {Field::new("Intention", said.intention.clone())
                .hint("One line that you take in with you.")
                .kind("area")
                .told(change(sheet, |session, typed| session.intention = typed))}
            <details class="more" open=sheet.is_new()>
                <summary>"Before: what to arrange"</summary>
                {guided::items(sheet, "The day before", |record| session(record).map(|session| &mut session.checklist))}
            </details>
            {medicine(sheet, &said)}
            {around(sheet, &said)}
            {vitals::view(sheet)}
            {effects(sheet)}
            {Field::new("Notes", said.notes.clone())
                .kind("area")
                .told(change(sheet, |session, typed| session.notes = typed))}
            <details class="more">
                <summary>"Course, tags, themes"</summary>
                {more::of_course(sheet, said.course, move |course| sheet.write(|record| {
                    if let Some(session) = session(record) {
                        session.course = course;
                    }
                }))}
                <p>
                    <button
                        type="button"
                        class="plain"
                        on:click=move |_| sheet.desk.go(Place::Write(Start::New(journal::Kind::Course)))
                    >
                        "Write down a course of treatment"
                    </button>
                </p>
                {more::labelled(sheet)}
            </details>
        </fieldset>
        {bar::foot(sheet, "Done", true, bar::to_reading)}
    }
}

/// How the medicine was given and how much.
fn medicine(sheet: Sheet, said: &Session) -> View {
    let dose = said.dose.clone().unwrap_or_default();
    let (id, list) = (fresh_id(), fresh_id());
    let route = change(sheet, |session, typed| session.route = typed);
    let routes: Vec<View> =
        templates::ROUTES.iter().map(|route| view! { <option value=*route></option> }).collect();
    view! {
        <details class="more">
            <summary>"Medicine"</summary>
            <div class="field">
                <label for=id.clone()>"How it is taken"</label>
                <input
                    type="text"
                    id=id
                    list=list.clone()
                    autocomplete="off"
                    prop:value=said.route.clone()
                    on:input=move |event| route(event_target_value(&event))
                />
                <datalist id=list>{routes}</datalist>
            </div>
            {how_much(sheet, &dose)}
            {Field::new("Dose in words", dose.text)
                .hint("As you know it. Nothing is worked out from it.")
                .told(change(sheet, |session, typed| change_dose(session, |dose| dose.text = typed)))}
        </details>
    }
}

/// The amount and its unit. Typed as one they are still two.
fn how_much(sheet: Sheet, dose: &Dose) -> View {
    let (odd, unit) = (RwSignal::new(false), RwSignal::new(dose.unit.clone()));
    let told = change(sheet, |session, typed| {
        let (amount, unit) = amount_and_unit(&typed).unzip();
        change_dose(session, |dose| {
            dose.amount = amount;
            dose.unit = unit.filter(|unit| !unit.is_empty()).map_or_else(|| dose.unit.clone(), str::to_owned);
        });
    });
    let amount = Field::new("Dose", dose.amount_text()).keys("decimal").told(move |typed| {
        let read = amount_and_unit(&typed);
        odd.set(!typed.trim().is_empty() && read.is_none());
        let with = read.map_or("", |(_, unit)| unit).to_owned();
        told(typed);
        if !with.is_empty() {
            unit.set(with);
        }
    });
    let hint = "A number, with its unit if you like. Anything else has its place in “Dose in words”.";
    view! {
        <div class="row">
            {vitals::hinted(amount, odd, hint.to_owned())}
            {move || Field::new("Unit", unit.get())
                .told(change(sheet, |session, typed| change_dose(session, |dose| dose.unit = typed)))}
        </div>
    }
}

/// A dose as it is typed, such as `25 mg`; without a unit that is empty. A second number is more than a dose.
fn amount_and_unit(typed: &str) -> Option<(f64, &str)> {
    if let Some(amount) = Dose::amount_of(typed) {
        return Some((amount, ""));
    }
    let typed = typed.trim();
    let (number, unit) =
        typed.split_at(typed.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?);
    let unit = unit.trim_start();
    let is_unit = unit.starts_with(|c: char| c.is_alphabetic() || c == '%')
        && !unit.contains(|c: char| c.is_ascii_digit());
    is_unit.then_some((Dose::amount_of(number)?, unit))
}

fn change_dose(session: &mut Session, change: impl FnOnce(&mut Dose)) {
    let mut dose = session.dose.take().unwrap_or_default();
    change(&mut dose);
    session.dose = (dose != Dose::default()).then_some(dose);
}

/// Place, people, music.
fn around(sheet: Sheet, said: &Session) -> View {
    view! {
        <details class="more">
            <summary>"Place, people, music"</summary>
            {Field::new("Setting", said.setting.clone())
                .hint("The place and how it was made comfortable.")
                .kind("area")
                .told(change(sheet, |session, typed| session.setting = typed))}
            {Field::new("Who was with you", said.companion.clone())
                .told(change(sheet, |session, typed| session.companion = typed))}
            {Field::new("Music", said.music.clone()).told(change(sheet, |session, typed| session.music = typed))}
        </details>
    }
}

/// What else the medicine did.
fn effects(sheet: Sheet) -> View {
    let effects = Taken::new(sheet, |record| session(record).map(|session| &mut session.effects));
    let shown = move || effects.shown(|place, effect| one_effect(sheet, effects, place, effect));
    view! {
        <details class="more">
            <summary>"Side effects"</summary>
            <ul class="rows" id=effects.id()>{shown}</ul>
            <button type="button" on:click=move |_| sheet.rearrange(|record| {
                if let Some(session) = session(record) {
                    session.effects.push(SideEffect::default());
                }
            })>"Add a side effect"</button>
        </details>
    }
}

fn one_effect(sheet: Sheet, effects: Taken<SideEffect>, place: usize, said: SideEffect) -> View {
    let change = move |change: fn(&mut SideEffect, String)| {
        move |typed: String| {
            sheet.write(|record| {
                if let Some(effect) = session(record).and_then(|session| session.effects.get_mut(place)) {
                    change(effect, typed);
                }
            });
        }
    };
    view! {
        <li>
            {Field::new("What it was", said.what).told(change(|effect, typed| effect.what = typed))}
            {Field::new("How it went", said.note).kind("area").told(change(|effect, typed| effect.note = typed))}
            <button type="button" class="plain" on:click=move |_| effects.take_out(place)>"Take it away"</button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_is_read_with_its_unit_and_without() {
        for (typed, amount, unit) in [
            ("25 mg", 25.0, "mg"),
            ("25mg", 25.0, "mg"),
            (" 0,5 mg/kg ", 0.5, "mg/kg"),
            ("50 µg", 50.0, "µg"),
            ("1,5", 1.5, ""),
        ] {
            assert_eq!(amount_and_unit(typed), Some((amount, unit)), "{typed}");
        }
        for typed in ["", "mg", "25-50 mg", "2 x 25 mg", "25 mg x2", "about 25", "1.2.3 mg", "25 ?"] {
            assert_eq!(amount_and_unit(typed), None, "{typed}");
        }
    }
}
