//! A course of treatment: all of it optional.

use journal::{Content, Course, Filter, Kind, Record, RecordId};

use super::{
    super::{
        dates,
        place::{Place, Start},
        widgets::Field,
    },
    bar,
    sheet::Sheet,
};
use crate::{protocol::List, screens::view::prelude::*};

/// The form.
pub fn view(sheet: Sheet) -> View {
    let said = sheet.read(|record| match &record.content {
        Content::Course(course) => course.clone(),
        _ => Course::default(),
    });
    let heading = if sheet.is_new() { "A course of treatment" } else { "This course of treatment" };
    let started = said.started.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <h1>{heading}</h1>
        {bar::draft_notice(sheet)}
        <fieldset class="page" disabled=move || !sheet.desk.may_write()>
            {Field::new("What you call it", said.name).told(change(sheet, |course, typed| course.name = typed))}
            {Field::new("Where", said.place).told(change(sheet, |course, typed| course.place = typed))}
            {Field::new("With whom", said.with)
                .hint("Prescriber, therapist, nurse.")
                .told(change(sheet, |course, typed| course.with = typed))}
            {Field::new("Began on", started)
                .kind("date")
                .told(change(sheet, |course, typed| course.started = typed.parse().ok()))}
            {Field::new("Notes", said.notes).kind("area").told(change(sheet, |course, typed| course.notes = typed))}
        </fieldset>
        {bar::foot(sheet, "Done", true, bar::to_reading)}
        {sessions(sheet)}
    }
}

fn change(sheet: Sheet, change: fn(&mut Course, String)) -> impl Fn(String) + 'static {
    move |typed| {
        sheet.write(|record: &mut Record| {
            if let Content::Course(course) = &mut record.content {
                change(course, typed);
            }
        });
    }
}

/// Its sessions, and the way to one more. There once the course has a name to belong to.
fn sessions(sheet: Sheet) -> View {
    let desk = sheet.desk;
    let all = RwSignal::new(Vec::new());
    effect(move || {
        sheet.desk.changes.track();
        sheet.kept.track();
        let Some(course) = sheet.id() else { return };
        let filter = Filter { kinds: vec![Kind::Session], ..Filter::default() };
        desk.then(List { filter, from: 0, count: 200 }, move |page| {
            if let Ok(page) = page {
                let of_course = page.things.into_iter().filter(|one| one.facts.course == Some(course));
                all.try_set(of_course.map(|one| (one.id, dates::full(one.day), one.title)).collect());
            }
        });
    });
    let each = move |(id, day, title): (RecordId, String, String)| {
        let name = if title.is_empty() { day } else { format!("{day}: {title}") };
        view! {
            <li><button type="button" class="plain" on:click=move |_| desk.go(Place::Read(id))>{name}</button></li>
        }
    };
    (move || {
        sheet.kept.track();
        if sheet.is_new() {
            return view! { <p class="hint">"Once it is saved, its sessions stand here."</p> };
        }
        let shown: Vec<View> = all.get().into_iter().map(each).collect();
        let none =
            shown.is_empty().then(|| view! { <p class="hint">"No session of it is written down yet."</p> });
        let course = sheet.id();
        view! {
            <section class="sessions">
                <h2>"Sessions"</h2>
                {none}
                <ul class="plain-list">{shown}</ul>
                <button type="button" on:click=move |_| desk.go(Place::Write(Start::SessionOf(course)))>
                    "Write down a session"
                </button>
            </section>
        }
    })
    .into_view()
}
