//! Until `journal` names them.

use journal::{Day, Kind, Moment, RecordId};
use serde::{Deserialize, Serialize};

/// A thing in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub id: RecordId,
    pub kind: Kind,
    pub title: String,
    pub day: Day,
    pub written: Moment,
    pub tags: Vec<String>,
}

/// Which things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    pub kinds: Vec<Kind>,
    pub session: Option<RecordId>,
    pub tag: Option<String>,
    pub theme: Option<String>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub text: String,
}
