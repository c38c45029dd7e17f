//! The notation of the journal's screens: Leptos's, as far as they use it. `view!` divides what is written into a template, which is one string,
//! and the holes in it, which are values; `journal/src/screens/view` puts both into the page.
//!
//! Leptos makes a type of every view and code for every type, which was more than half of the keeper's client. Here all views are of one
//! type, and one small interpreter reads all templates.
//!
//! A template is a row of words, each behind the character that says what it is: see `template`, which the interpreter has as well.

mod template;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use rstml::{
    Infallible,
    node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement},
};
use syn::{Error, Expr, ExprLit, Lit, Result, Stmt, spanned::Spanned};
use template::{CLOSE, HOLE, OPEN, STATIC, TEXT, VALUE};

/// What a screen shows, as a `View`.
///
/// - `name="text"`, `name` alone: an attribute as it stands. `name=value`: one whose value is something that becomes a `Value`.
/// - `prop:name=value`: a property of the element. `class:name=value`: a class that it has or not.
/// - `on:name=act`: a listener; `act` is given the event as the type that the browser's documentation names.
/// - `node_ref=place`: a `NodeRef` that leads to the element.
/// - `"text"`, `{value}`: a text; something that becomes a `View`.
///
/// # Errors
///
/// Does not compile what is none of these.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match View::divide(tokens.into()) {
        Ok(View { template, holes }) => quote! {
            crate::screens::view::View::made(#template, ::std::boxed::Box::new([#(#holes),*]))
        },
        Err(error) => error.to_compile_error(),
    }
    .into()
}

#[derive(Default)]
struct View {
    template: String,
    holes: Vec<TokenStream>,
}

impl View {
    fn divide(tokens: TokenStream) -> Result<Self> {
        let mut view = Self::default();
        rstml::parse2(tokens)?.iter().try_for_each(|node| view.node(node))?;
        Ok(view)
    }

    fn word(&mut self, kind: char, word: &str) {
        self.template.push(kind);
        self.template.push_str(word);
    }

