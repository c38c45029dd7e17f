//! From lines to blocks: what stands in which quote and list, and what kind of thing it is. One pass; each line is looked at
//! once for every quote and list that it stands in, and there are at most [`DEEPEST`] of them.

/// How deep quotes and lists may stand in one another. What begins a deeper one is text.
const DEEPEST: usize = 32;
/// From so many columns on, a line is code and begins nothing.
const CODE: usize = 4;

pub(super) enum Block {
    Paragraph(String),
    Heading(u8, String),
    Code(String),
    Rule,
    Quote(Vec<Block>),
    List(List),
}

pub(super) struct List {
    /// The number of the first item, where they are numbered.
    pub first: Option<u64>,
    /// Whether empty lines stand between its parts: paragraphs are then set as such.
    pub loose: bool,
    pub items: Vec<Vec<Block>>,
    sign: u8,
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let document = Open { kind: Kind::Document, blocks: Vec::new() };
    let mut parser = Parser { open: vec![document], leaf: Leaf::None, empty: None };
    text.lines().for_each(|line| parser.line(line));
    parser.close_to(1);
    parser.close_leaf();
    parser.open.pop().map(|document| document.blocks).unwrap_or_default()
}

struct Parser {
    /// The document, and the quotes and items that are open in it, the innermost last.
    open: Vec<Open>,
    /// What is open within the innermost.
    leaf: Leaf,
    /// Where the line before was empty: the place in `open` from which on it was.
    empty: Option<usize>,
}

struct Open {
    kind: Kind,
    blocks: Vec<Block>,
}

#[derive(Clone, Copy)]
enum Kind {
    Document,
    Quote,
    Item { sign: Sign, indent: usize, loose: bool },
}

/// How an item begins: its hyphen, star, plus, point or bracket, and its number.
#[derive(Clone, Copy)]
struct Sign {
    byte: u8,
    number: Option<u64>,
}

enum Leaf {
    None,
    Paragraph(String),
    Indented(String),
    Fenced { fence: Fence, text: String },
}

#[derive(Clone, Copy)]
struct Fence {
    byte: u8,
    length: usize,
    indent: usize,
}

impl Parser {
    fn line(&mut self, line: &str) {
        let (mut within, mut rest) = self.go_on(line);
        if within == self.open.len()
            && let Leaf::Fenced { fence, text } = &mut self.leaf
        {
            if fence.closes(rest) {
                self.close_leaf();
            } else {
                text.push_str(outdent(rest, fence.indent));
                text.push('\n');
            }
            self.empty = None;
            return;
        }
        while indent(rest) < CODE && !is_empty(rest) {
            let text = rest.trim_start();
            let interrupts = matches!(self.leaf, Leaf::Paragraph(_)) && within == self.open.len();
            if interrupts && let Some(level) = underline(text) {
                if let Leaf::Paragraph(text) = std::mem::replace(&mut self.leaf, Leaf::None) {
                    self.add(Block::Heading(level, text));
                }
                return;
            }
            if is_rule(text) {
                self.begin(within);
                return self.add(Block::Rule);
            }
            if self.open.len() > DEEPEST {
                break;
            }
            if let Some(inner) = text.strip_prefix('>') {
                self.begin(within);
                self.open.push(Open { kind: Kind::Quote, blocks: Vec::new() });
                rest = outdent(inner, 1);
            } else if let Some((sign, width, inner)) = item(rest)
                // A number or an empty item in the middle of a paragraph is none.
                && !(interrupts && (inner.is_empty() || sign.number.is_some_and(|number| number != 1)))
            {
                self.begin_item(within, sign, width);
                rest = inner;
            } else {
                break;
            }
            within = self.open.len();
        }
        self.text(within, rest);
    }

