//! What an article is once it has been understood: front matter, sections, blocks.

use std::{collections::BTreeMap, fmt, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Picture;

/// The last part of an article's address: lower-case ASCII letters, digits and single hyphens,
/// 1 to 100 characters, no hyphen at either end.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(Arc<str>);

/// The id of a heading or block within its article, as it stands behind `#` in a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Anchor(Arc<str>);

/// When in the course of treatment an article helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Before the first session, or before the next.
    Before,
    /// The day of a session.
    Day,
    /// The first days after a session, up to about 72 hours.
    First,
    /// The weeks after, and the long run.
    Weeks,
}

/// How much of an article is shown. Both depths carry the same anchors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Depth {
    /// Excerpt, key takeaways, what to do, what to ask.
    Short,
    /// Everything.
    #[default]
    Full,
}

/// An article's front matter, checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Meta {
    /// The title, as plain text.
    pub title: String,
    /// The last part of the address.
    pub slug: Slug,
    /// One or two sentences that stand for the article in lists.
    pub excerpt: String,
    /// Key of one of the site's categories.
    pub category: String,
    /// Who wrote it.
    pub author: String,
    /// First day on which it is shown. A later day than today means scheduled.
    pub published_at: Date,
    /// A real picture below the content folder, if there is one.
    pub featured_image: Option<Picture>,
    /// Topics, as the editor wrote them; at least one.
    pub tags: Vec<String>,
    /// When it helps; empty where the editor did not say.
    pub phases: Vec<Phase>,
    /// Last change of substance.
    pub updated_at: Option<Date>,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
    /// When it was last reviewed.
    pub reviewed_at: Option<Date>,
    /// When the next review is due.
    pub review_due: Option<Date>,
    /// Keys of further reading.
    pub references: Vec<String>,
    /// Former slugs, which redirect here.
    pub aliases: Vec<Slug>,
    /// Renamed anchors: old to new.
    pub anchors: BTreeMap<String, String>,
    /// Articles the editor wants named beside this one.
    pub related: Vec<Slug>,
    /// Not shown to readers.
    pub draft: bool,
    /// BCP 47 language tag; `en` where the editor did not say.
    pub lang: String,
    /// The article of which this is a translation.
    pub translation_of: Option<Slug>,
    /// Medical codes by system (`icd10`, `snomed`, `rxnorm`).
    pub codes: BTreeMap<String, Vec<String>>,
}

/// One article: what its file says, understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Article {
    /// Front matter.
    pub meta: Meta,
    /// What stands before the first heading.
    pub lead: Vec<Part>,
    /// Sections in document order, each with its level; nesting follows from the levels.
    pub sections: Vec<Section>,
    /// The closing disclaimer, set apart, as HTML. `None` where the file has none.
    pub disclaimer: Option<String>,
    /// The footnotes, as the HTML that stands behind the last section.
    pub footnotes: Option<String>,
    /// Slugs of the glossary's terms that the text explains in place, each once, in their order.
    pub terms: Vec<String>,
    /// Keys of the references cited, in the order of their first citation.
    pub cited: Vec<String>,
    /// Words of running text.
    pub words: usize,
    /// Flesch-Kincaid grade of the running text; `None` for texts too short to say, and in other languages than
    /// English. See [`grade`](crate::grade).
    pub grade: Option<f32>,
    /// How many citations the text has.
    pub citations: usize,
    /// How many of them show the mark of their evidence.
    pub marked: usize,
}

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Stable and unique within the article.
    pub anchor: Anchor,
    /// 2 to 6, without gaps on the way down.
    pub level: u8,
    /// The heading as plain text.
    pub title: String,
    /// The heading as safe inline HTML.
    pub title_html: String,
    /// Prose and blocks in document order.
    pub parts: Vec<Part>,
    /// Changes when the words of this section change; 8 hex digits.
    pub hash: String,
    /// Flesch-Kincaid grade, with the sections below it that are too short for one of their own.
    pub grade: Option<f32>,
}

