//! Another journal brought along: looked at first, with what does not fit, and only then added.

use std::{cell::RefCell, rc::Rc};

use journal::{
    AttachmentId, RecordId,
    import::{Format, Found, Here, Import, ImportError, NewRecord, Source, rename},
};
use js_sys::{Array, Date, Reflect, Uint8Array};
use order::Map;
use wasm_bindgen::JsValue;
use web_sys::{Blob, HtmlInputElement};

use crate::{
    protocol::{AddRecords, Trouble},
    screens::{
        act::{Act, warn},
        attachments, dates,
        desk::Desk,
        dom, now,
        own::files,
        view::prelude::*,
    },
};

/// A file that was looked at.
struct Looked {
    bytes: Vec<u8>,
    name: String,
    import: Import,
    brought: RefCell<Brought>,
}

/// What of a file came along already: its name in the file, and its name here. What is tried again goes on from there.
#[derive(Clone, Default)]
struct Brought {
    attachments: Map<AttachmentId, AttachmentId>,
    records: Map<RecordId, RecordId>,
}

/// Bringing it along.
pub fn import(desk: Desk) -> View {
    let (file, act) = (NodeRef::<HtmlInputElement>::new(), Act::new());
    let looked = RwSignal::new_local(None::<Rc<Looked>>);
    let (refused, done) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let look = move || {
        let before = looked.get_untracked();
        looked.set(None);
        refused.set(None);
        done.set(None);
        act.run(async move {
            let Some(file) = files::chosen(file) else { return Ok(()) };
            let (bytes, name) = (attachments::bytes(&file).await?.to_vec(), file.name());
            dom::pause(30).await;
            match read(&bytes, &name) {
                Ok(import) => {
                    let same = before.filter(|before| (&before.bytes, &before.name) == (&bytes, &name));
                    let brought = same.map(|before| before.brought.clone()).unwrap_or_default();
                    looked.set(Some(Rc::new(Looked { bytes, name, import, brought })));
                }
                Err(error) => refused.set(Some(error.to_string())),
            }
            Ok(())
        });
    };
    let add = move |_| {
        let Some(source) = looked.get_untracked() else { return };
        done.set(None);
        act.run(async move {
            let came = bring(desk, &source).await;
            let things = files::things(source.brought.borrow().records.len() as u64);
            if came.is_ok() {
                looked.set(None);
                done.set(Some(format!("{things} came along. Nothing that was here has changed.")));
            } else {
                let all = source.import.records.len();
                done.set(Some(format!(
                    "So far {things} of {all} came along. Try again, and it goes on from there."
                )));
            }
            desk.changes.update(|changes| *changes += 1);
            came
        });
    };
    view! {
        <section aria-labelledby="import">
            <h2 id="import">"Bring another journal along"</h2>
            <p>"From this journal's JSON, Day One (JSON), Journey, Diarium (JSON), Daylio (CSV), or Markdown files, alone or in a zip. You first see what "
                "would come and what does not fit. The file stays on this device."</p>
            <div hidden=act.busy>{files::field(file, "import-file", "File", ".zip,.json,.csv,.md,.txt", look)}</div>
            {move || act.busy.get().then(|| view! { <p role="status">"Reading…"</p> })}
            {act.told()}
            {move || refused.get().map(|refused| warn(&format!("Nothing was brought along: {refused}.")))}
            {move || looked.get().map(|looked| view! {
                {preview(&looked.import)}
                <div class="doors">
                    <button type="button" class="primary" disabled=move || act.busy.get() || !desk.may_write() on:click=add>"Bring it along"</button>
                </div>
            })}
            {move || done.get().map(|done| view! { <p class="notice" role="status">{done}</p> })}
        </section>
    }
}

fn read(bytes: &[u8], name: &str) -> Result<Import, ImportError> {
    Source::open(bytes, name)?.read(&Here { now: now::now(), offset: &offset })
}

