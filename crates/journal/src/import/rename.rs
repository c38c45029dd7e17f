//! New names for what is brought along: what records of an import say of each other must stay true.

use order::Map;

use crate::{AttachmentId, Content, Record, RecordId};

/// Gives a record's references their new names. A name that is not in the maps stays as it is.
pub fn rename(
    record: &mut Record,
    records: &Map<RecordId, RecordId>,
    attachments: &Map<AttachmentId, AttachmentId>,
) {
    let new = |id: &mut RecordId| *id = records.get(id).copied().unwrap_or(*id);
    let new_bytes = |id: &mut AttachmentId| *id = attachments.get(id).copied().unwrap_or(*id);
    match &mut record.content {
        Content::Entry(entry) => {
            entry.session.iter_mut().chain(&mut entry.reflects).for_each(new);
            entry.attachments.iter_mut().for_each(|attachment| new_bytes(&mut attachment.id));
        }
        Content::Session(session) => session.course.iter_mut().for_each(new),
        Content::Capture(capture) => {
            capture.session.iter_mut().for_each(new);
            let all = capture.pieces.iter_mut().filter_map(|piece| piece.attachment.as_mut());
            all.for_each(|attachment| new_bytes(&mut attachment.id));
        }
        Content::Week(week) => {
            let gathered = &mut week.gathered;
            let all =
                gathered.check_ins.iter_mut().chain(&mut gathered.entries).chain(&mut gathered.sessions);
            all.for_each(new);
        }
        Content::Course(_)
        | Content::CheckIn(_)
        | Content::SafetyPlan(_)
        | Content::Settings(_)
        | Content::Other(_) => {}
    }
}
