//! The picture of a card: paper and ink on the left, the cover of what it is about on the right.

use std::{
    fmt::Write as _,
    sync::{Arc, LazyLock},
};

use image::{
    ExtendedColorType, ImageEncoder as _,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::{
    face::{Face, Setting},
    words::Words,
};

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
/// Where text starts, and how wide a line may be: the cover begins at 756.
const LEFT: u32 = 72;
const MEASURE: f32 = 612.0;

const TITLE_SIZES: [f32; 4] = [68.0, 58.0, 50.0, 42.0];
const TITLE_LINES: usize = 4;
const TITLE_LEADING: f32 = 1.12;
const LINE_SIZES: [f32; 2] = [32.0, 28.0];
const LINE_LINES: usize = 4;
const LINE_LEADING: f32 = 1.36;
const FROM_SIZES: [f32; 2] = [28.0, 24.0];
const FROM_LINES: usize = 2;
const FROM_LEADING: f32 = 1.2;
/// Where its one line stands; two stand around it, so that they stay beside the mark.
const FROM_BASE: f32 = 97.0;
/// Between title and line.
const GAP: f32 = 26.0;
/// Where title and line have their place, from and to.
const BLOCK: (f32, f32) = (150.0, 578.0);

/// Why a card could not be drawn. None of it follows from what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// Our own drawing is not one.
    #[error("the drawing of a card cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// There is no memory for it, or the like.
    #[error("a card could not be made: {0}")]
    Picture(#[from] image::ImageError),
    /// The size is not one.
    #[error("a card has no room")]
    Room,
}

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for face in [Face::Title, Face::Text] {
        fonts.load_font_data(face.bytes().to_vec());
    }
    Arc::new(fonts)
});

/// The card as PNG.
pub fn png(words: &Words) -> Result<Vec<u8>, DrawError> {
    let options = Options { fontdb: FONTS.clone(), font_family: "Fraunces".to_owned(), ..Options::default() };
    let tree = Tree::from_str(&svg(words), &options)?;
    let mut picture = Pixmap::new(WIDTH, HEIGHT).ok_or(DrawError::Room)?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    // The paper covers everything, so nothing shines through and the fourth channel says nothing.
    let (pixels, _) = picture.data().as_chunks::<4>();
    let pixels: Vec<u8> = pixels.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]).collect();
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive).write_image(
        &pixels,
        WIDTH,
        HEIGHT,
        ExtendedColorType::Rgb8,
    )?;
    Ok(png)
}

/// The card as a drawing. Words that no face can write are left out: the cover still stands for the page, and the title is
/// beside the picture wherever a preview is shown.
pub fn svg(words: &Words) -> String {
    let from = Face::Title.set(&words.from, MEASURE - 60.0, &FROM_SIZES, FROM_LINES);
    let title = Face::Title.set(&words.title, MEASURE, &TITLE_SIZES, TITLE_LINES);
    // A long title leaves less room.
    let rest = BLOCK.1 - BLOCK.0 - height(title.as_ref(), TITLE_LEADING) - GAP;
    let most = (1..=LINE_LINES).rev().find(|&lines| lines as f32 * LINE_SIZES[1] * LINE_LEADING <= rest);
    let line = most.and_then(|most| Face::Text.set(words.line.as_deref()?, MEASURE, &LINE_SIZES, most));

    let mut out = format!(
        concat!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="Fraunces">"##,
            r##"<path fill="#fbf7f0" d="M0 0h{width}v{height}H0z"/>"##,
            // The cover in the middle of its width.
            r##"<svg x="756" width="444" height="{height}" viewBox="0 0 640 400" preserveAspectRatio="xMidYMid slice">{cover}</svg>"##,
            // The mark, as in the header of pages.
            r##"<g transform="translate({left} 64) scale(1.75)" fill="none" stroke="#1f4e5f" stroke-width="1.75" "##,
            r##"stroke-linecap="round" stroke-linejoin="round"><path d="M4 20.5v-10a8 8 0 0 1 16 0v10"/>"##,
            r##"<path d="M20 20.5l-7.5 2V8a5.3 5.3 0 0 1 7.5 2.5"/></g>"##,
        ),
        width = WIDTH,
        height = HEIGHT,
        left = LEFT - 6,
        cover = app::cover::drawing(&words.slug, words.phase),
    );
    if let Some(from) = from {
        let above = (from.lines.len() - 1) as f32 * from.size * FROM_LEADING / 2.0;
        write_lines(&mut out, Face::Title, "#4c525a", &from, LEFT + 52, FROM_BASE - above, FROM_LEADING);
    }
    let block = height(title.as_ref(), TITLE_LEADING) + height(line.as_ref(), LINE_LEADING) + GAP;
    let mut top = BLOCK.0 + (BLOCK.1 - BLOCK.0 - block).max(0.0) / 2.0;
    if let Some(title) = &title {
        write_lines(&mut out, Face::Title, "#22262b", title, LEFT, top + title.size * 0.9, TITLE_LEADING);
        top += height(Some(title), TITLE_LEADING) + GAP;
    }
    if let Some(line) = &line {
        write_lines(&mut out, Face::Text, "#4c525a", line, LEFT, top + line.size * 0.9, LINE_LEADING);
    }
    out.push_str("</svg>");
    out
}

