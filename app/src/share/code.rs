//! The QR code of a passage, drawn on the reader's device: to be shown, enlarged and kept as a file.

use html::Html;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{message::Passage, qr::Qr};
use crate::islands::dom;

/// Pixels of a module in the file for programs that take no SVG: sharp at 8 cm in print for a link of 100 characters.
const PIXELS: i32 = 16;

/// The code with what can be done with it, as HTML.
pub(super) fn figure(passage: &Passage) -> String {
    let mut html = Html::new();
    let Some(qr) = Qr::of(&passage.address) else {
        html.element("p", &[], "This link is too long for a QR code. Copy it instead, or select less text.");
        return html.finish();
    };
    let svg = qr.svg(&format!("QR code for {}", passage.name()));
    let attributes = [("type", "button"), ("class", "code"), ("data-do", "large")];
    html.open("button", &attributes).made(&svg);
    html.element("span", &[], says(false)).close("button");
    html.open("p", &[("class", "files")]);
    let drawing = format!("data:image/svg+xml,{}", utf8_percent_encode(&svg, NON_ALPHANUMERIC));
    let mut file = |to: &str, name: &str, label: &str| {
        html.element("a", &[("class", "button"), ("href", to), ("download", name)], label);
    };
    file(&drawing, "qr-code.svg", "Save as SVG");
    if let Some(picture) = picture(&qr) {
        file(&picture, "qr-code.png", "Save as PNG");
    }
    html.close("p");
    html.finish()
}

/// What a tap on the code does.
pub(super) fn says(large: bool) -> &'static str {
    if large { "Tap the code to make it smaller again" } else { "Tap the code to make it larger" }
}

/// The code as PNG in an address of its own; `None` where the browser draws no pictures.
fn picture(qr: &Qr) -> Option<String> {
    let canvas: HtmlCanvasElement = dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
    let side = u32::try_from(qr.side() * PIXELS).ok()?;
    canvas.set_width(side);
    canvas.set_height(side);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let fill = |colour: &str, x: i32, y: i32, width: i32, height: i32| {
        context.set_fill_style_str(colour);
        let pixels = |modules: i32| f64::from(modules * PIXELS);
        context.fill_rect(pixels(x), pixels(y), pixels(width), pixels(height));
    };
    fill("#fff", 0, 0, qr.side(), qr.side());
    for (x, y, width) in qr.stretches() {
        fill("#000", x, y, width, 1);
    }
    canvas.to_data_url().ok()
}
