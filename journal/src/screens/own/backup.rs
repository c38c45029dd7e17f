//! A backup: one sealed file, read back whole before it is called saved.

use wasm_bindgen::JsCast;
use web_sys::Blob;

use super::files;
use crate::{
    protocol::{Backup, BackupFacts},
    screens::{
        act::Act,
        desk::{Desk, Standing},
        door::{secret::Secret, waiting},
        finding::unsaved,
        view::prelude::*,
    },
};

/// Making one.
pub fn backup(desk: Desk) -> View {
    let (secret, act) = (Secret::new(), Act::new());
    let kept =
        desk.standing.with_untracked(|standing| matches!(standing, Standing::Inside(inside) if inside.kept));
    let saved = RwSignal::new(None::<(BackupFacts, String)>);
    let make = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        act.run(async move {
            // What is not kept has no passphrase that could open the file.
            let own = if kept { secret.taken() } else { Some(secret.take()?) };
            let (facts, beside) = desk.ask_with(Backup, own.into_iter().collect()).await?;
            let blob = beside.into_iter().next().and_then(|blob| blob.dyn_into::<Blob>().ok());
            let name = files::name("doorway-journal", "dwvb");
            if let Some(blob) = blob {
                files::give(&blob, &name);
                saved.set(Some((facts, name)));
                desk.changes.update(|changes| *changes += 1);
            }
            Ok(())
        });
    };
    view! {
        <section aria-labelledby="backup">
            <h2 id="backup">"Backup"</h2>
            <p>"One sealed file with everything in it. Put it somewhere that is not this device. To anybody who has neither your "
                "passphrase nor your 24 words it is noise."</p>
            {unsaved(desk, "A backup holds what is saved.")}
            <form on:submit=make>
                {if kept {
                    view! {
                        <details>
                            <summary>"Give the file a passphrase of its own"</summary>
                            <p>"Then your usual passphrase does not open it. Your 24 words do."</p>
                            {secret.made(desk, "backup-passphrase", "Passphrase of this file")}
                        </details>
                    }
                } else {
                    secret.made(desk, "backup-passphrase", "A passphrase for this file")
                }}
                {act.told()}
                <div class="doors"><button type="submit" class="primary" disabled=act.busy>"Save a backup file"</button></div>
            </form>
            {move || act.busy.get().then(|| waiting(desk))}
            {move || saved.get().map(|(facts, name)| told(&facts, &name))}
        </section>
    }
}

fn told(facts: &BackupFacts, name: &str) -> View {
    let held = format!("{}, {}", files::things(facts.things), files::size(facts.bytes as f64));
    if facts.findings.is_empty() {
        let said = format!(
            "Saved and read back whole: {held}. Look for “{name}” among your downloads, and move it to a safe place."
        );
        return view! { <p class="notice" role="status">{said}</p> };
    }
    let listed = facts
        .findings
        .iter()
        .map(|finding| view! { <li>{format!("{}: {}", finding.what, finding.words)}</li> })
        .collect::<Vec<_>>();
    view! {
        <div class="notice warm" role="alert">
            <p>{format!("The file “{name}” was written ({held}), and not everything in it opens. What is listed here was damaged before; it was \
                carried along as it is, and everything else is whole.")}</p>
            <ul>{listed}</ul>
        </div>
    }
}
