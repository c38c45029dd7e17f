//! A record inside something else that is JSON: a letter between page and worker, a draft, an export. Whatever it holds is
//! written, also what is out of bounds: a draft is not finished, and must not be lost for that.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;

use crate::Record;

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Content, Entry, Moment};

    #[test]
    fn a_record_that_is_out_of_bounds_travels_unchanged() {
        let entry = Entry { title: "x".repeat(10_000), ..Entry::default() };
        let record = Record::new(Content::Entry(entry), Moment::new(1_795_731_300_000, 60).unwrap());
        assert!(record.to_json().is_err());
        let json = serde_json::to_vec(&vec![&record]).unwrap();
        assert_eq!(serde_json::from_slice::<Vec<Record>>(&json).unwrap(), [record]);
    }
}
