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
pub(crate) fn summary(article: &Article, room: usize, width: usize, ruled: usize) -> Summary {
    let writer = Writer::on_paper();
    let of = |kinds: &[BlockKind]| -> Vec<&Block> {
        article.blocks().filter(|block| kinds.contains(&block.kind)).collect()
    };
    let questions = of(&[BlockKind::Questions]);
    let blocks = if questions.is_empty() {
        of(&[
            BlockKind::Checklist,
            BlockKind::Steps,
            BlockKind::RedFlags,
            BlockKind::Practice,
            BlockKind::Help,
        ])
    } else {
        questions
    };
    let (mut left, mut whole) = (room, true);
    let mut html = Html::new();
    for block in blocks {
        let BlockBody::Items(items) = &block.body else { continue };
        let extra = if block.kind == BlockKind::Questions { ruled } else { 0 };
        let mut taken = HEAD + visible(&block.label).div_ceil(width);
        let mut fits = Vec::new();
        for item in items {
            let lines = visible(item).div_ceil(width).max(1) + extra;
            if taken + lines > left {
                break;
            }
            taken += lines;
            fits.push(item.clone());
        }
        whole &= fits.len() == items.len();
        // One question alone of a set of many says little.
        if fits.len() < items.len().min(2) {
            continue;
        }
        left -= taken;
        let part = Block { body: BlockBody::Items(fits), label_is_heading: false, ..block.clone() };
        writer.block(&part, None, &mut html);
    }
    Summary { html: html.finish(), whole }
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

/// What of an article fits on one page beside its key takeaways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Question sets, or checklists and the like; safe HTML, empty where nothing fits.
    pub html: String,
    /// Whether nothing had to be left out.
    pub whole: bool,
}

/// Lines that the label of a block and the space around it take.
const HEAD: usize = 2;

/// Characters that a reader sees of a piece of HTML.
fn visible(html: &str) -> usize {
    let (mut count, mut inside) = (0, false);
    for c in without_marks(html).chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => count += 1,
            _ => {}
        }
    }
    count
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
    }
}
