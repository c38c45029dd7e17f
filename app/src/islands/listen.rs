//! Listen: the article read aloud by the device's own voices, the sentence marked.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod voice;

/// Where the reading aloud is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Playing {
    /// Not started, or finished.
    #[default]
    Silent,
    /// Speaking.
    Aloud,
    /// Stopped within the text, ready to go on.
    Paused,
}

/// Speeds with their labels, as a factor of the voice's usual speed.
const SPEEDS: [(&str, &str); 5] = [
    ("0.75", "Slower"),
    ("0.9", "A little slower"),
    ("1", "Usual"),
    ("1.2", "A little faster"),
    ("1.5", "Faster"),
];

/// The bar with which an article is listened to. Hidden until the client knows that the device can speak.
#[component]
pub fn Listen() -> impl IntoView {
    let playing = RwSignal::new(Playing::default());
    let able = RwSignal::new(false);
    let voices = RwSignal::new(Vec::<String>::new());
    let voice = RwSignal::new(String::new());
    let speed = RwSignal::new("1".to_owned());
    let failed = RwSignal::new(false);

    #[cfg(feature = "hydrate")]
    let reader = {
        let reader = StoredValue::new_local(voice::Reader::new(playing, failed));
        Effect::new(move || able.set(voice::able()));
        voice::watch_voices(voices);
        on_cleanup(move || {
            reader.try_with_value(voice::Reader::end);
        });
        reader
    };
    let start = move || {
        failed.set(false);
        #[cfg(feature = "hydrate")]
        reader.with_value(|reader| reader.press(&voice.get_untracked(), &speed.get_untracked()));
    };
    let stop = move || {
        #[cfg(feature = "hydrate")]
        reader.with_value(voice::Reader::end);
        playing.set(Playing::Silent);
    };
    let step = move |by: i32| {
        let _ = by;
        #[cfg(feature = "hydrate")]
        reader.with_value(|reader| reader.step(by, &voice.get_untracked(), &speed.get_untracked()));
    };
    let label = move || match playing.get() {
        Playing::Silent => "Listen",
        Playing::Aloud => "Pause",
        Playing::Paused => "Go on",
    };
    let quiet = move || playing.get() == Playing::Silent;
    let speeds = SPEEDS
        .iter()
        .map(|&(value, label)| view! { <option value=value selected=value == "1">{label}</option> })
        .collect_view();
    view! {
        <div class="listen"
            data-playing=move || (!quiet()).then_some("") role="group" aria-label="Listen to this article" hidden=move || !able.get()>
            <button type="button" on:click=move |_| start()>{label}</button>
            <button type="button" hidden=quiet on:click=move |_| step(-1) aria-label="One sentence back">"Back"</button>
            <button type="button" hidden=quiet on:click=move |_| step(1) aria-label="One sentence on">"On"</button>
            <button type="button" hidden=quiet on:click=move |_| stop()>"Stop"</button>
            <label hidden=quiet>
                "Speed "
                <select on:change=move |event| speed.set(event_target_value(&event))>{speeds}</select>
            </label>
            <label hidden=move || quiet() || voices.with(Vec::is_empty)>
                "Voice "
                <select on:change=move |event| voice.set(event_target_value(&event))>
                    <option value="">"The device’s own"</option>
                    {move || voices.get().into_iter().map(|name| view! { <option value=name.clone()>{name.clone()}</option> }).collect_view()}
                </select>
            </label>
            <p class="facts" role="status">
                {move || failed.get().then_some("This device could not read the text aloud. Try another voice, or the device’s own reading tool.")}
            </p>
        </div>
    }
}
