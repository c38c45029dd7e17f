//! How the keeper wants the journal to be. One record a vault; where two devices have made one each, the later stands.

use crate::{Moment, Record, RecordId, Weekday, record::Content, shape::shape};

shape! {
    /// The journal's settings. What is absent has its usual value.
    #[derive(Default)]
    Settings {
        /// Minutes without a touch after which the journal locks; 5 where it is absent.
        lock_after_minutes: Option<u16>,
        /// Whether the page's title says nothing of a journal.
        neutral_title: bool,
        /// Where the quick exit leads: an `https` address of the keeper's; an empty page where it is absent.
        leave_to: String,
        /// Whether words are counted while writing.
        word_count: bool,
        /// The first day of a week.
        week_starts: Weekday,
        /// When the recovery phrase was last typed back.
        recovery_confirmed: Option<Moment>,
        /// When a backup was last read back whole.
        backed_up: Option<Moment>,
        /// What was written then, in one name: another whenever anything but the settings has changed.
        backed_up_state: String,
        /// When the recovery confirmation was put off, so that it is offered again and not insisted on.
        recovery_put_off: Option<Moment>,
    }
}

impl Settings {
    /// Minutes after which the journal locks, where the keeper has not said.
    pub const USUAL_LOCK_MINUTES: u16 = 5;

    /// Which of several settings records stands: the one changed last, and of two at one moment the one with the higher id,
    /// so that all devices choose alike. Records of other kinds are passed over.
    pub fn standing<'r>(
        records: impl IntoIterator<Item = (RecordId, &'r Record)>,
    ) -> Option<(RecordId, &'r Settings)> {
        records
            .into_iter()
            .filter_map(|(id, record)| match &record.content {
                Content::Settings(settings) => Some((record.changed, id, settings)),
                _ => None,
            })
            .max_by_key(|(changed, id, _)| (*changed, *id))
            .map(|(_, id, settings)| (id, settings))
    }
}
