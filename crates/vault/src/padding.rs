//! Padding: what is stored has one of few sizes, so that a size says little about what was written.

use zeroize::Zeroizing;

use crate::error::Error;

/// Nothing sealed is shorter than this, in bytes.
pub const FLOOR: usize = 4096;

/// The size that `length` bytes are padded to: Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files
/// and Communication with PURBs", 2019), at least [`FLOOR`]. At most 12 % are added above the floor.
pub fn padded(length: usize) -> usize {
    let length = length.max(FLOOR);
    let exponent = length.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1_usize << (exponent - kept)) - 1;
    (length + mask) & !mask
}

/// One byte of type, the length in 32 bits, the content, zeros.
pub(crate) fn pad(kind: u8, content: &[u8]) -> Zeroizing<Vec<u8>> {
    pad_to(kind, content, padded(PREFIX + content.len()))
}

/// What stands before the content.
pub(crate) const PREFIX: usize = 5;

/// The same to a size that the caller knows to suffice.
pub(crate) fn pad_to(kind: u8, content: &[u8], size: usize) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(size));
    out.push(kind);
    out.extend_from_slice(&u32::try_from(content.len()).expect("limits are far below 4 GiB").to_le_bytes());
    out.extend_from_slice(content);
    out.resize(size, 0);
    out
}

/// Takes the type and the content out of what was padded to `size`, which is for the caller to check.
pub(crate) fn unpad(padded: &[u8]) -> Result<(u8, &[u8]), Error> {
    let broken = Error::Malformed("the padding is not as it must be");
    let (prefix, rest) = padded.split_first_chunk::<PREFIX>().ok_or(broken)?;
    let length = u32::from_le_bytes([prefix[1], prefix[2], prefix[3], prefix[4]]) as usize;
    let (content, zeros) = rest.split_at_checked(length).ok_or(broken)?;
    if zeros.iter().any(|byte| *byte != 0) { Err(broken) } else { Ok((prefix[0], content)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_sizes_are_left_and_little_is_added() {
        assert_eq!(padded(0), FLOOR);
        assert_eq!(padded(FLOOR), FLOOR);
        assert_eq!(padded(FLOOR + 1), 4352);
        assert_eq!(padded(1_000_000), 1_015_808);
        for length in (FLOOR..5_000_000).step_by(997) {
            let size = padded(length);
            assert!(size >= length && (size - length) * 100 <= 12 * length, "{length}");
            assert_eq!(padded(size), size);
        }
    }

    #[test]
    fn what_was_padded_comes_back_and_nothing_hides_in_the_zeros() {
        let padded = pad(3, b"words");
        assert_eq!(unpad(&padded), Ok((3, &b"words"[..])));
        for at in 10..padded.len() {
            let mut changed = padded.clone();
            changed[at] = 1;
            assert!(unpad(&changed).is_err());
        }
        assert!(unpad(&[0; 4]).is_err());
        assert!(unpad(&[0, 255, 255, 255, 255, 0]).is_err());
    }
}
