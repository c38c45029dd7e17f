//! The safety plan, in the steps of Stanley and Brown (Cogn Behav Pract 2012;19(2):256-264, doi:10.1016/j.cbpra.2011.01.001):
//! from signs, over what one can do alone, to people and professionals. In our own words; their form is not copied.

use crate::shape::shape;

shape! {
    /// What to do when it gets hard, written on a better day.
    #[derive(Default)]
    SafetyPlan {
        /// Thoughts, moods, places that say that it begins.
        signs: Vec<String>,
        /// What helps without anybody.
        alone: Vec<String>,
        /// People and places that take the mind off it.
        company: Vec<Contact>,
        /// People to ask for help.
        helpers: Vec<Contact>,
        /// Professionals and services, around the clock where there are such.
        professionals: Vec<Contact>,
        /// How the place is made safer.
        surroundings: Vec<String>,
        /// What is worth living for.
        reasons: Vec<String>,
        /// Whether it may be read while the journal is locked, by whoever holds the device.
        while_locked: bool,
    }
}

shape! {
    /// A person, a place or a service.
    #[derive(Default)]
    Contact {
        /// Who or where.
        name: String,
        /// A number to call, as it is dialled.
        phone: String,
        /// Anything that helps to reach them.
        note: String,
    }
}
