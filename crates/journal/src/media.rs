//! Kinds of media by the endings of file names, as far as a journal holds them. What shows pictures from markup, such as SVG,
//! is not among them.

const KINDS: [(&str, &str); 20] = [
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("avif", "image/avif"),
    ("m4a", "audio/mp4"),
    ("mp3", "audio/mpeg"),
    ("aac", "audio/aac"),
    ("wav", "audio/wav"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("weba", "audio/webm"),
    ("webm", "video/webm"),
    ("mp4", "video/mp4"),
    ("mov", "video/quicktime"),
    ("pdf", "application/pdf"),
    ("txt", "text/plain"),
];

/// The media type of a file by its name; `application/octet-stream` for all that is not known.
pub(crate) fn type_of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    KINDS.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, kind)| kind)
}

/// The ending of a file of this media type; `bin` for all that is not known.
pub(crate) fn ending_of(media_type: &str) -> &'static str {
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    KINDS.iter().find(|(_, kind)| *kind == plain).map_or("bin", |(ending, _)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_its_ending_and_markup_is_none() {
        assert_eq!(type_of("a/B.JPG"), "image/jpeg");
        assert_eq!(ending_of("image/jpeg"), "jpg");
        assert_eq!(ending_of("audio/webm;codecs=opus"), "weba");
        for name in ["a.svg", "a.html", "a", "a.", ".jpg.exe"] {
            assert_eq!(type_of(name), "application/octet-stream", "{name}");
        }
    }
}
