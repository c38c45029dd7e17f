//! Numbers and fields as bytes. Reading trusts nothing: every step is checked and nothing is allocated on a promise.
//! Numbers are little-endian and of fixed width, so that a value has exactly one spelling.

use crate::error::Error;

/// Appends a field behind its length (16 bits). The fields of this format are short; the longest is a credential id.
pub(crate) fn put_field(out: &mut Vec<u8>, field: &[u8]) {
    let length = u16::try_from(field.len()).expect("fields are checked to be shorter than 64 KiB");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(field);
}

/// Reads the format, front to back.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    pub fn bytes(&mut self, length: usize) -> Result<&'b [u8], Error> {
        let (bytes, rest) =
            self.rest.split_at_checked(length).ok_or(Error::Malformed("it ends too early"))?;
        self.rest = rest;
        Ok(bytes)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        Ok(self.bytes(N)?.try_into().expect("the slice was cut to this length"))
    }

    pub fn u8(&mut self) -> Result<u8, Error> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u16(&mut self) -> Result<u16, Error> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub fn u32(&mut self) -> Result<u32, Error> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub fn u64(&mut self) -> Result<u64, Error> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// A field whose length may vary, up to what is left.
    pub fn field(&mut self) -> Result<&'b [u8], Error> {
        let length = self.u16()?;
        self.bytes(length.into())
    }

    /// A field of exactly this length: any other spelling is refused.
    pub fn exact<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        self.field()?.try_into().map_err(|_| Error::Malformed("a field has a length of its own"))
    }

    /// How many items of `size` bytes follow, by a 32-bit count. There can't be more than bytes.
    pub fn count(&mut self, size: usize) -> Result<usize, Error> {
        let count = self.u32()? as usize;
        if count > self.rest.len() / size { Err(Error::Malformed("it ends too early")) } else { Ok(count) }
    }

    pub fn end(&self) -> Result<(), Error> {
        if self.rest.is_empty() { Ok(()) } else { Err(Error::Malformed("something follows its end")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_numbers_come_back() {
        let mut out = Vec::new();
        put_field(&mut out, b"vault");
        out.extend_from_slice(&7u64.to_le_bytes());
        let mut reader = Reader::new(&out);
        assert_eq!(reader.exact::<5>(), Ok(*b"vault"));
        assert_eq!(reader.u64(), Ok(7));
        assert_eq!(reader.end(), Ok(()));
    }

    #[test]
    fn a_promise_of_more_than_there_is_is_refused_before_anything_is_made() {
        let bytes = u32::MAX.to_le_bytes();
        assert!(Reader::new(&bytes).count(1).is_err());
        assert!(Reader::new(&bytes).field().is_err());
        assert!(Reader::new(b"\x02\0ab").exact::<3>().is_err());
    }
}
