//! The few controls that all screens use: a field, a scale, chips, labels. Each is an ordinary control of the browser with its
//! name, so that a keyboard, a screen reader and a thumb all find what they know.

use std::cell::Cell;

use any_spawner::Executor;
use journal::Score;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use super::dom;
use crate::screens::view::prelude::*;

/// A name for an element that no other has.
pub fn fresh_id() -> String {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    format!("w{}", NEXT.replace(NEXT.get() + 1))
}

/// A field with its name, and with a hint below the name where that helps.
pub struct Field {
    name: String,
    hint: &'static str,
    value: String,
    kind: &'static str,
    class: &'static str,
    wide: &'static str,
}

impl Field {
    /// A line of text.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), hint: "", value: value.into(), kind: "text", class: "field", wide: "" }
    }

    /// What helps to fill it in.
    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// Another kind of input: `date`, `datetime-local`, `number` …; `area` for text that grows.
    pub fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// Classes in place of `field`.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// Which keys a touch keyboard offers: `numeric`, `decimal`, `tel`.
    pub fn keys(self, keys: &'static str) -> Self {
        Self { wide: keys, ..self }
    }

    /// As a view that tells what is typed, at each key.
    pub fn told(self, told: impl Fn(String) + 'static) -> View {
        self.view(Box::new(told))
    }

    fn view(self, told: Box<dyn Fn(String)>) -> View {
        let (id, hint_id) = (fresh_id(), fresh_id());
        let described = (!self.hint.is_empty()).then(|| hint_id.clone());
        let hint =
            (!self.hint.is_empty()).then(|| view! { <span class="hint" id=hint_id>{self.hint}</span> });
        let keys = (!self.wide.is_empty()).then_some(self.wide);
        let input = if self.kind == "area" {
            view! {
                <textarea
                    id=id.clone()
                    rows="1"
                    aria-describedby=described
                    prop:value=self.value
                    on:input=move |event| {
                        let area: HtmlTextAreaElement = event_target(&event);
                        grow(&area);
                        told(area.value());
                    }
                    on:focus=move |event| grow(&event_target(&event))
                ></textarea>
            }
        } else {
            view! {
                <input
                    id=id.clone()
                    type=self.kind
                    inputmode=keys
                    autocomplete="off"
                    aria-describedby=described
                    prop:value=self.value
                    on:input=move |event| told(event_target_value(&event))
                />
            }
        };
        view! { <div class=self.class><label for=id>{self.name}</label>{hint}{input}</div> }
    }
}

/// Lets a text area be as high as its text, where the style sheet alone cannot.
pub fn grow(area: &HtmlTextAreaElement) {
    let style = HtmlElement::style(area);
    if style.get_property_value("field-sizing").is_ok_and(|known| !known.is_empty())
        || dom::get(&style, "fieldSizing").is_string()
    {
        return;
    }
    style.set_property("height", "auto").ok();
    style.set_property("height", &format!("{}px", area.scroll_height() + 2)).ok();
}

/// A scale from 0 to 10 with words at its ends. It says nothing until it is touched, and can be taken back.
pub fn scale(
    name: &'static str,
    low: &'static str,
    high: &'static str,
    value: Option<Score>,
    told: impl Fn(Option<Score>) + 'static,
) -> View {
    scale_view(name, low, high, value, Box::new(told))
}

fn scale_view(
    name: &'static str,
    low: &'static str,
    high: &'static str,
    value: Option<Score>,
    told: Box<dyn Fn(Option<Score>)>,
) -> View {
    let said = RwSignal::new(value.map(Score::get));
    let (id, ends) = (fresh_id(), fresh_id());
    let slider = id.clone();
    let told = StoredValue::new_local(told);
    let say = move |number: Option<u8>| {
        if said.get_untracked() != number {
            said.set(number);
            told.with_value(|told| told(number.and_then(|number| Score::new(number).ok())));
        }
    };
    let read = move |event: &Event| say(event_target_value(event).parse().ok());
    view! {
        <div class="scale" class:unsaid=move || said.get().is_none()>
            <label for=id.clone()>{name}</label>
            <button type="button" class="plain" hidden=move || said.get().is_none() on:click=move |_| {
                say(None);
                // The button goes; the keyboard stays at the scale.
                dom::by_id(&slider).inspect(dom::focus);
            }>
                "Leave out"<span class="unseen">{format!(": {name}")}</span>
            </button>
            <output for=id.clone()>{move || said.get().map_or_else(|| "not said".to_owned(), |number| number.to_string())}</output>
            <input
                type="range"
                id=id
                min="0"
                max="10"
                step="1"
                aria-describedby=ends.clone()
                aria-valuetext=move || said.get().map_or_else(|| "not said".to_owned(), |number| format!("{number} of 10"))
                prop:value=value.map_or(5, Score::get).to_string()
                on:input=move |event| read(&event)
                // A touch in the middle changes nothing in the control, and yet says something.
                on:click=move |event| read(&event)
                on:keydown=move |event: KeyboardEvent| match event.key().as_str() {
                    "Enter" | " " => {
                        event.prevent_default();
                        read(&event);
                    }
                    "Delete" | "Backspace" => say(None),
                    _ => {}
                }
            />
            <p class="ends" id=ends><span>{low}</span><span>{high}</span></p>
        </div>
    }
}

