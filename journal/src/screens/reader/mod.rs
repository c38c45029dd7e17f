//! A page by itself that reads a backup: without this site, without a network, years later. It is this same client, written into one
//! file with its program inside (see `screens/exchange/page.rs`), and it can only read.

mod book;

use std::rc::Rc;

use journal::export::{self, Part};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlInputElement, Url};
use zeroize::Zeroizing;

use crate::{
    protocol::{Key, Trouble, Why},
    screens::{
        act::Act,
        attachments, dates, dom,
        door::{recall::Recall, secret::Secret},
        markdown::markdown,
        own::{files, restore},
        view,
        view::prelude::*,
    },
};
use book::Book;

/// Things that are listed at once.
const AT_ONCE: usize = 200;

/// Shows the reader in its page.
pub fn open() {
    let Some(room) = dom::by_id("journal") else { return };
    room.set_text_content(None);
    view::show(&room, reader).stay();
}

fn reader() -> View {
    let (file, secret, recall, act) =
        (NodeRef::<HtmlInputElement>::new(), Secret::new(), Recall::new(), Act::new());
    let words = RwSignal::new(false);
    let book = RwSignal::new_local(None::<Rc<Book>>);
    let read = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        act.run(async move {
            let file =
                files::chosen(file).ok_or_else(|| Trouble::new(Why::NotABackup, "no file was chosen"))?;
            let (key, typed) = if words.get_untracked() {
                (Key::Recovery, recall.take()?)
            } else {
                (Key::Passphrase, secret.take()?)
            };
            let typed: Uint8Array = typed.unchecked_into();
            let secret = Zeroizing::new(typed.to_vec());
            typed.fill(0, 0, typed.length());
            let bytes = attachments::bytes(&file).await?.to_vec();
            // The page says that it is at work before it is too busy to.
            dom::pause(50).await;
            book.set(Some(Rc::new(Book::read(&bytes, &key, &secret)?)));
            Ok(())
        });
    };
    let door = move || {
        view! {
            <form on:submit=read>
                <h1>"Read a backup"</h1>
                <p>"Choose your backup file and open it with its passphrase or your 24 words. Everything happens on this device; this page cannot "
                    "reach the network, and it changes nothing."</p>
                <div hidden=act.busy>
                    {files::field(file, "file", "Backup file", ".dwvb", || {})}
                    <div hidden=words>{secret.present("passphrase", "Passphrase")}</div>
                    {move || words.get().then(|| recall.view())}
                    {act.told()}
                    <p>
                        <button type="submit" class="primary">"Open it"</button>
                        <button type="button" on:click=move |_| words.update(|words| *words = !*words)>
                            {move || if words.get() { "Use the passphrase" } else { "Use my 24 words" }}
                        </button>
                    </p>
                </div>
                {move || act.busy.get().then(|| view! { <p role="status">"Opening. This takes a moment, and the page stands still meanwhile."</p> })}
            </form>
        }
    };
    (move || book.get().map_or_else(door, pages)).into_view()
}

fn pages(book: Rc<Book>) -> View {
    let made = files::day(book.made as f64);
    let total = files::things(book.records.len() as u64);
    view! {
        <h1>"Your journal"</h1>
        <p class="hint">{format!("As it was in the backup of {made}: {total}.")}</p>
        {restore::findings("Not all of it opens. Everything else is here. This is what does not:", &book.findings)}
        {stretch(book, 0)}
    }
}

/// Things from one on, and the way to earlier ones, which come below: what was opened above stays as it is.
fn stretch(book: Rc<Book>, from: usize) -> View {
    let more = RwSignal::new(false);
    let total = book.records.len();
    let to = (from + AT_ONCE).min(total);
    let listed: Vec<_> = (from..to).map(|at| page(Rc::clone(&book), at)).collect();
    let earlier = move || match (to < total, more.get()) {
        (false, _) => View::Nothing,
        (true, true) => stretch(Rc::clone(&book), to),
        (true, false) => view! {
            <p><button type="button" on:click=move |_| more.set(true)>"Show earlier ones"</button></p>
        },
    };
    view! { {listed}{earlier} }
}

/// One thing: its day and title, and when it is opened what it says.
fn page(book: Rc<Book>, at: usize) -> View {
    let opened = RwSignal::new(false);
    let (id, record) = &book.records[at];
    let (day, title) = (dates::full(record.day()), export::title(*id, record));
    let book = StoredValue::new_local(book);
    let text = move || opened.get().then(|| read(&book.get_value(), at));
    view! {
        <details on:toggle=move |_| if !opened.get_untracked() { opened.set(true) }>
            <summary><b>{title}</b>" "<span class="hint">{day}</span></summary>
            {text}
        </details>
    }
}

fn read(book: &Book, at: usize) -> Vec<View> {
    let (id, record) = &book.records[at];
    let day = dates::date(record.day());
    let parts = export::parts(*id, record).unwrap_or_default().into_iter().map(|part| match part {
        Part::Words(words) => markdown(words),
        Part::Attached(of, what) => {
            attachment(&of.media_type, export::name_of(of, what, &day), book.bytes(of.id.0))
        }
    });
    parts.collect()
}

fn attachment(kind: &str, name: String, bytes: Option<Vec<u8>>) -> View {
    let kind = attachments::shown_as(kind);
    let address = bytes.and_then(|bytes| {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let parts = js_sys::Array::of1(&Uint8Array::from(bytes.as_slice()));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok()
    });
    if let Some(address) = address.clone() {
        on_cleanup(move || drop(Url::revoke_object_url(&address)));
    }
    match address {
        None => view! { <p class="notice">{name}": this was attached here and does not open."</p> },
        Some(address) if kind.starts_with("audio/") => {
            view! { <p><span class="hint">{name.clone()}</span><audio controls="" src=address aria-label=name></audio></p> }
        }
        Some(address) if kind.starts_with("image/") => view! { <p><img src=address alt=name /></p> },
        Some(address) => view! { <p><a href=address download="attachment">{name}</a></p> },
    }
}
