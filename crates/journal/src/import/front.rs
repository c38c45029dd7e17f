//! Front matter of Markdown files: the few forms of YAML that people and programs write there. What is none of them is left
//! alone.

use order::Map;

use crate::json::{self, Json, Value};

/// What stands between two lines of three hyphens at the start, by key in lower case, and what follows.
pub(super) fn split(text: &str) -> (Map<String, Vec<String>>, &str) {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return (Map::default(), text);
    }
    let mut at = first.len();
    let mut fields: Map<String, Vec<String>> = Map::default();
    let mut last = None;
    for line in lines {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return (fields, &text[at..]);
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some(values) = last.as_ref().and_then(|key| fields.get_mut(key)) {
                values.extend(scalar(item));
            }
        } else if line.starts_with(' ') && !line.trim_start().starts_with('#') {
            // The value goes on, in a form that is not taken apart: it says something all the same.
            if let Some(values) = last.as_ref().and_then(|key| fields.get_mut(key)) {
                values.extend(scalar(line));
            }
        } else if let Some((key, value)) =
            line.split_once(':').filter(|(key, _)| !key.starts_with([' ', '#']))
        {
            let key = key.trim().to_lowercase();
            fields.insert(key.clone(), list(value.trim()));
            last = Some(key);
        }
    }
    // It was never closed, so it was none.
    (Map::default(), text)
}

fn list(value: &str) -> Vec<String> {
    if let Some(all) = json::read(value.as_bytes()).ok().and_then(Vec::from_value) {
        return all;
    }
    match value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => inner.split(',').filter_map(scalar).collect(),
        None => scalar(value).into_iter().collect(),
    }
}

fn scalar(value: &str) -> Option<String> {
    let value = value.trim();
    if value.starts_with('"')
        && let Ok(Value::String(text)) = json::read(value.as_bytes())
    {
        return Some(text);
    }
    let text = match value.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')) {
        Some(inner) => inner.replace("''", "'"),
        None => value.split(" #").next().unwrap_or_default().trim_matches('"').trim().to_owned(),
    };
    (!text.is_empty() && text != "null" && text != "~").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_read() {
        let text = "---\nTitle: \"A \\\"b\\\": c\"\ndate: 2024-05-17 # a comment\ntags:\n  - one\n- 'it''s'\nlist: [a, \"b\", ]\nempty:\nplace:\n  # where\n  city: Rome\n---\nbody\n---\n";
        let (fields, body) = split(text);
        let get = |key: &str| fields.get(key).cloned().unwrap_or_default();
        assert_eq!(get("title"), ["A \"b\": c"]);
        assert_eq!(get("date"), ["2024-05-17"]);
        assert_eq!(get("tags"), ["one", "it's"]);
        assert_eq!(get("list"), ["a", "b"]);
        assert!(get("empty").is_empty());
        assert_eq!(get("place"), ["city: Rome"]);
        assert_eq!(body, "body\n---\n");
    }

    #[test]
    fn what_is_not_closed_is_text() {
        for text in ["---\ntitle: x\nbody", "--- \nx", "# a\n---\nb: c\n---\n", ""] {
            assert_eq!(split(text), (Map::default(), text));
        }
    }
}
