//! A voice memo: recorded and sealed second by second, so that an interrupted recording can still be played. The microphone is on
//! only while this is on the screen.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use journal::{AttachmentId, PieceKind};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobEvent, HtmlDivElement, MediaRecorder, MediaRecorderOptions, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, RecordingState,
};

use super::{
    super::{attachments, desk::Desk, dom},
    capture::{Doing, capture, piece},
    level::Level,
    sheet::{Held, Sheet},
};
use crate::{
    protocol::{BeginAttachment, EndAttachment, PushAttachment, Trouble},
    screens::view::prelude::*,
};

/// So often the browser hands over what was recorded, in milliseconds.
const SLICE: i32 = 1_000;
/// What browsers record, the smaller first.
const KINDS: [&str; 2] = ["audio/webm;codecs=opus", "audio/mp4"];

/// How far it is.
#[derive(Clone, PartialEq)]
enum Stage {
    Asking,
    Recording,
    Ending,
    /// The microphone has gone by itself; what was recorded is kept.
    Taken,
    Refused(&'static str),
    Not(Trouble),
}

/// The recorder; it begins at once.
pub fn view(sheet: Sheet, doing: RwSignal<Doing>) -> View {
    let stage = RwSignal::new(Stage::Asking);
    let seconds = RwSignal::new(0_u32);
    let meter = NodeRef::<HtmlDivElement>::new();
    let recording = StoredValue::new_local(None::<Rc<Recording>>);
    // Ends it, if it goes on; true if the microphone has ended it already.
    let end = move |taken: bool| {
        let begun = recording.try_get_value().flatten();
        let Some(begun) = begun.filter(|_| stage.with_untracked(|stage| *stage == Stage::Recording)) else {
            return;
        };
        stage.set(Stage::Ending);
        let held = sheet.hold();
        sheet.add(async move {
            let ended = begun.end(held).await;
            let kept = if ended.is_ok() { sheet.keep().await } else { ended };
            let well = kept.is_ok();
            let next = match kept {
                Ok(()) if taken => Stage::Taken,
                Ok(()) => {
                    dom::announce(if sheet.desk.keeps() {
                        "The recording is kept"
                    } else {
                        "Only in this tab"
                    });
                    doing.try_set(Doing::Nothing);
                    return true;
                }
                Err(trouble) => Stage::Not(trouble),
            };
            stage.try_set(next);
            well
        });
    };
    let held = sheet.hold();
    spawn_local(async move {
        match begin(sheet, held, move || stage.is_disposed()).await {
            Ok(begun) => {
                if recording.try_set_value(Some(begun.clone())).is_some() {
                    // The screen has gone while the browser asked.
                    begun.stop();
                    return;
                }
                stage.set(Stage::Recording);
                dom::announce("Recording");
                tick(sheet.desk, begun, seconds, meter, Rc::new(move || end(true)));
            }
            Err(stopped) => drop(stage.try_set(stopped)),
        }
    });
    sheet.desk.save_before_locking(move || {
        end(false);
        Box::pin(async move {
            sheet.complete().await;
            sheet.keep().await.ok();
        })
    });
    on_cleanup(move || {
        if sheet.desk.is_inside() {
            end(false);
        } else if let Some(begun) = recording.try_get_value().flatten() {
            begun.stop();
        }
    });
    let back = move |words: &'static str| {
        view! { <button type="button" on:click=move |_| doing.set(Doing::Nothing)>{words}</button> }
    };
    (move || match stage.get() {
        Stage::Asking => view! {
            <p role="status">"Your browser asks whether this page may use the microphone."</p>
            {back("Not now")}
        },
        Stage::Recording => view! {
            <div class="recording">
                <div class="level" node_ref=meter aria-hidden="true"></div>
                <p role="timer">{move || format!("{}:{:02}", seconds.get() / 60, seconds.get() % 60)}</p>
                <button type="button" class="huge" on:click=move |_| end(false)>"Stop and keep"</button>
            </div>
        },
        Stage::Ending => view! { <p role="status">"The recording is being sealed…"</p> },
        Stage::Taken => view! {
            <p role="alert">"The microphone was taken away. What was recorded is kept."</p>
            {back("Back")}
        },
        Stage::Refused(words) => view! { <p role="alert">{words}</p> {back("Back")} },
        Stage::Not(trouble) => view! {
            <p role="alert">{trouble.told()}</p>
            <p>"What was recorded until then is kept."</p>
            {back("Back")}
        },
    })
    .into_view()
}

