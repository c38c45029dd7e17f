//! Setting a text in lines: how wide it is, where it breaks, whether it can be written at all.

use std::sync::LazyLock;

use skrifa::{
    FontRef, MetadataProvider as _,
    instance::{LocationRef, Size},
};

const TITLE: &[u8] = include_bytes!("../../../assets/fraunces-title.ttf");
const TEXT: &[u8] = include_bytes!("../../../assets/fraunces-text.ttf");

/// The faces of cards. Both are Fraunces: one cut for headings, one for smaller sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Title,
    Text,
}

struct Faces {
    title: FontRef<'static>,
    text: FontRef<'static>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces {
    title: FontRef::new(TITLE).expect("the face is compiled in, and a test reads it"),
    text: FontRef::new(TEXT).expect("the face is compiled in, and a test reads it"),
});

/// A text in lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Size of the letters in pixels.
    pub size: f32,
    /// Never empty.
    pub lines: Vec<String>,
}

impl Face {
    /// The file, for whoever draws.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Title => TITLE,
            Self::Text => TEXT,
        }
    }

    /// Its weight, by which the file is found when drawing.
    pub fn weight(self) -> u16 {
        match self {
            Self::Title => 600,
            Self::Text => 400,
        }
    }

    fn font(self) -> &'static FontRef<'static> {
        match self {
            Self::Title => &FACES.title,
            Self::Text => &FACES.text,
        }
    }

    /// Whether it has a letter for every character.
    pub fn can_write(self, text: &str) -> bool {
        let letters = self.font().charmap();
        text.chars().all(|c| letters.map(c).is_some())
    }

    /// The width of a text in pixels, without kerning, which makes it a little narrower.
    fn width(self, text: &str, size: f32) -> f32 {
        let (letters, metrics) =
            (self.font().charmap(), self.font().glyph_metrics(Size::new(size), LocationRef::default()));
        text.chars().filter_map(|c| metrics.advance_width(letters.map(c)?)).sum()
    }

    /// The text in the first of `sizes` in which it takes `most` lines at most; in the last, what does not fit is left
    /// out and an ellipsis says so. `None` where the face cannot write it.
    pub fn set(self, text: &str, width: f32, sizes: &[f32], most: usize) -> Option<Setting> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || !self.can_write(&text) {
            return None;
        }
        let fitting = sizes.iter().find_map(|&size| {
            let lines = self.lines(&text, width, size);
            let broken = lines.iter().any(|line| self.width(line, size) > width);
            (lines.len() <= most && !broken).then_some(Setting { size, lines })
        });
        fitting.or_else(|| {
            let size = *sizes.last()?;
            let mut lines = self.lines(&text, width, size);
            let too_long = lines.len() > most;
            lines.truncate(most);
            let last = lines.len() - 1;
            for (at, line) in lines.iter_mut().enumerate() {
                if (too_long && at == last) || self.width(line, size) > width {
                    *line = self.shortened(line, width, size);
                }
            }
            Some(Setting { size, lines })
        })
    }

    /// Breaks between words only.
    fn lines(self, text: &str, width: f32, size: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// As much of a line as fits before an ellipsis.
    fn shortened(self, line: &str, width: f32, size: f32) -> String {
        let mut kept = line.to_owned();
        while !kept.is_empty() && self.width(&format!("{kept}…"), size) > width {
            kept.pop();
        }
        let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
        format!("{kept}…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_stands_in_one_line_in_the_largest_size() {
        let set = Face::Title.set("Sleep", 600.0, &[60.0, 40.0], 3).unwrap();
        assert_eq!(set, Setting { size: 60.0, lines: vec!["Sleep".to_owned()] });
    }

    #[test]
    fn a_longer_text_wraps_then_shrinks_and_stays_within_its_width() {
        let text = "What to expect in the first three days after your session";
        let set = Face::Title.set(text, 400.0, &[64.0, 52.0, 44.0, 36.0], 4).unwrap();
        assert!(set.size < 64.0 && set.lines.len() <= 4, "{set:?}");
        assert_eq!(set.lines.join(" "), text);
        assert!(set.lines.iter().all(|line| Face::Title.width(line, set.size) <= 400.0), "{set:?}");
    }

    #[test]
    fn what_does_not_fit_at_all_ends_in_an_ellipsis() {
        let text = "integration ".repeat(60);
        let set = Face::Text.set(&text, 400.0, &[30.0, 26.0], 3).unwrap();
        assert_eq!((set.size, set.lines.len()), (26.0, 3));
        assert!(set.lines[2].ends_with("n…"), "{set:?}");
        let word = Face::Text.set(&"w".repeat(200), 400.0, &[30.0], 3).unwrap();
        assert!(word.lines.len() == 1 && word.lines[0].ends_with('…'), "{word:?}");
        assert!(Face::Text.width(&word.lines[0], 30.0) <= 400.0);
    }

    #[test]
    fn what_the_face_has_no_letters_for_is_not_set() {
        for text in ["Сон", "睡眠", "Sleep 🛏", "", "  "] {
            assert_eq!(Face::Title.set(text, 400.0, &[30.0], 3), None, "{text}");
        }
        for face in [Face::Title, Face::Text] {
            assert!(face.can_write("Über Schlaf, “façade” – l’œuvre… Łódź × 2 · 5 % €"));
        }
    }
}
