//! What the keeper wrote in Markdown, as nodes of the page: never as a string of HTML, so that nothing that was written can become
//! more than text in a known element. A picture of another site is shown by its words and its address and never fetched; a
//! link shows where it leads, and leads there only when it is followed.

use journal::markdown::{self, Event, Tag, leads_out};
use web_sys::{Element, HtmlDivElement};

use super::dom;
use crate::screens::view::prelude::*;

/// How deep quotes and lists may stand in one another; deeper ones stand there.
const DEEPEST: usize = 16;

/// A text as it is read.
pub fn markdown(text: String) -> View {
    let place = NodeRef::<HtmlDivElement>::new();
    effect(move || {
        if let Some(place) = place.get() {
            fill(&place, &text);
        }
    });
    view! { <div class="written" node_ref=place></div> }
}

/// Puts a text into an element, in place of what it holds.
pub fn fill(place: &Element, text: &str) {
    place.set_text_content(None);
    let mut writer = Writer { open: vec![place.clone()], link: None };
    markdown::read(text, &mut |event| writer.event(event));
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
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if let Some((_, words)) = &mut self.link {
                    words.push_str(text);
                }
                self.text(text);
            }
            // A line that the keeper began anew stays one.
            Event::Break => {
                self.element("br");
            }
            Event::Rule => {
                self.element("hr");
            }
            Event::Tick(done) => {
                if let Some(tick) = self.element("span") {
                    let (mark, said) = if done { ("☑", "done") } else { ("☐", "to do") };
                    tick.set_class_name("tick");
                    for (name, value) in [("role", "img"), ("aria-label", said)] {
                        tick.set_attribute(name, value).ok();
                    }
                    tick.set_text_content(Some(mark));
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let name = match tag {
            Tag::Paragraph => "p",
            // The first level is the title of the page.
            Tag::Heading(1) => "h2",
            Tag::Heading(2) => "h3",
            Tag::Heading(3) => "h4",
            Tag::Heading(_) => "h5",
            Tag::Quote => "blockquote",
            Tag::CodeBlock => "pre",
            Tag::List(Some(_)) => "ol",
            Tag::List(None) => "ul",
            Tag::Item => "li",
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strikethrough => "s",
            Tag::Code => "code",
            Tag::Link(address) if leads_out(address) => "a",
            Tag::Link(address) | Tag::Picture(address) => {
                self.link = Some((address.to_owned(), String::new()));
                return self.same();
            }
        };
        if self.open.len() > DEEPEST {
            return self.same();
        }
        let Some(element) = self.element(name) else { return self.same() };
        match tag {
            Tag::Link(address) => {
                for (name, value) in [("href", address), ("rel", "noreferrer noopener"), ("target", "_blank")]
                {
                    element.set_attribute(name, value).ok();
                }
                self.link = Some((address.to_owned(), String::new()));
            }
            Tag::List(Some(first)) if first != 1 => {
                element.set_attribute("start", &first.to_string()).ok();
            }
            _ => {}
        }
        self.open.push(element);
    }

    fn end(&mut self, tag: Tag<'_>) {
        if self.open.len() > 1 {
            self.open.pop();
        }
        if let Tag::Link(_) | Tag::Picture(_) = tag
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