    /// The quotes and items that a line goes on with, and what is left of it behind their signs.
    fn go_on<'t>(&self, line: &'t str) -> (usize, &'t str) {
        let (mut within, mut rest) = (1, line);
        while let Some(open) = self.open.get(within) {
            match open.kind {
                Kind::Document => {}
                Kind::Quote => match rest.trim_start().strip_prefix('>') {
                    Some(inner) if indent(rest) < CODE => rest = outdent(inner, 1),
                    _ => break,
                },
                Kind::Item { .. } if is_empty(rest) => {
                    let last = within + 1 == self.open.len();
                    if last && open.blocks.is_empty() && matches!(self.leaf, Leaf::None) {
                        break;
                    }
                }
                Kind::Item { indent: wanted, .. } if indent(rest) >= wanted => rest = outdent(rest, wanted),
                Kind::Item { .. } => break,
            }
            within += 1;
        }
        (within, rest)
    }

    /// A line that begins no quote, item or rule.
    fn text(&mut self, within: usize, rest: &str) {
        let text = rest.trim_start();
        if text.is_empty() {
            self.close_to(within);
            match &mut self.leaf {
                Leaf::Indented(code) => code.push('\n'),
                _ => self.close_leaf(),
            }
            let quote = self.open.iter().rposition(|open| matches!(open.kind, Kind::Quote));
            self.empty = Some(quote.unwrap_or(0));
            return;
        }
        let deep = indent(rest) >= CODE;
        if !deep && let Some((level, words)) = heading(text) {
            self.begin(within);
            return self.add(Block::Heading(level, words.to_owned()));
        }
        if !deep && let Some(fence) = Fence::opens(text, indent(rest)) {
            self.begin(within);
            self.leaf = Leaf::Fenced { fence, text: String::new() };
            self.empty = None;
            return;
        }
        // A paragraph goes on also where the signs of its quotes and items are left out.
        if let Leaf::Paragraph(words) = &mut self.leaf {
            words.push('\n');
            words.push_str(text);
            self.empty = None;
            return;
        }
        self.close_to(within);
        match &mut self.leaf {
            Leaf::Indented(code) if deep => {
                code.push_str(outdent(rest, CODE));
                code.push('\n');
            }
            _ => {
                self.begin(within);
                self.leaf = match deep {
                    true => Leaf::Indented(format!("{}\n", outdent(rest, CODE))),
                    false => Leaf::Paragraph(text.to_owned()),
                };
            }
        }
        self.empty = None;
    }

    /// Makes room for something new within the first `within` that are open.
    fn begin(&mut self, within: usize) {
        self.close_to(within);
        self.close_leaf();
        let apart = self.is_apart(within - 1);
        if let Some(Open { kind: Kind::Item { loose, .. }, blocks }) = self.open.last_mut()
            && !blocks.is_empty()
        {
            *loose |= apart;
        }
    }

    fn begin_item(&mut self, within: usize, sign: Sign, indent: usize) {
        self.close_to(within);
        self.close_leaf();
        let goes_on = self.list(sign).is_some();
        let loose = goes_on && self.is_apart(within - 1);
        if !goes_on {
            self.begin(within);
        }
        self.open.push(Open { kind: Kind::Item { sign, indent, loose }, blocks: Vec::new() });
        self.empty = None;
    }

    /// The list that an item of this sign belongs to, if there is one already.
    fn list(&mut self, sign: Sign) -> Option<&mut List> {
        match self.open.last_mut()?.blocks.last_mut()? {
            Block::List(list) if list.sign == sign.byte => Some(list),
            _ => None,
        }
    }

    /// Whether an empty line stands before this one, as seen from a place in `open`.
    fn is_apart(&self, place: usize) -> bool {
        self.empty.is_some_and(|from| from <= place)
    }

    fn close_to(&mut self, within: usize) {
        while self.open.len() > within.max(1) {
            self.close_leaf();
            let Some(Open { kind, blocks }) = self.open.pop() else { return };
            match kind {
                Kind::Document => {}
                Kind::Quote => self.push(Block::Quote(blocks)),
                Kind::Item { sign, loose, .. } => match self.list(sign) {
                    Some(list) => {
                        list.loose |= loose;
                        list.items.push(blocks);
                    }
                    None => self.push(Block::List(List {
                        first: sign.number,
                        loose,
                        items: vec![blocks],
                        sign: sign.byte,
                    })),
                },
            }
        }
    }

    fn close_leaf(&mut self) {
        match std::mem::replace(&mut self.leaf, Leaf::None) {
            Leaf::None => {}
            Leaf::Paragraph(text) => self.push(Block::Paragraph(text)),
            Leaf::Fenced { text, .. } => self.push(Block::Code(text)),
            Leaf::Indented(mut text) => {
                text.truncate(text.trim_end_matches('\n').len() + 1);
                self.push(Block::Code(text));
            }
        }
    }

    /// Adds a block that is one line.
    fn add(&mut self, block: Block) {
        self.push(block);
        self.empty = None;
    }

    fn push(&mut self, block: Block) {
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
    }
}

