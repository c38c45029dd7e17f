//! What lists, timeline and calendar show of a record: never more than they need.

use order::Map;

use crate::{
    Capture, CheckIn, Content, Day, Entry, Kind, Moment, PieceKind, Record, RecordId, SafetyPlan, Score,
    Session, json, markdown, templates,
};

/// Characters of the first words in a list.
const WORDS: usize = 160;
/// Characters of a title made of the first words.
const TITLE: usize = 80;

/// One line of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Which record.
    pub id: RecordId,
    /// What it is.
    pub kind: Kind,
    /// Its title, or its first words, or nothing where there are none.
    pub title: String,
    /// Its first words, plain, where the title does not hold them already.
    pub words: String,
    /// The day that it belongs to.
    pub day: Day,
    /// Where it stands within its day.
    pub at: Moment,
    /// When it was last changed.
    pub changed: Moment,
    /// Labels of the keeper.
    pub tags: Vec<String>,
    /// Themes that it touches.
    pub themes: Vec<String>,
    /// The session that it belongs to.
    pub session: Option<RecordId>,
    /// Small things to show beside it.
    pub facts: Facts,
}

/// Small things to show beside a line of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Photos and drawings.
    pub pictures: usize,
    /// Voice memos.
    pub voices: usize,
    /// Questions.
    pub questions: usize,
    /// Questions that were answered.
    pub answered: usize,
    /// Things to tick.
    pub items: usize,
    /// Things that are ticked.
    pub done: usize,
    /// Whether a capture is finished.
    pub finished: bool,
    /// What it looks back on.
    pub reflects: Option<RecordId>,
    /// Slug of the article that it began with.
    pub article: Option<String>,
    /// What a check-in says, by the key of its scale (see [`crate::templates::SCALES`]), in their order; only what was said.
    pub scores: Vec<(String, Score)>,
    /// The course of a session.
    pub course: Option<RecordId>,
}

json::fields!(Summary { id, kind, title, words, day, at, changed, tags, themes, session, facts });
json::fields!(default Facts {
    pictures, voices, questions, answered, items, done, finished, reflects, article, scores, course
});
json::fields!(default Filter { kinds, session, tag, theme, from, to, reflects, course });

impl Summary {
    /// What a list shows of a record.
    pub fn of(id: RecordId, record: &Record) -> Self {
        let mut facts = Facts::default();
        let (title, words, session) = match &record.content {
            Content::Entry(entry) => {
                facts.of_entry(entry);
                (entry.title.clone(), entry_words(entry), entry.session)
            }
            Content::Course(course) => (course.name.clone(), first_words(&course.notes), None),
            Content::Session(session) => {
                facts.items = session.checklist.len();
                facts.done = session.checklist.iter().filter(|item| item.done).count();
                facts.course = session.course;
                (String::new(), session_words(session), Some(id))
            }
            Content::Capture(capture) => {
                facts.of_capture(capture);
                let words = capture.pieces.iter().map(|piece| piece.text.trim());
                (String::new(), cut(words.filter(|text| !text.is_empty()), WORDS), capture.session)
            }
            Content::CheckIn(check_in) => {
                facts.scores = scores(check_in);
                (String::new(), cut([check_in.note.trim()], WORDS), None)
            }
            Content::Week(week) => {
                facts.questions = week.prompts.len();
                facts.answered =
                    week.prompts.iter().filter(|prompt| !prompt.answer.trim().is_empty()).count();
                let answers =
                    week.prompts.iter().map(|prompt| &prompt.answer).find(|answer| !answer.trim().is_empty());
                (String::new(), first_words(answers.unwrap_or(&week.text)), None)
            }
            Content::SafetyPlan(plan) => (String::new(), plan_words(plan), None),
            Content::Settings(_) | Content::Other(_) => Default::default(),
        };
        let title = title.trim().to_owned();
        let (title, words) =
            if title.is_empty() { (cut([words.as_str()], TITLE), words) } else { (title, words) };
        let words = if words == title { String::new() } else { words };
        let at = match &record.content {
            Content::Session(session) => session.at.unwrap_or(record.written),
            _ => record.written,
        };
        Self {
            id,
            kind: record.kind(),
            title,
            words,
            day: record.day(),
            at,
            changed: record.changed,
            tags: record.tags.clone(),
            themes: record.themes.clone(),
            session,
            facts,
        }
    }
}

impl Facts {
    fn of_entry(&mut self, entry: &Entry) {
        self.voices = entry.attachments.iter().filter(|one| one.media_type.starts_with("audio/")).count();
        self.pictures = entry.attachments.iter().filter(|one| one.media_type.starts_with("image/")).count();
        self.questions = entry.prompts.len();
        self.answered = entry.prompts.iter().filter(|prompt| !prompt.answer.trim().is_empty()).count();
        self.items = entry.to_do().len();
        self.done = entry.to_do().iter().filter(|item| item.done).count();
        self.reflects = entry.reflects;
        let article = entry.origin.as_ref().map(|origin| origin.article.clone());
        self.article = article.filter(|article| !article.is_empty());
    }

    fn of_capture(&mut self, capture: &Capture) {
        self.finished = capture.finished.is_some();
        self.voices = capture.pieces.iter().filter(|piece| piece.kind == PieceKind::Voice).count();
        self.pictures = capture.pieces.iter().filter(|piece| piece.kind == PieceKind::Drawing).count();
    }
}

