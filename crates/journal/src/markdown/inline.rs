//! From the text of a paragraph to its words, marks and links. Marks are paired as CommonMark says; how many may be open at a
//! time is bounded, so that no text takes longer than its length.

use std::ops::Range;

use super::{Event, Tag};

/// Marks that may be open at a time, and brackets. Older ones are then text.
const OPEN: usize = 64;
/// Backticks that may begin a piece of code.
const TICKS: usize = 32;
/// Brackets that an address may have within one another.
const BRACKETS: usize = 32;

/// Says what a text is made of.
pub(super) fn inline(text: &str, tell: &mut dyn FnMut(Event<'_>)) {
    let mut scanner =
        Scanner { text, at: 0, from: 0, pieces: Vec::new(), links: Vec::new(), brackets: Vec::new() };
    scanner.scan();
    let Scanner { mut pieces, links, .. } = scanner;
    pair(&mut pieces);
    for piece in &pieces {
        match piece {
            Piece::Text(at) => tell(Event::Text(&text[at.clone()])),
            Piece::Sign(sign) => tell(Event::Text(sign)),
            Piece::Break => tell(Event::Break),
            Piece::Code(code) => {
                tell(Event::Start(Tag::Code));
                tell(Event::Text(code));
                tell(Event::End(Tag::Code));
            }
            Piece::Start(link) => tell(Event::Start(links[*link].tag())),
            Piece::End(link) => tell(Event::End(links[*link].tag())),
            Piece::Run(run) => {
                run.ends.iter().for_each(|tag| tell(Event::End(*tag)));
                if run.left > 0 {
                    tell(Event::Text(&text[run.at..run.at + run.left]));
                }
                run.starts.iter().rev().for_each(|tag| tell(Event::Start(*tag)));
            }
        }
    }
}

enum Piece {
    Text(Range<usize>),
    /// What stands for a sign that was written in another way.
    Sign(&'static str),
    Break,
    Code(String),
    Run(Run),
    /// A link or picture by its place among all of them.
    Start(usize),
    End(usize),
}

struct Link {
    address: String,
    picture: bool,
}

impl Link {
    fn tag(&self) -> Tag<'_> {
        if self.picture { Tag::Picture(&self.address) } else { Tag::Link(&self.address) }
    }
}

/// Some of one mark in a row: `**`.
struct Run {
    byte: u8,
    at: usize,
    length: usize,
    /// How many of them are not part of a pair.
    left: usize,
    opens: bool,
    closes: bool,
    ends: Vec<Tag<'static>>,
    starts: Vec<Tag<'static>>,
}

/// A bracket that may begin a link or picture.
struct Bracket {
    piece: usize,
    picture: bool,
    /// Whether it may still: no link stands in another.
    may: bool,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Where the words begin that are in no piece yet.
    from: usize,
    pieces: Vec<Piece>,
    links: Vec<Link>,
    brackets: Vec<Bracket>,
}

impl Scanner<'_> {
    fn scan(&mut self) {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'\\' => self.escape(),
                b'\n' => {
                    self.words(true);
                    self.piece(Piece::Break, 1);
                }
                b'`' => self.code(),
                b'*' | b'_' | b'~' => self.run(byte),
                b'[' => self.bracket(1),
                b'!' if self.rest().starts_with("![") => self.bracket(2),
                b']' => self.close(),
                b'<' => self.address(),
                b'&' => self.entity(),
                _ => self.at += 1,
            }
        }
        self.words(true);
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Makes a piece of the words up to here.
    fn words(&mut self, trim: bool) {
        let words = &self.text[self.from..self.at];
        let words = if trim { words.trim_end_matches([' ', '\t']) } else { words };
        if !words.is_empty() {
            self.pieces.push(Piece::Text(self.from..self.from + words.len()));
        }
        self.from = self.at;
    }

    /// Adds a piece that takes so many bytes.
    fn piece(&mut self, piece: Piece, bytes: usize) {
        self.words(false);
        self.pieces.push(piece);
        self.at += bytes;
        self.from = self.at;
    }

    fn escape(&mut self) {
        match self.text.as_bytes().get(self.at + 1) {
            Some(b'\n') => self.piece(Piece::Break, 2),
            Some(byte) if byte.is_ascii_punctuation() => {
                self.words(false);
                self.from = self.at + 1;
                self.at += 2;
            }
            _ => self.at += 1,
        }
    }

    fn entity(&mut self) {
        let rest = self.rest();
        match ENTITIES.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, sign)) => self.piece(Piece::Sign(sign), name.len()),
            None => self.at += 1,
        }
    }

    fn code(&mut self) {
        let ticks = count(self.rest(), b'`');
        let mut end = self.at + ticks;
        while ticks <= TICKS
            && let Some(next) = self.text[end..].find('`')
        {
            end += next;
            let closing = count(&self.text[end..], b'`');
            if closing == ticks {
                let code = self.text[self.at + ticks..end].replace('\n', " ");
                let bare = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
                let code = bare.filter(|_| !code.trim().is_empty()).unwrap_or(&code).to_owned();
                return self.piece(Piece::Code(code), end + ticks - self.at);
            }
            end += closing;
        }
        self.at += ticks;
    }

    fn run(&mut self, byte: u8) {
        let length = count(self.rest(), byte);
        let before = self.text[..self.at].chars().next_back().unwrap_or(' ');
        let after = self.text[self.at + length..].chars().next().unwrap_or(' ');
        let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let left = !after.is_whitespace() && (!sign(after) || before.is_whitespace() || sign(before));
        let right = !before.is_whitespace() && (!sign(before) || after.is_whitespace() || sign(after));
        let (opens, closes) = match (byte, length) {
            (b'*', _) => (left, right),
            (b'~', 2) => (!after.is_whitespace(), right),
            (b'~', 3..) => (false, false),
            // An underscore within a word is part of it, and so is a single tilde.
            _ => (left && (!right || sign(before)), right && (!left || sign(after))),
        };
        let (ends, starts) = (Vec::new(), Vec::new());
        let run = Run { byte, at: self.at, length, left: length, opens, closes, ends, starts };
        self.piece(Piece::Run(run), length);
    }

    fn bracket(&mut self, bytes: usize) {
        self.words(false);
        if self.brackets.len() == OPEN {
            self.brackets.remove(0);
        }
        self.brackets.push(Bracket { piece: self.pieces.len(), picture: bytes == 2, may: true });
        self.piece(Piece::Text(self.at..self.at + bytes), bytes);
    }

    /// A bracket that closes: with an address behind it, what it encloses is a link or a picture.
    fn close(&mut self) {
        let found = self.brackets.pop().filter(|bracket| bracket.may);
        let Some((bracket, (address, bytes))) = found.zip(target(&self.text[self.at + 1..])) else {
            self.at += 1;
            return;
        };
        self.words(false);
        let inside = &mut self.pieces[bracket.piece + 1..];
        pair(inside);
        for piece in inside {
            if let Piece::Run(run) = piece {
                (run.opens, run.closes) = (false, false);
            }
        }
        let number = self.links.len();
        self.links.push(Link { address, picture: bracket.picture });
        self.pieces[bracket.piece] = Piece::Start(number);
        self.piece(Piece::End(number), 1 + bytes);
        if !bracket.picture {
            self.brackets.iter_mut().for_each(|outer| outer.may = outer.picture && outer.may);
        }
    }

    /// `<https://…>`
    fn address(&mut self) {
        let inside = &self.rest()[1..];
        let end = inside.find(|c: char| matches!(c, '<' | '>') || c.is_whitespace() || c.is_control());
        let address = end.filter(|end| inside[*end..].starts_with('>')).map(|end| &inside[..end]);
        let scheme = address.and_then(|address| address.split_once(':')).map_or("", |(scheme, _)| scheme);
        let known = (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'));
        match address.filter(|_| known).map(str::to_owned) {
            Some(address) => {
                let (number, start, length) = (self.links.len(), self.at + 1, address.len());
                self.links.push(Link { address, picture: false });
                self.piece(Piece::Start(number), 1);
                self.piece(Piece::Text(start..start + length), length);
                self.piece(Piece::End(number), 1);
            }
            None => self.at += 1,
        }
    }
}

