//! Base64 for addresses (RFC 4648, section 5) without padding. Ours, because the usual crate's engine is 3 KB of the reader's
//! client in Brotli, and this is a tenth of that.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Four letters for three bytes; two or three for what is left.
pub fn encode(bytes: &[u8]) -> String {
    let mut coded = String::with_capacity(bytes.len() * 4 / 3 + 2);
    for chunk in bytes.chunks(3) {
        let bits =
            (0..3).fold(0, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or_default()));
        for at in 0..=chunk.len() {
            coded.push(ALPHABET[(bits >> (18 - 6 * at) & 63) as usize].into());
        }
    }
    coded
}

/// The bytes of whole letters. Bits behind the last byte are not looked at: who wants one form only codes again and compares.
pub fn decode(coded: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(coded.len() * 3 / 4);
    for chunk in coded.as_bytes().chunks(4) {
        let mut bits = 0;
        for at in 0..4 {
            let value = match chunk.get(at) {
                Some(letter) => ALPHABET.iter().position(|known| known == letter)?,
                None => 0,
            };
            bits = bits << 6 | value as u32;
        }
        // One letter alone is no byte.
        let whole = chunk.len().checked_sub(1).filter(|whole| *whole > 0)?;
        bytes.extend_from_slice(&bits.to_be_bytes()[1..=whole]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_are_coded_as_it_says() {
        for (text, coded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(text.as_bytes()), coded);
            assert_eq!(decode(coded).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        for cut in 0..4 {
            assert_eq!(decode(&encode(&bytes[cut..])).as_deref(), Some(&bytes[cut..]));
        }
    }

    #[test]
    fn another_letter_or_a_letter_alone_is_refused() {
        for coded in ["Zg==", "Zm9v+", "Zm 9v", "Z", "Zm9vZ", "Zé"] {
            assert_eq!(decode(coded), None, "{coded}");
        }
    }
}
