//! What stands beside the words: photos, voice memos, drawings. Here is only what is known about one; its bytes are sealed
//! in the vault under its id.

use crate::{AttachmentId, shape::shape};

shape! {
    /// One attachment of a record.
    Attachment {
        @needs {
            /// Where the vault keeps its bytes.
            id: AttachmentId,
        }
        /// The name of its file, without folders; may be empty.
        name: String,
        /// Media type, such as `image/webp`. What is shown depends on the bytes and never on this alone.
        media_type: String,
        /// How many bytes it has.
        bytes: u64,
        /// Pixels from left to right, for a picture.
        width: Option<u32>,
        /// Pixels from top to bottom, for a picture.
        height: Option<u32>,
        /// How long it plays, in milliseconds, for a voice memo.
        milliseconds: Option<u64>,
        /// What it shows or says, in the keeper's words.
        alt: String,
    }
}
