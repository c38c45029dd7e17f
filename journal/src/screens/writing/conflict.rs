//! One thing was changed in two places: both are shown side by side, and nothing is decided without the keeper.

use journal::{Content, Record, templates::SCALES};

use super::{
    super::{dates, markdown::markdown, place::Place},
    sheet::{Conflict, Sheet},
};
use crate::{protocol::Opened, screens::view::prelude::*};

/// Both sides, and what can be done.
pub fn view(sheet: Sheet, conflict: Conflict) -> View {
    let mine = sheet.read(Record::clone);
    let Opened { record: other, revision, id, .. } = *conflict.theirs;
    let both = match conflict.merged {
        Some(merged) => Some(("Keep the changes of both", merged)),
        None => both_texts(&mine, &other).map(|both| ("Keep both texts, one below the other", both)),
    };
    let (kept, second) = (mine.clone(), other.clone());
    view! {
        <div class="writing">
            <h1>"Changed in two places"</h1>
            <p>
                "This was changed elsewhere while you wrote here. Both are kept. Choose what shall stand; the earlier states can "
                "still be looked at afterwards."
            </p>
            <div class="sides">
                <section aria-label="What you wrote here">
                    <h2>"Here"</h2>
                    {told(&mine)}
                    <button type="button" class="primary" on:click=move |_| sheet.settle(kept.clone(), revision)>
                        "Keep what I wrote here"
                    </button>
                </section>
                <section aria-label="What was written elsewhere">
                    <h2>"Elsewhere"</h2>
                    {told(&second)}
                    <button type="button" on:click=move |_| sheet.discard(Place::Read(id))>
                        "Keep the other, let go of mine"
                    </button>
                </section>
            </div>
            {both.map(|(words, both)| view! {
                <p>
                    <button type="button" on:click=move |_| sheet.settle(both.clone(), revision)>
                        {words}
                    </button>
                </p>
            })}
        </div>
    }
}

/// A record with both texts, for kinds that have one.
fn both_texts(mine: &Record, other: &Record) -> Option<Record> {
    let mut both = mine.clone();
    let (text, second) = match (&mut both.content, &other.content) {
        (Content::Entry(entry), Content::Entry(second)) => (&mut entry.text, &second.text),
        (Content::Week(week), Content::Week(second)) => (&mut week.text, &second.text),
        (Content::Session(session), Content::Session(second)) => (&mut session.notes, &second.notes),
        _ => return None,
    };
    if text == second {
        return None;
    }
    let joined = [text.trim(), second.trim()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    *text = joined.join("\n\n---\n\n");
    Some(both)
}

/// What a record says, in short: enough to choose by.
fn told(record: &Record) -> View {
    let mut lines = Vec::new();
    let mut line = |text: &str| {
        if !text.trim().is_empty() {
            lines.push(text.to_owned());
        }
    };
    match &record.content {
        Content::Entry(entry) => {
            line(&entry.title);
            line(&entry.text);
            for prompt in &entry.prompts {
                line(&prompt.answer);
            }
        }
        Content::Session(session) => {
            line(&session.intention);
            line(&session.notes);
        }
        Content::Course(course) => {
            line(&course.name);
            line(&course.notes);
        }
        Content::Capture(capture) => capture.pieces.iter().for_each(|piece| line(&piece.text)),
        Content::CheckIn(check_in) => {
            for scale in &SCALES {
                if let Some(score) = scale.score(check_in) {
                    line(&format!("{}: {}", scale.name, score.get()));
                }
            }
            line(&check_in.note);
        }
        Content::Week(week) => {
            for prompt in &week.prompts {
                line(&prompt.answer);
            }
            line(&week.text);
        }
        Content::SafetyPlan(_) | Content::Settings(_) | Content::Other(_) => {}
    }
    let changed = dates::full(record.changed.day());
    let time = dates::time(record.changed);
    let body = if lines.is_empty() { "(nothing written)".to_owned() } else { lines.join("\n\n") };
    view! { <p class="hint">{format!("{changed}, {time}")}</p> {markdown(body)} }
}
