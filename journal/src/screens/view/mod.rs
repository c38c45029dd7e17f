//! What screens are made of: one type of view, whatever it shows, so that the code that puts views into the page is there once. They are
//! written in Leptos's notation ([`view!`]) and live on its signals.
//!
//! A view is a description. [`page`] puts it into the page, and when a closure in it has run again, brings the page to what it
//! says now: an element of the same template stays, with its focus and what was typed, and only what its holes hold is
//! changed.

mod node_ref;
mod page;
pub mod prelude;

use std::{borrow::Cow, fmt::Display};

use reactive_graph::{computed::Memo, signal::RwSignal, traits::Get, wrappers::read::Signal};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

pub use node_ref::NodeRef;
pub use page::show;

/// Something that can be shown.
#[derive(Default)]
pub enum View {
    /// Nothing at all.
    #[default]
    Nothing,
    /// A text, never read as HTML.
    Text(Cow<'static, str>),
    /// What `view!` was given.
    Made(&'static str, Box<[Hole]>),
    /// One after another.
    Many(Vec<Self>),
    /// What this gives, and again whenever a signal in it changes.
    Live(Box<dyn FnMut() -> Self>),
}

impl View {
    /// A template with what is in its holes, as `view!` divides them.
    pub fn made(template: &'static str, holes: Box<[Hole]>) -> Self {
        Self::Made(template, holes)
    }
}

/// What stands in a hole of a template.
pub enum Hole {
    /// The value of an attribute.
    Attribute(Value),
    /// The value of a property.
    Property(Value),
    /// Whether the element has a class.
    Class(Value),
    /// What happens at an event.
    Listener(Listener),
    /// What wants to know the element.
    NodeRef(NodeRef<Element>),
    /// A view.
    Child(View),
}

/// What is called at an event.
pub type Listener = Box<dyn FnMut(Event)>;

/// What `view!` calls, named as its notation is.
impl Hole {
    pub fn attribute(value: impl IntoValue) -> Self {
        Self::Attribute(value.into_value())
    }

    pub fn property(value: impl IntoValue) -> Self {
        Self::Property(value.into_value())
    }

    pub fn class(value: impl IntoValue) -> Self {
        Self::Class(value.into_value())
    }

    pub fn listener<E: JsCast>(mut act: impl FnMut(E) + 'static) -> Self {
        Self::Listener(Box::new(move |event| act(event.unchecked_into())))
    }

    pub fn node_ref<E>(place: NodeRef<E>) -> Self {
        Self::NodeRef(place.untyped())
    }

    pub fn child(view: impl IntoView) -> Self {
        Self::Child(view.into_view())
    }
}

/// What an attribute, a property or a class is.
pub enum Value {
    /// Not there; `false`.
    Not,
    /// There, without more; `true`.
    Is,
    /// This text.
    Text(Cow<'static, str>),
    /// What this gives, and again whenever a signal in it changes.
    Live(Box<dyn FnMut() -> Self>),
}

/// What can be shown.
pub trait IntoView {
    /// As a view.
    fn into_view(self) -> View;
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::Nothing
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::Text(self.into())
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::Text(self.into())
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or(View::Nothing, V::into_view)
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        View::Many(self.into_iter().map(V::into_view).collect())
    }
}

impl<F, V> IntoView for F
where
    F: FnMut() -> V + 'static,
    V: IntoView,
{
    fn into_view(mut self) -> View {
        View::Live(Box::new(move || self().into_view()))
    }
}

/// What an attribute, a property or a class can be.
pub trait IntoValue {
    /// As a value.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::Is } else { Value::Not }
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

impl<V: IntoValue> IntoValue for Option<V> {
    fn into_value(self) -> Value {
        self.map_or(Value::Not, V::into_value)
    }
}

impl<F, V> IntoValue for F
where
    F: FnMut() -> V + 'static,
    V: IntoValue,
{
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_value()))
    }
}

/// What is shown and said by its digits.
macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl IntoView for $number {
            fn into_view(self) -> View {
                digits(&self).into_view()
            }
        }

        impl IntoValue for $number {
            fn into_value(self) -> Value {
                digits(&self).into_value()
            }
        }
    )*};
}

numbers!(u8 u16 u32 usize i32);

fn digits(number: &dyn Display) -> String {
    number.to_string()
}

/// What is shown and said by the value that it holds now.
macro_rules! signals {
    ($($signal:ident)*) => {$(
        impl<T: IntoView + Clone + Send + Sync + 'static> IntoView for $signal<T> {
            fn into_view(self) -> View {
                (move || self.get()).into_view()
            }
        }

        impl<T: IntoValue + Clone + Send + Sync + 'static> IntoValue for $signal<T> {
            fn into_value(self) -> Value {
                (move || self.get()).into_value()
            }
        }
    )*};
}

signals!(Memo RwSignal Signal);
