//! Settings, search, and what is told about the journal as a whole.

use std::rc::Rc;

use journal::{
    Content, Kind, Record, RecordId, Settings,
    json::{self, Json},
};
use vault::{Body, Marks};
use zeroize::Zeroizing;

use super::{
    Worker,
    browser::{call_later, part},
    unlocked::Unlocked,
    writing::Writing,
};
use crate::protocol::{Hit, Meter, Search, SearchPage, SixWords, Trouble, Why};

/// The most hits of one answer.
const HITS: usize = 100;
/// Hits asked of an index where a filter may drop some.
const FILTERED: usize = 400;
/// The most records handed out at once.
const RECORDS: usize = 500;

impl Worker {
    /// Changes the settings, or makes the first.
    pub async fn change_settings(self: &Rc<Self>, change: impl FnOnce(&mut Settings)) -> Result<(), Trouble> {
        let turn = self.turn().await;
        let record = self.changed_settings(change)?;
        self.write(&turn, Writing { records: vec![record], ..Writing::default() }).await
    }

    /// The settings after a change, to be written in the same turn.
    pub fn changed_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<(RecordId, Body), Trouble> {
        let now = self.clock.now();
        let (id, record) = self.room.with(|open| {
            let (id, mut settings) = open.shelf.settings();
            change(&mut settings);
            let record = match id {
                Some(id) => {
                    let mut record = open.shelf.live(id)?.0.record.clone();
                    record.content = Content::Settings(settings);
                    record.changed = now;
                    record
                }
                None => Record::new(Content::Settings(settings), now),
            };
            Ok((id.unwrap_or_else(Self::new_id), record))
        })?;
        Ok((id, Body::Content(record.to_json()?.into())))
    }

    /// Finds things.
    pub fn search(&self, search: &Search) -> Result<SearchPage, Trouble> {
        self.room.with(|open| {
            let count = search.count.min(HITS);
            let narrowed = search.filter != journal::Filter::default();
            let Unlocked { finder, shelf, .. } = open;
            let lets = |id| shelf.live(id).is_ok_and(|(live, _)| search.filter.lets(&live.summary));
            let found = finder.find(&search.query, if narrowed { FILTERED } else { count }, count, lets);
            let hits = found.hits.into_iter().filter_map(|(id, snippet)| {
                Some(Hit { summary: shelf.live(id).ok()?.0.summary.clone(), snippet })
            });
            Ok(SearchPage {
                hits: hits.collect(),
                meant: found.meant,
                nearest: found.nearest,
                complete: finder.is_complete(),
            })
        })
    }

    /// The keeper has said that the state that was found is well: it is what later states are held to.
    pub async fn accept(self: &Rc<Self>) -> Result<(), Trouble> {
        let turn = self.turn().await;
        self.room.with(|open| {
            open.may_write()?;
            open.marks.get_or_insert_with(Marks::default);
            open.marks_behind = true;
            open.marks_gone = false;
            open.findings.retain(|finding| finding.what != "journal");
            Ok(())
        })?;
        self.raise_marks(&turn).await
    }

    /// How safe this copy is.
    pub async fn meter(&self) -> Result<Meter, Trouble> {
        let mut meter = self.room.with(|open| {
            let (_, settings) = open.shelf.settings();
            let changed_since = open.shelf.state() != settings.backed_up_state;
            Ok(Meter {
                kept: open.store.is_kept(),
                recovery_confirmed: settings.recovery_confirmed,
                last_backup: settings.backed_up,
                changed_since,
                things: open.shelf.count(),
                drafts: open.drafts.len(),
                ..Meter::default()
            })
        })?;
        let storage = part(&js_sys::global(), "navigator").and_then(|navigator| part(&navigator, "storage"));
        if let Some(storage) = storage {
            // What the browser does not say stays unsaid.
            meter.persisted = call_later(&storage, "persisted", &[]).await.ok().and_then(|yes| yes.as_bool());
            if let Ok(estimate) = call_later(&storage, "estimate", &[]).await {
                let number = |name: &str| part(&estimate, name).and_then(|number| number.as_f64());
                (meter.used, meter.quota) = (number("usage"), number("quota"));
            }
        }
        Ok(meter)
    }

    /// What tells this state from another.
    pub fn fingerprint(&self) -> Result<SixWords, Trouble> {
        self.room.with(|open| {
            let fingerprint = open.manifest.fingerprint(&open.vault);
            let words = fingerprint.words.map(str::to_owned).to_vec();
            Ok(SixWords { words, version: fingerprint.version })
        })
    }

    /// A stretch of all records as one JSON array, and how many are in it.
    pub fn records_as_json(&self, from: usize, count: usize) -> Result<(usize, Zeroizing<Vec<u8>>), Trouble> {
        self.room.with(|open| {
            let mut text = Zeroizing::new(String::from("["));
            let mut records = 0;
            for (id, live) in open.shelf.all_live().skip(from).take(count.min(RECORDS)) {
                let Some(thing) = open.shelf.get(id) else { continue };
                let mut fields = json::Fields::default();
                fields.put("id", id.to_value());
                fields.put("revision", thing.revision.to_value());
                fields.put("record", live.record.to_value());
                if records > 0 {
                    text.push(',');
                }
                text.push_str(&json::write(&json::Value::Object(fields.0)));
                records += 1;
            }
            text.push(']');
            Ok((records, Zeroizing::new(std::mem::take(&mut *text).into_bytes())))
        })
    }

    /// Adds records as new things: all or none.
    pub async fn add_records(
        self: &Rc<Self>,
        records: Vec<Zeroizing<Vec<u8>>>,
    ) -> Result<Vec<RecordId>, Trouble> {
        let turn = self.turn().await;
        let mut writing = Writing::default();
        for bytes in records {
            let record = Record::from_json(&bytes)?;
            if record.kind() == Kind::Settings {
                return Err(Trouble::new(Why::Invalid, "settings are not imported"));
            }
            writing.records.push((Self::new_id(), Body::Content(record.to_json()?.into())));
        }
        let ids = writing.records.iter().map(|(id, _)| *id).collect();
        self.write(&turn, writing).await?;
        drop(turn);
        self.put_plan_where_it_belongs().await;
        Ok(ids)
    }
}
