//! The device's voice, one sentence at a time, and the mark on the sentence being spoken.
//!
//! One utterance a sentence: long utterances stop by themselves in some browsers, and a sentence is what a reader
//! wants to go back by. The mark is a CSS highlight over a range, so that the text itself is never touched.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Range, SpeechSynthesis, SpeechSynthesisUtterance, Text};

use super::{super::dom, Playing};

/// Where the sentences of an article are found, in reading order.
const SPOKEN: &str = ".takeaways h2, .takeaways li, .body h2, .body h3, .body h4, .body p:not(.acts, .kind), .body li, .body dt, .body dd, .body td";

/// What is not read aloud within them.
const UNSPOKEN: &str = "sup.cite, small.evidence, a.share, ul, ol, p";

fn synthesis() -> Option<SpeechSynthesis> {
    dom::window().speech_synthesis().ok()
}

/// Whether the device can speak at all.
pub(super) fn able() -> bool {
    js_sys::Reflect::has(&dom::window(), &"speechSynthesis".into()).unwrap_or(false) && synthesis().is_some()
}

/// Ends all speaking and takes the mark away.
pub(super) fn stop() {
    if let Some(synthesis) = able().then(synthesis).flatten() {
        synthesis.cancel();
    }
    mark(None);
}

/// Keeps the list of voices for this page's language; browsers fill it late.
pub(super) fn watch_voices(names: RwSignal<Vec<String>>) {
    if !able() {
        return;
    }
    let language = dom::root().get_attribute("lang").unwrap_or_default();
    let fill = move || {
        let Some(synthesis) = synthesis() else { return };
        let voices = synthesis.get_voices();
        let fitting = voices.iter().filter_map(|voice| {
            let voice: web_sys::SpeechSynthesisVoice = voice.dyn_into().ok()?;
            voice.lang().starts_with(&language).then(|| voice.name())
        });
        names.try_set(fitting.collect());
    };
    Effect::new(fill.clone());
    if let Some(synthesis) = synthesis() {
        let closure = Closure::<dyn FnMut()>::new(fill);
        synthesis.set_onvoiceschanged(Some(closure.as_ref().unchecked_ref()));
        closure.forget();
    }
}

/// A sentence: its words and where they stand.
struct Sentence {
    text: String,
    range: Range,
}

/// Reads an article aloud. Cheap to clone: all clones are the same reader.
#[derive(Clone)]
pub(super) struct Reader {
    state: Rc<RefCell<State>>,
    playing: RwSignal<Playing>,
    failed: RwSignal<bool>,
}

#[derive(Default)]
struct State {
    sentences: Vec<Sentence>,
    at: usize,
    /// Counts utterances, so that the end of one that was cut short is not taken for the end of the next.
    turn: u32,
}

impl Reader {
    pub(super) fn new(playing: RwSignal<Playing>, failed: RwSignal<bool>) -> Self {
        Self { state: Rc::default(), playing, failed }
    }

    /// The one big button: start, pause, go on.
    pub(super) fn press(&self, voice: &str, speed: &str) {
        match self.playing.get_untracked() {
            Playing::Aloud => {
                self.state.borrow_mut().turn += 1;
                if let Some(synthesis) = synthesis() {
                    synthesis.cancel();
                }
                self.playing.set(Playing::Paused);
            }
            Playing::Paused => self.speak(voice.to_owned(), speed.to_owned()),
            Playing::Silent => {
                let turn = self.state.borrow().turn;
                self.state.replace(State { sentences: sentences(), at: 0, turn });
                self.speak(voice.to_owned(), speed.to_owned());
            }
        }
    }

    /// Goes back or on by sentences.
    pub(super) fn step(&self, by: i32, voice: &str, speed: &str) {
        {
            let mut state = self.state.borrow_mut();
            let last = state.sentences.len().saturating_sub(1);
            state.at = state.at.saturating_add_signed(by as isize).min(last);
        }
        self.speak(voice.to_owned(), speed.to_owned());
    }

    /// Stops and forgets the place. The utterance that is cut short belongs to an earlier turn, so it does not
    /// lead on to the next sentence.
    pub(super) fn end(&self) {
        let turn = self.state.borrow().turn + 1;
        self.state.replace(State { turn, ..State::default() });
        stop();
    }

