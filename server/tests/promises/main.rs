//! What the server promises, each promise a sentence, against the real router or the real program.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

mod answers;
mod api;
mod assets;
mod cards;
mod checks;
mod clinic;
mod failures;
mod feeds;
mod headers;
mod house;
mod infobutton;
mod journal;
mod oembed;
mod packs;
mod pages;
mod paper;
mod pictures;
mod privacy;
mod program;
mod search;
mod settings;
mod shelf;