/// Several things of which any may be chosen. `told` is given the key and whether it is chosen now.
pub fn chips(
    name: &'static str,
    options: Vec<(String, String)>,
    chosen: &[String],
    told: impl Fn(&str, bool) + 'static,
) -> View {
    chips_view(name, options, chosen, "checkbox", Box::new(told))
}

/// Several things of which one may be chosen. `told` is given its key.
pub fn choice(
    name: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
    told: impl Fn(&str) + 'static,
) -> View {
    chips_view(name, options, &[chosen.to_owned()], "radio", Box::new(move |key, _| told(key)))
}

/// Told which was pressed, and whether it is chosen now.
type Chosen = Box<dyn Fn(&str, bool)>;

fn chips_view(
    name: &'static str,
    options: Vec<(String, String)>,
    chosen: &[String],
    kind: &'static str,
    told: Chosen,
) -> View {
    let group = fresh_id();
    let told = std::rc::Rc::new(told);
    let all: Vec<View> = options
        .into_iter()
        .map(|(key, words)| {
            let checked = chosen.contains(&key);
            let told = told.clone();
            view! {
                <label class="chip">
                    <input
                        type=kind
                        name=group.clone()
                        prop:checked=checked
                        on:change=move |event| told(&key, event_target_checked(&event))
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect();
    view! { <fieldset class="chips"><legend>{name}</legend>{all}</fieldset> }
}

/// Words that are given to a thing, such as tags: those it has, each with a button that takes it away, and a field for one more
/// that offers what is in use.
pub fn labels(
    name: &'static str,
    hint: &'static str,
    has: Vec<String>,
    in_use: Signal<Vec<String>>,
    told: impl Fn(Vec<String>) + 'static,
) -> View {
    labels_view(name, hint, has, in_use, Box::new(told))
}

fn labels_view(
    name: &'static str,
    hint: &'static str,
    has: Vec<String>,
    in_use: Signal<Vec<String>>,
    told: Box<dyn Fn(Vec<String>)>,
) -> View {
    let (id, list, hint_id) = (fresh_id(), fresh_id(), fresh_id());
    let has = RwSignal::new(has);
    let told = StoredValue::new_local(told);
    let tell = move || told.with_value(|told| told(has.get_untracked()));
    let add = move |input: &web_sys::HtmlInputElement| {
        let typed = input.value();
        let words: Vec<&str> = typed.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return;
        }
        has.update(|has| {
            for word in words {
                if !has.iter().any(|other| other.eq_ignore_ascii_case(word)) {
                    has.push(word.to_owned());
                }
            }
        });
        input.set_value("");
        tell();
    };
    let take = move |word: &str| {
        has.update(|has| has.retain(|other| other != word));
        tell();
    };
    let shown = move || {
        let each = |word: String| {
            let gone = word.clone();
            view! {
                <li>
                    <span>{word.clone()}</span>
                    <button type="button" aria-label=format!("Take away {word}") on:click=move |_| take(&gone)>"×"</button>
                </li>
            }
        };
        has.get().into_iter().map(each).collect::<Vec<_>>()
    };
    let offered = move || {
        in_use.get().into_iter().map(|word| view! { <option value=word></option> }).collect::<Vec<_>>()
    };
    view! {
        <div class="field labels">
            <label for=id.clone()>{name}</label>
            <span class="hint" id=hint_id.clone()>{hint}</span>
            <ul class="chosen">{shown}</ul>
            <input
                type="text"
                id=id
                list=list.clone()
                autocomplete="off"
                autocapitalize="none"
                enterkeyhint="done"
                aria-describedby=hint_id
                on:keydown=move |event: KeyboardEvent| {
                    if matches!(event.key().as_str(), "Enter" | ",") {
                        event.prevent_default();
                        add(&event_target(&event));
                    }
                }
                on:change=move |event| add(&event_target(&event))
            />
            <datalist id=list>{offered}</datalist>
        </div>
    }
}

/// Puts the focus on the first element that fits, once what was changed is on the screen: still within the touch that asked for
/// it, so that no key is lost that follows at once and a phone brings its keyboard; and again a moment later, if it came late.
pub fn focus_soon(selector: String) {
    let focus = move || {
        if let Some(element) =
            dom::select(&selector).and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            element.focus().ok();
        }
    };
    spawn_local(async move {
        // The view follows in a task that waits already; one within it, a task later.
        Executor::tick().await;
        Executor::tick().await;
        focus();
        dom::after(0, focus);
    });
}