fn height(set: Option<&Setting>, leading: f32) -> f32 {
    set.map_or(0.0, |set| set.lines.len() as f32 * set.size * leading)
}

/// Writes lines below one another, the first on `base`.
fn write_lines(
    out: &mut String,
    face: Face,
    colour: &str,
    set: &Setting,
    left: u32,
    base: f32,
    leading: f32,
) {
    for (at, line) in set.lines.iter().enumerate() {
        let y = base + at as f32 * set.size * leading;
        let (size, weight) = (set.size, face.weight());
        let line = quick_xml::escape::escape(line.as_str());
        // Writing into a String cannot fail.
        let _ = write!(
            out,
            r#"<text x="{left}" y="{y:.1}" font-size="{size}" font-weight="{weight}" fill="{colour}">{line}</text>"#
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str, line: &str) -> Words {
        Words {
            from: "Harbour & Sons".to_owned(),
            title: title.to_owned(),
            line: Some(line.to_owned()),
            slug: "rest".to_owned(),
            phase: None,
        }
    }

    #[test]
    fn a_card_is_an_opaque_picture_of_its_size_and_light_enough_to_be_fetched() {
        let png = png(&words("The first three days", "Rest, water, and nothing decided.")).unwrap();
        let picture = image::load_from_memory(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
        assert!(!picture.color().has_alpha());
        assert!(png.len() < 150_000, "{} bytes", png.len());
    }

    #[test]
    fn the_words_are_really_drawn() {
        let with = png(&words("The first three days", "Rest.")).unwrap();
        let without = png(&words("", "")).unwrap();
        let ink = |png: &[u8]| {
            let picture = image::load_from_memory(png).unwrap().to_rgb8();
            picture.enumerate_pixels().filter(|(x, y, pixel)| *x < 700 && *y > 130 && pixel.0[0] < 90).count()
        };
        assert!(ink(&with) > 3000 && ink(&without) == 0, "{} {}", ink(&with), ink(&without));
    }

    #[test]
    fn a_long_name_of_a_clinic_takes_two_lines_and_only_then_is_cut() {
        let lines = |from: &str| -> Vec<String> {
            let drawing = svg(&Words { from: from.to_owned(), ..words("Rest", "") });
            let texts = drawing.split("fill=\"#4c525a\">").skip(1);
            texts.map(|text| text.split('<').next().unwrap().to_owned()).collect()
        };
        assert_eq!(lines("Harbour Clinic"), ["Harbour Clinic"]);
        let name = "Department of Psychiatry and Psychotherapy, Harbour Hospital";
        assert_eq!(lines(name).len(), 2);
        assert_eq!(lines(name).join(" "), name);
        let longest = lines(&format!("{name}, University of the Northern Islands, Springfield"));
        assert!(longest.len() == 2 && longest[1].ends_with('…') && !longest[0].contains('…'), "{longest:?}");
    }

    #[test]
    fn words_that_no_face_can_write_are_left_out_and_the_rest_is_drawn() {
        let drawing = svg(&words("睡眠", "Sleep <well> & long"));
        assert!(!drawing.contains('睡') && drawing.contains("Sleep &lt;well&gt; &amp; long"), "{drawing}");
        assert!(png(&words("睡眠", "сон")).is_ok());
    }

    #[test]
    fn a_very_long_title_leaves_room_for_less() {
        let long = "A title that goes on and on about everything that could be said ".repeat(4);
        let drawing = svg(&words(&long, &long));
        let lowest = drawing
            .split(" y=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next()?.parse::<f32>().ok())
            .fold(0.0, f32::max);
        assert!(drawing.contains('…') && lowest < 600.0, "{lowest}");
    }
}
