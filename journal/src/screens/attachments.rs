//! Photos, voice memos and drawings between the page and the worker: sealed part by part, and shown from memory. What is shown has
//! an address of this page alone (`blob:`), which ends with the view that shows it.

use journal::{Attachment, AttachmentId, export};
use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, Url};

use super::{desk::Desk, own::files};
use crate::{
    protocol::{BeginAttachment, EndAttachment, PushAttachment, ReadAttachment, Trouble, Why},
    screens::view::prelude::*,
};

/// Bytes that are handed to the worker at once.
const AT_ONCE: u32 = 1 << 20;

/// Seals a file. Answers its name and its bytes.
pub async fn store(desk: Desk, blob: &Blob) -> Result<(AttachmentId, u64), Trouble> {
    let id = desk.ask(BeginAttachment).await?;
    Ok((id, fill(desk, id, blob).await?))
}

/// Seals a file under a name that was begun. Answers its bytes.
pub async fn fill(desk: Desk, id: AttachmentId, blob: &Blob) -> Result<u64, Trouble> {
    let bytes = bytes(blob).await?;
    let mut from = 0;
    while from < bytes.length() {
        let to = (from + AT_ONCE).min(bytes.length());
        desk.ask_with(PushAttachment { id }, vec![bytes.slice(from, to).into()]).await?;
        from = to;
    }
    desk.ask(EndAttachment { id }).await
}

/// What a record says of something that is still to come: it names it before it is there, so that what is cut off on the way, as
/// by locking, is told when the record is opened again.
pub fn to_come(id: AttachmentId, media_type: String) -> Attachment {
    Attachment {
        id,
        name: String::new(),
        media_type,
        bytes: 0,
        width: None,
        height: None,
        milliseconds: None,
        alt: String::new(),
        more: Default::default(),
    }
}

/// What a blob holds.
pub async fn bytes(blob: &Blob) -> Result<Uint8Array, Trouble> {
    let buffer = JsFuture::from(blob.array_buffer()).await;
    buffer.map(|buffer| Uint8Array::new(&buffer)).map_err(|_| unreadable())
}

/// Reads an attachment, whole. True beside it if its end was never written, as after a crash.
pub async fn read(desk: Desk, attachment: &Attachment) -> Result<(Blob, bool), Trouble> {
    let parts = Array::new();
    let (mut part, mut unfinished) = (Some(0), false);
    while let Some(number) = part {
        let (answer, beside) =
            desk.ask_with(ReadAttachment { id: attachment.id, part: number }, Vec::new()).await?;
        beside.iter().for_each(|bytes| {
            parts.push(bytes);
        });
        (part, unfinished) = (answer.next, answer.unfinished);
    }
    let kind = BlobPropertyBag::new();
    kind.set_type(shown_as(&attachment.media_type));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).map_err(|_| unreadable())?;
    Ok((blob, unfinished))
}

/// Only what is a picture or a sound for certain is shown as one.
pub fn shown_as(media_type: &str) -> &'static str {
    let known = [
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/gif",
        "image/avif",
        "audio/webm",
        "audio/mp4",
        "audio/ogg",
        "audio/mpeg",
        "audio/aac",
        "audio/wav",
    ];
    let plain = media_type.split(';').next().unwrap_or_default();
    known.into_iter().find(|known| *known == plain).unwrap_or("application/octet-stream")
}

fn unreadable() -> Trouble {
    Trouble::new(Why::Store, "the browser could not read it")
}

/// A picture or a voice memo, read when it is shown; what is neither, as a film that came along from another journal, can be saved.
pub fn attachment(desk: Desk, of: Attachment) -> View {
    let shown = RwSignal::new(None::<Result<(String, bool), Trouble>>);
    let kind = shown_as(&of.media_type).split('/').next().unwrap_or_default();
    let alt = of.alt.clone();
    let asked = of.clone();
    spawn_local(async move {
        let read = read(desk, &asked).await.and_then(|(blob, unfinished)| {
            let url = Url::create_object_url_with_blob(&blob).map_err(|_| unreadable())?;
            Ok((url, unfinished))
        });
        if let Some(Some(Ok((url, _)))) = shown.try_set(Some(read)) {
            // The view has gone meanwhile.
            Url::revoke_object_url(&url).ok();
        }
    });
    on_cleanup(move || {
        if let Some(Some(Ok((url, _)))) = shown.try_get_untracked() {
            Url::revoke_object_url(&url).ok();
        }
    });
    let size = (of.width, of.height);
    // Its bytes are noted when it is ended.
    let never_ended = of.bytes == 0;
    let file = (kind == "application").then(|| match of.name.as_str() {
        "" => export::attachment_path(&of).rsplit('/').next().unwrap_or_default().to_owned(),
        name => name.to_owned(),
    });
    let bytes = files::size(of.bytes as f64);
    (move || match shown.get() {
        None => view! { <p class="hint">"Opening…"</p> },
        Some(Err(trouble)) if never_ended && trouble.why == Why::NotThere => view! {
            <p class="notice warm">"This was cut off before it was kept, and is not here. Add it again, and take this out."</p>
        },
        Some(Err(trouble)) => view! { <p class="notice warm">{trouble.told()}</p> },
        Some(Ok((url, _))) if let Some(file) = file.clone() => view! {
            <p>
                <a class="button" href=url download=file.clone()>{format!("Save “{file}”")}</a>
                " "<span class="hint">{format!("{bytes}. It is kept here, and cannot be shown.")}</span>
            </p>
        },
        Some(Ok((url, unfinished))) if kind == "audio" => {
            let name = if alt.is_empty() { "Voice memo".to_owned() } else { format!("Voice memo: {alt}") };
            let cut = (unfinished || never_ended).then(|| {
                view! { <p class="hint">"The recording was interrupted. This is all of it."</p> }
            });
            view! { <audio controls="" preload="metadata" src=url aria-label=name></audio>{cut} }
        }
        // One that was sealed in the moment in which it was cut off may be whole.
        Some(Ok((url, _))) => view! { <img src=url alt=alt.clone() width=size.0 height=size.1 /> },
    })
    .into_view()
}
