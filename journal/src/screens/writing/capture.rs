//! Capture: during a session or right after it. Dark, huge, for one thumb: write, speak, draw, and four things to ask oneself. What
//! was caught stays as it was once it is finished; what comes later is written beside it.

use journal::{Capture, Content, Piece, PieceKind, Record, templates};
use web_sys::HtmlTextAreaElement;

use super::{
    super::{
        attachments, dates, now,
        place::{Place, Start},
        widgets::{Field, focus_soon, grow},
    },
    bar, drawing, more,
    sheet::Sheet,
    taken::Taken,
    voice,
};
use crate::screens::view::prelude::*;

/// What the keeper is doing, beside writing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Nothing else.
    Nothing,
    /// Speaking.
    Speaking,
    /// Drawing.
    Drawing,
}

/// The capture in a record.
pub fn capture(record: &mut Record) -> Option<&mut Capture> {
    match &mut record.content {
        Content::Capture(capture) => Some(capture),
        _ => None,
    }
}

/// A piece of a kind, now.
pub fn piece(kind: PieceKind) -> Piece {
    Piece { at: now::now(), kind, text: String::new(), attachment: None, more: Default::default() }
}

fn capture_of(record: &Record) -> Capture {
    match &record.content {
        Content::Capture(capture) => capture.clone(),
        _ => Capture::default(),
    }
}

/// The screen.
pub fn view(sheet: Sheet) -> View {
    if sheet.read(|record| capture_of(record).finished.is_some()) {
        return finished(sheet);
    }
    let doing = RwSignal::new(Doing::Nothing);
    let pieces = Taken::new(sheet, |record| capture(record).map(|capture| &mut capture.pieces));
    let draws = Memo::new(move |_| doing.get() == Doing::Drawing);
    view! {
        <section class="capture" aria-label="Capture">
            {move || if draws.get() { drawing::view(sheet, doing) } else { caught(sheet, doing, pieces) }}
        </section>
    }
}

fn caught(sheet: Sheet, doing: RwSignal<Doing>, pieces: Taken<Piece>) -> View {
    let desk = sheet.desk;
    let shown = move || pieces.shown(|place, piece| one(sheet, pieces, place, piece));
    let prompts: Vec<View> = templates::CAPTURE_PROMPTS
        .iter()
        .map(|prompt| {
            let begin = move |_| write(sheet, PieceKind::from(prompt.kind.to_owned()));
            view! { <button type="button" on:click=begin>{prompt.name}</button> }
        })
        .collect();
    view! {
        <h1>"Capture"</h1>
        {bar::draft_notice(sheet)}
        {move || {
            sheet.parts.track();
            sheet.read(|record| capture_of(record).pieces.is_empty()).then(|| view! {
                <p class="hint">"One word is enough. Nobody marks it, and nobody else can read it."</p>
            })
        }}
        <fieldset class="page" disabled=move || !desk.may_write()>
            <ol class="pieces" id=pieces.id()>{shown}</ol>
            <div class="prompts" role="group" aria-label="Ask yourself">{prompts}</div>
            <details class="more">
                <summary>"Session, tags, themes"</summary>
                {more::of_session(sheet, sheet.read(|record| capture_of(record).session), move |session| {
                    sheet.write(|record| if let Some(capture) = capture(record) {
                        capture.session = session;
                    });
                })}
                {more::labelled(sheet)}
            </details>
            {finish(sheet)}
        </fieldset>
        <div class="thumb">
            {move || if doing.get() == Doing::Speaking {
                voice::view(sheet, doing)
            } else {
                view! {
                    <div class="thumbs">
                        <button type="button" disabled=move || !desk.may_write() on:click=move |_| write(sheet, PieceKind::Text)>
                            "Write"
                        </button>
                        <button type="button" disabled=move || !desk.may_write() on:click=move |_| doing.set(Doing::Speaking)>
                            "Speak"
                        </button>
                        <button type="button" disabled=move || !desk.may_write() on:click=move |_| doing.set(Doing::Drawing)>
                            "Draw"
                        </button>
                    </div>
                }
            }}
            <div class="foot">
                {bar::status(sheet)}
                <button type="button" class="plain" on:click=move |_| sheet.save_and_go(|_| Place::Home)>"Close for now"</button>
            </div>
            {bar::trouble(sheet)}
        </div>
    }
}

