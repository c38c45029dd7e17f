//! Check-ins: how a day was. Every part is optional, and what was not said is not counted as anything.

use crate::{
    Day, Error,
    json::{Json, Value},
    shape::shape,
};

/// A number from 0 to 10. What the ends mean stands in [`crate::templates::SCALES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u8);

impl Score {
    /// The highest.
    pub const MOST: u8 = 10;

    /// A score.
    ///
    /// # Errors
    /// `NotAScore` above 10.
    pub fn new(number: u8) -> Result<Self, Error> {
        if number <= Self::MOST { Ok(Self(number)) } else { Err(Error::NotAScore) }
    }

    /// The number.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Json for Score {
    fn to_value(&self) -> Value {
        self.0.into()
    }

    fn from_value(value: Value) -> Option<Self> {
        Self::new(u8::from_value(value)?).ok()
    }
}

shape! {
    /// How one day was.
    CheckIn {
        @needs {
            /// The day that it speaks of.
            day: Day,
        }
        /// Mood.
        mood: Option<Score>,
        /// Energy.
        energy: Option<Score>,
        /// How well the night before was slept.
        sleep: Option<Score>,
        /// Anxiety. Higher is more of it.
        anxiety: Option<Score>,
        /// Feeling close to others.
        connection: Option<Score>,
        /// What was practised, by key; see [`crate::templates::PRACTICES`]. Own words are allowed.
        practices: Vec<String>,
        /// What surrounds all this.
        lifestyle: Lifestyle,
        /// A line of text, plain.
        note: String,
    }
}

impl CheckIn {
    /// An empty check-in for a day.
    pub fn new(day: Day) -> Self {
        Self {
            day,
            mood: None,
            energy: None,
            sleep: None,
            anxiety: None,
            connection: None,
            practices: Vec::new(),
            lifestyle: Lifestyle::default(),
            note: String::new(),
            more: Default::default(),
        }
    }
}

shape! {
    /// The six things to look after, for one day.
    #[derive(Default)]
    Lifestyle {
        /// How long the night's sleep was, in minutes, up to a day.
        sleep_minutes: Option<u16>,
        /// Movement.
        movement: Option<Score>,
        /// Food.
        food: Option<Score>,
        /// Stress. Higher is more of it.
        stress: Option<Score>,
        /// Time with people.
        people: Option<Score>,
        /// Something that matters.
        purpose: Option<Score>,
    }
}
