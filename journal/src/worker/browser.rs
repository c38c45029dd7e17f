//! What a worker needs of the browser: time, randomness, waiting, and posting letters. Nothing here knows the journal.

use std::cell::Cell;

use journal::Moment;
use js_sys::{Array, Date, Function, Object, Promise, Reflect};
use rand_core::{TryCryptoRng, TryRng};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;

use crate::wire::Letter;

/// This worker.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Sends a letter to the page. A page that is gone hears nothing, and nothing is lost by that.
pub fn post(letter: Letter) {
    let (message, handed) = letter.into_message();
    scope().post_message_with_transfer(&message, &handed).ok();
}

/// Waits for some milliseconds. With 0, lets letters in.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).ok();
    });
    // Nothing rejects this promise.
    JsFuture::from(promise).await.ok();
}

/// Calls a method of the browser that has no binding.
///
/// # Errors
/// What it throws, or what is there in its place.
pub fn call(on: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(on, &name.into())?.dyn_into()?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    Reflect::apply(&method, on, &list)
}

/// The same for a method that answers later.
///
/// # Errors
/// What it throws or rejects with.
pub async fn call_later(on: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(call(on, name, arguments)?.dyn_into::<Promise>()?).await
}

/// A part of the browser below an object, such as `navigator.locks`; nothing where it does not have it.
pub fn part(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|part| !part.is_undefined() && !part.is_null())
}

/// An object of names and values.
pub fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes any field.
        Reflect::set(&object, &(*name).into(), value).ok();
    }
    object
}

/// The device's clock. It never runs backwards while the worker lives: set back, it stands still until it is caught up, so
/// that what was written later is not dated earlier.
#[derive(Debug, Default)]
pub struct Clock(Cell<f64>);

impl Clock {
    /// Milliseconds since 1970 UTC.
    pub fn milliseconds(&self) -> u64 {
        self.0.set(self.0.get().max(Date::now()));
        self.0.get() as u64
    }

    /// Now, with the offset that holds here.
    pub fn now(&self) -> Moment {
        let milliseconds = self.milliseconds() as i64;
        let behind = Date::new_0().get_timezone_offset() as i16;
        Moment::new(milliseconds, -behind)
            .or_else(|_| Moment::new(0, 0))
            .expect("the beginning of 1970 is a moment")
    }
}

/// The platform's randomness. Where there is none the worker ends, before anything is named or sealed with what is not random.
#[derive(Clone, Copy, Debug, Default)]
pub struct Random;

impl TryRng for Random {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        if getrandom::fill(out).is_err() {
            // What is no letter tells the page that nothing else will come of this worker.
            scope().post_message(&Array::new()).ok();
            wasm_bindgen::throw_str("this browser gives no randomness");
        }
        Ok(())
    }
}

impl TryCryptoRng for Random {}

/// Milliseconds since the worker began, fine enough to measure with.
pub fn elapsed() -> f64 {
    let now = part(&js_sys::global(), "performance").and_then(|clock| call(&clock, "now", &[]).ok());
    now.and_then(|now| now.as_f64()).unwrap_or_else(Date::now)
}
