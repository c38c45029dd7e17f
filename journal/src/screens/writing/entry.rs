//! An entry: the editor is the page. The date, the words, and at the foot what of them is on disk; everything else is folded
//! away until it is wanted.

use journal::{Content, Entry, Prompt, Record};
use wasm_bindgen::JsValue;
use web_sys::{ClipboardEvent, HtmlTextAreaElement, KeyboardEvent};

use super::{
    super::{act::Act, dates, dom, markdown::markdown, widgets::focus_soon},
    bar, guided,
    guided::entry,
    more, photos, question_sets,
    sheet::Sheet,
    steps_back, toolbar,
};
use crate::screens::view::prelude::*;

/// The questions of an entry.
pub fn prompts(record: &mut Record) -> Option<&mut Vec<Prompt>> {
    entry(record).map(|entry| &mut entry.prompts)
}

/// The editor.
pub fn view(sheet: Sheet) -> View {
    let (said, day) = sheet.read(|record| (entry_of(record), record.written));
    let heading = format!("{}, {}", dates::full(day.day()), dates::time(day));
    view! {
        <h1 class="quiet">{heading}</h1>
        {bar::draft_notice(sheet)}
        {said.reflects.map(|_| view! { <p class="facts">"Written beside something earlier, which stays as it was."</p> })}
        {move || {
            sheet.parts.track();
            if sheet.read(|record| is_plain(&entry_of(record))) { question_sets::view(sheet) } else { ().into_view() }
        }}
        <fieldset class="page" disabled=move || !sheet.desk.may_write()>{page(sheet)}</fieldset>
        {bar::foot(sheet, "Done", true, bar::to_reading)}
    }
}

fn page(sheet: Sheet) -> View {
    let said = sheet.read(entry_of);
    let area = NodeRef::<HtmlTextAreaElement>::new();
    let act = Act::new();
    let shown = RwSignal::new(false);
    let noted = StoredValue::new(f64::NEG_INFINITY);
    let text = move || {
        sheet.parts.track();
        let text = sheet.read(|record| entry_of(record).text);
        if shown.get() {
            let nothing =
                text.trim().is_empty().then(|| view! { <p class="hint">"Nothing is written yet."</p> });
            return view! { {nothing} {markdown(text)} };
        }
        let (name, hint) = words_asked(sheet);
        toolbar::text(name.to_owned(), hint, text, area, move |typed| {
            let mut last = noted.get_value();
            sheet.write(|record| {
                if let Some(entry) = entry(record) {
                    steps_back::change(entry, typed, &mut last, js_sys::Date::now());
                }
            });
            noted.set_value(last);
        })
    };
    let counted = move || {
        sheet.kept.track();
        sheet.desk.settings.with(|settings| settings.word_count).then(|| {
            let words = sheet.read(|record| entry_of(record).text.split_whitespace().count());
            view! { <p class="facts">{format!("{words} words")}</p> }
        })
    };
    view! {
        <div class="written-on" on:paste=move |event: ClipboardEvent| {
            let files = event.clipboard_data().and_then(|data| data.files());
            if files.is_some_and(|files| photos::take(sheet, act, &files)) {
                event.prevent_default();
            }
        } on:keydown=move |event: KeyboardEvent| redo_by_key(sheet, area, &event)>
            <input
                class="title"
                type="text"
                aria-label="Title"
                placeholder="Title, if you like"
                autocomplete="off"
                prop:value=move || {
                    sheet.parts.track();
                    sheet.read(|record| entry_of(record).title)
                }
                on:input=move |event| sheet.write(|record| {
                    if let Some(entry) = entry(record) {
                        entry.title = event_target_value(&event);
                    }
                })
            />
            {guided_part(sheet)}
            {text}
            {counted}
            {photos::view(sheet, act)}
            <p class="tools">
                <button type="button" aria-pressed=move || shown.get().to_string() on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    "Preview"
                </button>
                {photos::button(sheet, act)}
                {step(sheet, "Undo", steps_back::has_before, steps_back::back)}
                {step(sheet, "Redo", steps_back::has_ahead, steps_back::forth)}
            </p>
            <details class="more">
                <summary>"Tags, themes, date"</summary>
                {more::labelled(sheet)}
                {more::written(sheet)}
                {more::of_session(sheet, said.session, move |session| sheet.write(|record| {
                    if let Some(entry) = entry(record) {
                        entry.session = session;
                    }
                }))}
            </details>
        </div>
    }
}

