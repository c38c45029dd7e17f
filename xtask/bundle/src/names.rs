//! Names that change when, and only when, the content does, so that a browser may keep a file for ever.

/// 64 bits of FNV-1a over 128 bits, as 16 hexadecimal digits. Not against an adversary: the files are our
/// own. The function is written out because the standard library's hasher may differ between its releases,
/// and a name must not.
pub fn hash(bytes: &[u8]) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let sum = bytes.iter().fold(BASIS, |sum, byte| (sum ^ u128::from(*byte)).wrapping_mul(PRIME));
    format!("{:016x}", (sum >> 64) as u64 ^ sum as u64)
}

/// `doorway.css` → `doorway.HASH.css`
pub fn hashed(file: &str, hash: &str) -> String {
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{file}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_follows_the_bytes_and_nothing_else() {
        assert_eq!(hash(b"a"), hash(b"a"));
        assert_ne!(hash(b"a"), hash(b"b"));
        assert_ne!(hash(b"ab"), hash(b"ba"));
        assert_eq!(hash(b"").len(), 16);
    }

    #[test]
    fn the_hash_is_the_same_in_every_release_of_the_compiler() {
        // FNV-1a of nothing is its basis: 6c62272e07bb0142 ^ 62b821756295c58d.
        assert_eq!(hash(b""), "0eda065b652ec4cf");
    }

    #[test]
    fn the_hash_goes_before_the_extension() {
        assert_eq!(hashed("doorway.css", "1f"), "doorway.1f.css");
        assert_eq!(hashed("a.b.woff2", "1f"), "a.b.1f.woff2");
        assert_eq!(hashed("LICENSE", "1f"), "LICENSE.1f");
    }
}
