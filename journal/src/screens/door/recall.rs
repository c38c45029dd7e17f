//! Where the 24 words are typed or pasted: says how many there are, which are not of the list, and offers to end the last one.

use js_sys::Uint8Array;
use vault::{PHRASE_WORDS, RecoveryPhrase};
use wasm_bindgen::JsValue;
use zeroize::Zeroize;

use web_sys::HtmlTextAreaElement;

use crate::{
    protocol::{Trouble, Why},
    screens::{dom, view::prelude::*},
};

/// A field for the recovery phrase.
#[derive(Clone, Copy)]
pub struct Recall {
    input: NodeRef<HtmlTextAreaElement>,
    typed: RwSignal<Typed>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    count: usize,
    unknown: Option<String>,
    endings: Vec<&'static str>,
}

impl Recall {
    /// An empty field.
    pub fn new() -> Self {
        Self { input: NodeRef::new(), typed: RwSignal::default() }
    }

    /// The field.
    pub fn view(self) -> View {
        let told = move || {
            let typed = self.typed.get();
            match typed.unknown {
                Some(word) => format!("“{word}” is not one of the words. Look at its letters again."),
                None => format!("{} of {PHRASE_WORDS} words", typed.count),
            }
        };
        let endings = move || {
            let endings = self.typed.with(|typed| typed.endings.clone());
            endings
                .into_iter()
                .map(|word| view! { <button type="button" on:click=move |_| self.end(word)>{word}</button> })
                .collect::<Vec<_>>()
        };
        view! {
            <div class="recall">
                <label for="recall">"Your 24 words, in their order"</label>
                <textarea
                    node_ref=self.input
                    id="recall"
                    rows="4"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="1024"
                    aria-describedby="recall-count"
                    on:input=move |_| self.look()
                ></textarea>
                <p class="endings">{endings}</p>
                <p id="recall-count" class="facts" aria-live="polite">{told}</p>
            </div>
        }
    }

    fn look(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let mut text = input.value();
        let whole = text.ends_with(char::is_whitespace);
        let mut lower = text.to_lowercase();
        let words = words_of(&lower);
        let (ended, last) = match words.split_last() {
            Some((last, before)) if !whole => (before, Some(*last)),
            _ => (words.as_slice(), None),
        };
        let unknown = ended.iter().find(|word| !RecoveryPhrase::knows(word)).map(|word| (*word).to_owned());
        let mut endings =
            last.filter(|last| last.len() >= 2).map(RecoveryPhrase::words_from).unwrap_or_default();
        endings.truncate(4);
        self.typed.set(Typed { count: words.len(), unknown, endings });
        text.zeroize();
        lower.zeroize();
    }

    fn end(self, word: &str) {
        let Some(input) = self.input.get_untracked() else { return };
        let mut text = input.value();
        let before = text.trim_end_matches(|letter: char| !letter.is_whitespace()).len();
        text.truncate(before);
        text.push_str(word);
        text.push(' ');
        input.set_value(&text);
        text.zeroize();
        dom::focus(&input);
        self.look();
    }

    /// Takes the words out of the field, as the bytes that the worker wants. What is no phrase stays, for the one word to be put
    /// right that is wrong.
    ///
    /// # Errors
    /// Those of [`Recall::read`].
    pub fn take(self) -> Result<JsValue, Trouble> {
        let words = self.read()?;
        self.clear();
        Ok(words)
    }

    /// Empties the field.
    pub fn clear(self) {
        if let Some(input) = self.input.get_untracked() {
            input.set_value("");
        }
        self.typed.set(Typed::default());
    }

    /// The words, as the bytes that the worker wants, and leaves them in the field.
    ///
    /// # Errors
    /// `NotAPhrase` unless there are 24 words of the list and their checksum fits.
    pub fn read(self) -> Result<JsValue, Trouble> {
        let wrong = || Trouble::new(Why::NotAPhrase, "not a phrase");
        let input = self.input.get_untracked().ok_or_else(wrong)?;
        let mut text = input.value();
        let mut words = words_of(&text).join(" ");
        text.zeroize();
        let read = RecoveryPhrase::parse(&words).is_ok().then(|| Uint8Array::from(words.as_bytes()).into());
        words.zeroize();
        read.ok_or_else(wrong)
    }
}

/// The words that were typed, without the numbers and signs of a list that was pasted.
fn words_of(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| !word.is_empty()).collect()
}
