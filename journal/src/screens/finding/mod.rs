//! How what was written is found again: the timeline, one thing to read, its earlier states, what was deleted, the calendar, the
//! search.
//!
//! What these screens share, as the filter that is set and the words that are looked for, lives in [`state`], in memory, and ends
//! with the lock.

mod asked;
mod calendar;
mod differing;
mod filters;
mod help;
mod history;
mod home;
mod line;
mod notices;
mod read;
mod results;
mod search;
mod state;
mod timeline;
mod trash;
mod waiting;

pub use calendar::calendar;
pub use history::history;
pub use home::home;
pub use read::read;
pub use search::search;
pub use state::settle;
pub use trash::trash;
pub use waiting::{begin_asked, in_no_backup, unsaved};
