//! What was found for the words that are looked for.

use web_sys::KeyboardEvent;

use super::{
    help, line,
    search::{self, LONGEST, MOST},
    state::Finding,
};
use crate::{
    protocol::{Hit, SearchPage},
    screens::{
        act::warn,
        desk::Desk,
        place::{Place, Start},
        view::prelude::*,
    },
};

/// Said where nothing has the words.
pub const NEAREST: &str = "Nothing has all of these words. These come nearest.";

/// How much was found, in words.
pub fn count(number: usize) -> String {
    match number {
        0 => "Nothing found.".to_owned(),
        1 => "1 found.".to_owned(),
        MOST => format!("The {MOST} that fit best."),
        number => format!("{number} found."),
    }
}

/// The engine always names what comes nearest. In one's own journal, what shares no word with the question is noise.
pub fn keep_near(page: &mut SearchPage, query: &str) {
    if page.nearest {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        page.hits.retain(|hit| {
            let title = hit.summary.title.to_lowercase();
            hit.snippet.iter().any(|(_, meant)| *meant)
                || words.iter().any(|word| word.len() > 2 && title.contains(word))
        });
    }
}

/// The results, help before them where the words sound like a crisis.
pub fn results(desk: Desk, here: Finding) -> View {
    let crisis = Memo::new(move |_| here.query.with(|query| journal::crisis::sounds_like(query)));
    let long = Memo::new(move |_| here.query.with(|query| query.chars().count() > LONGEST));
    let arrows = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Escape" => {
                search::focus();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        search::step(by);
    };
    view! {
        <section class="found" aria-label="Found" on:keydown=arrows>
            {move || crisis.get().then(|| help::card(desk))}
            {move || long.get().then(|| {
                view! { <p class="hint">"This is long: only its first 1,000 characters are looked for."</p> }
            })}
            {move || match here.found.get() {
                None => view! { <p class="count">"Looking…"</p> },
                Some(Err(trouble)) => warn(&trouble.told()),
                Some(Ok(page)) => found(desk, here, page),
            }}
        </section>
    }
}

fn found(desk: Desk, here: Finding, page: SearchPage) -> View {
    let meant = page.meant.clone().map(|meant| {
        let instead = meant.clone();
        view! {
            <p class="meant">
                "Did you mean "
                <button type="button" class="plain" on:click=move |_| here.query.set(instead.clone())>{meant}</button> "?"
            </p>
        }
    });
    let unread = (!page.complete).then(|| {
        view! { <p class="hint">"Your journal is still being read. What is found grows by itself."</p> }
    });
    if page.hits.is_empty() {
        return view! { {meant} {unread} {nothing(desk, here)} };
    }
    let count = if page.nearest { NEAREST.to_owned() } else { count(page.hits.len()) };
    let lines: Vec<_> = page.hits.into_iter().map(|hit| found_line(desk, here, hit)).collect();
    view! {
        {meant}
        <p class="count">{count}</p>
        {unread}
        <ol class="things">{lines}</ol>
    }
}

fn found_line(desk: Desk, here: Finding, hit: Hit) -> View {
    let pieces: Vec<_> = hit
        .snippet
        .into_iter()
        .map(|(text, meant)| {
            if meant {
                view! { <mark>{text}</mark> }
            } else {
                text.into_view()
            }
        })
        .collect();
    let id = hit.summary.id;
    let words = (!pieces.is_empty()).then(|| view! { <p class="gist">{pieces}</p> }).into_view();
    line::dated(&hit.summary, words, move || {
        here.opened.set_value(Some(id));
        desk.go(Place::Read(id));
    })
}

fn nothing(desk: Desk, here: Finding) -> View {
    let widen = here.is_narrowed().then(|| {
        view! {
            <button type="button" on:click=move |_| here.filter.set(Default::default())>"Look in everything"</button>
        }
    });
    view! {
        <p class="count">"Nothing found."</p>
        <p>"Nothing that you wrote has these words. Fewer words find more, and so does another word for the same."</p>
        <p class="acts">
            {widen}
            <button type="button" on:click=move |_| desk.go(Place::Calendar)>"Look by day"</button>
            <button type="button" on:click=move |_| desk.go(Place::Write(Start::New(journal::Kind::Entry)))>"Write about it"</button>
        </p>
    }
}