const ENTITIES: [(&str, &str); 5] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")];

/// How many of a byte a text begins with.
fn count(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|next| *next == byte).count()
}

/// Pairs the marks that open with those that close.
fn pair(pieces: &mut [Piece]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..pieces.len() {
        let (before, from) = pieces.split_at_mut(at);
        let Some(Piece::Run(run)) = from.first_mut() else { continue };
        while run.closes && run.left > 0 {
            let opener =
                open.iter().rposition(|place| run_at(before, *place).is_some_and(|one| one.fits(run)));
            let Some(place) = opener else { break };
            open.truncate(place + 1);
            let Some(opener) = run_at(before, open[place]) else { break };
            let marks = if opener.left >= 2 && run.left >= 2 { 2 } else { 1 };
            let tag = match (run.byte, marks) {
                (b'~', _) => Tag::Strikethrough,
                (_, 2) => Tag::Strong,
                _ => Tag::Emphasis,
            };
            opener.left -= marks;
            opener.starts.push(tag);
            run.left -= marks;
            run.ends.push(tag);
            if opener.left == 0 {
                open.pop();
            }
        }
        if run.opens && run.left > 0 {
            if open.len() == OPEN {
                open.remove(0);
            }
            open.push(at);
        }
    }
}

fn run_at(pieces: &mut [Piece], at: usize) -> Option<&mut Run> {
    match pieces.get_mut(at) {
        Some(Piece::Run(run)) => Some(run),
        _ => None,
    }
}

