//! What makes the journal the keeper's own: how safe this copy is, backup and restore, the ways in, the safety plan, settings.

mod backup;
mod exchange;
pub mod files;
mod meter;
mod plan;
pub mod restore;
mod safety;
mod settings;
mod ways;

use super::desk::Desk;
use crate::screens::view::prelude::*;

pub use plan::read_plan;
pub use safety::safety;
pub use settings::settings;

/// How safe this copy is, and what makes it safer.
pub fn own(desk: Desk) -> View {
    view! {
        <div class="own">
            <h1>"Keep it safe"</h1>
            {meter::meter(desk)}
            {backup::backup(desk)}
            {restore::inside(desk)}
            {exchange::exchange(desk)}
        </div>
    }
}