impl Fence {
    fn opens(text: &str, indent: usize) -> Option<Self> {
        let byte = text.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = run(text, byte);
        // Backticks behind it make it a piece of code within a line.
        let fence = length >= 3 && !(byte == b'`' && text[length..].contains('`'));
        fence.then_some(Self { byte, length, indent })
    }

    fn closes(self, line: &str) -> bool {
        let text = line.trim();
        indent(line) < CODE && text.len() >= self.length && run(text, self.byte) == text.len()
    }
}

/// How many of a byte a text begins with.
fn run(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|next| *next == byte).count()
}

fn is_empty(line: &str) -> bool {
    line.trim_start().is_empty()
}

/// The columns before the first word. A tab goes to the next column that four divides.
fn indent(line: &str) -> usize {
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}

/// The line without so many columns of white space, if it has them.
fn outdent(line: &str, most: usize) -> &str {
    let (mut columns, mut at) = (0, 0);
    for byte in line.bytes() {
        match byte {
            _ if columns >= most => break,
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
        at += 1;
    }
    &line[at..]
}

/// `# words`: the level and the words.
fn heading(text: &str) -> Option<(u8, &str)> {
    let level = run(text, b'#');
    let words = text[level..].trim_end();
    if !(1..=6).contains(&level) || !(words.is_empty() || words.starts_with([' ', '\t'])) {
        return None;
    }
    let bare = words.trim_end_matches('#');
    let words = if bare.is_empty() || bare.ends_with([' ', '\t']) { bare } else { words };
    Some((level as u8, words.trim()))
}

/// The level of the heading that this line makes of the paragraph above it.
fn underline(text: &str) -> Option<u8> {
    let text = text.trim_end();
    match text.bytes().next()? {
        b'=' if run(text, b'=') == text.len() => Some(1),
        b'-' if run(text, b'-') == text.len() => Some(2),
        _ => None,
    }
}

/// Three or more hyphens, stars or underscores, and nothing else.
fn is_rule(text: &str) -> bool {
    let Some(sign @ (b'-' | b'*' | b'_')) = text.bytes().next() else { return false };
    let signs = text.bytes().filter(|byte| *byte == sign).count();
    signs >= 3 && text.bytes().all(|byte| byte == sign || byte == b' ' || byte == b'\t')
}

/// `- words` or `1. words`: the sign, the column in which the words begin, and the words.
fn item(line: &str) -> Option<(Sign, usize, &str)> {
    let text = line.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let byte = *text.as_bytes().get(digits)?;
    let number = match (digits, byte) {
        (0, b'-' | b'*' | b'+') => None,
        (1..=9, b'.' | b')') => Some(text[..digits].parse().ok()?),
        _ => return None,
    };
    let behind = &text[digits + 1..];
    let width = indent(line) + digits + 1;
    let sign = Sign { byte, number };
    match indent(behind) {
        _ if is_empty(behind) => Some((sign, width + 1, "")),
        0 => None,
        columns @ 1..=CODE => Some((sign, width + columns, outdent(behind, columns))),
        // What stands further in is code within the item.
        _ => Some((sign, width + 1, outdent(behind, 1))),
    }
}
