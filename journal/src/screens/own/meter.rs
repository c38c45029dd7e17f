//! How safe this copy is: what holds, what does not, and one step each that would make it safer.

use super::files;
use wasm_bindgen_futures::spawn_local;

use crate::{
    protocol::{Accept, Fingerprint, Meter, ProveRecovery, ReadMeter, SixWords},
    screens::{
        act::Act,
        desk::{Desk, Standing},
        dom,
        door::{self, recall::Recall},
        now,
        place::Place,
        view::prelude::*,
    },
};

/// The meter.
pub fn meter(desk: Desk) -> View {
    let (meter, six) = (RwSignal::new(None::<Meter>), RwSignal::new(None::<SixWords>));
    let act = Act::new();
    let proving = RwSignal::new(false);
    let asked = StoredValue::new(0_u32);
    effect(move || {
        desk.changes.track();
        desk.standing.track();
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        spawn_local(async move {
            let read = async { Ok((desk.ask(ReadMeter).await?, desk.ask(Fingerprint).await?)) };
            let read = read.await;
            // What has changed while it was read is asked for by another, which alone is believed.
            if asked.try_get_value() != Some(mine) {
                return;
            }
            match read {
                Ok((read, words)) => {
                    meter.set(Some(read));
                    six.set(Some(words));
                }
                Err(trouble) => act.trouble.set(Some(trouble)),
            }
        });
    });
    let lines = move || match meter.get() {
        None => view! { <p role="status">"Looking…"</p> },
        Some(meter) => lines(desk, &meter, proving),
    };
    view! {
        <section aria-labelledby="meter">
            <h2 id="meter">"How safe this copy is"</h2>
            {lines}
            {act.told()}
            {move || proving.get().then(|| prove(desk, proving))}
            {move || six.get().map(fingerprint)}
            {doubt(desk)}
        </section>
    }
}

fn lines(desk: Desk, meter: &Meter, proving: RwSignal<bool>) -> View {
    if !meter.kept {
        return view! {
            <p>"You are writing without saving: all of it is in this tab's memory, and is gone when you lock or close it. "
                "A backup file is the only way to keep it."</p>
        };
    }
    let ask = Act::new();
    let kept = match meter.persisted {
        Some(true) => line(
            true,
            "This browser has promised to keep it, unless you clear its data yourself.".into(),
            None,
        ),
        promised => {
            let said = if promised.is_some() {
                "This browser has not promised to keep it. Short of room, it could let go of it."
            } else {
                "This browser does not say whether it would let go of it."
            };
            let button = view! {
                <button type="button" disabled=ask.busy on:click=move |_| ask.run(async move {
                    let said = match door::persist().await {
                        Some(true) => "The browser has promised to keep it.",
                        _ => "The browser has not promised it. Some do when you use the site often or add it to the home screen.",
                    };
                    dom::announce(said);
                    desk.changes.update(|changes| *changes += 1);
                    Ok(())
                })>"Ask it to keep it"</button>
            };
            line(false, said.into(), Some(button.into_view()))
        }
    };
    let app = is_app()
        .then(|| line(true, "It is open as an app of its own, which browsers keep longer.".into(), None));
    let app = app.unwrap_or_else(|| {
        line(false, "Added to the home screen from the browser's menu, it is kept longer; on an iPhone that matters most.".into(), None)
    });
    let backup = match meter.last_backup {
        Some(made) if !meter.changed_since => line(
            true,
            format!(
                "Your last backup, of {}, was read back and holds everything.",
                files::day(made.milliseconds() as f64)
            ),
            None,
        ),
        Some(made) => {
            let said = format!(
                "Your last backup, of {}, was read back. Your journal has changed since.",
                files::day(made.milliseconds() as f64)
            );
            line(false, said, Some(to("backup", "Make a backup")))
        }
        None => line(
            false,
            "There is no backup: if this device is lost, so is the journal.".into(),
            Some(to("backup", "Make a backup")),
        ),
    };
    let recovery = match meter.recovery_confirmed {
        Some(when) => line(
            true,
            format!(
                "You showed on {} that you have your recovery words.",
                files::day(when.milliseconds() as f64)
            ),
            None,
        ),
        None => {
            let buttons = view! {
                <button type="button" on:click=move |_| proving.set(true)>"Type my 24 words"</button>
                <button type="button" on:click=move |_| desk.go(Place::Recovery)>"Make recovery words"</button>
            };
            let said = "Recovery words are not confirmed: if you forget your passphrase, nothing else opens it for sure.";
            line(false, said.into(), Some(buttons.into_view()))
        }
    };
    let room = meter.used.zip(meter.quota).map(|(used, quota)| {
        view! { <p class="facts">{format!("{} of about {} that this browser gives.", files::size(used), files::size(quota))}</p> }
    });
    view! { <ul class="meter">{kept}{app}{backup}{recovery}</ul>{ask.told()}{room} }
}

