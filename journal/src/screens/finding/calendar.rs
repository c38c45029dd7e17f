//! The calendar: a month as a grid that is walked by arrow keys, with a mark for each kind on its day; below it what the chosen day
//! holds, and the whole month once more as a list.

use journal::{Day, Filter, Kind};
use web_sys::KeyboardEvent;

use super::{
    asked::{ask, show},
    line,
    state::Finding,
    timeline::thing_view,
};
use crate::{
    protocol::{Calendar, List, Mark, Page},
    screens::{
        act::warn,
        dates,
        desk::Desk,
        dom, now,
        place::{Place, Start},
        view::prelude::*,
    },
};

type Marks = order::Map<Day, Vec<Kind>>;

/// The calendar.
pub fn calendar(desk: Desk) -> View {
    let here = Finding::here();
    let today = now::today();
    let at = Memo::new(move |_| here.day.get().map_or(today, |(day, _)| day));
    let month = Memo::new(move |_| at.get().month_start());
    let answer = RwSignal::new(None::<Result<Vec<Mark>, _>>);
    effect(move || {
        desk.changes.track();
        let first = month.get();
        ask(desk, answer, Calendar { from: first.plus(-7), to: first.plus(45) });
    });
    let marks = Memo::new(move |_| {
        answer.with(|answer| match answer {
            Some(Ok(marks)) => marks.iter().cloned().collect::<Marks>(),
            _ => Marks::default(),
        })
    });
    let turn = move |months: i32| {
        here.day.set(Some((months_later(at.get_untracked(), months), false)));
        dom::announce(&dates::month(at.get_untracked()));
    };
    view! {
        <div class="finding calendar">
            <h1>"Calendar"</h1>
            <div class="month-bar">
                <button type="button" aria-label="The month before" on:click=move |_| turn(-1)>"‹"</button>
                <h2 id="month">{move || dates::month(month.get())}</h2>
                <button type="button" aria-label="The month after" on:click=move |_| turn(1)>"›"</button>
                <button type="button" class="plain" on:click=move |_| here.day.set(Some((today, true)))>"Today"</button>
            </div>
            {move || answer.with(|answer| match answer {
                Some(Err(trouble)) => warn(&trouble.told()),
                _ => ().into_view(),
            })}
            {grid(desk, here, at, month, marks)}
            {legend()}
            {move || match here.day.get() {
                Some((day, true)) => day_view(desk, here, day, today),
                _ => view! { <p class="hint">"Choose a day to see what it holds."</p> },
            }}
            {as_list(here, month, marks)}
        </div>
    }
}

/// The same day so many months later, or the last of a shorter month.
fn months_later(day: Day, months: i32) -> Day {
    let number = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + months;
    let (year, month) = (number.div_euclid(12).clamp(1, 9999) as u16, number.rem_euclid(12) as u8 + 1);
    Day::new(year, month, 1)
        .and_then(|first| Day::new(year, month, day.day().min(first.days_in_month())))
        .unwrap_or(day)
}

