//! Raw capture, during a session or right after it. Once finished it stays as it was; what comes later stands beside it.

use crate::{
    Attachment, Moment, RecordId,
    shape::{shape, words},
};

shape! {
    /// What was caught.
    #[derive(Default)]
    Capture {
        /// The session that it belongs to.
        session: Option<RecordId>,
        /// In the order in which they came.
        pieces: Vec<Piece>,
        /// When it was finished. From then on its pieces never change.
        finished: Option<Moment>,
    }
}

shape! {
    /// One piece: a few words, a voice memo, a drawing.
    Piece {
        @needs {
            /// When it came.
            at: Moment,
            /// What it is.
            kind: PieceKind,
        }
        /// Its words, plain; for a voice memo or a drawing what the keeper wrote beside it.
        text: String,
        /// The memo or the drawing.
        attachment: Option<Attachment>,
    }
}

words! {
    /// The kinds of piece.
    PieceKind {
        /// Free text.
        Text = "text",
        /// A voice memo.
        Voice = "voice",
        /// A drawing.
        Drawing = "drawing",
        /// Something seen, heard or sensed, in words.
        Image = "image",
        /// A feeling, and where in the body.
        Feeling = "feeling",
        /// A thought, a word or a line that stayed.
        Thought = "thought",
        /// Something understood.
        Insight = "insight",
    }
}