/// Counts the seconds and shows how loud it is, for as long as it goes on. Calls `stopped` once it does not.
fn tick(
    desk: Desk,
    recording: Rc<Recording>,
    seconds: RwSignal<u32>,
    meter: NodeRef<HtmlDivElement>,
    stopped: Rc<dyn Fn()>,
) {
    let level = Level::of(&recording.stream);
    fn go_on(
        desk: Desk,
        recording: Rc<Recording>,
        level: Option<Level>,
        seconds: RwSignal<u32>,
        meter: NodeRef<HtmlDivElement>,
        stopped: Rc<dyn Fn()>,
    ) {
        if recording.recorder.state() == RecordingState::Inactive {
            stopped();
            return;
        }
        let passed = (recording.milliseconds() / 1000.0) as u32;
        if seconds.try_get_untracked().is_some_and(|shown| shown != passed) {
            seconds.set(passed);
            // Speaking is doing something.
            desk.touch();
        }
        if let (Some(level), Some(meter)) = (&level, meter.get_untracked()) {
            level.show(&meter);
        }
        dom::after(200, move || go_on(desk, recording, level, seconds, meter, stopped));
    }
    go_on(desk, recording, level, seconds, meter, stopped);
}

/// What the browser calls.
type Listener = Closure<dyn FnMut(JsValue)>;

struct Recording {
    desk: Desk,
    id: AttachmentId,
    stream: MediaStream,
    recorder: MediaRecorder,
    begun: f64,
    /// What was recorded and not yet handed over, in its order.
    waiting: RefCell<VecDeque<Blob>>,
    handing: Cell<bool>,
    lost: RefCell<Option<Trouble>>,
    stopped: Cell<bool>,
    /// Woken when the recorder has stopped and all is handed over.
    over: RefCell<Vec<js_sys::Function>>,
    heard: RefCell<Vec<Listener>>,
}

async fn begin(sheet: Sheet, held: Held, gone: impl Fn() -> bool) -> Result<Rc<Recording>, Stage> {
    let desk = sheet.desk;
    let stream = microphone().await.map_err(Stage::Refused)?;
    let options = MediaRecorderOptions::new();
    if let Some(kind) = KINDS.into_iter().find(|kind| MediaRecorder::is_type_supported(kind)) {
        options.set_mime_type(kind);
    }
    let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options);
    let recorder = recorder.map_err(|_| {
        silence(&stream);
        Stage::Refused("This browser cannot record here. Words and drawings work.")
    })?;
    let id = desk.ask(BeginAttachment).await.map_err(|trouble| {
        silence(&stream);
        Stage::Not(trouble)
    })?;
    if gone() {
        // Nobody waits for it any more: nothing of it is written down.
        silence(&stream);
        return Err(Stage::Asking);
    }
    let recording = Rc::new(Recording {
        desk,
        id,
        stream,
        recorder,
        begun: js_sys::Date::now(),
        waiting: RefCell::default(),
        handing: Cell::new(false),
        lost: RefCell::default(),
        stopped: Cell::new(false),
        over: RefCell::default(),
        heard: RefCell::default(),
    });
    recording.listen();
    recording.recorder.start_with_time_slice(SLICE).map_err(|_| {
        silence(&recording.stream);
        Stage::Refused("The microphone could not be started. Another program may be using it.")
    })?;
    // From the first second on the capture names it, so that it is found after a crash.
    let attachment = attachments::to_come(id, recording.recorder.mime_type());
    held.write(|record| {
        if let Some(capture) = capture(record) {
            let mut voice = piece(PieceKind::Voice);
            voice.attachment = Some(attachment);
            capture.pieces.push(voice);
        }
    });
    if let Err(trouble) = sheet.keep().await {
        recording.stop();
        return Err(Stage::Not(trouble));
    }
    Ok(recording)
}