/// A stretch of a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Safe HTML of paragraphs, lists, tables, images, quotations.
    Prose(String),
    /// Something that a reader can act on.
    Block(Block),
}

/// Something that a reader can act on: it can be shared, printed, and opened in the journal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Block {
    /// Stable and unique within the article, headings included.
    pub anchor: Anchor,
    /// What kind of thing to do it is.
    pub kind: BlockKind,
    /// The lead-in without its colon, or the heading's text for a block made of a whole section.
    pub label: String,
    /// Whether `label` is the heading of the section and so is already on the page.
    pub label_is_heading: bool,
    /// What is in it.
    pub body: BlockBody,
}

/// The kinds of block, each with a look of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Questions to answer in one's own words.
    Questions,
    /// Things to tick.
    Checklist,
    /// Something to do, with or without steps.
    Practice,
    /// Numbered steps of one action.
    Steps,
    /// A difficulty and what helps with it.
    Challenge,
    /// A kind of therapy: focus, techniques, for whom.
    Approach,
    /// Warning signs.
    RedFlags,
    /// Where to find something or somebody.
    Places,
    /// A phase of treatment and what belongs to it.
    Phase,
    /// Named factors, each with a line ("Sleep: …").
    Factors,
    /// The points to remember.
    Takeaways,
    /// When and where to get help.
    Help,
    /// Set apart, nothing to do.
    Note,
}

/// What is in a block. Every string is safe inline HTML, unless it says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockBody {
    /// Items of equal rank: questions, things to tick, points to remember.
    Items(Vec<String>),
    /// Items with a name each: factors, takeaways with a bold lead.
    Named(Vec<(String, String)>),
    /// Labelled parts in order, as in a card: "Focus", "Techniques", "Best for"; "The challenge", "Solutions".
    Fields(Vec<(String, Vec<String>)>),
    /// Free content of an explicit directive, as safe block HTML.
    Html(String),
}

/// One line of an article's table of contents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contents {
    /// Where it leads.
    pub anchor: Anchor,
    /// 2 or 3; deeper headings are not listed.
    pub level: u8,
    /// Plain text.
    pub title: String,
}

impl Article {
    /// The table of contents: headings of levels 2 and 3.
    pub fn contents(&self) -> Vec<Contents> {
        self.sections
            .iter()
            .filter(|section| section.level <= 3)
            .map(|section| Contents {
                anchor: section.anchor.clone(),
                level: section.level,
                title: section.title.clone(),
            })
            .collect()
    }

    /// Every block with the section that holds it, in document order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.lead.iter().chain(self.sections.iter().flat_map(|section| &section.parts)).filter_map(|part| {
            match part {
                Part::Block(block) => Some(block),
                Part::Prose(_) => None,
            }
        })
    }

    /// The key takeaways, if the article has them.
    pub fn takeaways(&self) -> Option<&Block> {
        self.blocks().find(|block| block.kind == BlockKind::Takeaways)
    }

    /// Every anchor that a link may name: headings and blocks, in document order, then former names.
    pub fn anchors(&self) -> impl Iterator<Item = String> {
        let headings = self.sections.iter().map(|section| section.anchor.to_string());
        let blocks = self.blocks().map(|block| block.anchor.to_string());
        headings.chain(blocks).chain(self.meta.anchors.keys().cloned())
    }

    /// The shape of the article as plain text: headings, blocks and how much is in them. For golden files and for
    /// editors who wonder what was recognised.
    pub fn outline(&self) -> String {
        let mut out = String::new();
        let mut line = |depth: usize, text: String| {
            out.push_str(&"  ".repeat(depth));
            out.push_str(&text);
            out.push('\n');
        };
        for part in &self.lead {
            line(0, part.outline());
        }
        for section in &self.sections {
            let depth = usize::from(section.level).saturating_sub(2);
            line(
                depth,
                format!("{} {} #{}", "#".repeat(section.level.into()), section.title, section.anchor),
            );
            for part in &section.parts {
                line(depth + 1, part.outline());
            }
        }
        if self.disclaimer.is_some() {
            line(0, "disclaimer".to_owned());
        }
        out
    }

    /// Whole minutes that reading takes at 200 words a minute, at least 1.
    pub fn minutes(&self) -> usize {
        self.words.div_ceil(200).max(1)
    }
}

