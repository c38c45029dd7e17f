//! Why a link is not a pack. Each cause has its own name, because what helps differs.

/// What is wrong with a fragment, or with a pack that is to become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It does not begin as a pack does: it was made by something else.
    #[error("this is not a pack")]
    Foreign,
    /// The format is newer than this program. Nothing is wrong with the link.
    #[error("this pack is of format {0}, which is newer than this program")]
    Newer(u32),
    /// The end is missing: a link that was cut off.
    #[error("the end of this pack is missing")]
    Truncated,
    /// Something in it was changed.
    #[error("this pack is damaged: {0}")]
    Garbled(&'static str),
    /// It holds more than a pack may.
    #[error("{0} than a pack can hold")]
    TooLarge(&'static str),
    /// There is nothing in it.
    #[error("there is nothing in this pack")]
    Empty,
}