async fn microphone() -> Result<MediaStream, &'static str> {
    const NONE: &str = "This browser lets no page record. Words and drawings work.";
    let devices = dom::window().navigator().media_devices().map_err(|_| NONE)?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&true.into());
    let asked = devices.get_user_media_with_constraints(&wanted).map_err(|_| NONE)?;
    let stream = JsFuture::from(asked).await.map_err(|why| match dom::get(&why, "name").as_string().as_deref() {
        Some("NotAllowedError") => {
            "The microphone is not allowed for this page. You can allow it in the browser's settings for this page; until then, words \
             and drawings work."
        }
        Some("NotFoundError") => "No microphone was found. Words and drawings work.",
        _ => "The microphone could not be opened. Another program may be using it.",
    })?;
    stream.dyn_into().map_err(|_| NONE)
}

fn silence(stream: &MediaStream) {
    for track in stream.get_tracks().iter().filter_map(|track| track.dyn_into::<MediaStreamTrack>().ok()) {
        track.stop();
    }
}

impl Recording {
    fn milliseconds(&self) -> f64 {
        (js_sys::Date::now() - self.begun).max(0.0)
    }

    fn listen(self: &Rc<Self>) {
        let on = |name: &str, mut heard: Box<dyn FnMut(Rc<Self>, JsValue)>| {
            let recording = Rc::downgrade(self);
            let closure = Closure::<dyn FnMut(JsValue)>::new(move |event| {
                if let Some(recording) = recording.upgrade() {
                    heard(recording, event);
                }
            });
            self.recorder.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
            self.heard.borrow_mut().push(closure);
        };
        on(
            "dataavailable",
            Box::new(|recording, event| {
                if let Some(blob) =
                    event.unchecked_into::<BlobEvent>().data().filter(|blob| blob.size() > 0.0)
                {
                    recording.waiting.borrow_mut().push_back(blob);
                    recording.hand_over();
                }
            }),
        );
        on(
            "stop",
            Box::new(|recording, _| {
                recording.stopped.set(true);
                silence(&recording.stream);
                recording.hand_over();
            }),
        );
    }

    /// Hands over what waits, one after the other.
    fn hand_over(self: &Rc<Self>) {
        if self.handing.replace(true) {
            return;
        }
        let recording = Rc::clone(self);
        spawn_local(async move {
            loop {
                let next = recording.waiting.borrow_mut().pop_front();
                let Some(blob) = next else { break };
                // After a loss nothing fits on any more.
                if recording.lost.borrow().is_some() {
                    continue;
                }
                let pushed = match attachments::bytes(&blob).await {
                    Ok(bytes) => {
                        let push = PushAttachment { id: recording.id };
                        recording.desk.ask_with(push, vec![bytes.into()]).await.map(drop)
                    }
                    Err(trouble) => Err(trouble),
                };
                if let Err(trouble) = pushed {
                    recording.lost.replace(Some(trouble));
                    recording.stop();
                }
            }
            recording.handing.set(false);
            if recording.stopped.get() {
                for over in recording.over.take() {
                    over.call0(&JsValue::UNDEFINED).ok();
                }
            }
        });
    }

    /// Ends it: the microphone is off, and what was said until then is handed over.
    fn stop(&self) {
        if self.recorder.state() == RecordingState::Inactive {
            silence(&self.stream);
        } else {
            self.recorder.stop().ok();
        }
    }

    /// Ends it and seals what there is. If something was lost, that is what there is before it.
    async fn end(self: &Rc<Self>, held: Held) -> Result<(), Trouble> {
        let milliseconds = self.milliseconds();
        let over = js_sys::Promise::new(&mut |over, _| self.over.borrow_mut().push(over));
        if self.recorder.state() == RecordingState::Inactive {
            self.stopped.set(true);
            self.hand_over();
        } else {
            self.stop();
        }
        JsFuture::from(over).await.ok();
        let lost = self.lost.borrow().clone();
        let ended = self.desk.ask(EndAttachment { id: self.id }).await;
        held.rearrange(|record| {
            let pieces = capture(record).map(|capture| capture.pieces.iter_mut());
            let of = pieces.and_then(|mut pieces| {
                pieces.find_map(|piece| piece.attachment.as_mut().filter(|one| one.id == self.id))
            });
            // One that could not be ended can be heard all the same, and is ended when the journal is opened next.
            if let (Some(of), Ok(bytes)) = (of, &ended) {
                of.bytes = *bytes;
                of.milliseconds = Some(milliseconds as u64);
            }
        });
        lost.map_or(ended.map(drop), Err)
    }
}
