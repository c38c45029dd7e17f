//! Everything to take along: as JSON, which can be brought back without loss, as Markdown, and on paper.

use std::collections::BTreeSet;

use journal::{
    Record, RecordId, archive, export,
    json::{self, Json},
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::Blob;

use crate::{
    protocol::{RecordsAsJson, Trouble, Why},
    screens::{
        act::Act, attachments, desk::Desk, dom, markdown::markdown, now, own::files, view::prelude::*,
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
    let printed = RwSignal::new(Vec::<(RecordId, Record)>::new());
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
            let count = files::things(records.len() as u64);
            let missing = if missing == 0 {
                String::new()
            } else {
                format!(" {missing} attachments do not open and are not in it.")
            };
            done.set(Some(format!(
                "{count} in “{name}”, among your downloads.{missing} Whoever has this file can read it."
            )));
            Ok(())
        });
    };
    let print = move |_| {
        act.run(async move {
            let mut records = all(desk).await?;
            records.sort_by_key(|(id, record)| (record.written, *id));
            printed.set(records);
            dom::pause(300).await;
            dom::call(&dom::window(), "print", &[]);
            printed.set(Vec::new());
            Ok(())
        });
    };
    let pages = move || {
        let pages = printed.get();
        let pages = pages.iter().filter_map(|(id, record)| {
            let (_, page) = export::markdown_page(*id, record)?;
            let words = page.split_once("\n---\n").map_or(page.as_str(), |(_, words)| words);
            let day = crate::screens::dates::full(record.day());
            Some(view! { <article><p class="facts">{day}</p>{markdown(words.to_owned())}</article> })
        });
        pages.collect::<Vec<_>>()
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
            <p class="facts">"JSON can be brought back here without loss. Markdown opens in any editor. Each comes as one zip file with photos, drawings and recordings."</p>
            {move || act.busy.get().then(|| view! { <p role="status">"Gathering it…"</p> })}
            {act.told()}
            {move || done.get().map(|done| view! { <p class="notice" role="status">{done}</p> })}
            <div class="printed" aria-hidden="true">{pages}</div>
        </section>
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
    let (mut seen, mut missing) = (BTreeSet::new(), 0);
    for attachment in records.iter().flat_map(|(_, record)| export::attachments(record)) {
        if !seen.insert(attachment.id) {
            continue;
        }
        match attachments::read(desk, attachment).await {
            Ok((blob, _)) => {
                let bytes = attachments::bytes(&blob).await?.to_vec();
                export::add_attachment(&mut writer, attachment, &bytes).map_err(unwritten)?;
            }
            Err(_) => missing += 1,
        }
    }
    Ok((writer.finish().map_err(unwritten)?, missing))
}

fn unwritten(error: archive::ArchiveError) -> Trouble {
    Trouble::new(Why::TooLarge, error.to_string())
}
