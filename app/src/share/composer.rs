//! How the composer looks, as HTML: the chosen passages here, what can be added in [`offers`], what is handed over in [`hand`].
//! Made of strings as the search's results are; what the buttons do is in [`compose`](super::compose).

pub(crate) mod hand;
pub(crate) mod offers;

use ::html::Html;
use ::pack::Depth;

/// A chosen item, as it is shown.
pub(crate) struct Line {
    /// What the library calls it; `None` where it has no such article any more.
    pub title: Option<String>,
    pub depth: Depth,
    /// How many of its parts are chosen; none for the whole article.
    pub chosen: usize,
    /// Whether its parts are unfolded.
    pub open: bool,
    pub parts: Parts,
}

/// The parts of an article, as far as they are here.
pub(crate) enum Parts {
    Coming,
    Unreachable,
    /// Title, kind, level, key and whether it is chosen.
    Here(Vec<Choice>),
}

/// One part that can be chosen.
pub(crate) struct Choice {
    pub key: String,
    pub title: String,
    pub kind: String,
    pub level: u8,
    pub chosen: bool,
}

impl Line {
    /// What a person knows it by.
    pub(crate) fn name(&self) -> &str {
        self.title.as_deref().unwrap_or("Not in this library")
    }
}

/// The chosen passages.
pub(crate) fn chosen(lines: &[Line]) -> String {
    let mut html = Html::new();
    if lines.is_empty() {
        html.open("div", &[("class", "empty")]);
        html.element(
            "p",
            &[],
            "Nothing is chosen yet. Add something below, or press Share beside a heading while you read.",
        );
        html.close("div");
        return html.finish();
    }
    html.open("ol", &[("class", "chosen")]);
    for (at, line) in lines.iter().enumerate() {
        item(at, line, lines.len(), &mut html);
    }
    html.close("ol");
    html.finish()
}

fn item(at: usize, line: &Line, of: usize, html: &mut Html) {
    let (number, name) = (at.to_string(), line.name());
    html.open("li", &[("data-at", &number)]);
    html.open("div", &[("class", "head")]);
    if of > 1 {
        // For a finger or a mouse; the buttons below do the same for everybody.
        html.open("span", &[("class", "handle"), ("aria-hidden", "true")]).close("span");
    }
    html.element("h3", &[], name).close("div");
    if line.title.is_none() {
        html.element(
            "p",
            &[("class", "notice")],
            "The article may have been withdrawn. Your reader will be told that it is missing.",
        );
    } else {
        html.open("fieldset", &[("class", "how-much")]);
        html.element("legend", &[("class", "unseen")], &format!("How much of “{name}”"));
        for (depth, value, label) in
            [(Depth::Full, "full", "Full"), (Depth::Short, "short", "Short: what to do and what to ask")]
        {
            let (id, group) = (format!("{value}-{at}"), format!("depth-{at}"));
            let mut attributes =
                vec![("type", "radio"), ("name", group.as_str()), ("id", id.as_str()), ("data-depth", value)];
            attributes.extend((line.depth == depth).then_some(("checked", "")));
            html.open("label", &[]).open("input", &attributes).text(" ").text(label).close("label");
        }
        html.close("fieldset");
        parts(at, line, html);
    }
    html.open("p", &[("class", "moves")]);
    let mut button = |id: &str, act: &str, label: &str, spoken: String, off: bool| {
        let id = format!("{id}-{at}");
        let mut attributes =
            vec![("type", "button"), ("id", id.as_str()), ("data-do", act), ("aria-label", spoken.as_str())];
        attributes.extend(off.then_some(("aria-disabled", "true")));
        html.element("button", &attributes, label);
    };
    if of > 1 {
        button("up", "up", "Earlier", format!("Move “{name}” earlier"), at == 0);
        button("down", "down", "Later", format!("Move “{name}” later"), at + 1 == of);
    }
    button("out", "remove", "Remove", format!("Remove “{name}”"), false);
    html.close("p").close("li");
}

fn parts(at: usize, line: &Line, html: &mut Html) {
    let mut attributes = vec![("class", "parts")];
    attributes.extend(line.open.then_some(("open", "")));
    let named: Vec<&str> = match &line.parts {
        Parts::Here(choices) => {
            choices.iter().filter(|choice| choice.chosen).map(|choice| choice.title.as_str()).collect()
        }
        Parts::Coming | Parts::Unreachable => Vec::new(),
    };
    let summary = match line.chosen {
        0 => "The whole article".to_owned(),
        chosen if chosen == named.len() => format!("Only: {}", named.join(" · ")),
        1 => "1 part of it".to_owned(),
        chosen => format!("{chosen} parts of it"),
    };
    html.open("details", &attributes);
    html.element("summary", &[("id", &format!("parts-{at}")), ("data-do", "parts")], &summary);
    match &line.parts {
        _ if !line.open => {}
        Parts::Coming => {
            html.element("p", &[("class", "facts")], "One moment: its sections are on their way.");
        }
        Parts::Unreachable => {
            html.element(
                "p",
                &[("class", "facts")],
                "Its sections could not be loaded. You may be offline; what is chosen stays chosen.",
            );
            html.element("button", &[("type", "button"), ("data-do", "again")], "Try again");
        }
        Parts::Here(choices) => {
            html.open("ul", &[("class", "choices")]);
            let mut box_of = |key: &str, level: &str, chosen: bool, title: &str, kind: &str| {
                let id = format!("part-{at}-{key}");
                let mut attributes = vec![("type", "checkbox"), ("id", id.as_str()), ("data-part", key)];
                attributes.extend(chosen.then_some(("checked", "")));
                html.open("li", &[("data-level", level)]).open("label", &[]).open("input", &attributes);
                html.text(" ").open("span", &[]).text(title);
                if !kind.is_empty() && kind != title {
                    html.text(" ").element("span", &[("class", "kind")], kind);
                }
                html.close("span").close("label").close("li");
            };
            box_of("all", "2", line.chosen == 0, "The whole article", "");
            for choice in choices {
                box_of(&choice.key, &choice.level.to_string(), choice.chosen, &choice.title, &choice.kind);
            }
            html.close("ul");
        }
    }
    html.close("details");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &str) -> Line {
        Line {
            title: Some(title.to_owned()),
            depth: Depth::Short,
            chosen: 1,
            open: true,
            parts: Parts::Here(vec![Choice {
                key: "0a0b0c".to_owned(),
                title: "Sleep <b>".to_owned(),
                kind: "Questions".to_owned(),
                level: 0,
                chosen: true,
            }]),
        }
    }

    #[test]
    fn every_control_of_an_item_says_which_item_it_is_about() {
        let html = chosen(&[line("Rest"), line("Night")]);
        for part in [
            "Move “Rest” later",
            "Move “Night” earlier",
            "Remove “Rest”",
            "How much of “Night”",
            "Sleep &lt;b&gt;",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        // The first cannot go earlier, the last not later; they keep the focus all the same.
        assert_eq!(html.matches("aria-disabled=\"true\"").count(), 2);
        assert!(!chosen(&[line("Rest")]).contains("Earlier"));
        assert!(html.contains("Only: Sleep &lt;b&gt;"), "{html}");
        assert!(chosen(&[]).contains("Nothing is chosen yet"));
        let unnamed = Line { parts: Parts::Coming, ..line("Rest") };
        assert!(chosen(&[unnamed]).contains("1 part of it"));
    }
}
