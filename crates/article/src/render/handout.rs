//! An article on paper: nothing that clicks, no marks of references, and the key takeaways by themselves, because they
//! stand first.

use html::Html;

use super::blocks::{Writer, acts, staying, with_below, without_marks};
use crate::{Article, Block, BlockBody, BlockKind, Depth, Part, Section};

/// The body of a handout without the key takeaways. See [`crate::Published::handout`].
pub(crate) fn handout(article: &Article, depth: Depth) -> String {
    let writer = Writer::on_paper();
    let shown = |part: &Part| !is_takeaways(part) && (depth == Depth::Full || acts(part));
    let stays = staying(article, |section| section.parts.iter().any(shown));
    let mut html = Html::new();
    let parts = |parts: &[Part], section: Option<&Section>, html: &mut Html| {
        for part in parts.iter().filter(|part| shown(part)) {
            writer.part(part, section, html);
        }
    };
    parts(&article.lead, None, &mut html);
    for (section, stays) in article.sections.iter().zip(stays) {
        if stays {
            writer.heading(section, &mut html);
            parts(&section.parts, Some(section), &mut html);
        }
    }
    html.finish()
}

/// One section with what stands below it, or one block with nothing around. See [`crate::Published::handout_of`].
pub(crate) fn handout_of(article: &Article, anchor: &str) -> Option<String> {
    let writer = Writer::on_paper();
    let anchor = article.meta.anchors.get(anchor).map_or(anchor, String::as_str);
    let mut html = Html::new();
    if !with_below(&writer, article, anchor, &mut html) {
        let block = article.blocks().find(|block| block.anchor.as_str() == anchor)?;
        writer.block(block, None, &mut html);
    }
    Some(html.finish())
}

/// The items of the key takeaways without marks of references.
pub(crate) fn takeaways(article: &Article) -> Option<String> {
    super::takeaways(article).map(|items| without_marks(&items))
}

/// What fits on one page. See [`crate::Published::summary`].
pub(crate) fn summary(article: &Article, room: &Room) -> Summary {
    let of = |kinds: &[BlockKind]| -> Vec<(&Block, &[String])> {
        let blocks = article.blocks().filter(|block| kinds.contains(&block.kind));
        blocks
            .filter_map(|block| match &block.body {
                BlockBody::Items(items) => Some((block, items.as_slice())),
                _ => None,
            })
            .collect()
    };
    let questions = of(&[BlockKind::Questions]);
    let asks = !questions.is_empty();
    let blocks = if asks {
        questions
    } else {
        of(&[
            BlockKind::Checklist,
            BlockKind::Steps,
            BlockKind::RedFlags,
            BlockKind::Practice,
            BlockKind::Help,
        ])
    };
    // One item alone of a set of many says little, but more than none.
    let (mut html, mut whole) = fitting(&blocks, room, 2);
    if html.is_empty() {
        (html, whole) = fitting(&blocks, room, 1);
    }
    Summary { html, whole, asks }
}

/// The first items of blocks that have room, of each block `least` or all; and whether nothing is left out.
fn fitting(blocks: &[(&Block, &[String])], room: &Room, least: usize) -> (String, bool) {
    let (mut left, mut whole) = (room.height, true);
    let writer = Writer::on_paper();
    let mut html = Html::new();
    for &(block, items) in blocks {
        let ruled = if block.kind == BlockKind::Questions { room.ruled } else { 0 };
        let mut taken = room.head + visible(&block.label).div_ceil(room.width) * room.line;
        let mut fits = Vec::new();
        for item in items {
            let height = visible(item).div_ceil(room.width).max(1) * room.line + ruled;
            if taken + height > left {
                break;
            }
            taken += height;
            fits.push(item.clone());
        }
        whole &= fits.len() == items.len();
        if fits.is_empty() || fits.len() < items.len().min(least) {
            continue;
        }
        left -= taken;
        let part = Block { body: BlockBody::Items(fits), label_is_heading: false, ..block.clone() };
        writer.block(&part, None, &mut html);
    }
    (html.finish(), whole)
}

/// Lines of `width` characters that items of a list (`<li>…</li>`) take.
pub fn lines(items: &str, width: usize) -> usize {
    items.split("<li>").skip(1).map(|item| visible(item).div_ceil(width).max(1)).sum()
}

/// HTML of ours before its last element, and that element: on paper it keeps the foot of the sheet company.
pub fn last_apart(html: &str) -> (&str, &str) {
    let (mut depth, mut start) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
            continue;
        }
        if depth == 0 {
            start = at;
        }
        let name = tag.split(['>', ' ']).next().unwrap_or_default();
        depth += usize::from(!matches!(name, "br" | "hr" | "img" | "input"));
    }
    html.split_at(start)
}

/// Room on a page, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// From top to bottom.
    pub height: usize,
    /// A line of text, with its share of what is left free between items.
    pub line: usize,
    /// Characters of a line.
    pub width: usize,
    /// What a block takes beside the lines of its label and of its items.
    pub head: usize,
    /// What is left free under a question, to write on.
    pub ruled: usize,
}

/// What of an article fits on one page beside its key takeaways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Question sets, or checklists and the like; safe HTML, empty where nothing fits.
    pub html: String,
    /// Whether nothing had to be left out.
    pub whole: bool,
    /// Whether it is questions that there are.
    pub asks: bool,
}

/// Characters that a reader sees of a piece of HTML. Marks of evidence are smaller, so that six of
/// theirs take the room of five, and have brackets on paper.
fn visible(html: &str) -> usize {
    let (mut usual, mut small) = (0, 0);
    for (at, piece) in without_marks(html).split('<').enumerate() {
        let (tag, text) = if at == 0 { ("", piece) } else { piece.split_once('>').unwrap_or_default() };
        let count = text.chars().count();
        if tag.starts_with("small") {
            small += count + 2;
        } else {
            usual += count;
        }
    }
    usual + (small * 5).div_ceil(6)
}

fn is_takeaways(part: &Part) -> bool {
    matches!(part, Part::Block(block) if block.kind == BlockKind::Takeaways)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_element_is_told_from_what_stands_before_and_in_it() {
        for (before, last) in [
            ("<h2 id=\"a\">A</h2><p>One<br>two</p>", "<p>Three<img src=\"x\" alt=\"\"></p>"),
            ("<p>One</p>", "<section class=\"block\"><ul><li>a</li><li>b</li></ul></section>"),
            ("<p>One</p>", "<hr>"),
            ("", "<p>One</p>"),
            ("", ""),
        ] {
            assert_eq!(last_apart(&format!("{before}{last}")), (before, last));
        }
    }

    #[test]
    fn only_what_a_reader_sees_is_counted() {
        assert_eq!(visible("<b>One</b> two<sup class=\"cite\"><a href=\"#r\">1</a></sup>."), 8);
        assert_eq!(visible("One <small class=\"evidence\">28 people</small>."), 5 + 10);
    }
}
