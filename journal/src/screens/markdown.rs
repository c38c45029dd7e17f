//! What the keeper wrote in Markdown, as nodes of the page: never as a string of HTML, so that nothing that was written can become
//! more than text in a known element. A picture of another site is shown by its words and its address and never fetched; a
//! link shows where it leads, and leads there only when it is followed.

use leptos::{html::Div, prelude::*};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use web_sys::Element;

use super::dom;

/// How deep quotes and lists may stand in one another; deeper ones stand there.
const DEEPEST: usize = 16;

/// A text as it is read.
pub fn markdown(text: String) -> AnyView {
    let place = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            fill(&place, &text);
        }
    });
    view! { <div class="written" node_ref=place></div> }.into_any()
}

/// Puts a text into an element, in place of what it holds.
pub fn fill(place: &Element, text: &str) {
    place.set_text_content(None);
    let mut writer = Writer { open: vec![place.clone()], link: None };
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS) {
        writer.event(event);
    }
}

struct Writer {
    /// The elements that are open, the innermost last; one twice where a tag has no element of its own.
    open: Vec<Element>,
    /// The address of the link or picture that is open, and its words so far.
    link: Option<(String, String)>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                if let Some((_, words)) = &mut self.link {
                    words.push_str(&text);
                }
                self.text(&text);
            }
            Event::Code(text) => {
                if let Some((_, words)) = &mut self.link {
                    words.push_str(&text);
                }
                if let Some(code) = self.element("code") {
                    code.set_text_content(Some(&text));
                }
            }
            // A line that the keeper began anew stays one.
            Event::SoftBreak | Event::HardBreak => {
                self.element("br");
            }
            Event::Rule => {
                self.element("hr");
            }
            Event::TaskListMarker(done) => {
                if let Some(tick) = self.element("span") {
                    let (mark, said) = if done { ("☑", "done") } else { ("☐", "to do") };
                    tick.set_class_name("tick");
                    for (name, value) in [("role", "img"), ("aria-label", said)] {
                        tick.set_attribute(name, value).ok();
                    }
                    tick.set_text_content(Some(mark));
                }
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = match tag {
            Tag::Paragraph => "p",
            // The first level is the title of the page.
            Tag::Heading { level, .. } => match level {
                HeadingLevel::H1 => "h2",
                HeadingLevel::H2 => "h3",
                HeadingLevel::H3 => "h4",
                _ => "h5",
            },
            Tag::BlockQuote(_) => "blockquote",
            Tag::CodeBlock(_) => "pre",
            Tag::List(Some(_)) => "ol",
            Tag::List(None) => "ul",
            Tag::Item => "li",
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strikethrough => "s",
            Tag::Link { dest_url, .. } if leads_out(dest_url) => "a",
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.link = Some((dest_url.to_string(), String::new()));
                return self.same();
            }
            _ => return self.same(),
        };
        if self.open.len() > DEEPEST {
            return self.same();
        }
        let Some(element) = self.element(name) else { return self.same() };
        match tag {
            Tag::Link { dest_url, .. } => {
                for (name, value) in
                    [("href", &**dest_url), ("rel", "noreferrer noopener"), ("target", "_blank")]
                {
                    element.set_attribute(name, value).ok();
                }
                self.link = Some((dest_url.to_string(), String::new()));
            }
            Tag::List(Some(first)) if *first != 1 => {
                element.set_attribute("start", &first.to_string()).ok();
            }
            _ => {}
        }
        self.open.push(element);
    }

    fn end(&mut self, tag: TagEnd) {
        if self.open.len() > 1 {
            self.open.pop();
        }
        if let TagEnd::Link | TagEnd::Image = tag
            && let Some((address, words)) = self.link.take()
            && address != words
            && let Some(shown) = self.element("span")
        {
            shown.set_class_name("address");
            shown.set_text_content(Some(&format!(" ({address})")));
        }
    }

    /// The tag that begins here has no element of its own.
    fn same(&mut self) {
        let here = self.open.last().expect("the place itself is never closed").clone();
        self.open.push(here);
    }

    fn text(&self, text: &str) {
        if let Some(here) = self.open.last() {
            here.append_child(&dom::document().create_text_node(text)).ok();
        }
    }

    fn element(&self, name: &str) -> Option<Element> {
        let element = dom::document().create_element(name).ok()?;
        self.open.last()?.append_child(&element).ok()?;
        Some(element)
    }
}

/// Whether a link may be followed: to a web page or a mail address, and to nothing that runs or shows what is on the device.
fn leads_out(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}
