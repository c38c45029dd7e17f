//! How a letter looks on the way between page and worker: an array of what it is, which command it is about, its JSON as a
//! `Uint8Array`, and what lies beside. Buffers are handed over and not copied, so that no second copy of a secret stays.

use journal::json::{self, Json, Value};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::protocol::{Trouble, Why};

/// What a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The page asks.
    Ask = 0,
    /// The page does not need the answer any more.
    Cancel = 1,
    /// The worker answers.
    Answer = 2,
    /// The worker could not.
    Trouble = 3,
    /// Something happened.
    Event = 4,
}

/// A letter.
#[derive(Debug)]
pub struct Letter {
    /// What it is.
    pub what: What,
    /// The number of the command, counted by the page; 0 for an event.
    pub ask: u32,
    /// The JSON of a command, an answer, a trouble or an event.
    pub json: Vec<u8>,
    /// What lies beside: bytes as `Uint8Array`s, or a `Blob`.
    pub beside: Vec<JsValue>,
}

impl Letter {
    /// A letter with nothing beside.
    pub fn new(what: What, ask: u32, content: &impl Json) -> Self {
        Self::of(what, ask, content.to_value())
    }

    /// Once in the program and not once for each type.
    #[inline(never)]
    fn of(what: What, ask: u32, content: Value) -> Self {
        Self { what, ask, json: json::write(&content).into_bytes(), beside: Vec::new() }
    }

    /// The same with something beside.
    pub fn with(mut self, beside: Vec<JsValue>) -> Self {
        self.beside = beside;
        self
    }

    /// What is inside.
    ///
    /// # Errors
    /// `Worker` if the other side is of another build.
    pub fn read<T: Json>(&self) -> Result<T, Trouble> {
        json::read(&self.json).ok().and_then(T::from_value).ok_or_else(other_build)
    }

    /// As a message, and the buffers to hand over with it.
    pub fn into_message(self) -> (Array, Array) {
        let json = Uint8Array::from(self.json.as_slice());
        let message = Array::of3(&(self.what as u32).into(), &self.ask.into(), &json);
        let handed = Array::of1(&json.buffer());
        for beside in self.beside {
            if let Some(bytes) = beside.dyn_ref::<Uint8Array>() {
                handed.push(&bytes.buffer());
            }
            message.push(&beside);
        }
        (message, handed)
    }

    /// From a message.
    ///
    /// # Errors
    /// `Worker` if it is no letter of this build.
    pub fn from_message(message: &JsValue) -> Result<Self, Trouble> {
        let message: &Array = message.dyn_ref().ok_or_else(other_build)?;
        let number = |at| message.get(at).as_f64().map(|number| number as u32).ok_or_else(other_build);
        let what = [What::Ask, What::Cancel, What::Answer, What::Trouble, What::Event]
            .into_iter()
            .find(|&what| number(0) == Ok(what as u32))
            .ok_or_else(other_build)?;
        let json = message.get(2).dyn_into::<Uint8Array>().map_err(|_| other_build())?;
        Ok(Self { what, ask: number(1)?, json: json.to_vec(), beside: message.iter().skip(3).collect() })
    }
}

fn other_build() -> Trouble {
    Trouble::new(Why::Worker, "the page and its worker do not understand each other")
}
