//! How the types of this crate become JSON: the same rules for all, written once.

use serde::{Deserialize, Serialize};

/// Fields that this version does not know. They are written back as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct More(pub serde_json::Map<String, serde_json::Value>);

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
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($($(#[$need_doc])* pub $need: $need_type,)+)?
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "crate::shape::says_nothing")]
                pub $field: $type,
            )*
            /// Fields that this version does not know, kept as they are.
            #[serde(flatten)]
            pub more: crate::More,
        }
    };
}
pub(crate) use shape;

/// A closed list of words that a newer version may lengthen: an unknown word is kept.
macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
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

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.as_str().to_owned()
            }
        }
    };
}
pub(crate) use words;
