//! Where a passphrase is typed: it may be seen and pasted, has no rules but one, and leaves the field when it is used.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use zeroize::Zeroize;

use super::strength::{Strength, estimate};
use web_sys::HtmlInputElement;

use crate::{
    protocol::{SuggestPassphrase, Trouble, Why},
    screens::{act::Act, desk::Desk, dom, view::prelude::*, words::OFFERED},
};

/// A field for a passphrase.
#[derive(Clone, Copy)]
pub struct Secret {
    input: NodeRef<HtmlInputElement>,
    shown: RwSignal<bool>,
    strength: RwSignal<Option<Strength>>,
    offered: RwSignal<Option<String>>,
}

impl Secret {
    /// An empty field.
    pub fn new() -> Self {
        Self {
            input: NodeRef::new(),
            shown: RwSignal::new(false),
            strength: RwSignal::new(None),
            offered: RwSignal::new(None),
        }
    }

    /// For the present passphrase.
    pub fn present(self, id: &'static str, label: &'static str) -> View {
        self.field(id, label, "current-password", false)
    }

    /// For a passphrase to be made: says what it would stand against, and offers words.
    ///
    /// It is shown while it is made: it is typed once, and a slip that nobody saw would close the journal for ever.
    pub fn made(self, desk: Desk, id: &'static str, label: &'static str) -> View {
        self.shown.set(true);
        view! {
            {self.field(id, label, "new-password", true)}
            <p class="hint">"You see it, so that no slip of the finger goes into it. If somebody could look over your shoulder, switch “Show” off."</p>
            <p class="strength" aria-live="polite" data-level=move || self.level()>
                {move || self.strength.get().map(Strength::words)}
            </p>
            {self.offer(desk)}
        }
    }

    fn level(self) -> Option<String> {
        self.strength.get().map(|strength| (strength as u8).to_string())
    }

    fn field(self, id: &'static str, label: &'static str, fill: &'static str, weighed: bool) -> View {
        let typed = move |_| {
            if weighed {
                self.weigh();
            }
        };
        view! {
            <div class="secret">
                <label for=id>{label}</label>
                <span class="together">
                    <input
                        node_ref=self.input
                        id=id
                        type=move || if self.shown.get() { "text" } else { "password" }
                        autocomplete=fill
                        autocapitalize="none"
                        spellcheck="false"
                        maxlength="1024"
                        on:input=typed
                    />
                    <button
                        type="button"
                        aria-pressed=move || self.shown.get().to_string()
                        on:click=move |_| self.shown.update(|shown| *shown = !*shown)
                    >
                        "Show"
                    </button>
                </span>
            </div>
        }
    }

    fn offer(self, desk: Desk) -> View {
        let words = self.offered;
        let act = Act::new();
        let suggest = move |_| {
            act.ask(desk, SuggestPassphrase, move |six| words.set(Some(six.0.join(" "))));
        };
        let take = move |_| {
            if let (Some(input), Some(words)) = (self.input.get_untracked(), words.get_untracked()) {
                input.set_value(&words);
                self.shown.set(true);
                self.weigh();
                dom::focus(&input);
            }
        };
        view! {
            <div class="offer">
                {move || words.get().map(|words| {
                    view! {
                        <p class="offered" aria-live="polite">{words}</p>
                        <button type="button" on:click=take>"Use these six words"</button>
                    }
                })}
                <button type="button" disabled=act.busy on:click=suggest>
                    {move || if words.with(Option::is_some) { "Other words" } else { "Suggest six words" }}
                </button>
                {act.told()}
            </div>
        }
    }

    fn weigh(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let mut text = input.value();
        self.strength.set((!text.is_empty()).then(|| estimate(&text)));
        text.zeroize();
    }

    /// Takes the passphrase out of the field, as the bytes that the worker wants.
    ///
    /// # Errors
    /// `Passphrase` if nothing was typed.
    pub fn take(self) -> Result<JsValue, Trouble> {
        self.taken().ok_or_else(|| {
            let offered = self.offered.with_untracked(Option::is_some);
            Trouble::new(Why::Passphrase, if offered { OFFERED } else { "nothing was typed" })
        })
    }

    /// The same, where the field may be left empty.
    pub fn taken(self) -> Option<JsValue> {
        let input = self.input.get_untracked()?;
        let mut text = input.value();
        input.set_value("");
        self.strength.set(None);
        let mut bytes = dom::nfkc(&text);
        text.zeroize();
        let taken = (!bytes.is_empty()).then(|| Uint8Array::from(bytes.as_slice()).into());
        bytes.zeroize();
        taken
    }
}
