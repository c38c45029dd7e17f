use std::marker::PhantomData;

use reactive_graph::{
    owner::LocalStorage,
    signal::RwSignal,
    traits::{Get, GetUntracked, Set},
};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Leads to an element of a view once it has been made, and nowhere when the screen that asked for it is gone. Copies lead to the same.
pub struct NodeRef<E> {
    element: RwSignal<Option<Element>, LocalStorage>,
    kind: PhantomData<fn() -> E>,
}

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for NodeRef<E> {}

impl<E> NodeRef<E> {
    /// Leads nowhere yet.
    pub fn new() -> Self {
        Self { element: RwSignal::new_local(None), kind: PhantomData }
    }

    /// The same, of an element of any type.
    pub(super) fn untyped(self) -> NodeRef<Element> {
        NodeRef { element: self.element, kind: PhantomData }
    }
}

impl NodeRef<Element> {
    /// From now on leads to this.
    pub(super) fn lead_to(self, element: &Element) {
        self.element.set(Some(element.clone()));
    }
}

impl<E: JsCast> NodeRef<E> {
    /// The element; whoever asks in an effect is asked again when there is another.
    pub fn get(self) -> Option<E> {
        self.element.try_get().flatten().map(JsCast::unchecked_into)
    }

    /// The element as it is now.
    pub fn get_untracked(self) -> Option<E> {
        self.element.try_get_untracked().flatten().map(JsCast::unchecked_into)
    }
}
