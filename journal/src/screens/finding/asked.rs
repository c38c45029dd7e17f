//! What was asked of the worker and what came of it: not yet anything, an answer, or a trouble that is told in its place.

use crate::{
    protocol::{Command, Trouble},
    screens::{act::warn, desk::Desk, view::prelude::*},
};

/// None until it is answered.
pub type Asked<T> = Option<Result<T, Trouble>>;

/// Asks, and puts what comes of it into a signal, if the screen is still there. What has not changed is not shown anew, so
/// that a recording plays on and the focus stays.
pub fn ask<C: Command + 'static>(desk: Desk, into: RwSignal<Asked<C::Answer>>, command: C)
where
    C::Answer: PartialEq + Send + Sync + 'static,
{
    desk.then(command, move |answer| {
        let answer = Some(answer);
        if into.try_with_untracked(|known| *known != answer) == Some(true) {
            into.set(answer);
        }
    });
}

/// Asks at once, and again whenever something changes in the journal.
pub fn keep_asking<C: Command + Send + Sync + 'static>(desk: Desk, command: C) -> RwSignal<Asked<C::Answer>>
where
    C::Answer: PartialEq + Send + Sync + 'static,
{
    let answer = RwSignal::new(None);
    effect(move || {
        desk.changes.track();
        ask(desk, answer, command.clone());
    });
    answer
}

/// Shows an answer, or that it is waited for, or what went wrong.
pub fn show<T: Clone + Send + Sync + 'static>(
    answer: RwSignal<Asked<T>>,
    view: impl Fn(T) -> View + Send + 'static,
) -> View {
    (move || match answer.get() {
        None => view! { <p class="hint" role="status">"Opening…"</p> },
        Some(Ok(answer)) => view(answer),
        Some(Err(trouble)) => warn(&trouble.told()),
    })
    .into_view()
}
