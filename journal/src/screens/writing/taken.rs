//! What was taken out of a list: a line stays in its place that brings it back, until the screen is left. One tap takes nothing away
//! for good.

use journal::Record;

use super::{
    super::{
        dom,
        widgets::{focus_soon, fresh_id},
    },
    sheet::Sheet,
};
use crate::screens::view::prelude::*;

/// A list of a sheet, with what was taken out of it. Copies are the same.
pub struct Taken<T: 'static> {
    sheet: Sheet,
    list: fn(&mut Record) -> Option<&mut Vec<T>>,
    id: StoredValue<String>,
    /// Each with the place that it would have in the list, in the order of the screen.
    gone: StoredValue<Vec<(usize, T)>, LocalStorage>,
}

impl<T: 'static> Clone for Taken<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for Taken<T> {}

impl<T: Clone + 'static> Taken<T> {
    /// A list out of which nothing was taken yet.
    pub fn new(sheet: Sheet, list: fn(&mut Record) -> Option<&mut Vec<T>>) -> Self {
        Self { sheet, list, id: StoredValue::new(fresh_id()), gone: StoredValue::new_local(Vec::new()) }
    }

    /// What the element is called in which [`Self::shown`] stands.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// The list, each thing as `one` shows it at its place, and a line for each that was taken out. A thing is a line of its own
    /// whose last part is the button that takes it out.
    pub fn shown(self, one: impl Fn(usize, T) -> View) -> Vec<View> {
        self.sheet.parts.track();
        let mut record = self.sheet.read(Record::clone);
        let all = (self.list)(&mut record).map(std::mem::take).unwrap_or_default();
        let gone: Vec<usize> = self.gone.with_value(|gone| gone.iter().map(|(place, _)| *place).collect());
        let mut lines = Vec::new();
        let mut gone = gone.into_iter().enumerate().peekable();
        for (place, thing) in all.into_iter().enumerate() {
            while let Some((number, _)) = gone.next_if(|(_, before)| *before <= place) {
                lines.push(self.line(number));
            }
            lines.push(one(place, thing));
        }
        lines.extend(gone.map(|(number, _)| self.line(number)));
        lines
    }

    fn line(self, number: usize) -> View {
        view! {
            <li class="taken">
                <span>"Taken out."</span>
                <button type="button" class="plain" on:click=move |_| self.bring_back(number)>"Bring it back"</button>
            </li>
        }
    }

    /// Takes out what stands at a place.
    pub fn take_out(self, place: usize) {
        let mut number = 0;
        self.sheet.rearrange(|record| {
            let list = (self.list)(record).filter(|list| place < list.len());
            let Some(thing) = list.map(|list| list.remove(place)) else { return };
            self.gone.update_value(|gone| {
                number = gone.partition_point(|(before, _)| *before <= place);
                gone[number..].iter_mut().for_each(|(after, _)| *after -= 1);
                gone.insert(number, (place, thing));
            });
        });
        dom::announce("Taken out");
        self.focus(place + number);
    }

    fn bring_back(self, number: usize) {
        let mut at = 0;
        self.sheet.rearrange(|record| {
            let Some(list) = (self.list)(record) else { return };
            self.gone.update_value(|gone| {
                if number < gone.len() {
                    let (place, thing) = gone.remove(number);
                    // It may be shorter than it was.
                    at = place.min(list.len());
                    list.insert(at, thing);
                    gone[number..].iter_mut().for_each(|(after, _)| *after += 1);
                }
            });
        });
        dom::announce("It is back");
        self.focus(at + number);
    }

    /// The keyboard goes to the button of the line that stands there now.
    fn focus(self, line: usize) {
        focus_soon(format!("#{} > li:nth-child({}) > button", self.id(), line + 1));
    }
}
