//! Drawing with a finger, a pen or a mouse. Every line is sealed a moment after it is drawn; what is undone or wiped can be had
//! back for as long as the drawing is open.

use std::{cell::RefCell, rc::Rc};

use journal::{Attachment, AttachmentId, PieceKind};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

use super::{
    super::{act::Act, attachments, dom, soon::Soon, widgets::choice},
    capture::{Doing, capture, piece},
    photos,
    sheet::{Held, Sheet},
};
use crate::{
    protocol::{BeginAttachment, DiscardAttachment, Trouble, Why},
    screens::view::prelude::*,
};

/// The sheet, in pixels: upright, as a phone is held.
const WIDTH: u32 = 1080;
const HEIGHT: u32 = 1350;
/// After so much quiet it is sealed, in milliseconds.
const QUIET: i32 = 900;
/// And at the latest so long after the first of what is not sealed, in milliseconds.
const LATEST: f64 = 3000.0;
const PAPER: &str = "#101316";
const INK: &str = "#e8e4dc";
/// Widths of a line, in pixels of the sheet, by key.
const WIDTHS: [(&str, &str, f64); 3] =
    [("thin", "Thin", 5.0), ("middle", "Middle", 12.0), ("broad", "Broad", 30.0)];

#[derive(Clone)]
struct Line {
    width: f64,
    /// Places and how hard it was pressed, from 0 to 1.
    points: Vec<(f64, f64, f64)>,
}

#[derive(Default)]
struct Inner {
    lines: Vec<Line>,
    drawing: bool,
    /// All lines before each step, to be had back.
    steps: Vec<Vec<Line>>,
    /// Counts changes; and which of them is sealed.
    change: u32,
    kept: u32,
    /// The attachment that holds the drawing as it was last sealed.
    sealed: Option<AttachmentId>,
}

/// The sheet to draw on.
pub fn view(sheet: Sheet, doing: RwSignal<Doing>) -> View {
    let canvas = NodeRef::<HtmlCanvasElement>::new();
    let inner = StoredValue::new_local(Rc::new(RefCell::new(Inner::default())));
    let width = RwSignal::new(WIDTHS[1].2);
    let steps = RwSignal::new(0_usize);
    let act = Act::new();
    effect(move || {
        if let Some(canvas) = canvas.get() {
            redraw(&canvas, &[]);
        }
    });
    let soon = StoredValue::new_local(Soon::default());
    let seal = move || {
        soon.with_value(Soon::over);
        let Some(canvas) = canvas.get_untracked() else { return };
        let (held, inner) = (sheet.hold(), inner.get_value());
        sheet.add(async move {
            let _turn = held.turn().await;
            let sealed = seal(sheet, &held, &canvas, &inner).await;
            sealed.map_err(|trouble| act.tell(sheet.desk, trouble)).is_ok()
        });
    };
    let seal_soon = move || {
        inner.with_value(|inner| inner.borrow_mut().change += 1);
        soon.with_value(|soon| soon.act(QUIET, LATEST, seal));
    };
    sheet.desk.save_before_locking(move || {
        seal();
        Box::pin(async move {
            sheet.complete().await;
        })
    });
    dom::when_hidden(seal);
    on_cleanup(move || {
        if sheet.desk.is_inside() {
            seal();
        }
    });
    let down = move |event: PointerEvent| {
        let Some(canvas) = canvas.get_untracked() else { return };
        event.prevent_default();
        canvas.set_pointer_capture(event.pointer_id()).ok();
        inner.with_value(|inner| {
            let mut inner = inner.borrow_mut();
            let lines = inner.lines.clone();
            inner.steps.push(lines);
            inner.drawing = true;
            inner.lines.push(Line { width: width.get_untracked(), points: vec![place(&canvas, &event)] });
            steps.set(inner.steps.len());
            redraw(&canvas, &inner.lines);
        });
        seal_soon();
    };
    let moved = move |event: PointerEvent| {
        let Some(canvas) = canvas.get_untracked() else { return };
        if !inner.with_value(|inner| inner.borrow().drawing) {
            return;
        }
        inner.with_value(|inner| {
            let mut inner = inner.borrow_mut();
            let point = place(&canvas, &event);
            if let (Some(line), Some(context)) = (inner.lines.last_mut(), context(&canvas)) {
                line.points.push(point);
                stroke(&context, line, line.points.len() - 1);
            }
        });
        seal_soon();
    };
    let up = move |_: PointerEvent| {
        if inner.with_value(|inner| std::mem::replace(&mut inner.borrow_mut().drawing, false)) {
            seal_soon();
        }
    };
    let undo = move || {
        let Some(canvas) = canvas.get_untracked() else { return };
        inner.with_value(|inner| {
            let mut inner = inner.borrow_mut();
            if let Some(before) = inner.steps.pop() {
                inner.lines = before;
                steps.set(inner.steps.len());
                redraw(&canvas, &inner.lines);
            }
        });
        seal_soon();
    };
    let wipe = move || {
        let Some(canvas) = canvas.get_untracked() else { return };
        inner.with_value(|inner| {
            let mut inner = inner.borrow_mut();
            let lines = std::mem::take(&mut inner.lines);
            inner.steps.push(lines);
            steps.set(inner.steps.len());
            redraw(&canvas, &[]);
        });
        seal_soon();
        dom::announce("Wiped. Undo brings it back.");
    };
    let done = move |_| {
        act.trouble.set(None);
        seal();
        spawn_local(async move {
            if sheet.complete().await {
                doing.try_set(Doing::Nothing);
                sheet.parts.try_update(|parts| *parts += 1);
            }
        });
    };
    let widths = WIDTHS.iter().map(|(key, name, _)| ((*key).to_owned(), (*name).to_owned())).collect();
    view! {
        <h1>"Draw"</h1>
        <canvas
            class="drawing"
            width=WIDTH.to_string()
            height=HEIGHT.to_string()
            aria-label="A sheet to draw on with a finger, a pen or a mouse. Words do as well: go back and write."
            role="img"
            node_ref=canvas
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
        ></canvas>
        <div class="thumb">
            {choice("Line", widths, WIDTHS[1].0, move |key| {
                if let Some((_, _, chosen)) = WIDTHS.iter().find(|(other, ..)| *other == key) {
                    width.set(*chosen);
                }
            })}
            {act.told()}
            <div class="thumbs">
                <button type="button" disabled=move || steps.get() == 0 on:click=move |_| undo()>"Undo"</button>
                <button type="button" disabled=move || steps.get() == 0 on:click=move |_| wipe()>"Wipe"</button>
                <button type="button" on:click=done>"Done"</button>
            </div>
        </div>
    }
}

