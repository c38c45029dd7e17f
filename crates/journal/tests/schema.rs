//! The published schema (`docs/journal.schema.json`) and what this crate writes agree.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

use journal::{Moment, Record, RecordId, export};
use serde_json::{Value, json};

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/journal.schema.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// As much of JSON Schema as ours uses; a word that is not here fails the test.
fn faults(schema: &Value, whole: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    let Value::Object(rules) = schema else { panic!("{at}: a schema is an object") };
    let mut fault = |right: bool, rule: &str| {
        if !right {
            out.push(format!("{at}: {rule}"));
        }
    };
    let number = value.as_f64();
    for (rule, wanted) in rules {
        match rule.as_str() {
            "type" => {
                let is = match wanted.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    other => panic!("{other}"),
                };
                fault(is, rule);
            }
            "const" => fault(value == wanted, rule),
            "enum" => fault(wanted.as_array().unwrap().contains(value), rule),
            "minimum" => fault(number.is_none_or(|number| number >= wanted.as_f64().unwrap()), rule),
            "maximum" => fault(number.is_none_or(|number| number <= wanted.as_f64().unwrap()), rule),
            "maxLength" => {
                fault(
                    value.as_str().is_none_or(|text| text.chars().count() as u64 <= wanted.as_u64().unwrap()),
                    rule,
                );
            }
            "maxItems" => {
                fault(value.as_array().is_none_or(|list| list.len() as u64 <= wanted.as_u64().unwrap()), rule)
            }
            "required" => {
                for name in wanted.as_array().unwrap() {
                    fault(value.get(name.as_str().unwrap()).is_some(), &format!("{rule} {name}"));
                }
            }
            "pattern" => fault(value.as_str().is_none_or(|text| like(wanted.as_str().unwrap(), text)), rule),
            "properties" | "items" | "$ref" | "allOf" | "if" | "then" => {}
            "$schema" | "$defs" | "title" | "description" => {}
            other => panic!("{at}: {other} is not known here"),
        }
    }
    if let (Some(Value::Object(all)), Value::Object(fields)) = (rules.get("properties"), value) {
        for (name, schema) in all {
            if let Some(value) = fields.get(name) {
                faults(schema, whole, value, &format!("{at}.{name}"), out);
            }
        }
    }
    if let (Some(schema), Value::Array(list)) = (rules.get("items"), value) {
        for (place, value) in list.iter().enumerate() {
            faults(schema, whole, value, &format!("{at}[{place}]"), out);
        }
    }
    if let Some(name) = rules.get("$ref") {
        let target = whole.pointer(name.as_str().unwrap().trim_start_matches('#')).unwrap();
        faults(target, whole, value, at, out);
    }
    for schema in rules.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        faults(schema, whole, value, at, out);
    }
    if let (Some(condition), Some(then)) = (rules.get("if"), rules.get("then")) {
        let mut against = Vec::new();
        faults(condition, whole, value, at, &mut against);
        if against.is_empty() {
            faults(then, whole, value, at, out);
        }
    }
}

/// The patterns of our schema: classes of one kind of sign, counted, and signs that stand for themselves.
fn like(pattern: &str, text: &str) -> bool {
    let mut pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let mut text = text.bytes();
    while !pattern.is_empty() {
        let (class, rest) = if let Some(inner) = pattern.strip_prefix('[') {
            inner.split_once(']').unwrap()
        } else {
            let sign = pattern.trim_start_matches('\\');
            pattern = &sign[1..];
            if text.next() != Some(sign.as_bytes()[0]) {
                return false;
            }
            continue;
        };
        let (count, rest) = match rest.strip_prefix('{') {
            Some(rest) => rest.split_once('}').map(|(count, rest)| (count.parse().unwrap(), rest)).unwrap(),
            None => (1, rest),
        };
        let fits = |byte: u8| match class {
            "0-9" => byte.is_ascii_digit(),
            "0-9a-f" => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            "+-" => byte == b'+' || byte == b'-',
            other => panic!("{other}"),
        };
        if !(0..count).all(|_| text.next().is_some_and(fits)) {
            return false;
        }
        pattern = rest;
    }
    text.next().is_none()
}

fn examples() -> Vec<(RecordId, Record)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/examples");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let records = files.map(|path| Record::from_json(&std::fs::read(path).unwrap()).unwrap());
    (1u64..).map(|at| format!("{at:032x}").parse().unwrap()).zip(records).collect()
}

#[test]
fn what_is_exported_is_what_the_schema_says() {
    let schema = schema();
    let export: Value =
        serde_json::from_slice(&export::json(&examples(), Moment::new(0, 0).unwrap())).unwrap();
    let mut out = Vec::new();
    faults(&schema, &schema, &export, "$", &mut out);
    assert_eq!(out, Vec::<String>::new());
}

#[test]
fn the_schema_names_every_field_that_is_written() {
    let schema = schema();
    for (_, record) in examples() {
        let kind = record.kind();
        let Some(known) = schema.pointer(&format!("/$defs/{}/properties", kind.as_str())) else { continue };
        let common = schema.pointer("/$defs/record/properties").unwrap();
        let value: Value = serde_json::from_slice(&record.to_json().unwrap()).unwrap();
        for name in value.as_object().unwrap().keys() {
            assert!(known.get(name).is_some() || common.get(name).is_some(), "{}: {name}", kind.as_str());
        }
    }
}

#[test]
fn the_schema_refuses_what_the_crate_refuses() {
    let schema = schema();
    let record = |fields: Value| {
        let mut record = json!({ "v": 1, "kind": "check-in", "day": "2026-11-26",
            "written": "2026-11-26T23:15:00.000+01:00", "changed": "2026-11-26T23:15:00.000+01:00" });
        record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        record
    };
    let refused = |record: &Value| {
        let mut out = Vec::new();
        faults(schema.pointer("/$defs/record").unwrap(), &schema, record, "$", &mut out);
        !out.is_empty()
    };
    assert!(!refused(&record(json!({}))));
    for fields in [
        json!({ "mood": 11 }),
        json!({ "mood": -1 }),
        json!({ "mood": 1.5 }),
        json!({ "mood": "1" }),
        json!({ "day": "26-11-2026" }),
        json!({ "written": "2026-11-26" }),
        json!({ "v": 2 }),
        json!({ "tags": "a" }),
    ] {
        let record = record(fields);
        assert!(refused(&record), "{record}");
        assert!(Record::from_json(record.to_string().as_bytes()).is_err(), "{record}");
    }
}
