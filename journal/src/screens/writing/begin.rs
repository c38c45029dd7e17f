//! What writing starts from: something new, something again, the check-in of a day, a week, what an article asked.

use journal::{
    Capture, CheckIn, Content, Course, Day, Entry, Filter, Kind, Record, RecordId, SafetyPlan, Session,
    Settings, Week, guided, templates,
};

use super::{
    super::{desk::Desk, now, place::Start},
    sheet::Opening,
    steps_back,
};
use crate::protocol::{Drafts, GatherWeek, List, Open, ReadSettings, Trouble, Why};

/// What writing starts from.
pub async fn opening(desk: Desk, start: Start) -> Result<Opening, Trouble> {
    let content = match start {
        Start::Again(id) => return again(desk, id).await,
        Start::New(Kind::CheckIn) => return day(desk, now::today()).await,
        Start::Day(of) => return day(desk, of).await,
        Start::New(Kind::Week) => return week(desk, None).await,
        Start::New(kind) => blank(&kind),
        Start::About { session, reflects } => Content::Entry(Entry { session, reflects, ..Entry::default() }),
        Start::SessionOf(course) => Content::Session(Session { course, ..new_session() }),
        Start::Asked(asked) => Content::Entry(asked_entry(&asked)?),
    };
    Ok(Opening::new(Record::new(content, now::now())))
}

async fn again(desk: Desk, id: RecordId) -> Result<Opening, Trouble> {
    desk.ask(Open { id }).await.map(Opening::again)
}

fn blank(kind: &Kind) -> Content {
    match kind {
        Kind::Course => Content::Course(Course { started: Some(now::today()), ..Course::default() }),
        Kind::Session => Content::Session(new_session()),
        Kind::Capture => Content::Capture(Capture::default()),
        Kind::SafetyPlan => Content::SafetyPlan(SafetyPlan::default()),
        Kind::Settings => Content::Settings(Settings::default()),
        Kind::Entry | Kind::CheckIn | Kind::Week | Kind::Other(_) => Content::Entry(Entry::default()),
    }
}

/// What a draft of this content said before anything was typed, where that can be told from it.
pub fn begun(content: &Content) -> Option<Content> {
    match content {
        Content::Entry(Entry { session, reflects, .. }) => {
            Some(Content::Entry(Entry { session: *session, reflects: *reflects, ..Entry::default() }))
        }
        Content::Capture(_) => Some(Content::Capture(Capture::default())),
        Content::CheckIn(check_in) => Some(Content::CheckIn(CheckIn::new(check_in.day))),
        _ => None,
    }
}

/// The content without what says nothing: the earlier states of a text, and pieces that were begun and left empty.
pub fn bare(content: Content) -> Content {
    let mut content = steps_back::without(content);
    if let Content::Capture(capture) = &mut content {
        capture.pieces.retain(|piece| !piece.text.trim().is_empty() || piece.attachment.is_some());
    }
    content
}

/// What an article asked, or a pack, as an entry.
fn asked_entry(asked: &str) -> Result<Entry, Trouble> {
    let read = guided::Asked::read(asked);
    read.map(guided::Asked::into_entry).map_err(|refused| Trouble::new(Why::Invalid, refused.to_string()))
}

/// A session with the checklist of the articles.
fn new_session() -> Session {
    Session { at: Some(now::now()), checklist: templates::PREPARATION.items(), ..Session::default() }
}

/// The check-in of a day: the one that there is, or a new one.
async fn day(desk: Desk, day: Day) -> Result<Opening, Trouble> {
    match there_is(desk, Kind::CheckIn, day).await? {
        Some(id) => again(desk, id).await,
        None => Ok(Opening::new(Record::new(Content::CheckIn(CheckIn::new(day)), now::now()))),
    }
}

/// The look back on a week: the one that there is, or a new one with the article's questions and what the week had.
pub async fn week(desk: Desk, first: Option<Day>) -> Result<Opening, Trouble> {
    let first = match first {
        Some(first) => first,
        None => now::today().week_start(desk.ask(ReadSettings).await?.week_starts),
    };
    if let Some(id) = there_is(desk, Kind::Week, first).await? {
        return again(desk, id).await;
    }
    let mut week = Week::new(first);
    week.prompts = templates::WEEKLY.prompts();
    week.gathered = desk.ask(GatherWeek { first }).await?;
    Ok(Opening::new(Record::new(Content::Week(week), now::now())))
}

/// The thing of a kind that belongs to a day, saved or not.
async fn there_is(desk: Desk, kind: Kind, day: Day) -> Result<Option<RecordId>, Trouble> {
    let drafts = desk.ask(Drafts).await?;
    let draft = drafts.into_iter().find(|draft| draft.summary.kind == kind && draft.summary.day == day);
    if let Some(draft) = draft {
        return Ok(Some(draft.summary.id));
    }
    let filter = Filter { kinds: vec![kind], from: Some(day), to: Some(day), ..Filter::default() };
    let page = desk.ask(List { filter, from: 0, count: 1 }).await?;
    Ok(page.things.first().map(|summary| summary.id))
}