fn grid(desk: Desk, here: Finding, at: Memo<Day>, month: Memo<Day>, marks: Memo<Marks>) -> View {
    let starts = Memo::new(move |_| desk.settings.with(|settings| settings.week_starts));
    let head = move || {
        let day = |(short, long): (String, String)| view! { <th scope="col" abbr=long>{short}</th> };
        dates::weekdays(starts.get()).into_iter().map(day).collect::<Vec<_>>()
    };
    let weeks = move || {
        let (first, starts) = (month.get(), starts.get());
        let last = first.plus(i64::from(first.days_in_month()) - 1);
        let start = first.week_start(starts);
        let weeks = (last.days_after(start) / 7) + 1;
        let week = |week: i64| {
            let days: Vec<_> =
                (0..7).map(|day| cell(here, start.plus(week * 7 + day), first, at, marks)).collect();
            view! { <tr>{days}</tr> }
        };
        (0..weeks).map(week).collect::<Vec<_>>()
    };
    let keys = move |event: KeyboardEvent| {
        let day = at.get_untracked();
        let into_week = day.days_after(day.week_start(starts.get_untracked()));
        let there = match event.key().as_str() {
            "ArrowLeft" => day.plus(-1),
            "ArrowRight" => day.plus(1),
            "ArrowUp" => day.plus(-7),
            "ArrowDown" => day.plus(7),
            "Home" => day.plus(-into_week),
            "End" => day.plus(6 - into_week),
            "PageUp" => months_later(day, if event.shift_key() { -12 } else { -1 }),
            "PageDown" => months_later(day, if event.shift_key() { 12 } else { 1 }),
            "Enter" | " " => {
                event.prevent_default();
                here.day.set(Some((day, true)));
                return;
            }
            _ => return,
        };
        event.prevent_default();
        here.day.set(Some((there, false)));
        dom::after(0, || {
            if let Some(day) = dom::select("#journal .month [tabindex=\"0\"]") {
                dom::focus(&day);
            }
        });
    };
    view! {
        <table class="month" role="grid" aria-labelledby="month" on:keydown=keys>
            <thead><tr>{head}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
}

fn cell(here: Finding, day: Day, first: Day, at: Memo<Day>, marks: Memo<Marks>) -> View {
    if day.month_start() != first {
        return view! { <td class="other" role="gridcell"></td> };
    }
    let kinds = Memo::new(move |_| marks.with(|marks| marks.get(&day).cloned().unwrap_or_default()));
    let said = move || {
        let names: Vec<&str> = kinds.with(|kinds| kinds.iter().map(line::kind_name).collect());
        let names = if names.is_empty() { "nothing written".to_owned() } else { names.join(", ") };
        [dates::full(day), names].join(": ")
    };
    let shown = move || kinds.get().iter().map(line::mark).collect::<Vec<_>>();
    let chosen = move || here.day.get() == Some((day, true));
    view! {
        <td
            role="gridcell"
            class:chosen=chosen
            aria-selected=move || chosen().to_string()
            aria-current=(day == now::today()).then_some("date")
            aria-label=said
            tabindex=move || if at.get() == day { "0" } else { "-1" }
            on:click=move |_| here.day.set(Some((day, true)))
        >
            <span class="date">{day.day()}</span>
            <span class="on-day">{shown}</span>
        </td>
    }
}

/// What the marks mean.
fn legend() -> View {
    let kinds = [Kind::Entry, Kind::Capture, Kind::CheckIn, Kind::Session, Kind::Week, Kind::Course];
    let each: Vec<_> =
        kinds.iter().map(|kind| view! { <li>{line::mark(kind)} " " {line::kind_name(kind)}</li> }).collect();
    view! { <ul class="legend" aria-label="Marks">{each}</ul> }
}

fn day_view(desk: Desk, here: Finding, day: Day, today: Day) -> View {
    let page = RwSignal::new(None::<Result<Page, _>>);
    let filter = Filter { from: Some(day), to: Some(day), ..Filter::default() };
    effect(move || {
        desk.changes.track();
        ask(desk, page, List { filter: filter.clone(), from: 0, count: 200 });
    });
    let check = (day <= today).then(|| {
        view! {
            <p class="acts">
                <button type="button" disabled=move || !desk.may_write() on:click=move |_| desk.go(Place::Write(Start::Day(day)))>
                    "Check in for this day"
                </button>
            </p>
        }
    });
    view! {
        <section class="of-day" aria-live="polite">
            <h2>{dates::spoken(day)}</h2>
            {show(page, move |page: Page| {
                if page.things.is_empty() {
                    return view! { <p class="hint">"Nothing is written for this day."</p> };
                }
                let lines: Vec<_> = page.things.iter().map(|thing| thing_view(desk, here, thing)).collect();
                view! { <ul class="things">{lines}</ul> }
            })}
            {check}
        </section>
    }
}

/// The month once more, for whoever reads lists more easily than grids.
fn as_list(here: Finding, month: Memo<Day>, marks: Memo<Marks>) -> View {
    let days = move || {
        let first = month.get();
        let days: Vec<_> = marks.with(|marks| {
            let of_month = marks.iter().filter(|(day, _)| day.month_start() == first);
            of_month
                .map(|(day, kinds)| {
                    let (day, names) = (*day, kinds.iter().map(line::kind_name).collect::<Vec<_>>().join(", "));
                    view! {
                        <li>
                            <button type="button" class="plain" on:click=move |_| here.day.set(Some((day, true)))>{dates::full(day)}</button>
                            " " {names}
                        </li>
                    }
                })
                .collect()
        });
        if days.is_empty() {
            view! { <p class="hint">"Nothing is written in this month."</p> }
        } else {
            view! { <ul class="month-list">{days}</ul> }
        }
    };
    view! { <details class="as-list"><summary>"This month as a list"</summary>{days}</details> }
}
