//! The composer's browser half.

/// Another tab has changed the basket.
pub(crate) fn changed_elsewhere() {}
