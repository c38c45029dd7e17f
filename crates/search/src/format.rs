//! The shape of the file, known to both who writes and who reads it.

/// Begins every index: a name and a version. Another version is another file, so that it is never misread.
pub(crate) const MAGIC: [u8; 4] = *b"dws1";

/// The fields that are scored apart, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// A section's text.
    Text,
    /// A section's heading.
    Heading,
    /// How people ask for a section.
    Asked,
    /// An article's title.
    Title,
    /// An article's tags, category and author.
    About,
}

/// How many there are.
pub(crate) const FIELDS: usize = 5;
