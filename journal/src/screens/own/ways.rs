//! The ways in: which there are, changing the passphrase, new recovery words, passkeys.

use js_sys::Uint8Array;

use crate::{
    protocol::{AddPasskey, AskPasskey, ChangePassphrase, Key, RemoveWay, Way, WayKind, Ways, Why},
    screens::{
        act::{Act, warn},
        desk::{Desk, Standing},
        door::{passkey, recall::Recall, secret::Secret, waiting},
        place::Place,
        view::prelude::*,
    },
};

/// The ways in.
pub fn ways(desk: Desk) -> View {
    let all = RwSignal::new(None::<Vec<Way>>);
    let (act, changing) = (Act::new(), RwSignal::new(false));
    let read = move || {
        act.ask(desk, Ways, move |ways| all.set(Some(ways)));
    };
    read();
    let kept =
        desk.standing.with_untracked(|standing| matches!(standing, Standing::Inside(inside) if inside.kept));
    if !kept {
        return ().into_view();
    }
    let confirmed = move || {
        desk.standing.with(
            |standing| matches!(standing, Standing::Inside(inside) if inside.recovery_confirmed.is_some()),
        )
    };
    let add = move |_| {
        act.run(async move {
            let question = desk.ask(AskPasskey).await?;
            let given = passkey::make(&question).await?;
            let input = Uint8Array::from(question.input.as_slice());
            desk.ask_with(AddPasskey, vec![given.credential.into(), input.into(), given.output.into()])
                .await?;
            all.set(Some(desk.ask(Ways).await?));
            Ok(())
        });
    };
    let remove = move |way: String| {
        act.run(async move {
            desk.ask(RemoveWay { way }).await?;
            all.set(Some(desk.ask(Ways).await?));
            Ok(())
        });
    };
    let lines = move || {
        let ways = all.get().unwrap_or_default();
        ways.into_iter().map(|way| line(desk, way, changing, remove)).collect::<Vec<_>>()
    };
    let passkeys = passkey::are_here().then_some(move || {
            if confirmed() {
                view! {
                    <p><button type="button" disabled=move || act.busy.get() || !desk.may_write() on:click=add>"Add a passkey"</button></p>
                    <p class="facts">"Then a fingerprint, a face or the device's code opens it. The device asks twice: once to make the passkey, once to see that it can."</p>
                }
            } else {
                view! {
                    <p class="facts">"A passkey can be added once your recovery words are confirmed: it can be lost with its device."</p>
                }
            }
    });
    view! {
        <section aria-labelledby="ways">
            <h2 id="ways">"Ways in"</h2>
            <ul class="ways">{lines}</ul>
            {passkeys}
            {act.told()}
            {move || changing.get().then(|| change(desk, changing))}
        </section>
    }
}

fn line(desk: Desk, way: Way, changing: RwSignal<bool>, remove: impl Fn(String) + Copy + 'static) -> View {
    let closed = move || !desk.may_write();
    match way.kind {
        WayKind::Passphrase => view! {
            <li><span>"Passphrase"</span><button type="button" disabled=closed on:click=move |_| changing.set(true)>"Change it"</button></li>
        },
        WayKind::Recovery => view! {
            <li><span>"24 recovery words"</span><button type="button" disabled=closed on:click=move |_| desk.go(Place::Recovery)>"Make new ones"</button></li>
        },
        WayKind::Passkey => {
            let id = way.id.clone();
            let name = way.id.chars().take(4).collect::<String>();
            view! {
                <li><span>{format!("Passkey {name}")}</span><button type="button" disabled=closed on:click=move |_| remove(id.clone())>"Take it away"</button></li>
            }
        }
    }
}

/// With the present passphrase, or with the 24 words where it is forgotten.
fn change(desk: Desk, changing: RwSignal<bool>) -> View {
    let (before, after, recall, act) = (Secret::new(), Secret::new(), Recall::new(), Act::new());
    let (done, forgotten, wrong) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let go = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        wrong.set(false);
        act.run(async move {
            let by_words = forgotten.get_untracked();
            // 24 words are long to type: they stay until there is a new passphrase, too.
            let proof = if by_words { recall.read()? } else { before.take()? };
            let new = after.take()?;
            if by_words {
                recall.clear();
            }
            let key = if by_words { Key::Recovery } else { Key::Passphrase };
            match desk.ask_with(ChangePassphrase { key }, vec![proof, new]).await {
                Err(trouble) if by_words && trouble.why == Why::WrongSecret => wrong.set(true),
                Err(trouble) => return Err(trouble),
                Ok(_) => done.set(true),
            }
            Ok(())
        });
    };
    view! {
        <form class="door-page" on:submit=go>
            <h3>"Change the passphrase"</h3>
            <div hidden=move || act.busy.get() || done.get()>
                <div hidden=forgotten>{before.present("passphrase-before", "The passphrase you have now")}</div>
                {move || forgotten.get().then(|| recall.view())}
                {move || wrong.get().then(|| warn("These words do not open this journal. Nothing was changed."))}
                <p>
                    <button type="button" class="plain" on:click=move |_| forgotten.update(|forgotten| *forgotten = !*forgotten)>
                        {move || if forgotten.get() { "Use the passphrase" } else { "I have forgotten it: use my 24 words" }}
                    </button>
                </p>
                {after.made(desk, "passphrase-after", "The new one")}
                {act.told()}
                <div class="doors">
                    <button type="submit" class="primary" disabled=act.busy>"Change my passphrase"</button>
                    <button type="button" on:click=move |_| changing.set(false)>"Leave it as it is"</button>
                </div>
            </div>
            {move || act.busy.get().then(|| waiting(desk))}
            {move || done.get().then(|| view! {
                <p class="notice" role="status">
                    "Changed. From now on only the new passphrase opens this journal. Backup files that you made before still open with the earlier one."
                </p>
                <p><button type="button" on:click=move |_| changing.set(false)>"Good"</button></p>
            })}
        </form>
    }
}
