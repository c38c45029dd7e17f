//! Views in the page.

use std::{borrow::Cow, cell::RefCell, mem, rc::Rc};

use any_spawner::Executor;
use reactive_graph::{effect::RenderEffect, owner::Owner};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Comment, Element, Event, Node};

use super::{Hole, Listener, Value, View};
use crate::screens::dom;

#[path = "../../../view/src/template.rs"]
mod template;
use template::{CLOSE, HOLE, OPEN, STATIC, TEXT, VALUE};

/// Shows a view at the end of an element, until it is ended.
pub fn show(place: &Element, view: impl FnOnce() -> View) -> Standing {
    // There is one already where a view was shown before.
    Executor::init_wasm_bindgen().ok();
    let owner = Owner::new();
    let shown = owner.with(|| Shown::new(view(), Place { parent: place, before: None }));
    Standing { shown, owner }
}

/// A view that stands in the page.
pub struct Standing {
    shown: Shown,
    owner: Owner,
}

impl Standing {
    /// Takes it away.
    pub fn end(self) {
        self.owner.cleanup();
        self.shown.remove();
    }

    /// Lets it stand for as long as the document lives.
    pub fn stay(self) {
        mem::forget(self);
    }
}

/// Where something goes: into an element, before another node of it or at its end.
#[derive(Clone, Copy)]
struct Place<'a> {
    parent: &'a Node,
    before: Option<&'a Node>,
}

impl Place<'_> {
    fn put(self, node: &Node) {
        self.parent.insert_before(node, self.before).expect("the place is in its parent");
    }
}

/// A view in the page.
struct Shown {
    what: What,
    /// The last of its nodes.
    end: Node,
}

enum What {
    Nothing,
    Text(Cow<'static, str>),
    Made(Made),
    Many(Vec<Shown>),
    Live(RenderEffect<Shown>),
}

impl Shown {
    fn new(view: View, place: Place<'_>) -> Self {
        match view {
            View::Nothing => Self { what: What::Nothing, end: mark(place) },
            View::Text(words) => {
                let text: Node = dom::document().create_text_node(&words).into();
                place.put(&text);
                Self { what: What::Text(words), end: text }
            }
            View::Made(template, holes) => {
                let made = Made::new(template, holes, place);
                let end = match made.roots.as_slice() {
                    [root] => root.clone(),
                    _ => mark(place),
                };
                Self { what: What::Made(made), end }
            }
            View::Many(views) => {
                let end = mark(place);
                let place = Place { before: Some(&end), ..place };
                Self { what: What::Many(views.into_iter().map(|view| Self::new(view, place)).collect()), end }
            }
            View::Live(view) => {
                let end = mark(place);
                Self { what: What::Live(live(view, None, end.clone())), end }
            }
        }
    }

    /// Brings the page to what the view says now.
    fn change(&mut self, view: View) {
        match (&mut self.what, view) {
            (What::Nothing, View::Nothing) => {}
            (What::Text(old), View::Text(new)) => {
                if *old != new {
                    self.end.set_node_value(Some(&new));
                    *old = new;
                }
            }
            (What::Made(made), View::Made(template, holes)) if std::ptr::eq(made.template, template) => {
                made.change(holes);
            }
            (What::Many(shown), View::Many(views)) => {
                let mut views = views.into_iter();
                let mut kept = 0;
                for (shown, view) in shown.iter_mut().zip(&mut views) {
                    shown.change(view);
                    kept += 1;
                }
                shown.drain(kept..).for_each(Self::remove);
                with_parent(&self.end, |place| shown.extend(views.map(|view| Self::new(view, place))));
            }
            (What::Live(effect), View::Live(view)) => {
                let shown = effect.take_value();
                *effect = live(view, shown, self.end.clone());
            }
            (_, view) => {
                let new = with_parent(&self.end, |place| Self::new(view, place));
                mem::replace(self, new).remove();
            }
        }
    }

