//! Pictures that stand in the content folder, and the sizes in which a browser may ask for them.

use serde::Serialize;

/// Widths, in pixels, in which the server gives a picture: `/images/door.jpg?w=480`. Never wider than it is.
pub const WIDTHS: [u32; 3] = [480, 960, 1440];

/// Whether a picture is made of pixels that can be scaled. A drawing needs no sizes, an animation would stop.
pub fn can_be_scaled(path: &str) -> bool {
    let kind = path.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
    matches!(kind.as_deref(), Some("jpg" | "jpeg" | "png" | "webp"))
}

/// A picture of the content folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Where it is served (`/images/…`).
    pub path: String,
    /// Width and height in pixels, as they are seen; `None` where they are not known.
    pub size: Option<(u32, u32)>,
}

impl Picture {
    /// What a browser may choose from, as the value of `srcset`; `None` where there is no choice.
    ///
    /// The last one is as wide as the picture itself or as the widest of [`WIDTHS`]: a photograph as it comes
    /// from a camera is too large for any page.
    pub fn srcset(&self) -> Option<String> {
        let (own, _) = self.size.filter(|_| can_be_scaled(&self.path))?;
        let narrower = WIDTHS.iter().filter(|&&width| width < own).count();
        let choices: Vec<String> = WIDTHS
            .iter()
            .take(narrower + 1)
            .map(|&width| format!("{}?w={width} {}w", self.path, width.min(own)))
            .collect();
        Some(choices.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn srcset(path: &str, width: u32) -> Option<String> {
        Picture { path: path.to_owned(), size: Some((width, 400)) }.srcset()
    }

    #[test]
    fn a_large_picture_comes_in_every_width_and_never_as_it_is() {
        assert_eq!(
            srcset("/images/x.jpg", 4000).unwrap(),
            "/images/x.jpg?w=480 480w, /images/x.jpg?w=960 960w, /images/x.jpg?w=1440 1440w"
        );
    }

    #[test]
    fn the_widest_choice_is_named_by_the_width_that_it_has() {
        assert_eq!(
            srcset("/images/x.PNG", 640).unwrap(),
            "/images/x.PNG?w=480 480w, /images/x.PNG?w=960 640w"
        );
        assert_eq!(srcset("/images/x.webp", 480).unwrap(), "/images/x.webp?w=480 480w");
        assert_eq!(srcset("/images/x.jpeg", 200).unwrap(), "/images/x.jpeg?w=480 200w");
    }

    #[test]
    fn drawings_animations_and_pictures_of_unknown_size_give_no_choice() {
        for path in ["/images/x.svg", "/images/x.gif", "/images/x.avif", "/images/x"] {
            assert_eq!(srcset(path, 4000), None, "{path}");
        }
        assert_eq!(Picture { path: "/images/x.jpg".to_owned(), size: None }.srcset(), None);
    }
}
