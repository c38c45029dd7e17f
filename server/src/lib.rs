//! Serves the library: content on disk to pages on the wire.
//!
//! - [`config`]: everything an operator can set, in one struct;
//! - [`library`]: the content folder in memory, watched and swapped whole;
//! - [`web`]: the router and all that stands around it;
//! - [`errors`]: which error type is used where;
//! - [`commands`]: what the program `doorway` does, so that `main.rs` holds nothing.

pub mod commands;
pub mod config;
pub mod errors;
pub mod library;
pub mod web;
