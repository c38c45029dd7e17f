//! Blocks that act, recognised in ordinary Markdown.
//!
//! A *lead-in* is a paragraph that starts with bold words ending in a colon. What it leads, what it says and what
//! its heading says decide:
//!
//! 1. `:::kind` is taken at its word.
//! 2. A run of lead-ins with "The challenge" and "Solutions" is a challenge card; one with "Focus" and
//!    "Techniques" or "Best for" is an approach card.
//! 3. Below a heading that speaks of practices or exercises, a subsection that ends in lead-ins with lists is one
//!    practice, each lead-in a field of it.
//! 4. A lead-in with a list of which every item asks (`?`) is a question set; a numbered list is steps; below a
//!    heading that speaks of phases it is a phase; below one such as "What to look for" it is a checklist; and a
//!    lead-in that names a kind (Questions, Checklist, Steps, Solutions, Techniques, Benefits, Red flags, …) is that.
//!    Any other lead-in with a list is prose.
//! 5. A list without lead-in takes its kind from the heading (Red flags, Questions to ask, Where to find,
//!    Key takeaways, When to get help, …), or is a question set if every item asks.
//! 6. Below a heading that speaks of factors, lines or items with a bold name each are factors.

use crate::{
    BlockBody, BlockKind,
    markdown::tree::{Directive, Inline, Kind, Node, plain},
    render,
};

/// What the headings around a stretch of text say.
pub(crate) struct Around<'a> {
    /// The heading right above; `None` before the first.
    pub heading: Option<&'a str>,
    /// The headings above that one, of lower levels.
    pub above: &'a [String],
}

/// A stretch of a section.
pub(crate) enum Piece {
    Prose(Vec<Node>),
    Block(Found),
}

/// A block before it has its anchor.
pub(crate) struct Found {
    pub kind: BlockKind,
    /// `None`: the section's heading is its label.
    pub label: Option<String>,
    pub body: BlockBody,
    pub range: std::ops::Range<usize>,
}

/// Cuts the nodes of one section into prose and blocks.
pub(crate) fn pieces(nodes: Vec<Node>, around: &Around<'_>) -> Vec<Piece> {
    let mut finder =
        Finder { around, pieces: Vec::new(), prose: Vec::new(), heading_used: false, no_card: usize::MAX };
    let mut rest = nodes.as_slice();
    while !rest.is_empty() {
        let taken = match finder.block(rest) {
            Some((found, taken)) => {
                finder.settle();
                finder.pieces.push(Piece::Block(found));
                taken
            }
            None => {
                // A lead-in that makes no block keeps its list.
                let taken = if list_of(rest).is_some() { 2 } else { 1 };
                finder.prose.extend_from_slice(&rest[..taken]);
                taken
            }
        };
        rest = &rest[taken..];
    }
    finder.settle();
    finder.pieces
}

struct Finder<'a> {
    around: &'a Around<'a>,
    pieces: Vec<Piece>,
    prose: Vec<Node>,
    heading_used: bool,
    /// While more nodes than this are left, they belong to a run of lead-ins that is no card.
    no_card: usize,
}

