//! Handing on: a passage, a handout, a poster.

pub mod fragment;
pub mod message;
pub mod qr;
