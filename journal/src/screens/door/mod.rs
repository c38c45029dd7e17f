//! What stands outside and around the lock: the first minute, unlocking, locking, leaving quickly, the recovery phrase.

mod bar;
mod first;
mod lost;
pub mod passkey;
mod phrase;
pub mod recall;
pub mod secret;
mod strength;
mod unlock;
mod waiting;
mod watch;
mod wipe;

use super::desk::Desk;
use crate::{protocol::Door, screens::view::prelude::*};

pub use bar::bar;
pub use phrase::phrase;
pub use waiting::waiting;
pub use watch::{persist, warning, watch};
pub use wipe::wipe;

/// What is in front of the door.
pub fn outside(desk: Desk, door: Door) -> View {
    let waits = desk.asked.with_untracked(Option::is_some) && matches!(door, Door::Nothing | Door::Locked(_));
    let waits = waits.then(
        || view! { <p class="brought">"What you came with waits here until your journal is open."</p> },
    );
    let door = match door {
        Door::Nothing => first::first(desk),
        Door::Evicted => lost::evicted(desk),
        Door::Locked(locked) => unlock::unlock(desk, *locked),
        Door::Shut(trouble) => lost::shut(desk, trouble),
        // It is looked at as open and entered at once.
        Door::Open(_) => ().into_view(),
    };
    view! { {waits}{door} }
}
