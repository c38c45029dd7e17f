//! The page about the API: the OpenAPI document, read aloud.
//!
//! It shows whatever the document says and knows no operation by itself, so that it cannot fall behind.

use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::{
    page::{Context, Page},
    ui::Heading,
};

const METHODS: [&str; 2] = ["get", "post"];

pub(crate) fn page(context: &Context<'_>) -> Page {
    let document = context.api;
    let root = text(&document["servers"][0]["url"]);
    let groups = items(&document["tags"]).map(|tag| group(document, tag)).collect_view();
    let types =
        entries(&document["components"]["schemas"]).map(|(name, schema)| kind(name, schema)).collect_view();
    let lead = "The library for programs: JSON, reading only, no key.".to_owned();
    let main = view! {
        <Heading title="API".to_owned() lead=lead.clone() />
        <section>
            <p>{prose(&document["info"]["description"])}</p>
            <p>"All addresses begin with "<code>{root.clone()}</code>". The same description for programs, as OpenAPI: "
                <a href="/api/v1/openapi.json">"openapi.json"</a>"."</p>
            <ul>
                <li>"Every answer but a search has an "<code>"ETag"</code>": ask again with "<code>"If-None-Match"</code>", and what has not changed is not sent again."</li>
                <li>"Pages of other sites may read it. No cookie and no credentials are taken."</li>
                <li>"Requests are counted by address, in memory only. "<code>"RateLimit"</code>" says what is left; after 429, "<code>"Retry-After"</code>" says when to come back."</li>
                <li>"What goes wrong is answered as "<code>"application/problem+json"</code>" (RFC 9457)."</li>
            </ul>
        </section>
        {groups}
        <section><h2 id="types">"What is in the answers"</h2>{types}</section>
    };
    Page::new("api", "API", "/api", main).describe(lead)
}

/// The operations of one tag.
fn group(document: &Value, tag: &Value) -> impl IntoView + use<> {
    let name = text(&tag["name"]);
    let operations: Vec<_> = entries(&document["paths"])
        .flat_map(|(path, methods)| METHODS.iter().map(move |method| (path, *method, &methods[*method])))
        .filter(|(_, _, operation)| items(&operation["tags"]).any(|of| of.as_str() == Some(&name)))
        .map(|(path, method, operation)| self::operation(path, method, operation))
        .collect();
    view! { <section><h2>{name}</h2><p>{prose(&tag["description"])}</p>{operations}</section> }
}

fn operation(path: &str, method: &str, operation: &Value) -> impl IntoView + use<> {
    let address = format!("{} {path}", method.to_uppercase());
    let parameters: Vec<_> = items(&operation["parameters"])
        .map(|parameter| {
            let place = if parameter["in"] == "path" { "in the path" } else { "in the query" };
            let needed = parameter["required"].as_bool().unwrap_or(false);
            let given = if needed { place.to_owned() } else { format!("{place}, optional") };
            field(&text(&parameter["name"]), &parameter["schema"], &given, &parameter["description"])
        })
        .collect();
    let body = schema_of(&operation["requestBody"]["content"])
        .map(|schema| view! { <p>"Body: "{described(schema)}"."</p> });
    let answers: Vec<_> = entries(&operation["responses"])
        .map(|(status, answer)| {
            let what = schema_of(&answer["content"]).map(|schema| view! { ": "{described(schema)} });
            view! { <li><code>{status.clone()}</code>" "{prose(&answer["description"])}{what}</li> }
        })
        .collect();
    view! {
        <h3>{text(&operation["summary"])}</h3>
        <p><code>{address}</code></p>
        <p>{prose(&operation["description"])}</p>
        {(!parameters.is_empty()).then(|| view! { <dl class="fields">{parameters}</dl> })}
        {body}
        <ul>{answers}</ul>
    }
}

/// One type of the answers, with its fields.
fn kind(name: &str, schema: &Value) -> impl IntoView + use<> {
    let mut fields = Vec::new();
    collect(schema, &mut fields);
    view! {
        <h3 id=format!("type-{name}")>{name.to_owned()}</h3>
        <p>{prose(&schema["description"])}</p>
        {others(schema)}
        {(!fields.is_empty()).then(|| view! { <dl class="fields">{fields}</dl> })}
    }
}

/// The types that a type holds whole.
fn others(schema: &Value) -> impl IntoView + use<> {
    let names = items(&schema["allOf"]).filter_map(referred).collect::<Vec<_>>();
    names
        .into_iter()
        .map(|name| {
            let href = format!("#type-{name}");
            view! { <p>"All that is in "<a href=href>{name}</a>", and:"</p> }
        })
        .collect_view()
}

/// The fields of a type that are its own.
fn collect(schema: &Value, fields: &mut Vec<AnyView>) {
    items(&schema["allOf"]).for_each(|part| collect(part, fields));
    let required: Vec<&str> = items(&schema["required"]).filter_map(Value::as_str).collect();
    for (name, one) in entries(&schema["properties"]) {
        let given = if required.contains(&name.as_str()) { "always" } else { "where there is one" };
        fields.push(field(name, one, given, &one["description"]));
    }
}

fn field(name: &str, schema: &Value, presence: &str, description: &Value) -> AnyView {
    view! {
        <dt><code>{name.to_owned()}</code>" "<span class="facts">{described(schema)}", "{presence.to_owned()}</span></dt>
        <dd>{prose(description)}</dd>
    }
    .into_any()
}

/// A description; what stands between backticks is code.
fn prose(value: &Value) -> AnyView {
    let pieces = value.as_str().unwrap_or_default().split('`').enumerate();
    let pieces = pieces.map(|(at, piece)| match at % 2 {
        0 => piece.to_owned().into_any(),
        _ => view! { <code>{piece.to_owned()}</code> }.into_any(),
    });
    pieces.collect_view().into_any()
}

/// A schema in words, with a link where it has a name.
fn described(schema: &Value) -> AnyView {
    if let Some(name) = referred(schema) {
        let href = format!("#type-{name}");
        return view! { <a href=href>{name}</a> }.into_any();
    }
    if let Some(one) =
        ["oneOf", "anyOf"].iter().flat_map(|of| items(&schema[*of])).find(|one| one["type"] != "null")
    {
        return described(one);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => {
            types.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect()
        }
        other => other.as_str().into_iter().collect(),
    };
    match types.as_slice() {
        ["array"] => view! { "list of "{described(&schema["items"])} }.into_any(),
        ["object"] if schema["additionalProperties"].is_object() => {
            view! { "by key: "{described(&schema["additionalProperties"])} }.into_any()
        }
        _ => {
            let format = schema["format"].as_str().filter(|format| matches!(*format, "date" | "uri"));
            format.map_or_else(|| types.join(" or "), str::to_owned).into_any()
        }
    }
}

fn schema_of(content: &Value) -> Option<&Value> {
    entries(content).map(|(_, content)| &content["schema"]).next()
}

/// The name that a schema refers to.
fn referred(schema: &Value) -> Option<String> {
    schema["$ref"].as_str()?.rsplit('/').next().map(str::to_owned)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
