//! What stands beside the words of many kinds of thing: tags, themes, when it was written, the session that it belongs to.

use journal::{Filter, Kind, RecordId};

use super::{
    super::{
        dates, now,
        widgets::{Field, fresh_id, labels},
    },
    sheet::Sheet,
};
use crate::{
    protocol::{Labels, List},
    screens::view::prelude::*,
};

/// Tags and themes, with those in use offered.
pub fn labelled(sheet: Sheet) -> View {
    let (tags, themes) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    sheet.desk.then(Labels, move |in_use| {
        // Offering what is in use is a help and no more: without it words are typed.
        if let Ok(in_use) = in_use {
            tags.try_set(in_use.tags.into_iter().map(|(word, _)| word).collect());
            themes.try_set(in_use.themes.into_iter().map(|(word, _)| word).collect());
        }
    });
    let (has, touches) = sheet.read(|record| (record.tags.clone(), record.themes.clone()));
    view! {
        {labels("Tags", "For finding it again. Enter or a comma ends a tag.", has, tags.into(), move |tags| {
            sheet.write(|record| record.tags = tags);
        })}
        {labels("Themes", "What it is about, in a word or two.", touches, themes.into(), move |themes| {
            sheet.write(|record| record.themes = themes);
        })}
    }
}

/// When it was written, as the keeper wants it to stand.
pub fn written(sheet: Sheet) -> View {
    let value = sheet.read(|record| now::typed(record.written));
    Field::new("Date and time", value).kind("datetime-local").told(move |typed| {
        if let Some(moment) = now::moment(&typed) {
            sheet.write(|record| record.written = moment);
        }
    })
}

/// The session that it belongs to.
pub fn of_session(sheet: Sheet, has: Option<RecordId>, told: impl Fn(Option<RecordId>) + 'static) -> View {
    chosen(sheet, "Belongs to a session", Kind::Session, has, Box::new(told))
}

/// The course that it belongs to.
pub fn of_course(sheet: Sheet, has: Option<RecordId>, told: impl Fn(Option<RecordId>) + 'static) -> View {
    chosen(sheet, "Belongs to a course of treatment", Kind::Course, has, Box::new(told))
}

/// One of the things of a kind, or none. Not there where there are none to choose.
fn chosen(
    sheet: Sheet,
    name: &'static str,
    kind: Kind,
    has: Option<RecordId>,
    told: Box<dyn Fn(Option<RecordId>)>,
) -> View {
    let all = RwSignal::new(Vec::new());
    let filter = Filter { kinds: vec![kind], ..Filter::default() };
    sheet.desk.then(List { filter, from: 0, count: 100 }, move |page| {
        if let Ok(page) = page {
            all.try_set(page.things.into_iter().map(|one| (one.id, one.day, one.title)).collect());
        }
    });
    let told = StoredValue::new_local(told);
    (move || {
        let all = all.get();
        if all.is_empty() {
            return ().into_view();
        }
        let id = fresh_id();
        let each = |(one, day, title): (RecordId, journal::Day, String)| {
            let words =
                if title.is_empty() { dates::full(day) } else { format!("{}: {title}", dates::full(day)) };
            view! { <option value=one.to_string() selected=Some(one) == has>{words}</option> }
        };
        let options: Vec<View> = all.into_iter().map(each).collect();
        view! {
            <div class="field">
                <label for=id.clone()>{name}</label>
                <select id=id on:change=move |event| {
                    let chosen = event_target_value(&event).parse().ok();
                    told.with_value(|told| told(chosen));
                }>
                    <option value="">"None"</option>
                    {options}
                </select>
            </div>
        }
    })
    .into_view()
}
