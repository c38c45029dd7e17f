//! One field of the index: which documents hold which term how often, ready to be scored with BM25.

use crate::bytes::{Damaged, Reader, Writer};

/// The postings of all terms in one field, and the lengths of its documents.
///
/// A document is a section or an article, counted from 0; its length is the number of indexed words that it has here.
#[derive(Debug, Default)]
pub(crate) struct Field {
    /// Where each term's postings begin; one more than there are terms.
    starts: Vec<u32>,
    documents: Vec<u32>,
    times: Vec<u8>,
    /// What `times` is weighed against, by document; see [`Field::weigh`].
    norms: Vec<f32>,
}

/// A document that holds a term, and how often, at most 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub document: u32,
    pub times: u8,
}

impl Field {
    /// Writes the postings of all terms, in the terms' order, each list by rising documents.
    ///
    /// Columns of one kind lie together, because they compress better so: first how many postings each term has, then the
    /// gaps between documents, doubled, odd where the term stands more than once, then how often where it does.
    pub fn write(terms: &[Vec<Posting>], out: &mut Writer) {
        for postings in terms {
            out.number(postings.len());
        }
        for postings in terms {
            let mut next = 0;
            for posting in postings {
                let gap = posting.document as usize - next;
                out.number(gap * 2 + usize::from(posting.times > 1));
                next = posting.document as usize + 1;
            }
        }
        for posting in terms.iter().flatten().filter(|posting| posting.times > 1) {
            out.number(usize::from(posting.times) - 2);
        }
    }

    /// Reads what [`Field::write`] wrote, for this many terms and documents.
    pub fn read(terms: usize, documents: usize, bytes: &mut Reader<'_>) -> Result<Self, Damaged> {
        let mut starts = Vec::with_capacity(terms + 1);
        let mut total: u32 = 0;
        starts.push(0);
        for _ in 0..terms {
            let count = u32::try_from(bytes.count()?).map_err(|_| Damaged("a list is too long"))?;
            total = total.checked_add(count).ok_or(Damaged("a list is too long"))?;
            starts.push(total);
        }
        // Each posting takes a byte at least, so `total` that promises more fails in the loop and not in the allocation.
        let mut field = Self { starts, ..Self::default() };
        let mut lengths = vec![0u32; documents];
        for term in 0..terms {
            let mut next = 0;
            for _ in field.starts[term]..field.starts[term + 1] {
                let number = bytes.number()?;
                let document = number / 2 + next;
                if document >= documents {
                    return Err(Damaged("it names a document that is not there"));
                }
                next = document + 1;
                field.documents.push(document as u32);
                field.times.push(1 + (number & 1) as u8);
            }
        }
        for (times, &document) in field.times.iter_mut().zip(&field.documents) {
            if *times > 1 {
                *times = u8::try_from(bytes.number()? + 2).map_err(|_| Damaged("a term stands too often"))?;
            }
            lengths[document as usize] += u32::from(*times);
        }
        field.norms = lengths.into_iter().map(|length| length as f32).collect();
        Ok(field)
    }

    /// Turns the lengths into BM25's norms: `k1 * (1 - b + b * length / average)`. Done once after reading.
    pub fn weigh(&mut self, k1: f32, b: f32) {
        let filled = self.norms.iter().filter(|&&length| length > 0.0).count().max(1);
        let average = self.norms.iter().sum::<f32>() / filled as f32;
        for norm in &mut self.norms {
            *norm = k1 * (1.0 - b + b * *norm / average.max(1.0));
        }
    }

    /// The documents that hold a term.
    pub fn postings(&self, term: u32) -> impl Iterator<Item = Posting> + '_ {
        let range = self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize;
        let times = &self.times[range.clone()];
        self.documents[range].iter().zip(times).map(|(&document, &times)| Posting { document, times })
    }

    /// In how many documents a term stands.
    pub fn count(&self, term: u32) -> u32 {
        self.starts[term as usize + 1] - self.starts[term as usize]
    }

    /// BM25 without the term's weight: between 0 and `k1 + 1`.
    pub fn saturation(&self, posting: Posting, k1: f32) -> f32 {
        let times = f32::from(posting.times);
        times * (k1 + 1.0) / (times + self.norms[posting.document as usize])
    }

    /// The other way round: which terms each document holds.
    pub fn by_document(&self) -> ByDocument {
        let mut starts = vec![0u32; self.norms.len() + 1];
        for &document in &self.documents {
            starts[document as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut terms = vec![(0, 0); self.documents.len()];
        for term in 0..self.starts.len().saturating_sub(1) as u32 {
            for posting in self.postings(term) {
                let place = &mut next[posting.document as usize];
                terms[*place as usize] = (term, posting.times);
                *place += 1;
            }
        }
        ByDocument { starts, terms }
    }
}

/// Which terms each document holds, and how often.
#[derive(Debug, Default)]
pub(crate) struct ByDocument {
    starts: Vec<u32>,
    terms: Vec<(u32, u8)>,
}

impl ByDocument {
    /// Terms of a document by rising number, each with how often it stands there.
    pub fn terms(&self, document: u32) -> &[(u32, u8)] {
        let at = document as usize;
        &self.terms[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> (Vec<Vec<Posting>>, Field) {
        let posting = |document, times| Posting { document, times };
        let terms = vec![vec![posting(0, 1), posting(2, 7)], vec![], vec![posting(1, 2), posting(2, 1)]];
        let mut writer = Writer::default();
        Field::write(&terms, &mut writer);
        let mut reader = Reader::new(&writer.0);
        let field = Field::read(3, 3, &mut reader).expect("what was written can be read");
        assert_eq!(reader.end(), Ok(()));
        (terms, field)
    }

    #[test]
    fn postings_come_back_by_term_and_by_document() {
        let (terms, field) = example();
        for (term, postings) in terms.iter().enumerate() {
            assert_eq!(&field.postings(term as u32).collect::<Vec<_>>(), postings);
        }
        let forward = field.by_document();
        assert_eq!(forward.terms(2), [(0, 7), (2, 1)]);
        assert_eq!(forward.terms(0), [(0, 1)]);
    }

    #[test]
    fn a_term_in_a_short_document_weighs_more_than_in_a_long_one() {
        let (_, mut field) = example();
        field.weigh(1.2, 0.75);
        let short = field.saturation(Posting { document: 0, times: 1 }, 1.2);
        let long = field.saturation(Posting { document: 2, times: 1 }, 1.2);
        assert!(short > long, "{short} {long}");
    }
}
