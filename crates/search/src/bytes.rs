//! Numbers and texts as bytes. Reading trusts nothing: every step is checked and nothing is allocated on a promise.

/// The bytes are not an index, or not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the search index is damaged: {0}")]
pub struct Damaged(pub(crate) &'static str);

/// Writes the format.
#[derive(Default)]
pub(crate) struct Writer(pub Vec<u8>);

impl Writer {
    /// A number in 7 bits a byte, low bits first; the high bit says that more follow.
    pub fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A text behind its length in bytes.
    pub fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A list behind its length.
    pub fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(items.len());
        for item in items {
            write(self, item);
        }
    }
}

/// Reads the format.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// A number of at most 32 bits.
    pub fn number(&mut self) -> Result<usize, Damaged> {
        // Nearly all numbers are one byte.
        if let Some((&byte, rest)) = self.rest.split_first()
            && byte < 0x80
        {
            self.rest = rest;
            return Ok(byte.into());
        }
        let mut number: u64 = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                let number = u32::try_from(number).map_err(|_| Damaged("a number is too large"))?;
                return Ok(number as usize);
            }
        }
        Err(Damaged("a number is too long"))
    }

    pub fn byte(&mut self) -> Result<u8, Damaged> {
        let (&byte, rest) = self.rest.split_first().ok_or(Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(byte)
    }

    pub fn bytes(&mut self, length: usize) -> Result<&'b [u8], Damaged> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(bytes)
    }

    pub fn text(&mut self) -> Result<&'b str, Damaged> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Damaged("a text is not UTF-8"))
    }

    /// How many items follow. Each takes a byte at least, so there can't be more than bytes.
    pub fn count(&mut self) -> Result<usize, Damaged> {
        let count = self.number()?;
        if count > self.rest.len() { Err(Damaged("it ends too early")) } else { Ok(count) }
    }

    pub fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, Damaged>,
    ) -> Result<Vec<T>, Damaged> {
        (0..self.count()?).map(|_| read(self)).collect()
    }

    /// The number of one of `length` things.
    pub fn place(&mut self, length: usize) -> Result<usize, Damaged> {
        let number = self.number()?;
        if number < length { Ok(number) } else { Err(Damaged("it names something that is not there")) }
    }

    pub fn end(&self) -> Result<(), Damaged> {
        if self.rest.is_empty() { Ok(()) } else { Err(Damaged("something follows its end")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back() {
        let numbers = [0, 1, 127, 128, 300, 65_536, u32::MAX as usize];
        let mut writer = Writer::default();
        writer.list(&numbers, |writer, &number| writer.number(number));
        writer.text("é");
        let mut reader = Reader::new(&writer.0);
        assert_eq!(reader.list(|reader| reader.number()), Ok(numbers.to_vec()));
        assert_eq!(reader.text(), Ok("é"));
        assert_eq!(reader.end(), Ok(()));
    }

    #[test]
    fn a_promise_of_more_than_there_is_is_refused_before_anything_is_made() {
        let mut writer = Writer::default();
        writer.number(u32::MAX as usize);
        assert!(Reader::new(&writer.0).list(|reader| reader.number()).is_err());
        assert!(Reader::new(&writer.0).text().is_err());
    }
}
