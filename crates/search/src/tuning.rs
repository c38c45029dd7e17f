//! The figures of the ranking.

/// How results are ranked. [`Tuning::default`] is what the crate's documentation gives the measurements for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    /// BM25: how soon further occurrences stop counting.
    pub k1: f32,
    /// BM25: how much long sections are held back, 0 to 1.
    pub b: f32,
    /// Weight of a section's heading against its text.
    pub heading: f32,
    /// Weight of an article's title.
    pub title: f32,
    /// Weight of an article's tags, category and author.
    pub about: f32,
    /// What each further occurrence of a word in the query adds, up to three.
    pub repeated: f32,
    /// Weight of a word of conversation in a query that has enough others.
    pub small_talk: f32,
    /// Weight of another word of the same meaning.
    pub synonym: f32,
    /// Weight of a word that a mistyped one may have meant.
    pub mistyped: f32,
    /// Feedback: how many of the best sections lend their words to the query.
    pub feedback_sections: usize,
    /// Feedback: how many words they lend.
    pub feedback_terms: usize,
    /// Feedback: weight of the best of these words.
    pub feedback: f32,
    /// What an article's second section adds to its first, the third half of that.
    pub further: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            k1: 1.8,
            b: 0.75,
            heading: 1.0,
            title: 1.0,
            about: 0.5,
            repeated: 0.25,
            small_talk: 0.4,
            synonym: 0.6,
            mistyped: 0.7,
            feedback_sections: 8,
            feedback_terms: 20,
            feedback: 0.4,
            further: 0.2,
        }
    }
}
