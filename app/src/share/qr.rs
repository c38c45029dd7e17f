//! QR codes: a text as a drawing that a camera reads back.
//!
//! One maker for the server's pages (packs, posters, handouts) and for the share menu, which draws on the reader's own
//! device. The drawing is black on white in every theme, because that is what cameras are sure of.

use std::fmt::Write as _;

use html::Html;
use qrcodegen::{QrCode, QrCodeEcc};

/// White modules around the code, on each side; ISO/IEC 18004 asks for four.
const QUIET: i32 = 4;

/// A QR code. Its error correction is level M (15 % may be lost), or better where that needs no more modules.
pub struct Qr(QrCode);

impl Qr {
    /// The code of a text; `None` where it has more than about 2,300 bytes, which no code holds.
    pub fn of(text: &str) -> Option<Self> {
        QrCode::encode_text(text, QrCodeEcc::Medium).ok().map(Self)
    }

    /// Modules on a side, with the quiet zone.
    pub fn side(&self) -> i32 {
        self.0.size() + 2 * QUIET
    }

    /// Dark modules as `(x, y, width)`: stretches of a row that lie together. The quiet zone is counted in.
    pub fn stretches(&self) -> impl Iterator<Item = (i32, i32, i32)> + '_ {
        let size = self.0.size();
        (0..size).flat_map(move |y| {
            let mut x = 0;
            std::iter::from_fn(move || {
                while x < size && !self.0.get_module(x, y) {
                    x += 1;
                }
                let from = x;
                while x < size && self.0.get_module(x, y) {
                    x += 1;
                }
                (x > from).then_some((from + QUIET, y + QUIET, x - from))
            })
        })
    }

    /// The drawing as SVG, one unit a module. `label` says what it leads to.
    pub fn svg(&self, label: &str) -> String {
        let side = self.side().to_string();
        let mut path = String::new();
        for (x, y, width) in self.stretches() {
            write!(path, "M{x} {y}h{width}v1h-{width}z").expect("a string takes whatever is written to it");
        }
        let (view, mut html) = (format!("0 0 {side} {side}"), Html::new());
        html.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("class", "qr"),
                ("viewBox", &view),
                ("width", &side),
                ("height", &side),
                ("role", "img"),
                ("aria-label", label),
                ("shape-rendering", "crispEdges"),
            ],
        );
        html.open("path", &[("fill", "#fff"), ("d", &format!("M0 0h{side}v{side}H0z"))]).close("path");
        html.open("path", &[("d", &path)]).close("path").close("svg");
        html.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_drawn_with_a_quiet_zone_and_a_name() {
        let qr = Qr::of("https://library.example/articles/grounding#steps").unwrap();
        let svg = qr.svg("QR code: “Grounding”");
        assert!(svg.contains("aria-label=\"QR code: “Grounding”\""), "{svg}");
        // 48 bytes fit version 4 (33 modules) at level M.
        assert!(svg.contains("viewBox=\"0 0 41 41\""), "{svg}");
        // The first row of the finder patterns: seven modules at each end, four from the edge.
        assert!(svg.contains("M4 4h7v1h-7z") && svg.contains("M30 4h7v1h-7z"), "{svg}");
        assert!(qr.stretches().all(|(x, y, width)| x >= 4 && y >= 4 && x + width <= 37 && y <= 36));
    }

    #[test]
    fn a_text_that_no_code_holds_gives_none() {
        assert!(Qr::of(&"a".repeat(2331)).is_some());
        assert!(Qr::of(&"a".repeat(2332)).is_none());
    }

    #[test]
    fn the_stretches_are_the_dark_modules_and_nothing_else() {
        let qr = Qr::of("hello").unwrap();
        let dark = qr.stretches().map(|(_, _, width)| width).sum::<i32>();
        let size = qr.0.size();
        let counted = (0..size * size).filter(|at| qr.0.get_module(at % size, at / size)).count();
        assert_eq!(usize::try_from(dark).unwrap(), counted);
    }
}
