//! JSON: read into a tree and written from it, and types that are made of trees and become trees.
//!
//! The tree is `serde_json`'s; the rest is ours, because what serde makes of a type is compiled for each type anew, twice, and was
//! a tenth of the keeper's client. Here each field is one call.

mod number;
mod read;
mod write;

pub use read::{Fault, read};
pub use write::{write, write_pretty};

/// A type that has JSON.
pub trait Json: Sized {
    /// As JSON.
    fn to_value(&self) -> Value;

    /// From JSON; `None` if it is not that of such a type.
    fn from_value(value: Value) -> Option<Self>;
}

/// The fields of an object.
#[derive(Default)]
pub struct Fields(pub Object);

impl Fields {
    /// Those of a value.
    pub fn of(value: Value) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(Self(fields)),
            _ => None,
        }
    }

    /// Adds one.
    #[inline(never)]
    pub fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Takes one out; what is not there is nothing.
    pub fn take<T: Json>(&mut self, name: &str) -> Option<T> {
        T::from_value(self.remove(name).unwrap_or_default())
    }

    /// Takes one out that need not be there.
    pub fn take_or_default<T: Json + Default>(&mut self, name: &str) -> Option<T> {
        match self.remove(name) {
            Some(value) => T::from_value(value),
            None => Some(T::default()),
        }
    }

    /// Once in the program and not once for each type.
    #[inline(never)]
    fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }
}

/// A value under a name: one of several.
pub fn one_of(name: &str, value: Value) -> Value {
    let mut fields = Fields::default();
    fields.put(name, value);
    Value::Object(fields.0)
}

/// Which of several it is, and its value. A name alone has none.
pub fn which(value: Value) -> Option<(String, Value)> {
    match value {
        Value::String(name) => Some((name, Value::Null)),
        Value::Object(fields) if fields.len() == 1 => fields.into_iter().next(),
        _ => None,
    }
}

/// The place of a value among names.
pub fn place(names: &[&str], value: &Value) -> Option<usize> {
    let name = value.as_str()?;
    names.iter().position(|one| *one == name)
}

/// A name as records have it: `mediaType` of `media_type`.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut parts = name.split('_');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (first, rest) = part.split_at(1);
        out.push(char::from(first.as_bytes()[0].to_ascii_uppercase()));
        out.push_str(rest);
    }
    out
}

/// Says that a struct is an object of these fields. With `default`, none of them need be there.
#[macro_export]
macro_rules! json_fields {
    ($name:ident { $($field:ident),* $(,)? }) => {
        $crate::json_fields!(@ take $name { $($field),* });
    };
    (default $name:ident { $($field:ident),* $(,)? }) => {
        $crate::json_fields!(@ take_or_default $name { $($field),* });
    };
    (@ $take:ident $name:ident { $($field:ident),* }) => {
        impl $crate::json::Json for $name {
            fn to_value(&self) -> $crate::json::Value {
                let mut fields = $crate::json::Fields::default();
                $(fields.put(stringify!($field), self.$field.to_value());)*
                $crate::json::Value::Object(fields.0)
            }

            fn from_value(value: $crate::json::Value) -> Option<Self> {
                let mut fields = $crate::json::Fields::of(value)?;
                Some(Self { $($field: fields.$take(stringify!($field))?,)* })
            }
        }
    };
}

/// Says that a type without content is nothing.
#[macro_export]
macro_rules! json_nothing {
    ($($name:ident),* $(,)?) => {
        $(
            impl $crate::json::Json for $name {
                fn to_value(&self) -> $crate::json::Value {
                    $crate::json::Value::Null
                }

                fn from_value(value: $crate::json::Value) -> Option<Self> {
                    value.is_null().then_some(Self)
                }
            }
        )*
    };
}

/// Defines an enum without content that is a word: the variant's own name, or the one that is given.
#[macro_export]
macro_rules! json_words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident $(= $word:literal)?),* $(,)?
    }) => {
        $(#[$meta])*
        $vis enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $crate::json::Json for $name {
            fn to_value(&self) -> $crate::json::Value {
                let word = match self {
                    $(Self::$variant => $crate::json_words!(@ $variant $($word)?),)*
                };
                word.into()
            }

            fn from_value(value: $crate::json::Value) -> Option<Self> {
                let words = [$($crate::json_words!(@ $variant $($word)?)),*];
                [$(Self::$variant),*].get($crate::json::place(&words, &value)?).copied()
            }
        }
    };
    (@ $variant:ident) => { stringify!($variant) };
    (@ $variant:ident $word:literal) => { $word };
}