impl Run {
    /// Whether this mark may be closed by that one.
    fn fits(&self, closing: &Self) -> bool {
        if self.byte != closing.byte {
            return false;
        }
        if self.byte == b'~' {
            return self.length == closing.length;
        }
        // Rule 9 and 10 of CommonMark: what could both open and close pairs only with what it surely belongs to.
        let unsure = self.closes || closing.opens;
        let thirds = self.length.is_multiple_of(3) && closing.length.is_multiple_of(3);
        !unsure || thirds || !(self.length + closing.length).is_multiple_of(3)
    }
}

/// `(address "title")`: the address, and how many bytes all of it takes.
fn target(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('(')?.trim_start_matches([' ', '\t', '\n']);
    let (address, rest) = match inside.strip_prefix('<') {
        Some(inner) => {
            let end = end_of(inner, |c| matches!(c, '>' | '<' | '\n'))?;
            (&inner[..end], inner[end..].strip_prefix('>')?)
        }
        None => {
            let mut depth = 0;
            let end = end_of(inside, |c| {
                match c {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                depth < 0 || depth > BRACKETS as i32 || c.is_ascii_whitespace() || c.is_ascii_control()
            });
            inside.split_at(end?)
        }
    };
    let behind = rest.trim_start_matches([' ', '\t', '\n']);
    let rest = if behind.len() < rest.len() { title(behind).unwrap_or(behind) } else { behind };
    let rest = rest.trim_start_matches([' ', '\t', '\n']).strip_prefix(')')?;
    Some((plain(address), text.len() - rest.len()))
}

/// What follows a title in quotation marks or brackets; the title itself is shown nowhere.
fn title(text: &str) -> Option<&str> {
    let close = match text.chars().next()? {
        '(' => ')',
        quote @ ('"' | '\'') => quote,
        _ => return None,
    };
    let inside = &text[1..];
    let end = end_of(inside, |c| c == close || (close == ')' && c == '('))?;
    inside[end..].strip_prefix(close)
}

/// Where a text has a sign that is meant and not escaped.
fn end_of(text: &str, mut is_end: impl FnMut(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if !escaped && is_end(c) {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// An address without what escapes its signs.
fn plain(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some(at) = rest.find(['\\', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
        let (sign, bytes) = match entity {
            Some((name, sign)) => (*sign, name.len()),
            None if rest.starts_with('\\') && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                (&rest[1..2], 2)
            }
            None => (&rest[..1], 1),
        };
        out.push_str(sign);
        rest = &rest[bytes..];
    }
    out.push_str(rest);
    out
}
