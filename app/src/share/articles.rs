//! What the device fetches for a pack: the list of the library, and articles as the pages that they are. An article is asked
//! for whole and as every reader asks for it, so that the server cannot tell what of it was chosen, or that it was.

use std::{cell::RefCell, rc::Rc};

use pack::ArticleId;
use web_sys::Element;

use super::catalogue::{self, Entry};
use crate::islands::{
    dom,
    fetch::{self, Failure},
};

thread_local! {
    static LIST: RefCell<Option<Rc<[Entry]>>> = const { RefCell::new(None) };
}

/// The list of the library, fetched once a document.
pub(super) async fn list() -> Result<Rc<[Entry]>, Failure> {
    if let Some(list) = LIST.with_borrow(Clone::clone) {
        return Ok(list);
    }
    let list: Rc<[Entry]> = catalogue::read(&fetch::plain(catalogue::ADDRESS).await?).into();
    LIST.set(Some(list.clone()));
    Ok(list)
}

/// The article that an id names, by its name of today or a former one.
pub(super) fn find(list: &[Entry], id: ArticleId) -> Option<&Entry> {
    list.iter().find(|entry| entry.ids.contains(&id))
}

/// The page of an article, apart from the document: its root, to be read and cut.
pub(super) async fn page(slug: &str) -> Result<Element, Failure> {
    let href = format!("{}/articles/{slug}", dom::window().location().origin().unwrap_or_default());
    let (page, _) = fetch::page(&href).await?;
    let root = page.document_element().ok_or(Failure::NotAPage)?;
    // A page that says that something went wrong is no article.
    if dom::select(&root, "article.reading[data-slug] .body").is_some() {
        Ok(root)
    } else {
        Err(Failure::NotAPage)
    }
}
