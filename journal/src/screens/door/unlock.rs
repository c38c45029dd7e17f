//! The closed door. Behind its glass are three things: the ways in, the crisis lines, and the safety plan if the keeper wants it so.

use super::{lost::crisis, passkey, recall::Recall, secret::Secret, waiting, wipe};
use crate::{
    protocol::{Key, LockedDoor, Trouble, Unlock, Way, WayKind, WhyLocked},
    screens::{
        act::{Act, turns},
        desk::Desk,
        finding, own,
        view::prelude::*,
    },
};

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Passphrase,
    Words,
    Forgotten,
    Plan,
    Wipe,
}

/// A journal, locked.
pub fn unlock(desk: Desk, door: LockedDoor) -> View {
    let has = |kind| door.ways.iter().any(|way| way.kind == kind);
    let (passphrase, words) = (has(WayKind::Passphrase), has(WayKind::Recovery));
    let passkeys: Vec<Way> = door.ways.iter().filter(|way| way.passkey.is_some()).cloned().collect();
    let passkeys = if passkey::are_here() { passkeys } else { Vec::new() };
    let (step, act) = (RwSignal::new(if passphrase { Step::Passphrase } else { Step::Words }), Act::new());
    turns(step);
    // What went wrong on one way is not said on another.
    effect(move || {
        step.track();
        act.trouble.set(None);
    });
    act.returns_to(|_| ".closed :is(input, textarea)");
    let plan = StoredValue::new(door.plan);
    let back = move || step.set(if passphrase { Step::Passphrase } else { Step::Words });
    let shown = move || match step.get() {
        Step::Passphrase => by_passphrase(desk, act),
        Step::Words => by_words(desk, act, passphrase.then_some(back)),
        Step::Forgotten => forgotten(step, words, back),
        Step::Plan => own::read_plan(&plan.get_value().unwrap_or_default(), back),
        Step::Wipe => wipe(desk, back),
    };
    let passkeys = StoredValue::new(passkeys);
    let by_passkey = move || {
        let offered = step.get() == Step::Passphrase && passkeys.with_value(|ways| !ways.is_empty());
        offered.then(|| view! {
            <p><button type="button" disabled=act.busy on:click=move |_| ask_passkey(desk, act, passkeys)>"Unlock with your passkey"</button></p>
        })
    };
    view! {
        <section class="closed" data-step=move || (step.get() as u8).to_string()>
            <span class="arch" aria-hidden="true"></span>
            {move || matches!(step.get(), Step::Passphrase | Step::Words).then(|| view! {
                <h1>"Your journal is locked"</h1>
                {move || desk.locked.get().map(|why| view! { <p class="aside" role="status">{reason(why)}</p> })}
            })}
            <div hidden=act.busy>{shown}{by_passkey}</div>
            {move || act.busy.get().then(|| waiting(desk))}
            {move || matches!(step.get(), Step::Passphrase | Step::Words).then(|| view! {
                <ul class="behind-glass">
                    {(step.get() == Step::Passphrase && words).then(|| view! {
                        <li><button type="button" class="plain" on:click=move |_| step.set(Step::Words)>"Use my 24 words"</button></li>
                    })}
                    {plan.with_value(Option::is_some).then(|| view! {
                        <li><button type="button" class="plain" on:click=move |_| step.set(Step::Plan)>"My safety plan"</button></li>
                    })}
                    <li><a href="/crisis">"Crisis lines"</a></li>
                    <li><button type="button" class="plain" on:click=move |_| step.set(Step::Forgotten)>"I have forgotten it"</button></li>
                </ul>
            })}
        </section>
    }
}

fn by_passphrase(desk: Desk, act: Act) -> View {
    let secret = Secret::new();
    let open = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        act.run(async move { enter(desk, Key::Passphrase, secret.take()?).await });
    };
    view! {
        <form on:submit=open>
            {secret.present("passphrase", "Passphrase")}
            {act.told()}
            <div class="doors"><button type="submit" class="primary" disabled=act.busy>"Unlock"</button></div>
        </form>
    }
}

fn by_words(desk: Desk, act: Act, back: Option<impl Fn() + 'static>) -> View {
    let recall = Recall::new();
    let open = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        act.run(async move { enter(desk, Key::Recovery, recall.take()?).await });
    };
    view! {
        <form on:submit=open>
            {recall.view()}
            {act.told()}
            <div class="doors">
                <button type="submit" class="primary" disabled=act.busy>"Unlock with these words"</button>
                {back.map(|back| view! { <button type="button" on:click=move |_| back()>"Back"</button> })}
            </div>
        </form>
    }
}

fn ask_passkey(desk: Desk, act: Act, ways: StoredValue<Vec<Way>>) {
    act.run(async move {
        let (way, given) = passkey::ask(&ways.get_value()).await?;
        enter(desk, Key::Passkey { way }, given.output.into()).await
    });
}

async fn enter(desk: Desk, key: Key, secret: wasm_bindgen::JsValue) -> Result<(), Trouble> {
    let (inside, _) = desk.ask_with(Unlock { key }, vec![secret]).await?;
    desk.entered(inside);
    finding::begin_asked(desk);
    Ok(())
}

fn reason(why: WhyLocked) -> &'static str {
    match why {
        WhyLocked::OtherTab => {
            "It was locked in another tab, and so it is locked here too. What you wrote was put away first."
        }
        WhyLocked::Wiped => "It was removed from this browser in another tab.",
        WhyLocked::Idle => {
            "Nobody touched it for a while, so it locked itself. What you wrote was put away first."
        }
    }
}

fn forgotten(step: RwSignal<Step>, words: bool, back: impl Fn() + 'static) -> View {
    view! {
        <section class="door-page">
            <h1>"If you have forgotten your passphrase"</h1>
            <p>"Nobody can send you a new one. Nobody else ever had a key, and that is what keeps others out."</p>
            <ul>
                <li>"Try it again slowly, with "<b>"Show"</b>" switched on. Look in your password manager."</li>
                <li>"Your 24 recovery words open it, from the sheet that you printed or wrote."</li>
                <li>"A backup with a passphrase of its own opens with that one."</li>
                <li>"With none of these it stays closed, for you and for everybody. Then all that can be done is to begin anew."</li>
            </ul>
            <div class="doors">
                {words.then(|| view! { <button type="button" class="primary" on:click=move |_| step.set(Step::Words)>"Use my 24 words"</button> })}
                <button type="button" on:click=move |_| back()>"Try the passphrase again"</button>
            </div>
            <p class="aside">"To restore a backup here or to begin anew, first remove this one. "
                <button type="button" class="plain warm" on:click=move |_| step.set(Step::Wipe)>"Remove it from this browser…"</button></p>
            {crisis()}
        </section>
    }
}
