//! Courses of treatment and their sessions. Everything in them is optional.

use crate::{Day, Item, Moment, RecordId, shape::shape};

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