/// Begins a piece of words, or goes on with the last if it is of that kind and still empty.
fn write(sheet: Sheet, kind: PieceKind) {
    let waiting = sheet.read(|record| {
        let last = capture_of(record).pieces.pop();
        last.is_some_and(|last| last.text.is_empty() && last.attachment.is_none() && last.kind == kind)
    });
    if !waiting {
        sheet.rearrange(|record| {
            if let Some(capture) = capture(record) {
                capture.pieces.retain(|piece| !piece.text.trim().is_empty() || piece.attachment.is_some());
                capture.pieces.push(piece(kind));
            }
        });
    }
    focus_soon(".pieces > li:last-child textarea".to_owned());
}

fn asked(kind: &PieceKind) -> (&'static str, &'static str) {
    let prompt = templates::CAPTURE_PROMPTS.iter().find(|prompt| prompt.kind == kind.as_str());
    match prompt {
        Some(prompt) => (prompt.name, prompt.question),
        None => ("Words", "What is there, as it comes."),
    }
}

fn one(sheet: Sheet, pieces: Taken<Piece>, place: usize, said: Piece) -> View {
    let time = dates::time(said.at);
    let change = move |typed: String| {
        sheet.write(|record| {
            if let Some(piece) = capture(record).and_then(|capture| capture.pieces.get_mut(place)) {
                piece.text = typed;
            }
        });
    };
    let Some(mut attachment) = said.attachment else {
        let (name, question) = asked(&said.kind);
        let label = format!("{name}, {time}");
        let text = said.text.clone();
        return view! {
            <li class="words">
                <p class="facts" aria-hidden="true">{label.clone()}</p>
                <textarea
                    rows="1"
                    aria-label=label
                    placeholder=question
                    prop:value=text
                    on:input=move |event| {
                        let area: HtmlTextAreaElement = event_target(&event);
                        grow(&area);
                        change(area.value());
                    }
                    on:focus=move |event| grow(&event_target(&event))
                ></textarea>
            </li>
        };
    };
    let (name, hint) = match said.kind {
        PieceKind::Voice => ("Voice memo", "What it says, if you want to write it down"),
        _ => ("Drawing", "What it shows, in a few words"),
    };
    // What is written beside it is its description; until then it is called what it is.
    attachment.alt = match said.text.trim() {
        "" if said.kind != PieceKind::Voice => format!("{name}, {time}"),
        words => words.to_owned(),
    };
    view! {
        <li class="made">
            <p class="facts">{format!("{name}, {time}")}</p>
            {attachments::attachment(sheet.desk, attachment)}
            {Field::new(hint, said.text).kind("area").told(change)}
            <button type="button" class="plain" on:click=move |_| pieces.take_out(place)>"Take it out"</button>
        </li>
    }
}

/// Finishing asks once: afterwards nothing of it can be changed.
fn finish(sheet: Sheet) -> View {
    let sure = RwSignal::new(false);
    (move || {
        sheet.parts.track();
        if sheet.read(|record| capture_of(record).pieces.is_empty()) {
            return ().into_view();
        }
        if !sure.get() {
            return view! { <p><button type="button" class="plain" on:click=move |_| sure.set(true)>"Finish…"</button></p> };
        }
        view! {
            <div class="notice">
                <p>"Finished, it stays as it is for good: it shows you later what came first. You can always write beside it."</p>
                <p class="tools">
                    <button type="button" class="primary" on:click=move |_| {
                        sheet.write(|record| if let Some(capture) = capture(record) {
                            capture.pieces.retain(|piece| !piece.text.trim().is_empty() || piece.attachment.is_some());
                            capture.finished = Some(now::now());
                        });
                        sheet.finish();
                    }>"Finish it"</button>
                    <button type="button" on:click=move |_| sure.set(false)>"Not yet"</button>
                </p>
            </div>
        }
    })
    .into_view()
}

fn finished(sheet: Sheet) -> View {
    let desk = sheet.desk;
    let id = sheet.id();
    view! {
        <h1>"Capture"</h1>
        <p>"This capture is finished and stays as it was. What you think of it now is written beside it."</p>
        <p class="tools">
            <button type="button" class="primary" on:click=move |_| {
                desk.go(Place::Write(Start::About { session: sheet.read(|record| capture_of(record).session), reflects: id }));
            }>"Write beside it"</button>
            <button type="button" on:click=move |_| desk.go(bar::to_reading(id))>"Read it"</button>
        </p>
    }
}
