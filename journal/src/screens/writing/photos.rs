//! Photos of an entry: chosen or pasted, drawn anew on this device in a size that is enough to look at, so that nothing of what a
//! camera writes beside a picture (place, time, device) is kept, and then sealed.

use journal::{Attachment, AttachmentId};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, File, FileList, HtmlCanvasElement, HtmlInputElement, ImageBitmap,
};

use super::{
    super::{act::Act, attachments, desk::Desk, dom, widgets::Field},
    guided::entry,
    sheet::{Held, Sheet},
    taken::Taken,
};
use crate::{
    protocol::{BeginAttachment, Trouble, Why},
    screens::view::prelude::*,
};

/// The longer side that a photo keeps, in pixels.
const LONGEST: f64 = 2048.0;
/// How much of its detail, from 0 to 1.
const QUALITY: f64 = 0.85;

/// The photos of an entry, and the way to add one.
pub fn view(sheet: Sheet, act: Act) -> View {
    let photos = Taken::new(sheet, |record| entry(record).map(|entry| &mut entry.attachments));
    let shown = move || photos.shown(|place, one| photo(sheet, act, photos, place, one));
    view! {
        <ul class="photos" id=photos.id()>{shown}</ul>
        <p role="status" class="hint">{move || act.busy.get().then_some("The photo is being made smaller and sealed…")}</p>
        {act.told()}
    }
}

/// The button that takes a photo in.
pub fn button(sheet: Sheet, act: Act) -> View {
    view! {
        <label class="button file">
            "Add a photo"
            <input
                type="file"
                accept="image/*"
                multiple=""
                class="unseen"
                on:change=move |event| {
                    let input: HtmlInputElement = event_target(&event);
                    if let Some(files) = input.files() {
                        take(sheet, act, &files);
                    }
                    input.set_value("");
                }
            />
        </label>
    }
}

/// Takes in the pictures among some files. Answers whether there was one.
pub fn take(sheet: Sheet, act: Act, files: &FileList) -> bool {
    let pictures: Vec<_> = (0..files.length())
        .filter_map(|at| files.get(at))
        .filter(|file| file.type_().starts_with("image/"))
        .collect();
    if pictures.is_empty() {
        return false;
    }
    if !act.busy.get_untracked() {
        act.trouble.set(None);
    }
    act.busy.set(true);
    for picture in pictures {
        let held = sheet.hold();
        sheet.add(async move {
            let taken = take_in(sheet, act, held, &picture).await;
            taken.map_err(|trouble| refuse(sheet, act, &picture.name(), &trouble)).is_ok()
        });
    }
    true
}

/// Names a picture, draws it anew and seals it.
async fn take_in(sheet: Sheet, act: Act, held: Held, picture: &File) -> Result<(), Trouble> {
    let id = sheet.desk.ask(BeginAttachment).await?;
    held.write(|record| {
        if let Some(entry) = entry(record) {
            entry.attachments.push(attachments::to_come(id, picture.type_()));
        }
    });
    // One after the other: a photo is large while it is drawn.
    let turn = held.turn().await;
    act.busy.try_set(true);
    let made = make(sheet.desk, id, picture).await;
    act.busy.try_set(false);
    drop(turn);
    held.rearrange(|record| {
        let Some(all) = entry(record).map(|entry| &mut entry.attachments) else { return };
        let Some(place) = all.iter().position(|one| one.id == id) else { return };
        match &made {
            Ok(made) => all[place] = made.clone(),
            Err(_) => drop(all.remove(place)),
        }
    });
    made.map(drop)
}

/// Draws a picture anew and seals it under a name that was begun.
async fn make(desk: Desk, id: AttachmentId, picture: &File) -> Result<Attachment, Trouble> {
    let (blob, width, height) = smaller(picture).await?;
    let mut made = attachments::to_come(id, blob.type_());
    made.bytes = attachments::fill(desk, id, &blob).await?;
    (made.width, made.height) = (Some(width), Some(height));
    Ok(made)
}

/// Says which picture was not taken in, and why, below what was said of others.
fn refuse(sheet: Sheet, act: Act, name: &str, trouble: &Trouble) {
    if trouble.why == Why::Order {
        // The journal was locked and opened again meanwhile: what names it tells that it was cut off.
        return;
    }
    let before = act.trouble.try_get_untracked().flatten();
    let before = before.map(|before| before.told() + "\n").unwrap_or_default();
    let words = format!("{before}“{name}” was not added. {}", trouble.told());
    act.tell(sheet.desk, Trouble::new(Why::NotTaken, words));
}

fn photo(sheet: Sheet, act: Act, photos: Taken<Attachment>, place: usize, one: Attachment) -> View {
    let id = one.id;
    let to_come = one.bytes == 0;
    let alt = one.alt.clone();
    let named = if one.media_type.starts_with("image/") { "What does it show?" } else { "What does it say?" };
    view! {
        <li hidden=move || to_come && act.busy.get()>
            {attachments::attachment(sheet.desk, one)}
            {Field::new(named, alt).hint("In a few words, for finding it and for whoever cannot see it.").told(move |typed| {
                sheet.write(|record| {
                    let all = entry(record).map(|entry| &mut entry.attachments);
                    if let Some(one) = all.and_then(|all| all.iter_mut().find(|one| one.id == id)) {
                        one.alt = typed;
                    }
                });
            })}
            <button type="button" class="plain" on:click=move |_| photos.take_out(place)>"Take it out"</button>
        </li>
    }
}

/// The picture drawn anew, with its width and height in pixels.
async fn smaller(file: &Blob) -> Result<(Blob, u32, u32), Trouble> {
    let bitmap = dom::window().create_image_bitmap_with_blob(file).map_err(|_| unreadable())?;
    let bitmap: ImageBitmap =
        JsFuture::from(bitmap).await.map_err(|_| unreadable())?.dyn_into().map_err(|_| unreadable())?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let shrink = (LONGEST / width.max(height)).min(1.0);
    let (width, height) = ((width * shrink).round().max(1.0), (height * shrink).round().max(1.0));
    let (canvas, context) = canvas(width as u32, height as u32).ok_or_else(unreadable)?;
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
        .map_err(|_| unreadable())?;
    bitmap.close();
    // A browser that cannot write WebP writes PNG in its place, which is too large for a photo.
    for kind in ["image/webp", "image/jpeg"] {
        if let Some(blob) = picture(&canvas, kind).await.filter(|blob| blob.type_() == kind) {
            return Ok((blob, width as u32, height as u32));
        }
    }
    Err(unreadable())
}

/// A canvas of a size, and what draws on it.
pub fn canvas(width: u32, height: u32) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Some((canvas, context))
}

/// What is on a canvas, as a picture.
pub async fn picture(canvas: &HtmlCanvasElement, media_type: &str) -> Option<Blob> {
    let made = js_sys::Promise::new(&mut |done, _| {
        let call = Closure::once_into_js(move |blob: JsValue| {
            done.call1(&JsValue::UNDEFINED, &blob).ok();
        });
        canvas.to_blob_with_type_and_encoder_options(call.unchecked_ref(), media_type, &QUALITY.into()).ok();
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

fn unreadable() -> Trouble {
    Trouble::new(Why::NotTaken, "This browser cannot read it. Try it as JPEG or PNG.")
}