impl Part {
    fn outline(&self) -> String {
        let Self::Block(block) = self else { return "prose".to_owned() };
        let what = match &block.body {
            BlockBody::Items(items) => format!("{} items", items.len()),
            BlockBody::Named(items) => format!("{} named items", items.len()),
            BlockBody::Fields(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|(name, items)| format!("{name} ({})", items.len())).collect();
                fields.join(", ")
            }
            BlockBody::Html(_) => "free".to_owned(),
        };
        let label = if block.label_is_heading { "its heading" } else { &block.label };
        format!("{}: {label} #{}: {what}", block.kind.key(), block.anchor)
    }
}

impl Meta {
    /// The phase that it stands for in a list: its first. `None` where it has none, or helps in three or all of them.
    pub fn phase(&self) -> Option<Phase> {
        self.phases.first().copied().filter(|_| self.phases.len() < 3)
    }

    /// The day on which readers last got something new.
    pub fn changed(&self) -> Date {
        self.updated_at.map_or(self.published_at, |updated| updated.max(self.published_at))
    }
}

impl Anchor {
    pub(crate) fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The id without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Slug {
    /// The slug as it stands in an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks the form of a slug; the error says what is wrong, in words for an editor.
    pub fn new(text: &str) -> Result<Self, String> {
        let wrong = if text.is_empty() {
            Some("is empty")
        } else if text.len() > 100 {
            Some("is longer than 100 characters")
        } else if !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            Some("has characters other than lower-case letters, digits and hyphens")
        } else if text.starts_with('-') || text.ends_with('-') {
            Some("starts or ends with a hyphen")
        } else if text.contains("--") {
            Some("has two hyphens in a row")
        } else {
            None
        };
        match wrong {
            Some(wrong) => Err(wrong.to_owned()),
            None => Ok(Self(text.into())),
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0.as_ref().to_owned()
    }
}

impl Phase {
    /// All phases in the order of treatment.
    pub const ALL: [Self; 4] = [Self::Before, Self::Day, Self::First, Self::Weeks];

    /// The key as it stands in front matter and in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Day => "day",
            Self::First => "first",
            Self::Weeks => "weeks",
        }
    }

    /// What a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Before => "Before",
            Self::Day => "The day",
            Self::First => "The first days",
            Self::Weeks => "The weeks after",
        }
    }

    /// The phase of a key, if it is one.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.key() == key)
    }
}

impl BlockKind {
    /// The name as it stands in `data-kind` and behind `:::`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::Checklist => "checklist",
            Self::Practice => "practice",
            Self::Steps => "steps",
            Self::Challenge => "challenge",
            Self::Approach => "approach",
            Self::RedFlags => "red-flags",
            Self::Places => "places",
            Self::Phase => "phase",
            Self::Factors => "factors",
            Self::Takeaways => "takeaways",
            Self::Help => "help",
            Self::Note => "note",
        }
    }

    /// The small label a reader sees above the block.
    pub fn label(self) -> &'static str {
        match self {
            Self::Questions => "Questions",
            Self::Checklist => "Checklist",
            Self::Practice => "Practice",
            Self::Steps => "Steps",
            Self::Challenge => "Challenge",
            Self::Approach => "Approach",
            Self::RedFlags => "Red flags",
            Self::Places => "Where to look",
            Self::Phase => "Phase",
            Self::Factors => "What helps",
            Self::Takeaways => "Key takeaways",
            Self::Help => "When to get help",
            Self::Note => "Note",
        }
    }
}
