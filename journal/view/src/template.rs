// What a word of a template is, by the character before it. `view!` writes these and the interpreter reads them; both have this file.

/// An element opens; its name follows.
pub const OPEN: char = '\u{1}';
/// The innermost element closes.
pub const CLOSE: char = '\u{2}';
/// A text follows.
pub const TEXT: char = '\u{3}';
/// An attribute of the innermost element; its name follows.
pub const STATIC: char = '\u{4}';
/// The value of the attribute before it; without this it is empty.
pub const VALUE: char = '\u{5}';
/// The next hole: an attribute, property, class, listener or reference of the innermost element if a name follows, a child if none does.
pub const HOLE: char = '\u{6}';
