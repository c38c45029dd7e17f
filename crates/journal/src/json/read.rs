//! From text to a tree.

use serde_json::{Map, Value};

use super::number;

/// How deep lists and objects may stand in one another.
const DEEPEST: usize = 127;

/// Where a text is not JSON: line and column, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line.
    pub line: usize,
    /// The byte of the line.
    pub column: usize,
}

/// Reads JSON. Of two fields of one name the later counts.
///
/// # Errors
/// [`Fault`] for what is not JSON in UTF-8, goes on after its end, or is more than 127 deep.
pub fn read(json: &[u8]) -> Result<Value, Fault> {
    let mut reader = Reader { json, at: 0, depth: 0 };
    let value = reader.value().filter(|_| {
        reader.blanks();
        reader.at == json.len()
    });
    value.ok_or_else(|| {
        let before = &json[..reader.at.min(json.len())];
        let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        Fault { line: lines + 1, column: before.len() - line + 1 }
    })
}

struct Reader<'j> {
    json: &'j [u8],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.json.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.next() {
            self.at += 1;
        }
    }

    /// Goes over a sign if it is next.
    fn eat(&mut self, sign: u8) -> bool {
        let there = self.next() == Some(sign);
        self.at += usize::from(there);
        there
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let there = self.json[self.at..].starts_with(word.as_bytes());
        there.then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self) -> Option<Value> {
        self.blanks();
        match self.next()? {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'"' => self.text().map(Value::String),
            b'[' => self.within(Self::list),
            b'{' => self.within(Self::object),
            _ => {
                let (number, length) = number::read(&self.json[self.at..])?;
                self.at += length;
                Some(Value::Number(number))
            }
        }
    }

    fn within(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Option<Value> {
        let mut members = Vec::new();
        self.blanks();
        if self.eat(b']') {
            return Some(Value::Array(members));
        }
        loop {
            members.push(self.value()?);
            self.blanks();
            if self.eat(b']') {
                return Some(Value::Array(members));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn object(&mut self) -> Option<Value> {
        let mut fields = Map::new();
        self.blanks();
        if self.eat(b'}') {
            return Some(Value::Object(fields));
        }
        loop {
            self.blanks();
            let name = self.text()?;
            self.blanks();
            self.eat(b':').then_some(())?;
            let value = self.value()?;
            fields.insert(name, value);
            self.blanks();
            if self.eat(b'}') {
                return Some(Value::Object(fields));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn text(&mut self) -> Option<String> {
        self.eat(b'"').then_some(())?;
        let mut text = String::new();
        loop {
            let rest = &self.json[self.at..];
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20))?;
            text.push_str(std::str::from_utf8(&rest[..plain]).ok()?);
            self.at += plain;
            if self.eat(b'"') {
                return Some(text);
            }
            self.eat(b'\\').then_some(())?;
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let sign = self.next()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                // A letter beyond the first 65,536 is two units, of which neither stands alone.
                let second = if first & 0xfc00 == 0xd800 {
                    (self.eat(b'\\') && self.eat(b'u')).then_some(())?;
                    Some(self.unit()?)
                } else {
                    None
                };
                char::decode_utf16([first].into_iter().chain(second)).next()?.ok()?
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.json.get(self.at..self.at + 4)?;
        let mut unit = 0;
        for digit in digits {
            unit = unit << 4 | char::from(*digit).to_digit(16)?;
        }
        self.at += 4;
        u16::try_from(unit).ok()
    }
}