fn line(good: bool, words: String, button: Option<View>) -> View {
    let sign = if good { "Holds" } else { "Open" };
    view! {
        <li data-good=good.then_some("")>
            <span class="sign">{sign}</span>
            <span class="said">{words}</span>
            {button.map(|button| view! { <span class="step">{button}</span> })}
        </li>
    }
}

/// A button that leads to another part of this page.
fn to(id: &'static str, words: &'static str) -> View {
    let go = move |_| {
        if let Some(place) = dom::by_id(id) {
            place.scroll_into_view();
            place.set_attribute("tabindex", "-1").ok();
            dom::focus(&place);
        }
    };
    view! { <button type="button" on:click=go>{words}</button> }
}

fn prove(desk: Desk, proving: RwSignal<bool>) -> View {
    let (recall, act, wrong) = (Recall::new(), Act::new(), RwSignal::new(false));
    let look = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        wrong.set(false);
        act.run(async move {
            let words = recall.take()?;
            let (right, _) = desk.ask_with(ProveRecovery, vec![words]).await?;
            wrong.set(!right);
            if right {
                let confirmed = now::now();
                desk.standing.update(|standing| {
                    if let Standing::Inside(inside) = standing {
                        inside.recovery_confirmed = Some(confirmed);
                    }
                });
                proving.set(false);
            }
            Ok(())
        });
    };
    view! {
        <form class="door-page" on:submit=look>
            {recall.view()}
            {move || wrong.get().then(|| view! { <p class="notice warm" role="alert">"These words do not open this journal. Perhaps they were replaced by newer ones."</p> })}
            {act.told()}
            <div class="doors">
                <button type="submit" class="primary" disabled=act.busy>"Check them"</button>
                <button type="button" on:click=move |_| proving.set(false)>"Not now"</button>
            </div>
        </form>
    }
}

fn fingerprint(six: SixWords) -> View {
    view! {
        <p class="fingerprint">
            <b>{six.words.join(" ")}</b>" "<span class="facts">{format!("version {}", six.version)}</span>
        </p>
        <p class="facts">"These six words and the number change with each thing you save: if you note them down and find an older number here "
            "later, somebody has put an old copy in the place of yours."</p>
    }
}

/// Where this device cannot tell by itself whether what it found is the newest state, the keeper can.
fn doubt(desk: Desk) -> View {
    let act = Act::new();
    let doubted = Memo::new(move |_| {
        desk.standing.with(|standing| match standing {
            Standing::Inside(inside) => {
                inside.marks_gone || inside.findings.iter().any(|finding| finding.what == "journal")
            }
            _ => false,
        })
    });
    let accept = move |_| {
        act.ask(desk, Accept, move |()| {
            desk.standing.update(|standing| {
                if let Standing::Inside(inside) = standing {
                    inside.marks_gone = false;
                    inside.findings.retain(|finding| finding.what != "journal");
                }
            });
        });
    };
    (move || {
        doubted.get().then(|| {
            view! {
                <div class="notice warm">
                    <p>"This device cannot tell by itself whether this is the newest state of your journal. Compare the six words or the number with what you "
                        "noted, and look whether the last things that you wrote are here. If something is missing, a backup may have it."</p>
                    {act.told()}
                    <p><button type="button" disabled=move || act.busy.get() || !desk.may_write() on:click=accept>"It is the newest"</button></p>
                </div>
            }
        })
    })
    .into_view()
}

fn is_app() -> bool {
    let asked = dom::call(&dom::window(), "matchMedia", &["(display-mode: standalone)".into()]);
    asked.is_some_and(|asked| dom::get(&asked, "matches").is_truthy())
}