    fn remove(self) {
        match self.what {
            What::Nothing | What::Text(_) => {}
            What::Made(made) => made.remove(),
            What::Many(shown) => shown.into_iter().for_each(Self::remove),
            What::Live(effect) => {
                if let Some(shown) = effect.take_value() {
                    shown.remove();
                }
            }
        }
        remove(&self.end);
    }
}

/// Shows what a closure gives before a node, and changes it whenever a signal in it has changed.
fn live(mut view: Box<dyn FnMut() -> View>, shown: Option<Shown>, end: Node) -> RenderEffect<Shown> {
    RenderEffect::new_with_value(
        move |shown: Option<Shown>| {
            let view = view();
            match shown {
                Some(mut shown) => {
                    shown.change(view);
                    shown
                }
                None => with_parent(&end, |place| Shown::new(view, place)),
            }
        },
        shown,
    )
}

/// A node that nobody sees, to find a place again.
fn mark(place: Place<'_>) -> Node {
    let mark: Node = Comment::new().expect("a comment can always be made").into();
    place.put(&mark);
    mark
}

fn with_parent<T>(before: &Node, act: impl FnOnce(Place<'_>) -> T) -> T {
    let parent = before.parent_node().expect("what is shown stands in something");
    act(Place { parent: &parent, before: Some(before) })
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        parent.remove_child(node).ok();
    }
}

/// A template in the page.
struct Made {
    template: &'static str,
    /// What stands in no other element of it: elements, texts, and the ends of children.
    roots: Vec<Node>,
    holes: Vec<Filled>,
}

/// A hole in the page.
enum Filled {
    Value(Valued),
    Listener(Listening),
    NodeRef(Element),
    Child(Shown),
}

impl Made {
    fn new(template: &'static str, holes: Box<[Hole]>, place: Place<'_>) -> Self {
        let document = dom::document();
        let owner = Owner::current().unwrap_or_default();
        let mut made = Self { template, roots: Vec::new(), holes: Vec::with_capacity(holes.len()) };
        let mut holes = holes.into_iter();
        let mut open: Vec<Element> = Vec::new();
        let mut referred = Vec::new();
        let mut words = template;
        let mut named = "";
        while let Some(kind) = words.chars().next() {
            words = &words[1..];
            let end = words.find(|letter| (OPEN..=HOLE).contains(&letter)).unwrap_or(words.len());
            let (word, rest) = words.split_at(end);
            words = rest;
            let inside = open.last().map(|element| Place { parent: element, before: None });
            match kind {
                OPEN => open.push(document.create_element(word).expect("a template names its elements well")),
                CLOSE => {
                    let element = open.pop().expect("a template closes what it opens");
                    open.last().map_or(place, |parent| Place { parent, before: None }).put(&element);
                    if open.is_empty() {
                        made.roots.push(element.into());
                    }
                }
                TEXT => {
                    let text = document.create_text_node(word);
                    inside.unwrap_or(place).put(&text);
                    if open.is_empty() {
                        made.roots.push(text.into());
                    }
                }
                HOLE if word.is_empty() => {
                    let Some(Hole::Child(view)) = holes.next() else { break };
                    made.holes.push(Filled::Child(Shown::new(view, inside.unwrap_or(place))));
                }
                _ => {
                    let Some(element) = open.last() else { break };
                    match kind {
                        STATIC => {
                            named = word;
                            element.set_attribute(word, "").ok();
                        }
                        VALUE => {
                            element.set_attribute(named, word).ok();
                        }
                        _ => {
                            let Some(hole) = holes.next() else { break };
                            if let Hole::NodeRef(place) = &hole {
                                referred.push((*place, element.clone()));
                            }
                            made.holes.push(Filled::new(hole, word, element, &owner));
                        }
                    }
                }
            }
        }
        // Whoever is led to an element finds it whole.
        for (place, element) in referred {
            place.lead_to(&element);
        }
        made
    }
}

impl Made {
    /// Fills the same template with other things.
    fn change(&mut self, holes: Box<[Hole]>) {
        let owner = Owner::current().unwrap_or_default();
        for (filled, hole) in self.holes.iter_mut().zip(holes) {
            match (filled, hole) {
                (
                    Filled::Value(valued),
                    Hole::Attribute(value) | Hole::Property(value) | Hole::Class(value),
                ) => {
                    valued.change(value);
                }
                (Filled::Listener(listening), Hole::Listener(act)) => {
                    *listening.act.borrow_mut() = within(&owner, act);
                }
                (Filled::NodeRef(element), Hole::NodeRef(place)) => place.lead_to(element),
                (Filled::Child(shown), Hole::Child(view)) => shown.change(view),
                _ => unreachable!("the same template has the same holes"),
            }
        }
    }

