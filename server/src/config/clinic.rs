//! The values of the clinic kit: names, numbers, a logo and colours.
//!
//! All of it is checked when the server starts. A colour that readers could not read, or a logo that would weigh
//! down every page, is refused with what was measured and what the limit is.

use std::{fmt, path::PathBuf, sync::Arc};

use super::value::Setting;
use crate::library::image_size;

/// The longest text, in characters: a name or an address must fit a phone and a sheet of paper.
const LONGEST: usize = 160;
/// The largest logo, in bytes. It is on every page, so it should be far smaller.
const LARGEST_LOGO: u64 = 128 * 1024;
/// Contrast that text must have (WCAG 2.2, 1.4.6).
const LEAST_CONTRAST: f64 = 7.0;

/// The grounds that text stands on, darkest light one first; see `style/tokens.css`.
const LIGHT_GROUNDS: [(&str, Colour); 2] =
    [("paper", Colour([0xfb, 0xf7, 0xf0])), ("sheet", Colour([0xff, 0xff, 0xff]))];
const SEPIA_GROUND: Colour = Colour([0xf3, 0xe7, 0xd3]);
const DARK_GROUNDS: [(&str, Colour); 2] =
    [("sheet", Colour([0x1c, 0x20, 0x24])), ("paper", Colour([0x14, 0x17, 0x1a]))];

const BLACK: Colour = Colour([0, 0, 0]);
const WHITE: Colour = Colour([255, 255, 255]);

impl Setting for Option<String> {
    fn read(text: &str) -> Result<Self, String> {
        if text.chars().any(char::is_control) {
            return Err("has a line break or another control character; write it in one line".to_owned());
        }
        match text.chars().count() {
            0 => Ok(None),
            length if length > LONGEST => {
                Err(format!("is {length} characters long; at most {LONGEST} have room"))
            }
            _ => Ok(Some(text.to_owned())),
        }
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.clone().unwrap_or_default())
    }
}

/// A telephone number as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Setting for Option<Phone> {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(None);
        }
        let fits = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '.' | '/' | '(' | ')');
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if !text.chars().all(fits) || !(2..=20).contains(&digits) {
            return Err(format!("is `{text}`, which is not a telephone number such as +1 555 010 0199"));
        }
        Ok(Some(Phone(text.to_owned())))
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.as_ref().map(|phone| phone.0.clone()).unwrap_or_default())
    }
}

/// A colour of the screen (sRGB) as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2).
    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The nearest colour on the way to `end` that can be read on all `grounds`.
    fn readable(self, end: Self, grounds: impl Iterator<Item = Self> + Clone) -> Self {
        let mix = |step: u16| {
            let part = |at: usize| {
                let (from, to) = (u16::from(self.0[at]), u16::from(end.0[at]));
                u8::try_from((from * (64 - step) + to * step) / 64).unwrap_or(u8::MAX)
            };
            Self([part(0), part(1), part(2)])
        };
        let reads = |colour: &Self| grounds.clone().all(|ground| colour.contrast(ground) >= LEAST_CONTRAST);
        (0..=64).map(mix).find(reads).unwrap_or(end)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The clinic's colour for links, focus and buttons on light pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LightAccent(Colour);

/// The same for dark pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DarkAccent(Colour);

impl Default for LightAccent {
    /// `door` of `style/tokens.css`.
    fn default() -> Self {
        Self(Colour([0x1f, 0x4e, 0x5f]))
    }
}

impl LightAccent {
    /// As it was set.
    pub fn colour(self) -> Colour {
        self.0
    }

    /// On sepia pages, whose paper is darker: the same, or just dark enough.
    pub fn on_sepia(self) -> Colour {
        self.0.readable(BLACK, [SEPIA_GROUND].into_iter())
    }

    /// For dark pages, where no other was set: the same, light enough.
    pub fn in_the_dark(self) -> DarkAccent {
        DarkAccent(self.0.readable(WHITE, DARK_GROUNDS.into_iter().map(|(_, ground)| ground)))
    }
}

impl DarkAccent {
    /// As it was set or derived.
    pub fn colour(self) -> Colour {
        self.0
    }
}

fn accent(text: &str, grounds: [(&str, Colour); 2], end: Colour) -> Result<Option<Colour>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let colour =
        Colour::parse(text).ok_or_else(|| format!("is `{text}`, which is not a colour such as #1f4e5f"))?;
    for (name, ground) in grounds {
        let measured = colour.contrast(ground);
        if measured < LEAST_CONTRAST {
            let near = colour.readable(end, grounds.into_iter().map(|(_, ground)| ground));
            // Rounded down, so that 6.96 is not shown as enough.
            let measured = (measured * 10.0).floor() / 10.0;
            return Err(format!(
                "is `{colour}`, whose contrast on the page's {name} ({ground}) is {measured:.1}:1; \
                 text needs {LEAST_CONTRAST:.0}:1 or more. `{near}` would do"
            ));
        }
    }
    Ok(Some(colour))
}

