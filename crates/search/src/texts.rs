//! The sections' texts.

use std::ops::Range;

use crate::bytes::{Damaged, Reader};

/// The texts of all sections, in the order of the index.
#[derive(Debug, Default)]
pub struct Texts {
    all: String,
    /// Where each section's text ends.
    ends: Vec<usize>,
}

impl Texts {
    /// Reads the file of texts.
    ///
    /// # Errors
    /// [`Damaged`] if the bytes are not such a file, whole.
    pub fn open(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut reader = Reader::new(bytes);
        let lengths = reader.list(Reader::number)?;
        let total = lengths.iter().try_fold(0usize, |sum, &length| sum.checked_add(length));
        let total = total.ok_or(Damaged("it promises too much"))?;
        let all = std::str::from_utf8(reader.bytes(total)?).map_err(|_| Damaged("a text is not UTF-8"))?;
        reader.end()?;
        let mut ends = lengths;
        let mut end = 0;
        for length in &mut ends {
            end += *length;
            *length = end;
            if !all.is_char_boundary(end) {
                return Err(Damaged("a text ends within a letter"));
            }
        }
        Ok(Self { all: all.to_owned(), ends })
    }

    /// The text of a section; empty where there is none.
    pub(crate) fn section(&self, at: usize) -> &str {
        self.range(at).and_then(|range| self.all.get(range)).unwrap_or_default()
    }

    fn range(&self, at: usize) -> Option<Range<usize>> {
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        Some(start..*self.ends.get(at)?)
    }
}