/// Says that an enum is one of several: first those that hold nothing, then those that hold one thing, then those with fields.
#[macro_export]
macro_rules! json_one_of {
    ($name:ident {
        $($bare:ident),*; $($with:ident),*; $($many:ident { $($field:ident),* }),*
    }) => {
        impl $crate::json::Json for $name {
            fn to_value(&self) -> $crate::json::Value {
                match self {
                    $(Self::$bare => stringify!($bare).into(),)*
                    $(Self::$with(content) => $crate::json::one_of(stringify!($with), content.to_value()),)*
                    $(Self::$many { $($field),* } => {
                        let mut fields = $crate::json::Fields::default();
                        $(fields.put(stringify!($field), $field.to_value());)*
                        $crate::json::one_of(stringify!($many), $crate::json::Value::Object(fields.0))
                    })*
                }
            }

            fn from_value(value: $crate::json::Value) -> Option<Self> {
                let (name, value) = $crate::json::which(value)?;
                match name.as_str() {
                    $(stringify!($bare) => value.is_null().then_some(Self::$bare),)*
                    $(stringify!($with) => Some(Self::$with($crate::json::Json::from_value(value)?)),)*
                    $(stringify!($many) => {
                        let mut fields = $crate::json::Fields::of(value)?;
                        Some(Self::$many { $($field: fields.take(stringify!($field))?),* })
                    })*
                    _ => None,
                }
            }
        }
    };
}

/// Says that a type is a text, as it shows itself and is read.
macro_rules! json_text {
    ($($name:ident),*) => {
        $(
            impl $crate::json::Json for $name {
                fn to_value(&self) -> $crate::json::Value {
                    self.to_string().into()
                }

                fn from_value(value: $crate::json::Value) -> Option<Self> {
                    value.as_str()?.parse().ok()
                }
            }
        )*
    };
}
pub(crate) use json_text as text;

pub use crate::{
    json_fields as fields, json_nothing as nothing, json_one_of as variants, json_words as words,
};
pub use serde_json::Value;

/// The fields of an object as they are.
pub type Object = serde_json::Map<String, Value>;

macro_rules! whole {
    ($($number:ident),*) => {
        $(
            impl Json for $number {
                fn to_value(&self) -> Value {
                    (*self).into()
                }

                fn from_value(value: Value) -> Option<Self> {
                    value.as_u64()?.try_into().ok()
                }
            }
        )*
    };
}

whole!(u8, u16, u32, u64, usize);

impl Json for f64 {
    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn from_value(value: Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Json for bool {
    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn from_value(value: Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Json for String {
    fn to_value(&self) -> Value {
        self.as_str().into()
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Json for () {
    fn to_value(&self) -> Value {
        Value::Null
    }

    fn from_value(value: Value) -> Option<Self> {
        value.as_null()
    }
}

impl<T: Json> Json for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn from_value(value: Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::from_value(value).map(Some) }
    }
}

impl<T: Json> Json for Box<T> {
    fn to_value(&self) -> Value {
        T::to_value(self)
    }

    fn from_value(value: Value) -> Option<Self> {
        T::from_value(value).map(Box::new)
    }
}

impl<T: Json> Json for Vec<T> {
    fn to_value(&self) -> Value {
        Value::Array(self.iter().map(T::to_value).collect())
    }

    fn from_value(value: Value) -> Option<Self> {
        let Value::Array(members) = value else { return None };
        let mut all = Self::with_capacity(members.len());
        for member in members {
            all.push(T::from_value(member)?);
        }
        Some(all)
    }
}

impl<A: Json, B: Json> Json for (A, B) {
    fn to_value(&self) -> Value {
        Value::Array(vec![self.0.to_value(), self.1.to_value()])
    }

    fn from_value(value: Value) -> Option<Self> {
        let [first, second] = members(value)?;
        Some((A::from_value(first)?, B::from_value(second)?))
    }
}

impl<A: Json, B: Json, C: Json> Json for (A, B, C) {
    fn to_value(&self) -> Value {
        Value::Array(vec![self.0.to_value(), self.1.to_value(), self.2.to_value()])
    }

    fn from_value(value: Value) -> Option<Self> {
        let [first, second, third] = members(value)?;
        Some((A::from_value(first)?, B::from_value(second)?, C::from_value(third)?))
    }
}

fn members<const N: usize>(value: Value) -> Option<[Value; N]> {
    match value {
        Value::Array(members) => members.try_into().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
