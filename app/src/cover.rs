//! Covers: for an article without a picture, arches one within another, a horizon and a light.
//!
//! The phase gives the family of colours, the slug the proportions. A slug always gets the same cover, and all covers
//! are drawn by the same hand, so that a shelf of them looks like one set. A cover carries its own ground and stands on
//! light and dark pages alike; its middle holds the drawing, so that it may be cropped to a door (4:5).

use std::fmt::Write as _;

use article::Phase;

/// A colour as red, green and blue.
type Colour = [u8; 3];

/// The colours of one phase: the wall that the reader stands at, the air of the rooms behind it, the light at the end.
struct Family {
    wall: Colour,
    air: Colour,
    light: Colour,
}

const BEFORE: Family = Family { wall: [138, 94, 34], air: [222, 172, 92], light: [255, 241, 209] };
const DAY: Family = Family { wall: [112, 48, 76], air: [212, 132, 142], light: [255, 233, 214] };
const FIRST: Family = Family { wall: [52, 90, 64], air: [138, 178, 126], light: [252, 244, 208] };
const WEEKS: Family = Family { wall: [52, 76, 130], air: [142, 160, 208], light: [255, 236, 214] };
const ANY: Family = Family { wall: [30, 76, 92], air: [110, 166, 172], light: [255, 240, 212] };

/// The cover of an article as a whole SVG document of 640 by 400.
pub fn svg(slug: &str, phase: Option<Phase>) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" width="640" height="400">{}</svg>"#,
        drawing(slug, phase)
    )
}

/// What is in it, to be put into another drawing. Its ids are `s`, `f` and `a`.
pub fn drawing(slug: &str, phase: Option<Phase>) -> String {
    let family = match phase {
        Some(Phase::Before) => &BEFORE,
        Some(Phase::Day) => &DAY,
        Some(Phase::First) => &FIRST,
        Some(Phase::Weeks) => &WEEKS,
        None => &ANY,
    };
    let mut dice = Dice::of(slug);
    let arches = dice.between(2, 4);
    let outer = Arch {
        middle: 320 + dice.between(-12, 12),
        half: dice.between(122, 146),
        base: 400,
        top: dice.between(34, 62),
        crown: dice.between(84, 128),
    };
    let inner = Arch {
        middle: outer.middle + dice.between(-26, 26),
        half: dice.between(40, 58),
        base: dice.between(300, 334),
        top: dice.between(132, 168),
        crown: outer.crown,
    };
    let horizon = inner.base - dice.between(18, 52);
    let disc = dice.between(15, 26);
    let free = inner.half - disc - 3;
    let sun = inner.middle + dice.between(-free, free);
    let height = dice.between(-6, 34);

    let mut out = String::with_capacity(1400);
    let _ = write!(
        out,
        concat!(
            r##"<linearGradient id="s" x2="0" y2="1"><stop stop-color="{high}"/><stop offset="1" stop-color="{light}"/></linearGradient>"##,
            r##"<linearGradient id="f" x2="0" y2="1"><stop stop-color="{light}" stop-opacity=".9"/><stop offset="1" stop-color="{light}" stop-opacity=".12"/></linearGradient>"##,
            r##"<path fill="{wall}" d="M0 0h640v400H0z"/>"##,
        ),
        high = hex(mix(family.air, family.light, 35)),
        light = hex(family.light),
        wall = hex(family.wall),
    );
    for step in 0..arches {
        let tone = mix(family.wall, family.air, 24 + step * 76 / arches);
        let _ =
            write!(out, r#"<path fill="{}" d="{}"/>"#, hex(tone), outer.towards(&inner, step, arches).path());
    }
    // Through the last arch: the sky, the light on its way up, and what it will shine on.
    let _ = write!(
        out,
        concat!(
            r##"<clipPath id="a"><path d="{opening}"/></clipPath>"##,
            r##"<path fill="url(#s)" d="{opening}"/><g clip-path="url(#a)"><circle cx="{sun}" cy="{at}" r="{disc}" fill="#fff"/>"##,
            r##"<path fill="{land}" d="M0 {horizon}h640v99H0z"/></g>"##,
        ),
        opening = inner.path(),
        sun = sun,
        at = horizon - height,
        disc = disc,
        land = hex(mix(family.air, family.light, 22)),
        horizon = horizon,
    );
    // What falls through it towards the reader.
    let spread = dice.between(40, 84);
    let _ = write!(
        out,
        r##"<path fill="url(#f)" d="M{} {}h{}L{} 400H{}z"/>"##,
        inner.middle - inner.half,
        inner.base,
        inner.half * 2,
        inner.middle + inner.half + spread,
        inner.middle - inner.half - spread,
    );
    out
}

/// An upright opening with a round head.
struct Arch {
    middle: i32,
    half: i32,
    base: i32,
    top: i32,
    /// Height of the round head as a percentage of half the width.
    crown: i32,
}

impl Arch {
    /// The arch at one of `steps` steps on the way from this one to another.
    fn towards(&self, other: &Self, step: i32, steps: i32) -> Self {
        let part = |from: i32, to: i32| from + (to - from) * step / steps;
        Self {
            middle: part(self.middle, other.middle),
            half: part(self.half, other.half),
            base: part(self.base, other.base),
            top: part(self.top, other.top),
            crown: self.crown,
        }
    }

    fn path(&self) -> String {
        let Self { middle, half, base, top, crown } = self;
        let rise = half * crown / 100;
        let spring = top + rise;
        format!("M{} {base}V{spring}A{half} {rise} 0 0 1 {} {spring}V{base}z", middle - half, middle + half)
    }
}

/// Numbers that follow from a slug (FNV-1a, then xorshift), the same on every machine.
struct Dice(u64);

impl Dice {
    fn of(slug: &str) -> Self {
        let hash = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        // Zero would stay zero for ever.
        Self(slug.bytes().fold(0xcbf2_9ce4_8422_2325, hash) | 1)
    }

    /// A number from `low` to `high`, both included.
    fn between(&mut self, low: i32, high: i32) -> i32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let span = u64::from(high.abs_diff(low)) + 1;
        low + i32::try_from((self.0 >> 32) % span).unwrap_or(0)
    }
}

