//! Everything to take along: as JSON, which can be brought back without loss, as Markdown, and on paper.

use std::rc::Rc;

use journal::{
    Attachment, AttachmentId, Kind, Record, RecordId, archive,
    export::{self, Part},
    json::{self, Json},
};
use js_sys::{Array, Promise, Uint8Array};
use order::Map;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Url};

use crate::{
    protocol::{ReadMeter, RecordsAsJson, Trouble, Why},
    screens::{
        act::Act, attachments, dates, desk::Desk, dom, markdown::markdown, now, own::files, view::prelude::*,
    },
};

/// Records that are asked for at once.
const AT_ONCE: usize = 500;

struct Line {
    id: RecordId,
    record: Record,
}

json::fields!(Line { id, record });

/// Taking it along.
pub fn export(desk: Desk) -> View {
    let (act, done) = (Act::new(), RwSignal::new(None::<String>));
    let printed = RwSignal::new_local(None::<Rc<(Vec<(RecordId, Record)>, Pictures)>>);
    let archive = move |as_markdown: bool| {
        done.set(None);
        act.run(async move {
            let records = all(desk).await?;
            let writer = if as_markdown {
                export::markdown_archive(&records)
            } else {
                export::json_archive(&records, now::now())
            };
            let (bytes, missing) = with_attachments(desk, writer.map_err(unwritten)?, &records).await?;
            let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
            let blob = Blob::new_with_u8_array_sequence(&parts)
                .map_err(|_| Trouble::new(Why::Full, "no room for the file"))?;
            let name = files::name(if as_markdown { "journal-markdown" } else { "journal-json" }, "zip");
            files::give(&blob, &name);
            let count = files::things(things(&records));
            let missing = missing_from("in it", missing);
            done.set(Some(format!(
                "{count} in “{name}”, among your downloads.{missing} Whoever has this file can read it."
            )));
            Ok(())
        });
    };
    let print = move |_| {
        done.set(None);
        act.run(async move {
            let mut records = all(desk).await?;
            order::sort_by(&mut records, |(id, record), (other, later)| {
                (record.written, *id).cmp(&(later.written, *other))
            });
            let (pictures, missing) = pictures(desk, &records).await?;
            printed.try_set(Some(Rc::new((records, pictures))));
            dom::pause(300).await;
            loaded().await;
            // The screen may have gone meanwhile, and the paper with it.
            if printed.try_get_untracked().is_some() {
                dom::call(&dom::window(), "print", &[]);
                printed.set(None);
                done.set((missing > 0).then(|| missing_from("on the paper", missing)));
            }
            Ok(())
        });
    };
    let pages = move || {
        let printed = printed.get()?;
        let (records, pictures) = &*printed;
        Some(records.iter().filter_map(|(id, record)| page(*id, record, pictures)).collect::<Vec<_>>())
    };
    view! {
        <section aria-labelledby="export">
            <h2 id="export">"Take it along"</h2>
            <p>"These files are not sealed: they are for other programs, for reading and for paper. Keep them where only you can get at them."</p>
            <div class="doors">
                <button type="button" disabled=act.busy on:click=move |_| archive(false)>"Save as JSON"</button>
                <button type="button" disabled=act.busy on:click=move |_| archive(true)>"Save as Markdown"</button>
                <button type="button" disabled=act.busy on:click=print>"Print everything"</button>
            </div>
            <p class="facts">"JSON can be brought back here without loss; the settings of this journal stay as they are. Markdown opens in any editor, and comes \
                back as plain entries. Each comes as one zip file with photos, drawings and recordings."</p>
            {unsaved(desk)}
            {move || act.busy.get().then(|| view! { <p role="status">"Gathering it…"</p> })}
            {act.told()}
            {move || done.get().map(|done| view! { <p class="notice" role="status">{done}</p> })}
            <div class="printed" aria-hidden="true">{pages}</div>
        </section>
    }
}

/// How many of these are things to a keeper.
fn things(records: &[(RecordId, Record)]) -> u64 {
    records.iter().filter(|(_, record)| record.kind() != Kind::Settings).count() as u64
}

/// That something was typed and is not saved yet. Nothing where all is saved.
fn unsaved(desk: Desk) -> View {
    let count = RwSignal::new(0);
    effect(move || {
        desk.changes.track();
        spawn_local(async move {
            if let Ok(meter) = desk.ask(ReadMeter).await {
                count.try_set(meter.drafts as u64);
            }
        });
    });
    let said = move || match count.get() {
        0 => None,
        1 => Some("One thing that you typed is not saved yet, and is in none of these.".to_owned()),
        more => Some(format!("{more} things that you typed are not saved yet, and are in none of these.")),
    };
    (move || said().map(|said| view! { <p class="notice" role="status">{said}</p> })).into_view()
}

