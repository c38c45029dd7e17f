//! The compressed copies beside a file, made once here instead of at each request.

use std::io::Write;

/// Below this, the headers of a compressed copy cost what it saves.
const SMALLEST: usize = 256;

/// Extensions of what compresses well. Fonts in WOFF2 and photographs are compressed already.
const TEXT_LIKE: [&str; 12] =
    ["css", "html", "ico", "js", "json", "map", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Whether a file of this name and size gets compressed copies.
pub fn worth_it(name: &str, size: usize) -> bool {
    size >= SMALLEST
        && name
            .rsplit_once('.')
            .is_some_and(|(_, extension)| TEXT_LIKE.contains(&extension.to_ascii_lowercase().as_str()))
}

/// Brotli at its best. The window covers the largest file that we have. Whether a file is smaller in blocks of the encoder's choice (0)
/// or in one block differs by a percent either way and is not to be foreseen, so both are tried.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let [chosen, whole] = [0, 22].map(|lgblock| {
        let params = brotli::enc::BrotliEncoderParams {
            quality: 11,
            lgwin: 22,
            lgblock,
            size_hint: bytes.len(),
            ..Default::default()
        };
        let mut out = Vec::with_capacity(bytes.len() / 3);
        brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).expect("writing into memory cannot fail");
        out
    });
    if whole.len() < chosen.len() { whole } else { chosen }
}

/// For the rare client that has no Brotli.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).expect("writing into memory cannot fail");
    writer.finish().expect("writing into memory cannot fail")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_copies_unpack_to_the_same_bytes() {
        let bytes = b"a page that says a page that says a page".repeat(40);
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&brotli(&bytes)[..], 4096).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
        unpacked.clear();
        flate2::read::GzDecoder::new(&gzip(&bytes)[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
        assert!(brotli(&bytes).len() < bytes.len() / 10);
    }

    #[test]
    fn only_text_of_some_length_is_compressed() {
        assert!(worth_it("doorway.1f.css", 2000));
        assert!(worth_it("MARK.SVG", 2000));
        assert!(!worth_it("doorway.1f.css", 20));
        assert!(!worth_it("fraunces.woff2", 20_000));
        assert!(!worth_it("LICENSE", 20_000));
    }
}