    fn remove(self) {
        // What listens goes first, so that nothing is heard of the going.
        let mut children = Vec::new();
        for hole in self.holes {
            if let Filled::Child(shown) = hole {
                children.push(shown);
            }
        }
        self.roots.iter().for_each(remove);
        children.into_iter().for_each(Shown::remove);
    }
}

impl Filled {
    fn new(hole: Hole, name: &'static str, element: &Element, owner: &Owner) -> Self {
        match hole {
            Hole::Attribute(value) => Self::Value(Valued::new(value, element, name, Kind::Attribute)),
            Hole::Property(value) => Self::Value(Valued::new(value, element, name, Kind::Property)),
            Hole::Class(value) => Self::Value(Valued::new(value, element, name, Kind::Class)),
            Hole::Listener(act) => Self::Listener(Listening::new(element, name, within(owner, act))),
            Hole::NodeRef(_) => Self::NodeRef(element.clone()),
            Hole::Child(_) => unreachable!("a child has no name"),
        }
    }
}

/// A listener that acts as a part of the screen that it belongs to.
fn within(owner: &Owner, mut act: Listener) -> Listener {
    let owner = owner.clone();
    Box::new(move |event| owner.with(|| act(event)))
}

/// Listens to an element until it is dropped.
struct Listening {
    element: Element,
    name: &'static str,
    act: Rc<RefCell<Listener>>,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listening {
    fn new(element: &Element, name: &'static str, act: Listener) -> Self {
        let act = Rc::new(RefCell::new(act));
        let acting = Rc::clone(&act);
        let closure = Closure::<dyn FnMut(Event)>::new(move |event| (*acting.borrow_mut())(event));
        element.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
        Self { element: element.clone(), name, act, closure }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.element
            .remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref())
            .ok();
    }
}

/// Where a value of an element goes.
#[derive(Clone, Copy)]
enum Kind {
    Attribute,
    Property,
    Class,
}

/// An attribute, a property or a class of an element.
struct Valued {
    element: Element,
    name: &'static str,
    kind: Kind,
    now: Now,
}

enum Now {
    Fixed(Value),
    Live(RenderEffect<Value>),
}

impl Valued {
    fn new(value: Value, element: &Element, name: &'static str, kind: Kind) -> Self {
        let mut valued = Self { element: element.clone(), name, kind, now: Now::Fixed(Value::Not) };
        // A property has a value before it is given one; an attribute and a class are not there.
        valued.begin(value, None);
        valued
    }

    fn begin(&mut self, value: Value, before: Option<Value>) {
        let (element, name, kind) = (self.element.clone(), self.name, self.kind);
        self.now = match value {
            Value::Live(mut value) => Now::Live(RenderEffect::new_with_value(
                move |before: Option<Value>| {
                    let value = settled(value());
                    put(&element, name, kind, &value, before.as_ref());
                    value
                },
                before,
            )),
            value => {
                put(&element, name, kind, &value, before.as_ref());
                Now::Fixed(value)
            }
        };
    }

    fn change(&mut self, value: Value) {
        let before = match mem::replace(&mut self.now, Now::Fixed(Value::Not)) {
            Now::Fixed(value) => Some(value),
            Now::Live(effect) => effect.take_value(),
        };
        self.begin(value, before);
    }
}

/// The value that a closure comes to, however many closures it gives.
fn settled(mut value: Value) -> Value {
    while let Value::Live(mut live) = value {
        value = live();
    }
    value
}

/// Gives an element a value, unless it is the one that it was given last; or has, where it is a property, which whoever types changes
/// too.
fn put(element: &Element, name: &str, kind: Kind, value: &Value, before: Option<&Value>) {
    let before = before.filter(|_| !matches!(kind, Kind::Property));
    let text = match (value, before) {
        (Value::Not, Some(Value::Not)) | (Value::Is, Some(Value::Is)) => return,
        (Value::Text(now), Some(Value::Text(before))) if now == before => return,
        (Value::Text(text), _) => Some(text.as_ref()),
        (Value::Is, _) => Some(""),
        (Value::Not | Value::Live(_), _) => None,
    };
    match kind {
        Kind::Attribute => match text {
            Some(text) => element.set_attribute(name, text),
            None => element.remove_attribute(name),
        },
        Kind::Class => element.class_list().toggle_with_force(name, text.is_some()).map(drop),
        Kind::Property => {
            let value = match value {
                Value::Text(text) => JsValue::from_str(text),
                value => JsValue::from_bool(matches!(value, Value::Is)),
            };
            let name = JsValue::from_str(name);
            match js_sys::Reflect::get(element, &name) {
                Ok(has) if has == value => Ok(()),
                _ => js_sys::Reflect::set(element, &name, &value).map(drop),
            }
        }
    }
    .ok();
}