/// A button that goes a step back or forth in the text; there while there is one.
fn step(sheet: Sheet, name: &'static str, has: fn(&Entry) -> bool, take: fn(&mut Entry)) -> View {
    let there = Memo::new(move |_| {
        sheet.kept.track();
        sheet.parts.track();
        is(sheet, has)
    });
    (move || {
        there.get().then(|| {
            let press = move |_| {
                go(sheet, take);
                if !is(sheet, has) {
                    // The button goes; the keyboard stays with the text.
                    focus_soon(TEXT.to_owned());
                }
            };
            view! { <button type="button" on:click=press>{name}</button> }
        })
    })
    .into_view()
}

/// The text, as it is found on the page.
const TEXT: &str = "textarea.text";

fn is(sheet: Sheet, what: fn(&Entry) -> bool) -> bool {
    sheet.read(|record| matches!(&record.content, Content::Entry(entry) if what(entry)))
}

fn go(sheet: Sheet, take: fn(&mut Entry)) {
    sheet.rearrange(|record| {
        if let Some(entry) = entry(record) {
            take(entry);
        }
    });
}

/// Ctrl+Shift+Z and Ctrl+Y put there again what *Undo* took away, where the browser itself does nothing with them: it has forgotten
/// what was typed before *Undo*.
fn redo_by_key(sheet: Sheet, area: NodeRef<HtmlTextAreaElement>, event: &KeyboardEvent) {
    let redo = match event.key().as_str() {
        "Z" | "z" => event.shift_key(),
        "Y" | "y" => !event.shift_key(),
        _ => false,
    };
    let Some(area) = area.get_untracked() else { return };
    let asked = redo && (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    if asked && dom::get(event, "target") == *AsRef::<JsValue>::as_ref(&area) {
        let was = area.value();
        dom::after(0, move || {
            if area.value() == was && is(sheet, steps_back::has_ahead) {
                go(sheet, steps_back::forth);
                focus_soon(TEXT.to_owned());
            }
        });
    }
}

/// Origin, questions and things to tick; drawn anew when a set of questions was put in.
fn guided_part(sheet: Sheet) -> View {
    let count = Memo::new(move |_| {
        sheet.parts.track();
        sheet.read(|record| entry_of(record).prompts.len())
    });
    // Once there, it stays: the last of them can be brought back.
    let ticks = Memo::new(move |before: Option<&bool>| {
        sheet.parts.track();
        before == Some(&true) || !sheet.read(|record| entry_of(record).items.is_empty())
    });
    view! {
        {move || {
            // Only a memo that is read follows what it is made of.
            count.get();
            let origin = sheet.read(|record| entry_of(record).origin);
            view! {
                {origin.map(|origin| guided::origin(&origin))}
                {guided::questions(sheet, prompts)}
            }
        }}
        {move || ticks.get().then(|| {
            guided::items(sheet, "To tick", |record| entry(record).map(|entry| &mut entry.items))
        })}
    }
}

fn words_asked(sheet: Sheet) -> (&'static str, &'static str) {
    let asked = sheet.read(|record| !entry_of(record).prompts.is_empty());
    if asked {
        ("Anything else", "Anything else")
    } else {
        ("Text", "Begin anywhere. / at the start of a line for headings and lists.")
    }
}

/// Whether nothing is in it yet, so that a set of questions can still be begun with.
fn is_plain(entry: &Entry) -> bool {
    entry.text.is_empty() && entry.prompts.is_empty() && entry.items.is_empty() && entry.origin.is_none()
}

/// The entry that a record is; an empty one where it is something else.
pub fn entry_of(record: &Record) -> Entry {
    match &record.content {
        Content::Entry(entry) => entry.clone(),
        _ => Entry::default(),
    }
}