/// Where on the sheet, and how hard: a pen says so, all else presses halfway.
fn place(canvas: &HtmlCanvasElement, event: &PointerEvent) -> (f64, f64, f64) {
    let seen = canvas.get_bounding_client_rect();
    let x = (f64::from(event.client_x()) - seen.left()) / seen.width().max(1.0) * f64::from(WIDTH);
    let y = (f64::from(event.client_y()) - seen.top()) / seen.height().max(1.0) * f64::from(HEIGHT);
    let hard = if event.pointer_type() == "pen" { f64::from(event.pressure()) } else { 0.5 };
    (x, y, hard)
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn redraw(canvas: &HtmlCanvasElement, lines: &[Line]) {
    let Some(context) = context(canvas) else { return };
    context.set_fill_style_str(PAPER);
    context.fill_rect(0.0, 0.0, WIDTH.into(), HEIGHT.into());
    for line in lines {
        (0..line.points.len()).for_each(|at| stroke(&context, line, at));
    }
}

/// The piece of a line that ends at a point; a dot at its first.
fn stroke(context: &CanvasRenderingContext2d, line: &Line, at: usize) {
    let (x, y, hard) = line.points[at];
    let (from_x, from_y, _) = line.points[at.saturating_sub(1)];
    context.set_stroke_style_str(INK);
    context.set_line_cap("round");
    context.set_line_width(line.width * (0.4 + 1.2 * hard));
    context.begin_path();
    context.move_to(from_x, from_y);
    context.line_to(x, y);
    context.stroke();
}

/// Seals what is drawn, in the place of what was sealed of it before. An empty sheet is no piece.
async fn seal(
    sheet: Sheet,
    held: &Held,
    canvas: &HtmlCanvasElement,
    inner: &RefCell<Inner>,
) -> Result<(), Trouble> {
    let (before, change) = (inner.borrow().sealed, inner.borrow().change);
    if change == inner.borrow().kept {
        return Ok(());
    }
    let sealed = if inner.borrow().lines.is_empty() {
        None
    } else {
        let id = sheet.desk.ask(BeginAttachment).await?;
        let mut drawn = attachments::to_come(id, "image/png".to_owned());
        if before.is_none() {
            // Named before it is there, so that it is told if it does not come.
            put(held, inner, Some(drawn.clone()));
        }
        let blob = photos::picture(canvas, "image/png").await.ok_or_else(no_picture)?;
        drawn.bytes = attachments::fill(sheet.desk, id, &blob).await?;
        (drawn.width, drawn.height) = (Some(WIDTH), Some(HEIGHT));
        Some(drawn)
    };
    put(held, inner, sealed);
    inner.borrow_mut().kept = change;
    sheet.keep().await?;
    // Nothing says it any more, unless the screen has gone meanwhile: then making room finds it.
    if let (Some(id), Some(of)) = (before, held.id()) {
        sheet.desk.ask(DiscardAttachment { id, of }).await.ok();
    }
    Ok(())
}

/// Puts the drawing into the capture, in the place of what stood for it there.
fn put(held: &Held, inner: &RefCell<Inner>, sealed: Option<Attachment>) {
    let before = std::mem::replace(&mut inner.borrow_mut().sealed, sealed.as_ref().map(|one| one.id));
    held.write(|record| {
        let Some(pieces) = capture(record).map(|capture| &mut capture.pieces) else { return };
        let same = |piece: &journal::Piece| {
            before.is_some() && piece.attachment.as_ref().map(|one| one.id) == before
        };
        let place = pieces.iter().position(same);
        match (sealed, place) {
            (Some(attachment), Some(place)) => pieces[place].attachment = Some(attachment),
            (Some(attachment), None) => {
                let mut drawing = piece(PieceKind::Drawing);
                drawing.attachment = Some(attachment);
                pieces.push(drawing);
            }
            (None, Some(place)) => drop(pieces.remove(place)),
            (None, None) => {}
        }
    });
}

fn no_picture() -> Trouble {
    let words = "This browser made no picture of the drawing, so it is not kept yet. Try again while it is on the screen.";
    Trouble::new(Why::NotTaken, words)
}
