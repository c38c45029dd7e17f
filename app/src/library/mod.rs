//! The reading rooms: one file a page or a kind of page.

pub(crate) mod api;
pub(crate) mod article;
mod aside;
pub(crate) mod authors;
pub(crate) mod categories;
pub(crate) mod crisis;
pub(crate) mod failure;
mod filters;
pub(crate) mod glossary;
pub(crate) mod home;
pub(crate) mod index;
pub(crate) mod infobutton;
pub(crate) mod packs;
pub(crate) mod paths;
pub(crate) mod site_page;
pub(crate) mod topics;
