//! Reading comfort: theme, text size, line spacing, width.
//!
//! Without the client the choices work for the page at hand: the style sheet reads which of the inputs is checked. With
//! it they are kept on the device, and the shell's script sets them before the next page is painted.

use leptos::prelude::*;

/// One setting: its name, what it is called, its choices, and the one that is not kept because it is the usual one.
struct Setting {
    name: &'static str,
    legend: &'static str,
    usual: &'static str,
    choices: &'static [(&'static str, &'static str)],
}

const SETTINGS: [Setting; 4] = [
    Setting {
        name: "theme",
        legend: "Colours",
        usual: "system",
        choices: &[
            ("system", "As the device"),
            ("light", "Light"),
            ("dark", "Dark"),
            ("sepia", "Sepia"),
            ("contrast", "High contrast"),
        ],
    },
    Setting {
        name: "size",
        legend: "Text size",
        usual: "m",
        choices: &[("s", "Small"), ("m", "Usual"), ("l", "Large"), ("xl", "Larger"), ("xxl", "Largest")],
    },
    Setting {
        name: "spacing",
        legend: "Line spacing",
        usual: "normal",
        choices: &[("normal", "Usual"), ("wide", "Wide"), ("wider", "Wider")],
    },
    Setting {
        name: "width",
        legend: "Line length",
        usual: "normal",
        choices: &[("narrow", "Short"), ("normal", "Usual"), ("wide", "Long")],
    },
];

/// The panel with the reading settings.
#[component]
pub fn Comfort() -> impl IntoView {
    let chosen = RwSignal::new(Vec::<(String, String)>::new());
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    {
        // Read before the client sets the inputs to what is kept.
        let picked = picked();
        Effect::new(move || {
            chosen.set(super::store::load(super::store::SETTINGS));
            for &(name, value) in &picked {
                choose(chosen, name, Some(value));
            }
        });
    }

    let groups = SETTINGS
        .iter()
        .map(|setting| {
            let choices = setting.choices.iter().map(|choice| radio(setting, *choice, chosen)).collect_view();
            view! { <fieldset><legend>{setting.legend}</legend>{choices}</fieldset> }
        })
        .collect_view();
    view! {
        <details class="comfort" name="panel" on:keydown=|event| close(&event)>
            <summary aria-label="Reading settings">"Aa"</summary>
            <form class="panel" autocomplete="off">
                {groups}
                <p class="needs-client">
                    <button type="button" on:click=move |_| forget(chosen, said)>"Forget settings and what I read"</button>
                </p>
                <p class="facts" role="status">{said}</p>
                <p class="facts">"Kept on this device only."</p>
            </form>
        </details>
    }
}

fn radio(
    setting: &'static Setting,
    (value, label): (&'static str, &'static str),
    chosen: RwSignal<Vec<(String, String)>>,
) -> impl IntoView {
    let Setting { name, usual, .. } = *setting;
    let is_chosen = move || {
        chosen.with(|chosen| {
            let kept = chosen.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
            kept.unwrap_or(usual) == value
        })
    };
    view! {
        <label>
            <input
                type="radio"
                name=name
                id=format!("{name}-{value}")
                value=value
                checked=value == usual
                prop:checked=is_chosen
                on:change=move |_| choose(chosen, name, (value != usual).then_some(value))
            />
            {label}
        </label>
    }
}

/// What the reader chose on this page before the client came.
#[cfg(feature = "hydrate")]
fn picked() -> Vec<(&'static str, &'static str)> {
    let is_checked = |name: &str, value: &str| {
        super::dom::by_id(&format!("{name}-{value}"))
            .is_some_and(|input| input.matches(":checked").unwrap_or(false))
    };
    SETTINGS
        .iter()
        .flat_map(|setting| setting.choices.iter().map(move |&(value, _)| (setting, value)))
        .filter(|(setting, value)| *value != setting.usual && is_checked(setting.name, value))
        .map(|(setting, value)| (setting.name, value))
        .collect()
}

/// Closes the panel on Escape and puts the keyboard back on what opened it.
fn close(event: &leptos::ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    if event.key() == "Escape" {
        super::dom::close_panels();
        if let Some(opener) = super::dom::select(&super::dom::body(), ".comfort > summary") {
            super::dom::focus(&opener);
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}

/// Keeps a choice, or goes back to the usual one.
fn choose(chosen: RwSignal<Vec<(String, String)>>, name: &'static str, value: Option<&'static str>) {
    chosen.update(|chosen| {
        chosen.retain(|(key, _)| key != name);
        chosen.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    });
    #[cfg(feature = "hydrate")]
    {
        use super::{dom::root, store};
        chosen.with_untracked(|chosen| store::save(store::SETTINGS, chosen));
        let attribute = format!("data-{name}");
        match value {
            Some(value) => root().set_attribute(&attribute, value),
            None => root().remove_attribute(&attribute),
        }
        .ok();
    }
}

/// Forgets everything that this site keeps on the device for reading.
fn forget(chosen: RwSignal<Vec<(String, String)>>, said: RwSignal<String>) {
    for setting in &SETTINGS {
        choose(chosen, setting.name, None);
    }
    #[cfg(feature = "hydrate")]
    {
        use super::store;
        store::forget(store::SETTINGS);
        store::forget(store::READ);
        store::forget(store::SEARCHES);
    }
    said.set("Forgotten.".to_owned());
}