fn preview(import: &Import) -> View {
    let from = match import.format {
        Format::Doorway => "This journal's own JSON",
        Format::DayOne => "Day One",
        Format::Journey => "Journey",
        Format::Diarium => "Diarium",
        Format::Daylio => "Daylio",
        Format::Markdown => "Markdown",
    };
    let days = import.records.iter().map(|new| new.record.day());
    let span = match days.clone().min().zip(days.max()) {
        None => String::new(),
        Some((first, last)) if first == last => format!(", of {}", dates::date(first)),
        Some((first, last)) => format!(", from {} to {}", dates::date(first), dates::date(last)),
    };
    let count = files::things(import.records.len() as u64);
    let attached = match import.attachments.len() {
        0 => String::new(),
        count => format!(", with {}", files::counted(count as u64, "attachment")),
    };
    let said = format!("{from}: {count}{span}{attached}. They come as new things, beside what is here.");
    let report = import.report.iter().map(|line| {
        let place = if line.place.is_empty() { String::new() } else { format!("{}: ", line.place) };
        view! { <li>{place}{line.what.clone()}</li> }
    });
    let report = report.collect::<Vec<_>>();
    let lost = (!import.report.is_empty()).then(|| view! {
        <details><summary>{format!("What does not fit ({})", import.report.len())}</summary><ul class="verdicts">{report}</ul></details>
    });
    view! { <p role="status">{said}</p>{lost} }
}

/// Adds everything that did not come along yet: attachments first, then the records, those that others name before those that name
/// them.
async fn bring(desk: Desk, looked: &Looked) -> Result<(), Trouble> {
    let mut source = Source::open(&looked.bytes, &looked.name).map_err(unreadable)?;
    let is_missing = |found: &&Found| !looked.brought.borrow().attachments.contains_key(&found.id);
    for found in looked.import.attachments.iter().filter(is_missing) {
        let bytes = source.attachment(found).map_err(unreadable)?;
        let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
        let blob = Blob::new_with_u8_array_sequence(&parts)
            .map_err(|error| Trouble::new(crate::protocol::Why::Full, format!("{error:?}")))?;
        let (id, _) = attachments::store(desk, &blob).await?;
        looked.brought.borrow_mut().attachments.insert(found.id, id);
    }
    let is_missing = |new: &&NewRecord| !looked.brought.borrow().records.contains_key(&new.id);
    let mut waiting: Vec<&NewRecord> = looked.import.records.iter().filter(is_missing).collect();
    while !waiting.is_empty() {
        // Those that name nothing that is still to come; if all do, in a circle, all of them.
        let to_come: Map<RecordId, RecordId> =
            waiting.iter().map(|new| (new.id, RecordId(vault::ObjectId([0; 16])))).collect();
        let ready = |new: &&NewRecord| {
            let mut probe = new.record.clone();
            rename(&mut probe, &to_come, &Map::default());
            probe == new.record
        };
        let (mut now, mut later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
        if now.is_empty() {
            std::mem::swap(&mut now, &mut later);
        }
        let json = now.iter().map(|new| {
            let (mut record, brought) = (new.record.clone(), looked.brought.borrow());
            rename(&mut record, &brought.records, &brought.attachments);
            Ok(Uint8Array::from(record.to_json()?.as_slice()).into())
        });
        let json: Vec<JsValue> = json.collect::<Result<_, journal::Error>>()?;
        let (ids, _) = desk.ask_with(AddRecords, json).await?;
        looked.brought.borrow_mut().records.extend(now.iter().map(|new| new.id).zip(ids));
        waiting = later;
    }
    Ok(())
}

fn unreadable(error: ImportError) -> Trouble {
    Trouble::new(crate::protocol::Why::Invalid, error.to_string())
}

/// The offset from UTC in minutes at a time, in a zone by its name or where the device is.
fn offset(milliseconds: i64, zone: Option<&str>) -> i16 {
    let date = Date::new(&(milliseconds as f64).into());
    zone.and_then(|zone| in_zone(&date, zone)).unwrap_or_else(|| -date.get_timezone_offset() as i16)
}

/// By asking the browser for the wall's time there, which the zone's name lets it tell.
fn in_zone(date: &Date, zone: &str) -> Option<i16> {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"timeZone".into(), &zone.into()).ok()?;
    Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).ok()?;
    // "11/26/2026, GMT+01:00"; the offset is left out for UTC itself.
    let text = dom::call(date, "toLocaleDateString", &["en-US".into(), options.into()])?.as_string()?;
    let (_, offset) = text.split_once("GMT")?;
    if offset.is_empty() {
        return Some(0);
    }
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?))
}
