//! The crate from outside, one module a promise. One binary, because linking takes longer than running.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod anything;
mod broken;
mod front;
mod hostile;
mod library;
mod own_articles;
mod reading;
mod recognition;
mod rendering;
