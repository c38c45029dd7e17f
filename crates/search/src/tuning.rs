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
    /// Weight of the ways in which people ask for a section.
    pub asked: f32,
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
    /// Feedback: with how many topics in the query it has its whole weight; with one it has none.
    pub feedback_topics: f32,
    /// What it is worth that a section's heading resembles the query as a whole.
    pub resemblance: f32,
    /// What it is worth that an article's title does.
    pub title_resemblance: f32,
    /// What it is worth that the query is the title.
    pub is_title: f32,
    /// Weight of a word without a topic where a heading is compared with the query, against about 1 to 8 for others.
    pub stop_word: f32,
    /// How many of the best sections have their headings compared with the query.
    pub compared: usize,
    /// What share of the article's best section another of its sections must reach to be shown with it.
    pub shown_with: f32,
    /// What an article's second section adds to its first, the third half of that.
    pub further: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            k1: 1.8,
            b: 0.75,
            heading: 3.0,
            asked: 1.5,
            title: 1.0,
            about: 0.5,
            repeated: 0.25,
            small_talk: 0.4,
            synonym: 0.5,
            mistyped: 0.7,
            feedback_sections: 8,
            feedback_terms: 20,
            feedback: 0.4,
            feedback_topics: 6.0,
            resemblance: 1.0,
            title_resemblance: 0.3,
            is_title: 4.0,
            stop_word: 0.5,
            compared: 40,
            shown_with: 0.7,
            further: 0.2,
        }
    }
}