impl Setting for Option<LightAccent> {
    fn read(text: &str) -> Result<Self, String> {
        Ok(accent(text, LIGHT_GROUNDS, BLACK)?.map(LightAccent))
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.map(|accent| accent.0.to_string()).unwrap_or_default())
    }
}

impl Setting for Option<DarkAccent> {
    fn read(text: &str) -> Result<Self, String> {
        Ok(accent(text, DARK_GROUNDS, WHITE)?.map(DarkAccent))
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.map(|accent| accent.0.to_string()).unwrap_or_default())
    }
}

/// The clinic's logo, read when the server starts.
#[derive(Clone)]
pub struct LogoFile {
    path: PathBuf,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// How its name ends: `svg`, `png`, `webp` or `jpg`.
    pub ending: &'static str,
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl fmt::Debug for LogoFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogoFile({}, {} bytes)", self.path.display(), self.bytes.len())
    }
}

impl Setting for Option<LogoFile> {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(None);
        }
        let path = PathBuf::from(text);
        let ending =
            path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        let (ending, content_type) = match ending.as_str() {
            "svg" => ("svg", "image/svg+xml"),
            "png" => ("png", "image/png"),
            "webp" => ("webp", "image/webp"),
            "jpg" | "jpeg" => ("jpg", "image/jpeg"),
            _ => return Err(format!("is `{text}`, which is not an SVG, PNG, WebP or JPEG file")),
        };
        let unreadable = |wrong: String| format!("is `{text}`, which cannot be read: {wrong}");
        let bytes = std::fs::metadata(&path).map_err(|error| unreadable(error.to_string()))?.len();
        if bytes > LARGEST_LOGO {
            let (bytes, most) = (bytes.div_ceil(1024), LARGEST_LOGO / 1024);
            return Err(format!("is `{text}`, which has {bytes} KB; at most {most} KB, it is on every page"));
        }
        let size = image_size(&path).map_err(unreadable)?;
        let bytes = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?.into();
        Ok(Some(LogoFile { path, bytes, ending, content_type, size }))
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.as_ref().map(|logo| logo.path.display().to_string()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn light(text: &str) -> Result<Option<LightAccent>, String> {
        Setting::read(text)
    }

    #[test]
    fn contrast_is_measured_as_the_guidelines_do() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 1e-9);
        let [(_, paper), _] = LIGHT_GROUNDS;
        let door = LightAccent::default().colour();
        assert!((door.contrast(paper) - 8.5).abs() < 0.1, "{}", door.contrast(paper));
    }

    #[test]
    fn a_colour_that_is_too_light_is_refused_with_what_was_measured_and_one_that_would_do() {
        let wrong = light("#3a86ff").unwrap_err();
        assert!(wrong.contains("#3a86ff") && wrong.contains("3.2:1") && wrong.contains("7:1"), "{wrong}");
        let near = wrong.split('`').nth(3).unwrap();
        assert!(light(near).unwrap().is_some(), "{near}");
        let wrong = <Option<DarkAccent>>::read("#1f4e5f").unwrap_err();
        assert!(wrong.contains("sheet (#1c2024)"), "{wrong}");
        for text in ["blue", "#12", "#12345g", "#1234567", "1f4e5f", "#ééé"] {
            assert!(light(text).unwrap_err().contains("not a colour"), "{text}");
        }
    }

    #[test]
    fn what_follows_for_sepia_and_dark_pages_can_be_read_there() {
        for text in ["#1f4e5f", "#000000", "#5b1a8b", "#8a0000", "#0b4f00"] {
            let accent = light(text).unwrap().unwrap();
            assert!(accent.on_sepia().contrast(SEPIA_GROUND) >= LEAST_CONTRAST, "{text}");
            let dark = accent.in_the_dark().colour();
            assert!(
                DARK_GROUNDS.iter().all(|(_, ground)| dark.contrast(*ground) >= LEAST_CONTRAST),
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_is_digits_and_what_people_write_between_them() {
        assert!(<Option<Phone>>::read("+44 (0)20 7946-0018").unwrap().is_some());
        for text in ["call us", "1", "tel:123", "12345678901234567890123"] {
            assert!(<Option<Phone>>::read(text).unwrap_err().contains("not a telephone number"), "{text}");
        }
    }
}
