//! How the types of this crate become JSON: the same rules for all, written once.

use crate::json::Object;

/// Fields that this version does not know. They are written back as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More(pub Object);

/// Whether a field says nothing and so need not be written.
pub(crate) fn says_nothing<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
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
                $(
                    if !crate::shape::says_nothing(&self.$field) {
                        fields.put(&crate::json::camel(stringify!($field)), self.$field.to_value());
                    }
                )*
                crate::json::Value::Object(fields.0)
            }

            fn from_value(value: crate::json::Value) -> Option<Self> {
                let mut fields = crate::json::Fields::of(value)?;
                Some(Self {
                    $($($need: fields.take(&crate::json::camel(stringify!($need)))?,)+)?
                    $($field: fields.take_or_default(&crate::json::camel(stringify!($field)))?,)*
                    more: crate::More(fields.0),
                })
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