/// Addresses of pictures. They end with it.
#[derive(Default)]
struct Pictures(Map<AttachmentId, String>);

impl Drop for Pictures {
    fn drop(&mut self) {
        self.0.values().for_each(|address| drop(Url::revoke_object_url(address)));
    }
}

/// Opens all pictures. Gives them and how many do not open.
async fn pictures(desk: Desk, records: &[(RecordId, Record)]) -> Result<(Pictures, usize), Trouble> {
    let (mut pictures, mut missing) = (Pictures::default(), 0);
    for of in records.iter().flat_map(|(_, record)| export::attachments(record)) {
        if !attachments::shown_as(&of.media_type).starts_with("image/") || pictures.0.contains_key(&of.id) {
            continue;
        }
        match read(desk, of).await?.and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) {
            Some(address) => drop(pictures.0.insert(of.id, address)),
            None => missing += 1,
        }
    }
    Ok((pictures, missing))
}

/// Reads an attachment; nothing if it does not open.
///
/// # Errors
/// `Locked` and `Worker`: then nothing opens any more, and what was begun is let go of.
async fn read(desk: Desk, of: &Attachment) -> Result<Option<Blob>, Trouble> {
    match attachments::read(desk, of).await {
        Ok((blob, _)) => Ok(Some(blob)),
        Err(trouble) if matches!(trouble.why, Why::Locked | Why::Worker) => Err(trouble),
        Err(_) => Ok(None),
    }
}

/// Waits until the pictures that are printed can be painted; one that cannot is passed over.
async fn loaded() {
    let Some(place) = dom::select(".printed") else { return };
    let pictures = dom::call(&place, "querySelectorAll", &["img".into()]).unwrap_or_default();
    for picture in Array::from(&pictures).iter() {
        let promise =
            dom::call(&picture, "decode", &[]).and_then(|promise| promise.dyn_into::<Promise>().ok());
        if let Some(promise) = promise {
            JsFuture::from(promise).await.ok();
        }
    }
}

/// One thing on paper. A recording is named in its place.
fn page(id: RecordId, record: &Record, pictures: &Pictures) -> Option<View> {
    let day = record.day();
    let parts = export::parts(id, record)?.into_iter().map(|part| match part {
        Part::Words(words) => markdown(words),
        Part::Attached(of, what) => {
            let name = export::name_of(of, what, &dates::date(day));
            match pictures.0.get(&of.id).cloned() {
                Some(address) => view! { <p><img src=address alt=name /></p> },
                None => view! { <p class="facts">{name}</p> },
            }
        }
    });
    let parts = parts.collect::<Vec<_>>();
    Some(view! { <article><p class="facts">{dates::full(day)}</p>{parts}</article> })
}

/// That attachments are missing, and where.
fn missing_from(place: &str, count: usize) -> String {
    match count {
        0 => String::new(),
        1 => format!(" One attachment does not open and is not {place}."),
        _ => format!(" {count} attachments do not open and are not {place}."),
    }
}

/// Everything that is there.
async fn all(desk: Desk) -> Result<Vec<(RecordId, Record)>, Trouble> {
    let mut records = Vec::new();
    loop {
        let (count, beside) =
            desk.ask_with(RecordsAsJson { from: records.len(), count: AT_ONCE }, Vec::new()).await?;
        let json = beside
            .first()
            .and_then(|beside| beside.dyn_ref::<Uint8Array>())
            .map(Uint8Array::to_vec)
            .unwrap_or_default();
        let lines = json::read(&json)
            .ok()
            .and_then(Vec::<Line>::from_value)
            .ok_or_else(|| Trouble::new(Why::Worker, "the records came in another form"))?;
        records.extend(lines.into_iter().map(|line| (line.id, line.record)));
        if count < AT_ONCE {
            return Ok(records);
        }
    }
}

/// Adds what is attached, each once. Gives the archive and how many attachments did not open.
async fn with_attachments(
    desk: Desk,
    mut writer: archive::Writer,
    records: &[(RecordId, Record)],
) -> Result<(Vec<u8>, usize), Trouble> {
    let (mut seen, mut missing) = (Map::default(), 0);
    for attachment in records.iter().flat_map(|(_, record)| export::attachments(record)) {
        if seen.insert(attachment.id, ()).is_some() {
            continue;
        }
        match read(desk, attachment).await? {
            Some(blob) => {
                let bytes = attachments::bytes(&blob).await?.to_vec();
                export::add_attachment(&mut writer, attachment, &bytes).map_err(unwritten)?;
            }
            None => missing += 1,
        }
    }
    Ok((writer.finish().map_err(unwritten)?, missing))
}

fn unwritten(error: archive::ArchiveError) -> Trouble {
    Trouble::new(Why::TooLarge, error.to_string())
}