/// What a check-in says, by the key of its scale, in the order of [`crate::templates::SCALES`].
fn scores(check_in: &CheckIn) -> Vec<(String, Score)> {
    templates::SCALES
        .iter()
        .filter_map(|scale| Some((scale.key.to_owned(), scale.score(check_in)?)))
        .collect()
}

fn entry_words(entry: &Entry) -> String {
    let answers = entry.prompts.iter().map(|prompt| &prompt.answer);
    let told = std::iter::once(&entry.text).chain(answers).find(|text| !text.trim().is_empty());
    match (told, &entry.origin) {
        (Some(text), _) => first_words(text),
        (None, Some(origin)) => {
            let known = [&origin.label, &origin.section, &origin.quoted];
            cut(known.into_iter().find(|words| !words.is_empty()).map(String::as_str), WORDS)
        }
        (None, None) => cut(entry.items.iter().map(|item| item.text.as_str()), WORDS),
    }
}

fn session_words(session: &Session) -> String {
    let dose = session.dose.as_ref().map_or("", |dose| &dose.text);
    let told = [session.intention.as_str(), &session.route, dose, &session.notes];
    told.into_iter().find(|text| !text.trim().is_empty()).map_or_else(String::new, first_words)
}

fn plan_words(plan: &SafetyPlan) -> String {
    cut(plan.signs.iter().map(String::as_str), WORDS)
}

/// The first words of a Markdown text, plain. Only its beginning is looked at.
fn first_words(text: &str) -> String {
    let start = &text[..text.floor_char_boundary(8 * WORDS)];
    cut([markdown::plain(start).as_str()], WORDS)
}

/// Texts joined by spaces, white space as one space, cut at a word where they are longer than `most` characters.
fn cut<'t>(texts: impl IntoIterator<Item = &'t str>, most: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in texts.into_iter().flat_map(str::split_whitespace) {
        let characters = word.chars().count();
        let gap = usize::from(!out.is_empty());
        if length + gap + characters > most {
            if out.is_empty() {
                out.extend(word.chars().take(most));
            }
            out.push('…');
            return out;
        }
        if gap == 1 {
            out.push(' ');
        }
        out.push_str(word);
        length += gap + characters;
    }
    out
}

/// Which records a list shows. What is absent narrows nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Kinds of record. Where there are none: all but settings and the safety plan, which have places of their own.
    pub kinds: Vec<Kind>,
    /// A session: itself and what belongs to it.
    pub session: Option<RecordId>,
    /// A tag, as it is spelled.
    pub tag: Option<String>,
    /// A theme, as it is spelled.
    pub theme: Option<String>,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// What looks back on this record.
    pub reflects: Option<RecordId>,
    /// The sessions of this course.
    pub course: Option<RecordId>,
}

impl Filter {
    /// Whether a list shows this.
    pub fn lets(&self, summary: &Summary) -> bool {
        let kind = match self.kinds.as_slice() {
            [] => !matches!(summary.kind, Kind::Settings | Kind::SafetyPlan),
            kinds => kinds.contains(&summary.kind),
        };
        kind && self.session.is_none_or(|session| summary.session == Some(session))
            && self.tag.as_ref().is_none_or(|tag| summary.tags.contains(tag))
            && self.theme.as_ref().is_none_or(|theme| summary.themes.contains(theme))
            && self.from.is_none_or(|from| summary.day >= from)
            && self.to.is_none_or(|to| summary.day <= to)
            && self.reflects.is_none_or(|other| summary.facts.reflects == Some(other))
            && self.course.is_none_or(|course| summary.facts.course == Some(course))
    }
}

/// Which kinds of record the days have, from `from` to `to`; days without any are left out.
pub fn marks<'s>(
    summaries: impl IntoIterator<Item = &'s Summary>,
    from: Day,
    to: Day,
) -> Vec<(Day, Vec<Kind>)> {
    let shown = Filter { from: Some(from), to: Some(to), ..Filter::default() };
    let mut days: Map<Day, Vec<Kind>> = Map::default();
    for summary in summaries.into_iter().filter(|summary| shown.lets(summary)) {
        let kinds = days.or_default(summary.day);
        if let Err(place) = kinds.binary_search(&summary.kind) {
            kinds.insert(place, summary.kind.clone());
        }
    }
    days.into_iter().collect()
}

/// Labels with how many records have them.
pub type LabelCounts = Vec<(String, usize)>;

/// The tags and the themes in use, the most used first, then by name.
pub fn labels<'s>(summaries: impl IntoIterator<Item = &'s Summary>) -> (LabelCounts, LabelCounts) {
    let (mut tags, mut themes) = (Map::default(), Map::default());
    for summary in summaries {
        for (counts, labels) in [(&mut tags, &summary.tags), (&mut themes, &summary.themes)] {
            for label in labels {
                *counts.or_default(label.as_str()) += 1;
            }
        }
    }
    let sorted = |counts: Map<&str, usize>| {
        let mut counts: LabelCounts =
            counts.into_iter().map(|(label, count)| (label.to_owned(), count)).collect();
        // Stable, so that the names stay in order among equals.
        order::sort_by(&mut counts, |one, other| other.1.cmp(&one.1));
        counts
    };
    (sorted(tags), sorted(themes))
}

#[cfg(test)]
mod tests;
