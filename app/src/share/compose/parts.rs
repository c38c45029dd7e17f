//! The parts of articles in the composer: fetched when something of an article is chosen or looked at, so that they can be
//! named and chosen.

use leptos::task::spawn_local;
use pack::{Item, SectionId};

use super::{Composer, articles, show, with};
use crate::share::{
    composer::{Choice, Line, Parts},
    extract::{self, Part},
};

/// The parts of an article, as far as they are here.
pub(super) enum Fetched {
    Coming,
    Unreachable,
    Here(Vec<Part>),
}

/// Folds the parts of an item out or in.
pub(super) fn fold(at: usize) {
    with(|composer| {
        let Some(article) = composer.draft.pack().items.get(at).map(|item| item.article) else { return };
        match composer.unfolded.iter().position(|other| *other == article) {
            Some(at) => drop(composer.unfolded.remove(at)),
            None => composer.unfolded.push(article),
        }
    });
    show();
}

/// Tries again what could not be fetched.
pub(super) fn again() {
    with(|composer| composer.parts.retain(|(_, parts)| !matches!(parts, Fetched::Unreachable)));
    show();
}

/// Fetches the parts of every item that needs them and has none yet.
pub(super) fn fetch() {
    let wanted = with(|composer| {
        let mut wanted: Vec<String> = Vec::new();
        for item in &composer.draft.pack().items {
            let needed = !item.sections.is_empty() || composer.unfolded.contains(&item.article);
            let entry = articles::find(&composer.list, item.article).filter(|_| needed);
            if let Some(slug) = entry.map(|entry| &entry.slug)
                && !composer.parts.iter().any(|(known, _)| known == slug)
                && !wanted.contains(slug)
            {
                wanted.push(slug.clone());
            }
        }
        composer.parts.extend(wanted.iter().map(|slug| (slug.clone(), Fetched::Coming)));
        wanted
    });
    for slug in wanted.unwrap_or_default() {
        spawn_local(async move {
            let fetched = match articles::page(&slug).await {
                Ok(page) => Fetched::Here(extract::parts(&page)),
                Err(_) => Fetched::Unreachable,
            };
            with(|composer| {
                if let Some((_, parts)) = composer.parts.iter_mut().find(|(known, _)| *known == slug) {
                    *parts = fetched;
                }
            });
            show();
        });
    }
}

impl Composer {
    /// The parts of an item's article, where they are here.
    pub(super) fn parts_of(&self, at: usize) -> Option<&[Part]> {
        match self.fetched(self.draft.pack().items.get(at)?)? {
            Fetched::Here(parts) => Some(parts),
            Fetched::Coming | Fetched::Unreachable => None,
        }
    }

    fn fetched(&self, item: &Item) -> Option<&Fetched> {
        let slug = &articles::find(&self.list, item.article)?.slug;
        Some(&self.parts.iter().find(|(known, _)| known == slug)?.1)
    }

    /// An item as it is shown.
    pub(super) fn line(&self, at: usize) -> Line {
        let item = &self.draft.pack().items[at];
        let is_chosen = |part: &Part| item.sections.contains(&part.id);
        let choice = |part: &Part| Choice {
            key: key_of(part.id),
            title: part.title.clone(),
            kind: part.kind.clone(),
            level: part.level,
            chosen: is_chosen(part),
        };
        let parts = match self.fetched(item) {
            None | Some(Fetched::Coming) => Parts::Coming,
            Some(Fetched::Unreachable) => Parts::Unreachable,
            // A heading and the block that it names would be one choice twice.
            Some(Fetched::Here(parts)) => Parts::Here(
                parts.iter().filter(|part| !part.is_its_heading || is_chosen(part)).map(choice).collect(),
            ),
        };
        Line {
            title: articles::find(&self.list, item.article).map(|entry| entry.title.clone()),
            depth: item.depth,
            chosen: item.sections.len(),
            open: self.unfolded.contains(&item.article),
            parts,
        }
    }
}

/// The names of sections in attributes: their ids in hex digits.
pub(super) fn key_of(id: SectionId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}