impl Finder<'_> {
    fn settle(&mut self) {
        if !self.prose.is_empty() {
            self.pieces.push(Piece::Prose(std::mem::take(&mut self.prose)));
        }
    }

    /// The block at the head of the nodes, and how many of them it takes.
    fn block(&mut self, rest: &[Node]) -> Option<(Found, usize)> {
        let first = rest.first()?;
        match &first.kind {
            Kind::Directive(directive) => {
                let alone = rest.len() == 1 && self.pieces.is_empty() && self.prose.is_empty();
                Some((self.explicit(directive, first, alone), 1))
            }
            Kind::Paragraph(text) => {
                self.card(rest).or_else(|| self.led(rest)).or_else(|| self.lines(text, first))
            }
            Kind::List { start, items } => self.bare(*start, items, first),
            _ => None,
        }
    }

    /// Rules 2 and 3: several lead-ins that belong together.
    fn card(&mut self, rest: &[Node]) -> Option<(Found, usize)> {
        // Looking at the rest of the same run again would find nothing new and take quadratic time.
        if self.no_card != usize::MAX && rest.len() > self.no_card {
            return None;
        }
        let (fields, taken) = fields(rest);
        self.no_card = if taken > 0 { rest.len() - taken } else { usize::MAX };
        let has =
            |names: &[&str]| fields.iter().any(|field| names.contains(&bare_label(&field.label).as_str()));
        let kind = if has(CHALLENGE) && has(SOLUTIONS) {
            BlockKind::Challenge
        } else if has(FOCUS) && (has(TECHNIQUES) || has(BEST_FOR)) {
            BlockKind::Approach
        } else if taken == rest.len()
            && self.around.heading.is_some()
            && self.around.above.iter().any(|title| speaks_of(title, PRACTICES))
            && fields.iter().any(|field| field.items.len() > 1)
        {
            BlockKind::Practice
        } else {
            return None;
        };
        let label = self.heading_or(|| fields[0].label.clone());
        let body = BlockBody::Fields(fields.into_iter().map(Field::rendered).collect());
        Some((self.found(kind, label, body, &rest[..taken]), taken))
    }

    /// Rule 4: one lead-in with a list.
    fn led(&mut self, rest: &[Node]) -> Option<(Found, usize)> {
        let (start, items) = list_of(rest)?;
        let Kind::Paragraph(text) = &rest[0].kind else { return None };
        let label = match lead_in(text) {
            Some((label, after)) if after.is_empty() => label,
            // "Ask yourself:" need not be bold to lead questions.
            None if all_ask(items) => plain_label(text)?,
            _ => return None,
        };
        let heading = self.around.heading.unwrap_or_default();
        let kind = if all_ask(items) {
            BlockKind::Questions
        } else if start.is_some() {
            BlockKind::Steps
        } else if speaks_of(heading, PHASES) {
            BlockKind::Phase
        } else {
            named_kind(&label).or_else(|| named_kind(heading).filter(|kind| *kind == BlockKind::Checklist))?
        };
        let body = body_of(kind, items);
        Some((self.found(kind, Some(label), body, &rest[..2]), 2))
    }

    /// Rule 5: a list right below its heading, or below prose.
    fn bare(&mut self, start: Option<u64>, items: &[Vec<Node>], node: &Node) -> Option<(Found, usize)> {
        let heading = self.around.heading?;
        let asks = items.len() > 1 && all_ask(items);
        let kind = match heading_kind(heading) {
            Some(kind) if !self.heading_used => kind,
            _ if asks => BlockKind::Questions,
            _ if start.is_some() && !self.heading_used && speaks_of(heading, STEPS) => BlockKind::Steps,
            _ => return None,
        };
        if kind == BlockKind::Factors && !items.iter().all(|item| named_item(item).is_some()) {
            return None;
        }
        let label = self.heading_or(|| kind.label().to_owned());
        Some((self.found(kind, label, body_of(kind, items), std::slice::from_ref(node)), 1))
    }

    /// Rule 6: a paragraph of lines with a bold name each.
    fn lines(&mut self, text: &[Inline], node: &Node) -> Option<(Found, usize)> {
        if !speaks_of(self.around.heading?, FACTORS) {
            return None;
        }
        let lines: Vec<&[Inline]> = text.split(|inline| matches!(inline, Inline::Break { .. })).collect();
        let named: Vec<(String, String)> = lines
            .iter()
            .filter_map(|line| lead_in(line).filter(|(_, after)| !after.is_empty()))
            .map(|(name, after)| (render::inlines(&[Inline::Text(name)]), render::inlines(&after)))
            .collect();
        if lines.len() < 2 || named.len() < lines.len() {
            return None;
        }
        let label = self.heading_or(|| BlockKind::Factors.label().to_owned());
        Some((self.found(BlockKind::Factors, label, BlockBody::Named(named), std::slice::from_ref(node)), 1))
    }

    /// Rule 1.
    fn explicit(&mut self, directive: &Directive, node: &Node, alone: bool) -> Found {
        let kind = directive.kind;
        let label = match directive.title.as_str() {
            "" if alone => self.heading_or(|| kind.label().to_owned()),
            "" => Some(kind.label().to_owned()),
            title => Some(title.to_owned()),
        };
        let (fields, taken) = fields(&directive.nodes);
        let body = match directive.nodes.as_slice() {
            [Node { kind: Kind::List { items, .. }, .. }] if kind != BlockKind::Note => body_of(kind, items),
            nodes if taken == nodes.len() && !fields.is_empty() && kind != BlockKind::Note => {
                BlockBody::Fields(fields.into_iter().map(Field::rendered).collect())
            }
            nodes => BlockBody::Html(render::nodes(nodes)),
        };
        self.found(kind, label, body, std::slice::from_ref(node))
    }

    /// `None`, for the heading, the first time; then a label of its own.
    fn heading_or(&mut self, other: impl FnOnce() -> String) -> Option<String> {
        if self.around.heading.is_some() && !self.heading_used {
            self.heading_used = true;
            None
        } else {
            Some(other())
        }
    }

    fn found(&self, kind: BlockKind, label: Option<String>, body: BlockBody, nodes: &[Node]) -> Found {
        let start = nodes.first().map_or(0, |node| node.range.start);
        let end = nodes.last().map_or(start, |node| node.range.end);
        Found { kind, label, body, range: start..end }
    }
}

