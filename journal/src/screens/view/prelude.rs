//! What nearly every screen uses: views, and the signals of Leptos that they live on.

pub use reactive_graph::{
    computed::Memo,
    effect::Effect,
    owner::{LocalStorage, StoredValue, on_cleanup},
    prelude::*,
    signal::RwSignal,
    wrappers::read::Signal,
};
pub use view::view;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

pub use super::{IntoView, NodeRef, View};

/// Acts soon, and again whenever a signal in it has changed, as long as the screen is shown.
pub fn effect(act: impl FnMut() + 'static) {
    // One piece of code for all of them.
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_: Option<()>| act());
}

/// The element that an event happened to.
pub fn event_target<E: JsCast>(event: &Event) -> E {
    event.target().expect("what a listener hears happened to something").unchecked_into()
}

/// What is typed or chosen in the control that an event happened to.
pub fn event_target_value(event: &Event) -> String {
    // Text areas and selections have the same property by the same name.
    event_target::<HtmlInputElement>(event).value()
}

/// Whether the box that an event happened to is ticked.
pub fn event_target_checked(event: &Event) -> bool {
    event_target::<HtmlInputElement>(event).checked()
}
