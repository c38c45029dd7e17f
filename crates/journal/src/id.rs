//! Names of things: random, seen by anyone, saying nothing. In JSON 32 hexadecimal digits in lower case.

use std::{fmt, str::FromStr};

use vault::ObjectId;

use crate::{Error, json};

/// A record's place in its history; the first is 1.
pub type Revision = u64;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub ObjectId);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl FromStr for $name {
            type Err = Error;

            /// # Errors
            /// `NotAnId` for all but 32 hexadecimal digits in lower case.
            fn from_str(text: &str) -> Result<Self, Error> {
                digits(text).map(|bytes| Self(ObjectId(bytes))).ok_or(Error::NotAnId)
            }
        }

        json::text!($name);

        impl From<ObjectId> for $name {
            fn from(id: ObjectId) -> Self {
                Self(id)
            }
        }
    };
}

id!(
    /// The name of a record.
    RecordId
);
id!(
    /// The name of an attachment: a photo, a voice memo, a drawing.
    AttachmentId
);

fn digits(text: &str) -> Option<[u8; 16]> {
    let text: &[u8; 32] = text.as_bytes().try_into().ok()?;
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_from_its_one_spelling_only() {
        let id = RecordId(ObjectId([0xa0; 16]));
        assert_eq!(id.to_string(), "a0".repeat(16));
        assert_eq!("a0".repeat(16).parse(), Ok(id));
        for wrong in ["", "a0", &"A0".repeat(16), &"a0".repeat(17), &"g0".repeat(16), &"é".repeat(16)] {
            assert_eq!(wrong.parse::<RecordId>(), Err(Error::NotAnId), "{wrong}");
        }
    }
}
