//! The guided part of an entry: the passage of an article or the pack that it began with, its questions one at a time or all on a page, and
//! its things to tick.

use journal::{Content, Entry, Item, Origin, Record};

use super::{
    super::widgets::{Field, focus_soon},
    sheet::Sheet,
    taken::Taken,
};
use crate::screens::view::prelude::*;

/// The entry in a record.
pub fn entry(record: &mut Record) -> Option<&mut Entry> {
    match &mut record.content {
        Content::Entry(entry) => Some(entry),
        _ => None,
    }
}

/// Where it comes from, with the words of the article or the note of the pack.
pub fn origin(origin: &Origin) -> View {
    let name = [&origin.label, &origin.section].into_iter().find(|name| !name.is_empty()).cloned();
    let (kind, says, again) = if origin.pack.is_empty() {
        ("From an article", "What the article says", format!("Read it in “{}”", origin.title))
    } else {
        ("From a pack", "The note that came with it", "Open the pack again".to_owned())
    };
    let link = origin.address().map(|to| {
        // In a tab of its own: the journal stays open where it is.
        view! { <p><a href=to target="_blank" rel="noreferrer">{again}</a></p> }
    });
    // Open where nothing below repeats it: a question of ours asks about it.
    let open = !matches!(origin.kind.as_str(), "questions" | "checklist" | "steps" | "practice");
    let quoted = (!origin.quoted.is_empty()).then(|| {
        view! {
            <details class="quoted" open=open>
                <summary>{says}</summary>
                <blockquote>{origin.quoted.clone()}</blockquote>
            </details>
        }
    });
    view! {
        <div class="origin">
            <p class="kind">{kind}</p>
            {name.map(|name| view! { <p class="label">{name}</p> })}
            {quoted}{link}
        </div>
    }
}

/// The questions of the sheet. `at` reads and changes one of them in its record.
pub fn questions(sheet: Sheet, prompts: fn(&mut Record) -> Option<&mut Vec<journal::Prompt>>) -> View {
    let count = with(sheet, prompts, |prompts| prompts.len());
    if count == 0 {
        return ().into_view();
    }
    // A few are seen at a glance; of many one at a time.
    let single = RwSignal::new(count > 3);
    let at = RwSignal::new(0_usize);
    let to = move |place: usize| {
        at.set(place);
        focus_soon(format!(
            ".question:nth-of-type({}) textarea",
            if single.get_untracked() { 1 } else { place + 1 }
        ));
    };
    let shown = move || {
        let range = if single.get() { at.get()..at.get() + 1 } else { 0..count };
        range.map(|place| question(sheet, prompts, place, count)).collect::<Vec<_>>()
    };
    view! {
        <div class="questions">
            {shown}
            {move || single.get().then(|| view! {
                <div class="steps-through">
                    <button type="button" disabled=move || at.get() == 0 on:click=move |_| to(at.get_untracked() - 1)>
                        "Before"
                    </button>
                    <button type="button" disabled=move || at.get() + 1 == count on:click=move |_| to(at.get_untracked() + 1)>
                        "Next"
                    </button>
                </div>
            })}
            {(count > 1).then(|| view! {
                <button type="button" class="plain" on:click=move |_| single.update(|single| *single = !*single)>
                    {move || if single.get() { "Show all questions" } else { "One question at a time" }}
                </button>
            })}
        </div>
    }
}

fn with<T: Default>(
    sheet: Sheet,
    prompts: fn(&mut Record) -> Option<&mut Vec<journal::Prompt>>,
    read: impl FnOnce(&[journal::Prompt]) -> T,
) -> T {
    let mut record = sheet.read(Record::clone);
    prompts(&mut record).map(|prompts| read(prompts)).unwrap_or_default()
}

fn question(
    sheet: Sheet,
    prompts: fn(&mut Record) -> Option<&mut Vec<journal::Prompt>>,
    place: usize,
    count: usize,
) -> View {
    let Some(prompt) = with(sheet, prompts, |prompts| prompts.get(place).cloned()) else {
        return ().into_view();
    };
    let skipped = RwSignal::new(prompt.skipped);
    let change = move |change: &dyn Fn(&mut journal::Prompt)| {
        sheet.write(|record| {
            if let Some(prompt) = prompts(record).and_then(|prompts| prompts.get_mut(place)) {
                change(prompt);
            }
        });
    };
    let skip = move |skip: bool| {
        skipped.set(skip);
        change(&|prompt| prompt.skipped = skip);
    };
    let field = (count > 1).then(|| format!("{} of {count}", place + 1));
    let answer = StoredValue::new(prompt.answer);
    let words = StoredValue::new(prompt.question);
    view! {
        <div class="question">
            {field.map(|place| view! { <p class="facts">{place}</p> })}
            {move || if skipped.get() {
                view! {
                    <p class="left-out">{words.get_value()}</p>
                    <button type="button" class="plain" on:click=move |_| skip(false)>"Left out. Answer it after all"</button>
                }
            } else {
                view! {
                    {Field::new(words.get_value(), answer.get_value()).kind("area").class("field asked").told(move |typed| {
                        answer.set_value(typed.clone());
                        change(&|prompt| prompt.answer.clone_from(&typed));
                    })}
                    <button type="button" class="plain" on:click=move |_| skip(true)>"Leave this one out"</button>
                }
            }}
        </div>
    }
}

/// Things to tick, each with its words, and a field for one more.
pub fn items(sheet: Sheet, name: &'static str, items: fn(&mut Record) -> Option<&mut Vec<Item>>) -> View {
    let change = move |change: &dyn Fn(&mut Vec<Item>)| {
        sheet.write(|record| {
            if let Some(items) = items(record) {
                change(items);
            }
        });
    };
    let taken = Taken::new(sheet, items);
    let one = move |place: usize, item: Item| {
        let gone = format!("Take away: {}", item.text);
        view! {
            <li>
                <label>
                    <input
                        type="checkbox"
                        prop:checked=item.done
                        on:change=move |event| {
                            let done = event_target_checked(&event);
                            change(&|items| {
                                if let Some(item) = items.get_mut(place) {
                                    item.done = done;
                                }
                            });
                        }
                    />
                    <span>{item.text}</span>
                </label>
                <button type="button" class="plain" aria-label=gone on:click=move |_| taken.take_out(place)>"×"</button>
            </li>
        }
    };
    let shown = move || taken.shown(one);
    let add = move |input: &web_sys::HtmlInputElement| {
        let text = input.value().trim().to_owned();
        if !text.is_empty() {
            input.set_value("");
            change(&|items| items.push(Item { text: text.clone(), ..Item::default() }));
            sheet.parts.update(|parts| *parts += 1);
        }
    };
    let id = super::super::widgets::fresh_id();
    view! {
        <fieldset class="ticks">
            <legend>{name}</legend>
            <ul class="items" id=taken.id()>{shown}</ul>
            <div class="field">
                <label for=id.clone()>"One more"</label>
                <input
                    type="text"
                    id=id
                    autocomplete="off"
                    enterkeyhint="done"
                    on:keydown=move |event: web_sys::KeyboardEvent| if event.key() == "Enter" {
                        event.prevent_default();
                        add(&event_target(&event));
                    }
                    on:change=move |event| add(&event_target(&event))
                />
            </div>
        </fieldset>
    }
}
