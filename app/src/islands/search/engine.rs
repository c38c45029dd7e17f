//! What finds on this device: the index and the texts, fetched once, then in memory.
//!
//! Beside them the empty results page is fetched, so that results can be shown without asking anybody. Where a form names
//! no index the library is too large for a device, and [`remote`](super::remote) asks the server instead.

use std::cell::RefCell;

use ::search::{Found, Index, Texts};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Response};

use super::{
    super::{dom, fetch},
    page,
};
use crate::{search::Asked, share::compose};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nobody has searched yet.
    Resting,
    /// The index is on its way.
    Loading,
    /// It finds.
    Ready,
    /// It finds, and shows the sentences.
    Complete,
    /// The network does not answer.
    Offline,
    /// What came is not an index.
    Failed,
    /// The library is too large for a device.
    Remote,
}

#[derive(Default)]
struct Engine {
    index: Option<Index>,
    texts: Option<Texts>,
    /// The empty results page, as the server sent it.
    page: Option<String>,
    /// Address of the index: another edition has another.
    of: String,
}

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::default();
    static STATUS: ArcRwSignal<Status> = ArcRwSignal::new(Status::Resting);
}

/// How far it is; whoever reads this as a signal is told of changes.
pub(super) fn status() -> ArcRwSignal<Status> {
    STATUS.with(Clone::clone)
}

pub(super) fn now() -> Status {
    status().get_untracked()
}

fn set(status: Status) {
    self::status().set(status);
    page::told(status);
    compose::told();
}

/// Finds. `None` while there is no index.
pub(crate) fn find(asked: &Asked, most: usize) -> Option<Found> {
    ENGINE.with_borrow(|engine| {
        let index = engine.index.as_ref()?;
        Some(index.search(engine.texts.as_ref(), &asked.query, &asked.filter, most))
    })
}

/// The empty results page, once it is here.
pub(in super::super) fn empty_page() -> Option<String> {
    ENGINE.with_borrow(|engine| engine.page.clone())
}

/// The form that says where the index is. The header's is always there, and kept up to date.
fn form(root: &Element) -> Option<Element> {
    dom::select(root, "header form[data-search]")
}

fn addresses(root: &Element) -> Option<(String, String)> {
    let form = form(root)?;
    Some((form.get_attribute("data-index")?, form.get_attribute("data-texts")?))
}

/// Fetches what is needed, unless it is here or on its way. After a failure, tries again.
pub(crate) fn load() {
    let Some((index, texts)) = addresses(&dom::root()) else {
        if now() != Status::Remote {
            set(Status::Remote);
        }
        return;
    };
    let here = ENGINE.with_borrow(|engine| engine.of == index);
    if now() == Status::Loading || (here && matches!(now(), Status::Ready | Status::Complete)) {
        return;
    }
    set(Status::Loading);
    spawn_local(async move {
        match all(index, texts).await {
            Ok(()) => {}
            Err(status) => set(status),
        }
    });
}

/// Fetches all three side by side; the index decides. Words can be found before the sentences are here.
async fn all(index: String, texts: String) -> Result<(), Status> {
    let page = fetch::text("/search");
    let (first, mut second) = (bytes(&index), bytes(&texts));
    let mut of = index.clone();
    let mut bytes_of_index = first.await;
    let page = page.await.ok();
    // The library may have changed since this page was made: the page that has just come knows the new addresses.
    if let (Err(Status::Failed), Some(page)) = (&bytes_of_index, &page)
        && let Some((index, texts)) = fetch::parsed(page).and_then(|page| addresses(&page))
        && index != of
    {
        note(&index, &texts);
        second = bytes(&texts);
        bytes_of_index = bytes(&index).await;
        of = index;
    }
    let opened = Index::open(&bytes_of_index?).map_err(|_| Status::Failed)?;
    ENGINE.replace(Engine { index: Some(opened), texts: None, page, of });
    set(Status::Ready);
    // Without the sentences it finds as well, it only shows less.
    if let Some(texts) = second.await.ok().and_then(|bytes| Texts::open(&bytes).ok()) {
        ENGINE.with_borrow_mut(|engine| engine.texts = Some(texts));
        set(Status::Complete);
    }
    Ok(())
}

/// Keeps new addresses where the next look finds them.
pub(in super::super) fn note(index: &str, texts: &str) {
    if let Some(form) = form(&dom::root()) {
        form.set_attribute("data-index", index).ok();
        form.set_attribute("data-texts", texts).ok();
    }
}

/// Takes over what a page that has just come says of the index.
pub(in super::super) fn note_from(page: &Element) {
    match addresses(page) {
        Some((index, texts)) => note(&index, &texts),
        None => {
            if let (Some(old), Some(_)) = (form(&dom::root()), form(page)) {
                old.remove_attribute("data-index").ok();
            }
        }
    }
}

/// The bytes at an address. The request is under way when this returns.
fn bytes(address: &str) -> impl Future<Output = Result<Vec<u8>, Status>> + use<> {
    let answer = JsFuture::from(dom::window().fetch_with_str(address));
    async move {
        let response: Response = answer.await.map_err(|_| Status::Offline)?.unchecked_into();
        if !response.ok() {
            return Err(Status::Failed);
        }
        let buffer = response.array_buffer().map_err(|_| Status::Failed)?;
        let buffer = JsFuture::from(buffer).await.map_err(|_| Status::Offline)?;
        Ok(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}
