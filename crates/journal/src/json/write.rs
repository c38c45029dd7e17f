//! From a tree to text.

use serde_json::Value;

use super::number;

/// As text without any white space. The same text for the same tree.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    put(&mut out, value, None);
    out
}

/// As text for people, within something that stands so many levels deep: each member on a line of its own, two blanks a level.
pub fn write_pretty(value: &Value, depth: usize) -> String {
    let mut out = String::new();
    put(&mut out, value, Some(depth));
    out
}

fn put(out: &mut String, value: &Value, depth: Option<usize>) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => number::write(out, number),
        Value::String(text) => put_text(out, text),
        Value::Array(members) => {
            out.push('[');
            let inner = depth.map(|depth| depth + 1);
            for (at, member) in members.iter().enumerate() {
                begin(out, at, inner);
                put(out, member, inner);
            }
            end(out, members.is_empty(), depth);
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            let inner = depth.map(|depth| depth + 1);
            for (at, (name, value)) in fields.iter().enumerate() {
                begin(out, at, inner);
                put_text(out, name);
                out.push_str(if inner.is_some() { ": " } else { ":" });
                put(out, value, inner);
            }
            end(out, fields.is_empty(), depth);
            out.push('}');
        }
    }
}

fn begin(out: &mut String, at: usize, depth: Option<usize>) {
    if at > 0 {
        out.push(',');
    }
    new_line(out, depth);
}

fn end(out: &mut String, empty: bool, depth: Option<usize>) {
    if !empty {
        new_line(out, depth);
    }
}

fn new_line(out: &mut String, depth: Option<usize>) {
    if let Some(depth) = depth {
        out.push('\n');
        (0..depth).for_each(|_| out.push_str("  "));
    }
}

fn put_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|c| matches!(c, '"' | '\\' | ..'\u{20}')) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x8 => out.push_str("\\b"),
            0xc => out.push_str("\\f"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                out.push_str("\\u00");
                for digit in [control >> 4, control & 15] {
                    out.push(char::from_digit(digit.into(), 16).unwrap_or_default());
                }
            }
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}
