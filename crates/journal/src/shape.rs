//! How the types of this crate become JSON: the same rules for all, written once.

use crate::json::{Fields, Json, Object, Value, camel};

/// Fields that this version does not know. They are written back as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More(pub Object);

/// A field of a part of a record, whatever its type: what it takes to read and write all of them in one place.
pub(crate) trait Field {
    /// Its JSON; `None` if it says nothing and so need not be written.
    fn told(&self) -> Option<Value>;

    /// Takes what is said of it; `None` if that is not of its type.
    fn take(&mut self, value: Value) -> Option<()>;
}

impl<T: Json + Default + PartialEq> Field for T {
    fn told(&self) -> Option<Value> {
        (*self != T::default()).then(|| self.to_value())
    }

    fn take(&mut self, value: Value) -> Option<()> {
        *self = T::from_value(value)?;
        Some(())
    }
}

/// Adds fields to an object, under their names in camel case.
pub(crate) fn tell(fields: &mut Fields, own: &[(&str, &dyn Field)]) {
    for (name, field) in own {
        if let Some(value) = field.told() {
            fields.put(&camel(name), value);
        }
    }
}

/// Takes fields out of an object; what is not there stays as it is.
pub(crate) fn take(fields: &mut Fields, own: &mut [(&str, &mut dyn Field)]) -> Option<()> {
    for (name, field) in own {
        if let Some(value) = fields.0.remove(&camel(name)) {
            field.take(value)?;
        }
    }
    Some(())
}

/// A part of a record: names in camel case, what says nothing left out, what is unknown kept. Fields under `@needs` must be
/// there.
macro_rules! shape {
    (
        $(#[$outer:meta])*
        $name:ident {
            $(@needs { $($(#[$need_doc:meta])* $need:ident: $need_type:ty,)+ })?
            $($(#[$doc:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($($(#[$need_doc])* pub $need: $need_type,)+)?
            $(
                $(#[$doc])*
                pub $field: $type,
            )*
            /// Fields that this version does not know, kept as they are.
            pub more: crate::More,
        }

        impl crate::json::Json for $name {
            fn to_value(&self) -> crate::json::Value {
                let mut fields = crate::json::Fields(self.more.0.clone());
                $($(fields.put(&crate::json::camel(stringify!($need)), self.$need.to_value());)+)?
                crate::shape::tell(&mut fields, &[$((stringify!($field), &self.$field),)*]);
                crate::json::Value::Object(fields.0)
            }

            fn from_value(value: crate::json::Value) -> Option<Self> {
                let mut fields = crate::json::Fields::of(value)?;
                let mut own = Self {
                    $($($need: fields.take(&crate::json::camel(stringify!($need)))?,)+)?
                    $($field: Default::default(),)*
                    more: Default::default(),
                };
                crate::shape::take(&mut fields, &mut [$((stringify!($field), &mut own.$field),)*])?;
                own.more = crate::More(fields.0);
                Some(own)
            }
        }
    };
}
pub(crate) use shape;

/// A closed list of words that a newer version may lengthen: an unknown word is kept.
macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
            /// A word of a newer version.
            Other(String),
        }

        impl $name {
            /// All that this version knows, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word as it stands in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$variant,)+
                    _ => Self::Other(word),
                }
            }
        }

        impl crate::json::Json for $name {
            fn to_value(&self) -> crate::json::Value {
                self.as_str().into()
            }

            fn from_value(value: crate::json::Value) -> Option<Self> {
                String::from_value(value).map(Self::from)
            }
        }
    };
}
pub(crate) use words;
