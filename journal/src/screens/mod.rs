//! What a keeper sees.

/// Shows the journal in its page.
pub fn open() {}