    fn speak(&self, voice: String, speed: String) {
        let Some(synthesis) = synthesis() else {
            return self.failed.set(true);
        };
        let (utterance, turn) = {
            let mut state = self.state.borrow_mut();
            state.turn += 1;
            let Some(sentence) = state.sentences.get(state.at) else {
                drop(state);
                self.end();
                return self.playing.set(Playing::Silent);
            };
            mark(Some(&sentence.range));
            let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&sentence.text) else {
                return self.failed.set(true);
            };
            (utterance, state.turn)
        };
        // The browser reads numbers; our own code for it would be 14 KB of the client.
        let rate = js_sys::parse_float(&speed) as f32;
        if rate > 0.0 {
            utterance.set_rate(rate);
        }
        utterance.set_lang(&dom::root().get_attribute("lang").unwrap_or_default());
        let chosen = synthesis.get_voices().iter().find_map(|known| {
            let known: web_sys::SpeechSynthesisVoice = known.dyn_into().ok()?;
            (known.name() == voice).then_some(known)
        });
        utterance.set_voice(chosen.as_ref());

        let reader = self.clone();
        let ended = Closure::once_into_js(move || {
            if reader.state.borrow().turn == turn {
                reader.state.borrow_mut().at += 1;
                reader.speak(voice, speed);
            }
        });
        utterance.set_onend(Some(ended.unchecked_ref()));
        let reader = self.clone();
        let broke = Closure::once_into_js(move || {
            if reader.state.borrow().turn == turn {
                reader.failed.try_set(true);
                reader.playing.try_set(Playing::Paused);
            }
        });
        utterance.set_onerror(Some(broke.unchecked_ref()));

        synthesis.cancel();
        synthesis.speak(&utterance);
        self.playing.set(Playing::Aloud);
    }
}

/// The sentences of the article on the page.
fn sentences() -> Vec<Sentence> {
    dom::select_all(&dom::main(), SPOKEN).iter().flat_map(sentences_of).collect()
}

/// The sentences of one paragraph, item or heading.
fn sentences_of(element: &Element) -> Vec<Sentence> {
    let mut texts = Vec::new();
    gather(element, &mut texts);
    let mut found = Vec::new();
    let mut open: Option<(Range, String)> = None;
    for text in texts {
        let content: Vec<u16> = text.data().encode_utf16().collect();
        let mut from = 0;
        for (at, &unit) in content.iter().enumerate() {
            let ends =
                matches!(unit, 0x2E | 0x3F | 0x21) && content.get(at + 1).is_none_or(|&next| next == 0x20);
            let last = at + 1 == content.len();
            if !ends && !last {
                continue;
            }
            let piece = String::from_utf16_lossy(&content[from..=at]);
            let Some((range, mut words)) = open.take().or_else(|| {
                let range = dom::document().create_range().ok()?;
                range.set_start(&text, u32::try_from(from).ok()?).ok()?;
                Some((range, String::new()))
            }) else {
                continue;
            };
            words.push_str(&piece);
            range.set_end(&text, u32::try_from(at + 1).unwrap_or(u32::MAX)).ok();
            from = at + 1;
            if ends {
                found.push(Sentence { text: words, range });
            } else {
                open = Some((range, words));
            }
        }
    }
    found.extend(open.map(|(range, text)| Sentence { text, range }));
    found.retain(|sentence| sentence.text.chars().any(char::is_alphanumeric));
    found
}

/// The text nodes of an element that are spoken as part of it.
fn gather(element: &Element, into: &mut Vec<Text>) {
    let nodes = element.child_nodes();
    for node in (0..nodes.length()).filter_map(|at| nodes.get(at)) {
        if let Some(text) = node.dyn_ref::<Text>() {
            into.push(text.clone());
        } else if let Some(inner) = node.dyn_ref::<Element>()
            && !inner.matches(UNSPOKEN).unwrap_or(true)
        {
            gather(inner, into);
        }
    }
}

/// Marks a range as being spoken, in browsers that have CSS highlights.
fn mark(range: Option<&Range>) {
    dom::highlight("spoken", range.map(std::slice::from_ref).unwrap_or_default());
    if let Some(range) = range {
        bring_into_view(range);
    }
}

/// Pixels at the foot of the screen that the bar may cover on a phone.
const ROOM_BELOW: f64 = 160.0;

fn bring_into_view(range: &Range) {
    let place = range.get_bounding_client_rect();
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    if place.top() < 80.0 || place.bottom() > height - ROOM_BELOW {
        let options = web_sys::ScrollToOptions::new();
        options.set_top(place.top() - height / 3.0);
        if !dom::reduced_motion() {
            options.set_behavior(web_sys::ScrollBehavior::Smooth);
        }
        dom::window().scroll_by_with_scroll_to_options(&options);
    }
}
