//! A record where others use serde.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    Record,
    json::{Json, Value},
};

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(Value::deserialize(deserializer)?).map_err(D::Error::custom)
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