    fn node(&mut self, node: &Node) -> Result<()> {
        match node {
            Node::Element(element) => self.element(element)?,
            Node::Fragment(fragment) => fragment.children.iter().try_for_each(|node| self.node(node))?,
            Node::Text(text) => self.text(&text.value_string(), text.value.span())?,
            Node::Block(block) => {
                let value = block_value(block)?;
                self.word(HOLE, "");
                self.holes
                    .push(quote_spanned! { ours(value.span()) => crate::screens::view::Hole::child(#value) });
            }
            other => return Err(Error::new(other.span(), "a screen has elements, texts and values")),
        }
        Ok(())
    }

    fn text(&mut self, text: &str, span: Span) -> Result<()> {
        if text.contains([OPEN, CLOSE, TEXT, STATIC, VALUE, HOLE]) {
            return Err(Error::new(span, "a text without control characters"));
        }
        self.word(TEXT, text);
        Ok(())
    }

    fn element(&mut self, element: &NodeElement<Infallible>) -> Result<()> {
        self.word(OPEN, &element.name().to_string());
        for attribute in element.attributes() {
            let NodeAttribute::Attribute(attribute) = attribute else {
                return Err(Error::new(attribute.span(), "an attribute has a name"));
            };
            self.attribute(attribute)?;
        }
        element.children.iter().try_for_each(|node| self.node(node))?;
        self.word(CLOSE, "");
        Ok(())
    }

    fn attribute(&mut self, attribute: &KeyedAttribute) -> Result<()> {
        let name = attribute.key.to_string();
        let Some(value) = attribute.value() else {
            self.word(STATIC, &name);
            return Ok(());
        };
        let value = unbraced(value);
        let span = ours(value.span());
        let (kind, short) = name.split_once(':').unwrap_or(("", &name));
        let hole = match kind {
            "" if name == "node_ref" => {
                quote_spanned! { span => crate::screens::view::Hole::node_ref(#value) }
            }
            "" => {
                if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value {
                    self.word(STATIC, &name);
                    self.word(VALUE, &text.value());
                    return Ok(());
                }
                quote_spanned! { span => crate::screens::view::Hole::attribute(#value) }
            }
            "prop" => quote_spanned! { span => crate::screens::view::Hole::property(#value) },
            "class" => quote_spanned! { span => crate::screens::view::Hole::class(#value) },
            "on" => {
                let event = event(short).ok_or_else(|| {
                    Error::new(
                        attribute.key.span(),
                        "an event of another type: see `event` in `journal/view`",
                    )
                })?;
                let event = syn::Ident::new(event, attribute.key.span());
                quote_spanned! { span => crate::screens::view::Hole::listener::<::web_sys::#event>(#value) }
            }
            _ => return Err(Error::new(attribute.key.span(), "`on:`, `prop:` or `class:`")),
        };
        self.word(HOLE, short);
        self.holes.push(hole);
        Ok(())
    }
}

/// The type of an event, as the browser's documentation names it.
fn event(name: &str) -> Option<&'static str> {
    Some(match name {
        "blur" | "focus" => "FocusEvent",
        "change" | "input" | "select" | "toggle" => "Event",
        "click" | "mousedown" => "MouseEvent",
        "keydown" | "keyup" => "KeyboardEvent",
        "paste" => "ClipboardEvent",
        "pointercancel" | "pointerdown" | "pointermove" | "pointerup" => "PointerEvent",
        "submit" => "SubmitEvent",
        _ => return None,
    })
}

/// Code of ours that errors point to as if it stood there.
fn ours(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// What a block in braces holds, without the braces if it is a single value.
fn block_value(block: &NodeBlock) -> Result<TokenStream> {
    match block {
        NodeBlock::ValidBlock(block) => Ok(match block.stmts.as_slice() {
            [Stmt::Expr(value, None)] => quote! { #value },
            _ => quote! { #block },
        }),
        NodeBlock::Invalid(invalid) => Err(Error::new(invalid.span(), "a value in braces")),
    }
}

fn unbraced(value: &Expr) -> &Expr {
    match value {
        Expr::Block(block) if block.attrs.is_empty() && block.label.is_none() => {
            match block.block.stmts.as_slice() {
                [Stmt::Expr(value, None)] => value,
                _ => value,
            }
        }
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(tokens: TokenStream) -> String {
        let words = [(OPEN, "<"), (CLOSE, ">"), (TEXT, "\""), (STATIC, "@"), (VALUE, "="), (HOLE, "?")];
        let view = View::divide(tokens).expect("a view");
        words.iter().fold(view.template, |template, (kind, sign)| template.replace(*kind, sign))
    }

    fn holes(tokens: TokenStream) -> Vec<String> {
        View::divide(tokens).expect("a view").holes.iter().map(ToString::to_string).collect()
    }

    fn refused(tokens: TokenStream) -> String {
        View::divide(tokens).err().expect("an error").to_string()
    }

    #[test]
    fn what_is_known_when_it_is_written_is_one_string() {
        let view = quote! { <p class="facts" hidden>"Kept "<b>"here"</b></p> };
        assert_eq!(template(view.clone()), "<p@class=facts@hidden\"Kept <b\"here>>");
        assert!(holes(view).is_empty());
    }

    #[test]
    fn what_is_not_known_is_a_hole_in_the_order_of_writing() {
        let view = quote! {
            <input id=id prop:value=value class:at=at on:input=act node_ref=place />
            {more}
        };
        assert_eq!(template(view.clone()), "<input?id?value?at?input?node_ref>?");
        let kinds = ["attribute", "property", "class", "listener", "node_ref", "child"];
        let holes = holes(view);
        assert_eq!(holes.len(), kinds.len());
        for (hole, kind) in holes.iter().zip(kinds) {
            assert!(hole.contains(&format!("Hole :: {kind}")), "{hole}");
        }
    }

    #[test]
    fn a_listener_is_given_the_event_as_the_browser_makes_it() {
        assert!(holes(quote! { <form on:submit=send></form> })[0].contains(":: web_sys :: SubmitEvent"));
    }

    #[test]
    fn a_value_in_braces_is_the_value() {
        assert!(holes(quote! { <p>{said}</p> })[0].ends_with("(said)"));
        assert!(holes(quote! { <p id={name}></p> })[0].ends_with("(name)"));
    }

    #[test]
    fn what_the_interpreter_would_not_know_does_not_compile() {
        assert!(refused(quote! { <p on:lookaway=act></p> }).contains("event"));
        assert!(refused(quote! { <p style:color="red"></p> }).contains("on:"));
        assert!(refused(quote! { <p {..more}></p> }).contains("name"));
        assert!(refused(quote! { <!-- "nothing" --> }).contains("elements"));
        assert!(refused(quote! { <p>"a\u{1}b"</p> }).contains("control"));
    }
}
