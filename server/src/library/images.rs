//! How large an image is, so that a page can keep its place before it arrives.

use std::{
    fs::File,
    io::{Cursor, Read},
    path::Path,
};

use image::{ImageDecoder, ImageReader, metadata::Orientation};
use quick_xml::{Reader, events::Event};

/// What is served from `images/`.
const KINDS: [&str; 7] = [".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"];

/// A drawing's size stands in its first tag.
const HEAD: u64 = 64 * 1024;

pub fn is_image(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    KINDS.iter().any(|kind| name.ends_with(kind))
}

/// What is read of a photograph to learn how the camera was held: it says so before the picture.
const UPRIGHT: u64 = 256 * 1024;

/// Width and height in pixels, as the image is seen.
pub fn size(path: &Path) -> Result<(u32, u32), String> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        let mut head = Vec::new();
        File::open(path)
            .and_then(|file| file.take(HEAD).read_to_end(&mut head))
            .map_err(|error| error.to_string())?;
        return size_of_drawing(&head)
            .ok_or_else(|| "it has neither width and height nor viewBox".to_owned());
    }
    let size = imagesize::size(path).map_err(|error| error.to_string())?;
    let side = |side: usize| u32::try_from(side).map_err(|_| "it is too large".to_owned());
    let (width, height) = (side(size.width)?, side(size.height)?);
    Ok(if lies_on_its_side(path) { (height, width) } else { (width, height) })
}

/// Whether browsers turn the image by a quarter. A head that cannot be understood says nothing.
fn lies_on_its_side(path: &Path) -> bool {
    let orientation = || {
        let mut head = Vec::new();
        File::open(path).ok()?.take(UPRIGHT).read_to_end(&mut head).ok()?;
        let reader = ImageReader::new(Cursor::new(head)).with_guessed_format().ok()?;
        reader.into_decoder().ok()?.orientation().ok()
    };
    matches!(
        orientation(),
        Some(
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        )
    )
}

fn size_of_drawing(head: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::from_reader(head);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => break root,
            Event::Eof => return None,
            _ => {}
        }
    };
    let attribute = |name: &str| {
        let value = root.try_get_attribute(name).ok()??.unescape_value().ok()?;
        Some(value.into_owned())
    };
    let pixels =
        |text: &str| text.trim().trim_end_matches("px").parse::<f32>().ok().filter(|side| *side >= 1.0);
    let side = |name: &str| attribute(name).as_deref().and_then(pixels);
    let (width, height) = match (side("width"), side("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let view = attribute("viewBox")?;
            let mut numbers = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
            (pixels(numbers.next()?)?, pixels(numbers.next()?)?)
        }
    };
    Some((width.round() as u32, height.round() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_the_size_of_its_root_or_of_its_view() {
        let drawing =
            |root: &str| size_of_drawing(format!("<?xml version=\"1.0\"?><!-- x -->{root}</svg>").as_bytes());
        assert_eq!(drawing("<svg width=\"40px\" height=\"20\" viewBox=\"0 0 1 1\">"), Some((40, 20)));
        assert_eq!(drawing("<svg viewBox=\"0 0 160 90\">"), Some((160, 90)));
        assert_eq!(drawing("<svg width=\"100%\" viewBox=\"0,0,160,90\">"), Some((160, 90)));
        assert_eq!(drawing("<svg>"), None);
    }

    #[test]
    fn a_file_that_is_no_image_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        std::fs::write(&path, "not a picture").unwrap();
        assert!(size(&path).is_err());
    }
}
