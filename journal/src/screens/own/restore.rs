//! A backup brought back: at an empty door it becomes the journal; in an open journal it adds what is missing and deletes nothing.

use super::files;
use web_sys::HtmlInputElement;

use crate::{
    protocol::{BackupFacts, Finding, Key, ReadBackup, RestoreBackup, Trouble, Verdicts, Why},
    screens::{
        act::Act,
        desk::Desk,
        door::{persist, recall::Recall, secret::Secret, waiting},
        view::prelude::*,
    },
};

/// Where no journal is: with the backup's own ways in.
pub fn at_the_door(desk: Desk, back: impl Fn() + 'static) -> View {
    let (file, secret, recall, act) =
        (NodeRef::<HtmlInputElement>::new(), Secret::new(), Recall::new(), Act::new());
    let words = RwSignal::new(false);
    act.returns_to(|trouble| match trouble.why {
        Why::NotABackup => "#restore-file",
        _ => "div:not([hidden]) > .secret input, #recall",
    });
    let facts = RwSignal::new(None::<BackupFacts>);
    let read = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        act.run(async move {
            let file =
                files::chosen(file).ok_or_else(|| Trouble::new(Why::NotABackup, "no file was chosen"))?;
            let (key, secret) = if words.get_untracked() {
                (Key::Recovery, recall.take()?)
            } else {
                (Key::Passphrase, secret.take()?)
            };
            let (read, _) = desk.ask_with(ReadBackup { key: Some(key) }, vec![file.into(), secret]).await?;
            facts.set(Some(read));
            Ok(())
        });
    };
    let restore = move |_| {
        act.run(async move {
            let restored = desk.or_look_again(desk.ask_with(RestoreBackup, Vec::new()).await);
            let (restored, _) = restored.map_err(|trouble| match trouble.why {
                Why::Full => Trouble::new(
                    Why::NotTaken,
                    "There is not enough room on this device. Nothing of the backup is here yet, and the file is as it was. Make room, then restore it.",
                ),
                _ => trouble,
            })?;
            desk.entered(restored.inside);
            persist().await;
            Ok(())
        });
    };
    view! {
        <form class="door-page" on:submit=read>
            <h1>"Restore a backup"</h1>
            <p>"Choose the file and open it with the passphrase that it was made with, or with your 24 words. It stays on this device."</p>
            <div hidden=act.busy>
                <div hidden=move || facts.with(Option::is_some)>
                    {files::field(file, "restore-file", "Backup file", ".dwvb", || {})}
                    <div hidden=words>{secret.present("restore-passphrase", "Passphrase of the backup")}</div>
                    {move || words.get().then(|| recall.view())}
                    <p><button type="button" class="plain" on:click=move |_| words.update(|words| *words = !*words)>
                        {move || if words.get() { "Use the passphrase" } else { "Use my 24 words" }}
                    </button></p>
                    <div class="doors"><button type="submit" class="primary" disabled=act.busy>"Open the backup"</button></div>
                </div>
                {move || facts.get().map(|facts| view! {
                    {held(&facts)}
                    <div class="doors"><button type="button" class="primary" on:click=restore>"Restore it here"</button></div>
                })}
                {act.told()}
                <p><button type="button" class="plain" on:click=move |_| back()>"Back"</button></p>
            </div>
            {move || act.busy.get().then(|| waiting(desk))}
        </form>
    }
}