/// `percent` of the way from one colour to another.
fn mix(from: Colour, to: Colour, percent: i32) -> Colour {
    let part = |a: u8, b: u8| {
        let (a, b) = (i32::from(a), i32::from(b));
        u8::try_from(a + (b - a) * percent / 100).unwrap_or(u8::MAX)
    };
    [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])]
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLUGS: [&str; 6] =
        ["the-first-three-days", "a", "", "sleep", "integration-therapy-maximizing-benefits", "doorway"];

    fn all() -> impl Iterator<Item = String> {
        let phases = || Phase::ALL.into_iter().map(Some).chain([None]);
        SLUGS.iter().flat_map(move |slug| phases().map(move |phase| svg(slug, phase)))
    }

    #[test]
    fn a_slug_gets_the_same_cover_every_time() {
        assert_eq!(
            svg("the-first-three-days", Some(Phase::First)),
            svg("the-first-three-days", Some(Phase::First))
        );
    }

    #[test]
    fn no_two_covers_are_alike() {
        let mut covers: Vec<_> = all().collect();
        let drawn = covers.len();
        covers.sort();
        covers.dedup();
        assert_eq!(covers.len(), drawn);
    }

    #[test]
    fn the_phase_changes_the_colours_and_not_the_drawing() {
        let shapes = |cover: String| {
            cover.split('"').filter(|part| part.starts_with('M')).map(str::to_owned).collect::<Vec<_>>()
        };
        let before = shapes(svg("sleep", Some(Phase::Before)));
        assert!(before.len() > 4);
        assert_eq!(before, shapes(svg("sleep", None)));
        assert_ne!(svg("sleep", Some(Phase::Before)), svg("sleep", None));
    }

    #[test]
    fn a_cover_is_light_and_says_its_size() {
        for cover in all() {
            assert!(cover.len() < 1500, "{} bytes", cover.len());
            assert!(cover.contains(r#"viewBox="0 0 640 400" width="640" height="400""#));
            assert!(!cover.contains("NaN") && !cover.contains("<script"));
        }
    }

    #[test]
    fn the_dice_keep_to_their_bounds_and_reach_both() {
        let mut dice = Dice::of("any");
        let thrown: Vec<i32> = (0..500).map(|_| dice.between(-3, 3)).collect();
        assert_eq!((thrown.iter().min(), thrown.iter().max()), (Some(&-3), Some(&3)));
    }

    #[test]
    fn an_arch_stands_on_its_base_and_peaks_at_its_top() {
        let arch = Arch { middle: 100, half: 50, base: 300, top: 80, crown: 100 };
        assert_eq!(arch.path(), "M50 300V130A50 50 0 0 1 150 130V300z");
    }
}
