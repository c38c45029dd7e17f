//! `:::kind Title` … `:::`: lines that say what a passage is.
//!
//! Markdown does not know them. Before it is parsed, each such line is masked by stars of the same length: a rule,
//! which ends every paragraph and list before it. When the parser meets that rule, the line is known by its place.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    BlockKind,
    source::{Report, did_you_mean},
};

/// What may stand behind `:::`.
const KINDS: [(&str, BlockKind); 14] = [
    ("questions", BlockKind::Questions),
    ("checklist", BlockKind::Checklist),
    ("practice", BlockKind::Practice),
    ("steps", BlockKind::Steps),
    ("challenge", BlockKind::Challenge),
    ("approach", BlockKind::Approach),
    ("redflags", BlockKind::RedFlags),
    ("red-flags", BlockKind::RedFlags),
    ("places", BlockKind::Places),
    ("phase", BlockKind::Phase),
    ("factors", BlockKind::Factors),
    ("takeaways", BlockKind::Takeaways),
    ("help", BlockKind::Help),
    ("note", BlockKind::Note),
];

/// A line of a directive.
pub(super) enum Line {
    Open { kind: BlockKind, title: String },
    Close,
}

/// All such lines of a body, by the byte at which they start.
pub(super) struct Lines {
    base: usize,
    lines: BTreeMap<usize, (usize, Line)>,
    read: RefCell<BTreeSet<usize>>,
}

/// Looks for the lines and reports unknown kinds and openings and closings that do not match.
pub(super) fn find(source: &str, base: usize, report: &mut Report<'_>) -> Lines {
    let mut lines = BTreeMap::new();
    let mut open: Option<Range<usize>> = None;
    let mut fence: Option<(u8, usize)> = None;
    let mut at = base;
    for raw in source.split_inclusive(['\n', '\r']) {
        let line = raw.trim_end();
        let range = at..at + line.len();
        at += raw.len();
        // Inside a code fence nothing is a directive.
        if let Some((sign, length)) = fence_of(line) {
            match fence {
                None => fence = Some((sign, length)),
                Some((of, least)) if of == sign && length >= least && only(line, sign) => fence = None,
                Some(_) => {}
            }
            continue;
        }
        if fence.is_some() || !line.starts_with(":::") {
            continue;
        }
        let rest = line.trim_start_matches(':');
        let (name, title) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        if name.is_empty() {
            if open.take().is_none() {
                let help = Some("take it away, or open a block above it with `:::questions`".to_owned());
                report.error(range.clone(), "body", "`:::` closes nothing", help);
            }
            lines.insert(range.start, (line.len(), Line::Close));
            continue;
        }
        if let Some(before) = open.replace(range.clone()) {
            unclosed(before, report);
            // The one before ends where this one starts; its own closing line is the same.
        }
        let kind = KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        if kind.is_none() {
            let start = range.start + line.len() - rest.trim_start().len();
            let help = did_you_mean(name, KINDS.map(|(name, _)| name), || {
                Some(format!("the kinds are {}", KINDS.map(|(name, _)| name).join(", ")))
            });
            report.error(start..start + name.len(), "body", format!("unknown kind of block `{name}`"), help);
        }
        let line_kind = Line::Open { kind: kind.unwrap_or(BlockKind::Note), title: title.trim().to_owned() };
        lines.insert(range.start, (line.len(), line_kind));
    }
    if let Some(open) = open {
        unclosed(open, report);
    }
    Lines { base, lines, read: RefCell::default() }
}

fn unclosed(range: Range<usize>, report: &mut Report<'_>) {
    let help = Some("put a line `:::` behind its last line".to_owned());
    report.error(range, "body", "this block is not closed", help);
}

/// The sign and length of a code fence.
fn fence_of(line: &str) -> Option<(u8, usize)> {
    let inner = line.trim_start_matches(' ');
    if line.len() - inner.len() > 3 {
        return None;
    }
    let sign = inner.bytes().next().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = inner.bytes().take_while(|&b| b == sign).count();
    // Behind three back ticks another one makes it a code span.
    let rest = &inner[length..];
    (length >= 3 && !(sign == b'`' && rest.contains('`'))).then_some((sign, length))
}

fn only(line: &str, sign: u8) -> bool {
    line.trim().bytes().all(|b| b == sign)
}

impl Lines {
    /// The text with every line of a directive covered, byte for byte.
    pub fn mask<'s>(&self, source: &'s str) -> Cow<'s, str> {
        if self.lines.is_empty() {
            return Cow::Borrowed(source);
        }
        let mut masked = String::with_capacity(source.len());
        let mut done = 0;
        for (&start, &(length, _)) in &self.lines {
            let start = start - self.base;
            masked.push_str(&source[done..start]);
            masked.extend(std::iter::repeat_n('*', length));
            done = start + length;
        }
        masked.push_str(&source[done..]);
        Cow::Owned(masked)
    }

    /// The line that starts at a byte, if it is one of these.
    pub fn at(&self, start: usize) -> Option<&Line> {
        let (_, line) = self.lines.get(&start)?;
        self.read.borrow_mut().insert(start);
        Some(line)
    }

    /// Whether such a line lies within a range.
    pub fn covers(&self, range: &Range<usize>) -> bool {
        self.lines.range(range.clone()).next().is_some()
    }

    /// Reports lines that the parser did not meet, because they stand inside something else.
    pub fn report_unread(&self, report: &mut Report<'_>) {
        let read = self.read.borrow();
        if read.len() == self.lines.len() || report.failed() {
            return;
        }
        for (&start, &(length, _)) in &self.lines {
            if !read.contains(&start) {
                let help = Some("put an empty line before it".to_owned());
                report.error(start..start + length, "body", "this line stands inside HTML or code", help);
            }
        }
    }
}
