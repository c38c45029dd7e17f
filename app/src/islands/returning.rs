//! Coming back to an article: go on where you stopped, and what has changed since.
//!
//! What was read is known to this device only: for each article the hash of every section as it was, and the section in
//! which the reader stopped. The server renders the place; it stays empty until there is something to say.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod memory;

/// The notice for a reader who comes back.
#[component]
pub fn Returning() -> impl IntoView {
    let resume = RwSignal::new(None::<(String, String)>);
    let changed = RwSignal::new(Vec::<(String, String)>::new());
    #[cfg(feature = "hydrate")]
    {
        Effect::new(move || {
            if let Some(past) = memory::recall() {
                resume.set(past.stopped);
                changed.set(past.changed);
            }
            memory::keep();
        });
        memory::watch();
    }
    let nothing = move || resume.with(Option::is_none) && changed.with(Vec::is_empty);
    let links = move || {
        let links = changed.get().into_iter();
        links
            .map(|(anchor, title)| view! { <li><a href=format!("#{anchor}")>{title}</a></li> })
            .collect_view()
    };
    view! {
        <div class="notice" role="status" hidden=nothing>
            <p hidden=move || resume.with(Option::is_none)>
                "You stopped at "
                <a href=move || resume.get().map(|(anchor, _)| format!("#{anchor}"))>{move || resume.get().map(|(_, title)| title)}</a>
                "."
            </p>
            <div hidden=move || changed.with(Vec::is_empty)>
                <p>"Changed since you last read this:"</p>
                <ul>{links}</ul>
            </div>
            <button type="button" on:click=move |_| { resume.set(None); changed.set(Vec::new()); }>"Close"</button>
        </div>
    }
}