/// Into the journal that is open.
pub fn inside(desk: Desk) -> View {
    let (file, act) = (NodeRef::<HtmlInputElement>::new(), Act::new());
    let shown = RwSignal::new(None::<BackupFacts>);
    let done = RwSignal::new(None::<String>);
    let look = move || async move {
        let Some(file) = files::chosen(file) else { return Ok(()) };
        let (read, _) = desk.ask_with(ReadBackup { key: None }, vec![file.into()]).await?;
        shown.set(Some(read));
        Ok::<(), Trouble>(())
    };
    let read = move || {
        done.set(None);
        shown.set(None);
        act.run(look());
    };
    // The field forgets the file too, or choosing it once more would be no change.
    let put_away = move || {
        shown.set(None);
        if let Some(input) = file.get_untracked() {
            input.set_value("");
        }
    };
    let to_come = move || {
        let facts = shown.try_get_untracked().flatten();
        facts.and_then(|facts| facts.verdicts).unwrap_or_default().take as u64
    };
    let restore = move |_| {
        done.set(None);
        act.run(async move {
            let all = to_come();
            let came = desk.ask_with(RestoreBackup, Vec::new()).await;
            desk.changes.update(|changes| *changes += 1);
            let restored = match came {
                Ok((restored, _)) => restored,
                Err(trouble) => {
                    // What came is known by looking again.
                    if look().await.is_ok() {
                        let came = files::things(all.saturating_sub(to_come()));
                        done.set(Some(format!(
                            "So far {came} of {all} came back, and nothing was deleted. Try again, and the rest comes: nothing comes twice."
                        )));
                    }
                    return Err(trouble);
                }
            };
            put_away();
            let Verdicts { take, both, settings, .. } = restored.verdicts;
            let came = if settings && take == 0 { "The settings".to_owned() } else { files::things(take as u64) };
            let both = match both {
                0 => String::new(),
                both => format!(
                    " {} had changed on both sides: you now have both versions, side by side.",
                    files::things(both as u64)
                ),
            };
            done.set(Some(format!("{came} came back from the backup. Nothing was deleted.{both}")));
            desk.entered(restored.inside);
            Ok(())
        });
    };
    view! {
        <section aria-labelledby="restore">
            <h2 id="restore">"Bring back from a backup"</h2>
            <p>"A backup of this journal adds what is missing here. You first see what it would do. Nothing is deleted or overwritten."</p>
            <div hidden=act.busy>{files::field(file, "merge-file", "Backup file", ".dwvb", read)}</div>
            {move || act.busy.get().then(|| waiting(desk))}
            {act.told()}
            {move || shown.get().map(|facts| {
                let verdicts = facts.verdicts.clone().unwrap_or_default();
                let something = verdicts.settings || verdicts.take + verdicts.both > 0;
                view! {
                    {held(&facts)}
                    {list(&verdicts)}
                    {if something {
                        view! {
                            <div class="doors">
                                <button type="button" class="primary" disabled=move || !desk.may_write() on:click=restore>"Bring these back"</button>
                                <button type="button" on:click=move |_| put_away()>"Leave it"</button>
                            </div>
                        }
                    } else {
                        view! { <p>"Everything that you wrote in it is here already."</p> }
                    }}
                }
            })}
            {move || done.get().map(|done| view! { <p class="notice" role="status">{done}</p> })}
        </section>
    }
}

fn held(facts: &BackupFacts) -> View {
    let said = format!(
        "A backup of {}: {} in {}, {}, {}.",
        files::day(facts.made as f64),
        files::things(facts.things),
        files::counted(facts.versions, "version"),
        files::counted(facts.attachments, "attachment"),
        files::size(facts.bytes as f64)
    );
    let findings = findings(
        "Not all of it opens. Everything else can be restored; this comes along as it is:",
        &facts.findings,
    );
    view! { <p role="status">{said}</p>{findings} }
}

/// What in a backup is not as it must be, below words that say what that means. Nothing where all is well.
pub fn findings(said: &'static str, findings: &[Finding]) -> Option<View> {
    if findings.is_empty() {
        return None;
    }
    let listed =
        findings.iter().map(|finding| view! { <li>{format!("{}: {}", finding.what, finding.words)}</li> });
    let listed = listed.collect::<Vec<_>>();
    Some(view! { <div class="notice warm"><p>{said}</p><ul>{listed}</ul></div> })
}

fn list(verdicts: &Verdicts) -> View {
    let rows = [
        (verdicts.same, "are the same here"),
        (verdicts.take, "are missing here or newer in the backup, and would come back"),
        (verdicts.keep, "are newer here, and stay as they are"),
        (verdicts.both, "changed on both sides, and would be kept twice, side by side"),
        (verdicts.gone, "were removed here for good, and stay removed"),
    ];
    let rows = rows.into_iter().filter(|(count, _)| *count > 0);
    let rows = rows.map(|(count, words)| view! { <li><b>{count}</b>" "{words}</li> }).collect::<Vec<_>>();
    let settings = verdicts
        .settings
        .then(|| view! { <li>"Its settings are newer than those here, and would come back."</li> });
    view! { <ul class="verdicts">{rows}{settings}</ul> }
}
