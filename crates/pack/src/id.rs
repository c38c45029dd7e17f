//! Short names of articles and sections.

use crate::checksum::crc32;

/// Names an article: the CRC-32 of its slug, high byte first.
///
/// A pack may name an article by the slug of today or by any former one (`aliases` in the file); whoever opens it tries
/// them all. That two names of a library have one id is an error of `doorway check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub [u8; 4]);

/// Names a section or a block within its article: the low 24 bits of the CRC-32 of its anchor, high byte first. Former
/// anchors work as former slugs do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId(pub [u8; 3]);

impl ArticleId {
    /// The id of a slug.
    pub fn of(slug: &str) -> Self {
        Self(crc32(slug.as_bytes()).to_be_bytes())
    }
}

impl SectionId {
    /// The id of an anchor, without `#`.
    pub fn of(anchor: &str) -> Self {
        let [_, a, b, c] = crc32(anchor.as_bytes()).to_be_bytes();
        Self([a, b, c])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_checksum_of_the_name() {
        assert_eq!(ArticleId::of("123456789").0, [0xcb, 0xf4, 0x39, 0x26]);
        assert_eq!(SectionId::of("123456789").0, [0xf4, 0x39, 0x26]);
    }
}
