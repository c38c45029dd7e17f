//! Courses of treatment and their sessions. Everything in them is optional.

use crate::{Day, Item, Moment, RecordId, json, shape::shape};

shape! {
    /// A course of treatment.
    #[derive(Default)]
    Course {
        /// What the keeper calls it.
        name: String,
        /// Where it takes place.
        place: String,
        /// Who treats.
        with: String,
        /// The day it began.
        started: Option<Day>,
        /// Anything else; Markdown.
        notes: String,
    }
}

shape! {
    /// One session.
    #[derive(Default)]
    Session {
        /// The course that it belongs to.
        course: Option<RecordId>,
        /// When it began, or is planned to.
        at: Option<Moment>,
        /// How the medicine is taken, in the keeper's words; see [``crate::templates::ROUTES``] for the usual ones.
        route: String,
        /// How much.
        dose: Option<Dose>,
        /// The place and how it was made comfortable.
        setting: String,
        /// Who was there.
        companion: String,
        /// What was played.
        music: String,
        /// The line that was taken in.
        intention: String,
        /// What was measured, in order of time.
        vitals: Vec<Vital>,
        /// What else the medicine did.
        effects: Vec<Effect>,
        /// What to arrange before.
        checklist: Vec<Item>,
        /// Anything else; Markdown.
        notes: String,
    }
}

shape! {
    /// How much was given. A number only where the keeper knows it; nothing is computed from it.
    #[derive(Default)]
    Dose {
        /// In the keeper's words.
        text: String,
        /// The number, from 0 up.
        amount: Option<f64>,
        /// Its unit, such as `mg` or `mg/kg`.
        unit: String,
    }
}

shape! {
    /// One measurement, as read from a device. Bounds are those of devices and not of health.
    #[derive(Default)]
    Vital {
        /// When.
        at: Option<Moment>,
        /// Upper blood pressure, mmHg.
        systolic: Option<u16>,
        /// Lower blood pressure, mmHg.
        diastolic: Option<u16>,
        /// Beats a minute.
        pulse: Option<u16>,
        /// Oxygen saturation, per cent.
        oxygen: Option<u16>,
    }
}

shape! {
    /// A side effect.
    #[derive(Default)]
    Effect {
        /// What it was.
        what: String,
        /// How it went.
        note: String,
    }
}

impl Dose {
    /// The amount as people write it: `0.5`, `100`; empty if there is none.
    pub fn amount_text(&self) -> String {
        let text = self.amount.map_or_else(String::new, |amount| json::write(&amount.into()));
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    }

    /// An amount as people type it, with a point or a comma; `None` for what is no number from 0 up, and for `1,000`, which is a thousand
    /// to some and one to others.
    pub fn amount_of(typed: &str) -> Option<f64> {
        let typed = typed.trim();
        let thousands =
            |(whole, part): (&str, &str)| part.len() == 3 && whole.bytes().any(|digit| digit != b'0');
        if typed.split_once(',').is_some_and(thousands) {
            return None;
        }
        let digits = typed.replace(',', ".");
        let digits = digits.strip_suffix('.').unwrap_or(&digits);
        let significant = digits.trim_start_matches('0');
        let zero = if significant.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
        let number = json::read(format!("{zero}{significant}").as_bytes()).ok()?;
        number.as_f64().filter(|_| !digits.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_type_it_and_written_so() {
        for (typed, amount, text) in [
            ("0.5", 0.5, "0.5"),
            (" 1,25 ", 1.25, "1.25"),
            (".5", 0.5, "0.5"),
            ("100", 100.0, "100"),
            ("100.0", 100.0, "100"),
            ("007.", 7.0, "7"),
            ("0", 0.0, "0"),
        ] {
            assert_eq!(Dose::amount_of(typed), Some(amount), "{typed}");
            let dose = Dose { amount: Some(amount), ..Dose::default() };
            assert_eq!(dose.amount_text(), text);
        }
        assert_eq!(Dose::amount_of("0,125"), Some(0.125));
        for typed in ["", ".", "a", "1 2", "-1", "1e", "inf", "1.2.3", "1,000", "12,500"] {
            assert_eq!(Dose::amount_of(typed), None, "{typed}");
        }
        assert_eq!(Dose::default().amount_text(), "");
    }
}
