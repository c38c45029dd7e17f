//! Search: what is asked, and how its answer is shown.
//!
//! Everything here but the page itself is compiled for both sides. The server answers a plain form with it; in the
//! browser the same HTML shows what the same engine found on the device, so that both look alike because they are.

mod asked;
mod results;

#[cfg(feature = "ssr")]
pub(crate) mod field;
#[cfg(feature = "ssr")]
pub(crate) mod page;

#[cfg(feature = "ssr")]
pub(crate) use asked::escape;
pub(crate) use asked::{Asked, LONGEST, Side};
#[cfg(feature = "hydrate")]
pub(crate) use results::count;
pub(crate) use results::{Answer, kind, pieces, results};

/// Articles on the results page. Whoever looks further asks better with other words.
pub(crate) const MOST: usize = 10;
