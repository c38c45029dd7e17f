//! What a keeper sees. Screens ask the worker and show what it answers; they know no key and no store.
//!
//! [`desk`] is what every screen is handed: the line to the worker, how far the door is open, where the keeper is. [`place`] names
//! every screen. `door/` is what stands outside and around the lock, `writing/` what is written, `finding/` how it is found again,
//! `own/` what makes it the keeper's own, `exchange/` what goes out and comes in, `reader/` what reads a backup by itself.

mod act;
mod attachments;
mod dates;
mod desk;
mod dom;
mod door;
#[cfg(feature = "exchange")]
pub mod exchange;
mod finding;
mod frame;
mod markdown;
mod now;
mod own;
mod place;
#[cfg(feature = "exchange")]
pub mod reader;
mod soon;
mod view;
mod widgets;
mod words;
mod writing;

use desk::Desk;

use crate::screens::view::prelude::*;

/// Shows the journal in its page.
pub fn open() {
    let Some(room) = dom::by_id("journal") else { return };
    room.set_text_content(None);
    let desk = Desk::new();
    view::show(&room, move || frame::view(desk)).stay();
    desk.start();
}