/// A lead-in with what belongs to it.
struct Field {
    label: String,
    items: Vec<String>,
}

impl Field {
    fn rendered(self) -> (String, Vec<String>) {
        (render::inlines(&[Inline::Text(self.label)]), self.items)
    }
}

/// The run of lead-ins at the head of the nodes, and how many nodes it takes. A lead-in brings words, a list or both.
fn fields(nodes: &[Node]) -> (Vec<Field>, usize) {
    let mut fields = Vec::new();
    let mut at = 0;
    while let Some(Node { kind: Kind::Paragraph(text), .. }) = nodes.get(at) {
        let Some((label, after)) = lead_in(text) else { break };
        // Several lines with a name each are no field.
        if after.iter().any(|inline| matches!(inline, Inline::Break { .. })) && after_breaks_are_bold(&after)
        {
            break;
        }
        let mut items = Vec::new();
        if !after.is_empty() {
            items.push(render::inlines(&after));
        }
        let list = nodes.get(at + 1).and_then(as_list);
        if let Some((_, list)) = list {
            items.extend(list.iter().map(|item| render::item(item)));
        }
        if items.is_empty() {
            break;
        }
        at += 1 + usize::from(list.is_some());
        fields.push(Field { label, items });
    }
    (fields, at)
}

fn after_breaks_are_bold(text: &[Inline]) -> bool {
    text.split(|inline| matches!(inline, Inline::Break { .. }))
        .skip(1)
        .all(|line| matches!(line.first(), Some(Inline::Strong(_))))
}

/// The bold words before a colon, and what follows them. The colon may stand inside or outside of the bold.
fn lead_in(text: &[Inline]) -> Option<(String, Vec<Inline>)> {
    let [Inline::Strong(bold), after @ ..] = text else { return None };
    let words = plain(bold);
    let words = words.trim();
    let mut after = after.to_vec();
    let label = match words.strip_suffix(':') {
        Some(label) => label,
        None => {
            let Some(Inline::Text(next)) = after.first_mut() else { return None };
            *next = next.strip_prefix(':')?.to_owned();
            words
        }
    };
    if label.trim().is_empty() {
        return None;
    }
    while let Some(first) = after.first_mut() {
        match first {
            Inline::Break { .. } => {
                after.remove(0);
            }
            Inline::Text(text) if text.trim().is_empty() => {
                after.remove(0);
            }
            Inline::Text(text) => {
                *text = text.trim_start().to_owned();
                break;
            }
            _ => break,
        }
    }
    Some((label.trim().to_owned(), after))
}

/// A short paragraph that ends in a colon, without it.
fn plain_label(text: &[Inline]) -> Option<String> {
    let words = plain(text);
    let label = words.trim().strip_suffix(':')?.trim();
    (!label.is_empty() && label.len() <= 60).then(|| label.to_owned())
}

fn as_list(node: &Node) -> Option<(Option<u64>, &Vec<Vec<Node>>)> {
    match &node.kind {
        Kind::List { start, items } => Some((*start, items)),
        _ => None,
    }
}

/// The list behind a paragraph that leads it.
fn list_of(nodes: &[Node]) -> Option<(Option<u64>, &Vec<Vec<Node>>)> {
    match nodes {
        [Node { kind: Kind::Paragraph(text), .. }, list, ..]
            if matches!(text.first(), Some(Inline::Strong(_))) || plain_label(text).is_some() =>
        {
            as_list(list)
        }
        _ => None,
    }
}

fn all_ask(items: &[Vec<Node>]) -> bool {
    !items.is_empty()
        && items.iter().all(|item| {
            let Some(Node { kind: Kind::Paragraph(text), .. }) = item.first() else { return false };
            let words = plain(text);
            words.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)".contains(c)).ends_with('?')
        })
}

