//! The recovery phrase: shown once, printed, and confirmed by three of its words.

use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroize;

use web_sys::HtmlInputElement;

use crate::{
    protocol::{ConfirmRecovery, NewRecovery, Role, WayKind, Ways},
    screens::{
        act::{Act, turns},
        desk::{Desk, Standing},
        dom, finding, now,
        place::Place,
        view::prelude::*,
    },
};

/// How many words are asked back.
const ASKED: usize = 3;

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Looking,
    Ask,
    Show,
    Check,
    Done(bool),
}

/// Making the phrase, or another in its place.
pub fn phrase(desk: Desk) -> View {
    let step = RwSignal::new(Step::Looking);
    turns(step);
    let words = RwSignal::new(Vec::<String>::new());
    let act = Act::new();
    on_cleanup(move || {
        words.try_update(|words| words.zeroize());
    });
    let make = move || {
        act.ask(desk, NewRecovery, move |new| {
            words.set(new.0);
            step.set(Step::Show);
        });
    };
    act.run(async move {
        let before = desk.ask(Ways).await?.iter().any(|way| way.kind == WayKind::Recovery);
        if before {
            step.set(Step::Ask);
        } else {
            words.set(desk.ask(NewRecovery).await?.0);
            step.set(Step::Show);
        }
        Ok(())
    });
    let shown = move || match step.get() {
        Step::Looking => view! { <h1>"Your recovery words"</h1> },
        Step::Ask => again(desk, make),
        Step::Show => show(desk, step, words),
        Step::Check => check(desk, step, words),
        Step::Done(confirmed) => done(desk, confirmed),
    };
    view! { <section class="door-page phrase">{shown}{act.told()}</section> }
}

fn again(desk: Desk, make: impl Fn() + 'static) -> View {
    view! {
        <h1>"New recovery words"</h1>
        <p>"You have recovery words already. They are stored nowhere, so they cannot be shown again; new ones can be made. "
            "From that moment the earlier 24 words open nothing."</p>
        <div class="doors">
            <button type="button" class="primary" on:click=move |_| desk.back()>"Keep the ones I have"</button>
            <button type="button" on:click=move |_| make()>"Make new words"</button>
        </div>
    }
}

fn show(desk: Desk, step: RwSignal<Step>, words: RwSignal<Vec<String>>) -> View {
    let listed = move || words.get().into_iter().map(|word| view! { <li>{word}</li> }).collect::<Vec<_>>();
    let made = String::from(
        js_sys::Date::new_0().to_locale_date_string("default", &wasm_bindgen::JsValue::UNDEFINED),
    );
    view! {
        <h1>"Your recovery words"</h1>
        <p>"These 24 words open your journal if your passphrase is lost. Whoever has them can read everything, so keep them on paper, where "
            "you keep what matters. They are shown this once and stored nowhere."</p>
        <div class="sheet">
            <p class="sheet-head">"Recovery words, made on "{made}</p>
            <ol class="phrase-words">{listed}</ol>
            <p class="sheet-foot">"They open one private journal, in the browser that it is kept in or from its backup file: choose “Use my 24 "
                "words” at its door. In this order, small letters, spaces between. Whoever holds this sheet can read it."</p>
        </div>
        <div class="doors not-on-paper">
            <button type="button" class="primary" on:click=move |_| step.set(Step::Check)>"I have them: check three"</button>
            <button type="button" on:click=move |_| { dom::call(&dom::window(), "print", &[]); }>"Print the recovery sheet"</button>
            <button type="button" class="plain" on:click=move |_| later(desk, step)>"Later"</button>
        </div>
    }
}

/// It can be put off; the page "Keep it safe" says so.
fn later(desk: Desk, step: RwSignal<Step>) {
    spawn_local(async move {
        match desk.change_settings(|settings| settings.recovery_put_off = Some(now::now())).await {
            Ok(()) => {
                step.try_set(Step::Done(false));
            }
            Err(trouble) => desk.trouble.set(Some(trouble)),
        }
    });
}

fn check(desk: Desk, step: RwSignal<Step>, words: RwSignal<Vec<String>>) -> View {
    let mut places = order::Map::default();
    let count = words.with_untracked(Vec::len).max(1);
    while places.len() < ASKED.min(count) {
        // Which words are asked is no secret.
        places.insert(
            (js_sys::Math::random() * count as f64) as usize % count,
            NodeRef::<HtmlInputElement>::new(),
        );
    }
    let fields: Vec<(usize, NodeRef<HtmlInputElement>)> = places.into_iter().collect();
    let (act, wrong) = (Act::new(), RwSignal::new(false));
    let views = fields.iter().map(|&(place, field)| {
        let id = format!("word-{}", place + 1);
        view! {
            <div class="field">
                <label for=id.clone()>{format!("Word {}", place + 1)}</label>
                <input node_ref=field id=id type="text" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="16" />
            </div>
        }
    });
    let views = views.collect::<Vec<_>>();
    let look = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = fields.iter().map(|(place, field)| {
            let word = field.get_untracked().map(|field| field.value()).unwrap_or_default();
            (*place, word.trim().to_lowercase())
        });
        let typed = typed.collect();
        wrong.set(false);
        act.ask(desk, ConfirmRecovery { words: typed }, move |right| {
            if right {
                let confirmed = now::now();
                desk.standing.update(|standing| {
                    if let Standing::Inside(inside) = standing {
                        inside.recovery_confirmed = Some(confirmed);
                    }
                });
                step.set(Step::Done(true));
            } else {
                wrong.set(true);
            }
        });
    };
    view! {
        <form on:submit=look>
            <h1>"Three of your words"</h1>
            <p>"From your sheet, so that you know it is right."</p>
            <div class="three">{views}</div>
            {move || wrong.get().then(|| view! {
                <p class="notice warm" role="alert">"Not all three are right. Look at the sheet again, at the number and at each letter."</p>
            })}
            {act.told()}
            <div class="doors">
                <button type="submit" class="primary" disabled=act.busy>"Check"</button>
                <button type="button" on:click=move |_| step.set(Step::Show)>"Show the words again"</button>
                <button type="button" class="plain" on:click=move |_| later(desk, step)>"Later"</button>
            </div>
        </form>
    }
}

fn done(desk: Desk, confirmed: bool) -> View {
    let said = if confirmed {
        "They are right. If you ever forget your passphrase, that sheet opens your journal."
    } else {
        "You can check your words, or make new ones, whenever you like: under “Keep it safe”."
    };
    let reads = desk.standing.with_untracked(
        |standing| matches!(standing, Standing::Inside(inside) if inside.role == Role::Reader),
    );
    let on = move |_| {
        desk.stay(Place::Home);
        finding::begin_asked(desk);
    };
    view! {
        <h1>{if confirmed { "Your recovery words are confirmed" } else { "Not confirmed yet" }}</h1>
        <p>{said}</p>
        <div class="doors">
            <button type="button" class="primary" on:click=on>{if reads { "Read" } else { "Write" }}</button>
        </div>
    }
}