fn body_of(kind: BlockKind, items: &[Vec<Node>]) -> BlockBody {
    if matches!(kind, BlockKind::Takeaways | BlockKind::Factors) {
        let named: Vec<_> = items.iter().filter_map(|item| named_item(item)).collect();
        if named.len() == items.len() {
            return BlockBody::Named(named);
        }
    }
    BlockBody::Items(items.iter().map(|item| render::item(item)).collect())
}

/// An item that starts with a bold name and has something behind it.
fn named_item(item: &[Node]) -> Option<(String, String)> {
    let [Node { kind: Kind::Paragraph(text), .. }, below @ ..] = item else { return None };
    let (name, after) = lead_in(text)?;
    let mut html = render::inlines(&after);
    html.push_str(&render::nodes(below));
    Some((render::inlines(&[Inline::Text(name)]), html))
}

const CHALLENGE: &[&str] = &["challenge", "problem", "difficulty", "what happens"];
const SOLUTIONS: &[&str] =
    &["solutions", "solution", "what helps", "what can help", "what to try", "ways through"];
const FOCUS: &[&str] = &["focus", "main focus"];
const TECHNIQUES: &[&str] = &["techniques", "technique", "methods", "tools"];
const BEST_FOR: &[&str] = &["best for", "good for", "suits", "may suit"];
const PRACTICES: &[&str] = &["practice", "practices", "self-guided", "exercises"];
const PHASES: &[&str] = &["phases", "stages"];
const FACTORS: &[&str] = &["factors", "lifestyle", "pillars"];
const STEPS: &[&str] = &["steps", "step by step", "how to"];

/// Words in a heading or lead-in that name a kind. The first that is found counts.
const NAMES: &[(BlockKind, &[&str])] = &[
    (BlockKind::Takeaways, &["key takeaways", "takeaways", "key points", "points to remember"]),
    (BlockKind::RedFlags, &["red flags", "red flag", "warning signs"]),
    (
        BlockKind::Help,
        &["when to get help", "when to call", "when to seek help", "get help now", "call for help"],
    ),
    (
        BlockKind::Checklist,
        &["what to look for", "checklist", "what to bring", "what to pack", "things to bring"],
    ),
    (BlockKind::Questions, &["questions", "questions to ask"]),
    (
        BlockKind::Places,
        &["where to find", "where to look", "where to search", "where to turn", "places to look"],
    ),
    (BlockKind::Factors, FACTORS),
];

/// Words that name a kind when they are a lead-in's first or last.
const LEAD_NAMES: &[(BlockKind, &[&str])] = &[
    (BlockKind::Steps, &["steps", "step by step"]),
    (BlockKind::Challenge, &["solutions", "solution"]),
    (BlockKind::Approach, &["techniques"]),
    (BlockKind::Practice, &["practice", "exercise", "try this"]),
    (BlockKind::Note, &["benefits", "cautions", "note"]),
];

/// The kind that a heading names for the list below it.
fn heading_kind(heading: &str) -> Option<BlockKind> {
    NAMES.iter().find(|(_, names)| speaks_of(heading, names)).map(|(kind, _)| *kind)
}

/// The kind that a lead-in names.
fn named_kind(label: &str) -> Option<BlockKind> {
    let by_heading =
        heading_kind(label).filter(|kind| !matches!(kind, BlockKind::Takeaways | BlockKind::Factors));
    by_heading.or_else(|| {
        let label = bare_label(label);
        let at_edge = |name: &&str| {
            label.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
                || label.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
        };
        LEAD_NAMES.iter().find(|(_, names)| names.iter().any(at_edge)).map(|(kind, _)| *kind)
    })
}

/// Whether a text has one of these phrases as whole words.
fn speaks_of(text: &str, phrases: &[&str]) -> bool {
    let text = words_of(text);
    phrases.iter().any(|phrase| text.contains(&words_of(phrase)))
}

/// Lower-case words with a space on both sides of each.
fn words_of(text: &str) -> String {
    let mut out = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        out.extend(word.chars().flat_map(char::to_lowercase));
        out.push(' ');
    }
    out
}

/// A label in lower case without article.
fn bare_label(label: &str) -> String {
    let words = words_of(label);
    let words = words.trim();
    words.strip_prefix("the ").unwrap_or(words).to_owned()
}
