//! The routes of the API document, each with a path and a body as the document shows them.

use std::collections::HashSet;

use reqwest::Method;
use serde_json::{Map, Value, json};
use testkit::Stage;

use crate::market::text;

/// What the document's ids of things that aren't there end with, whatever kind of thing they name.
pub const NOWHERE: &str = "_01ja7krygge008000000000001";

/// One route of the API document.
pub struct Route {
    /// `GET /api/v1/orders/{id}`
    pub name: String,
    pub method: Method,
    /// With ids of things that aren't there.
    pub path: String,
    /// Where it takes JSON.
    pub body: Option<Body>,
    pub takes_cursor: bool,
    pub takes_key: bool,
    pub is_public: bool,
}

/// What a route's body is made of.
pub struct Body {
    /// With ids of things that aren't there.
    pub example: Value,
    pub fields: Vec<Field>,
}

/// A field of a body, however deep.
pub struct Field {
    /// In RFC 6901's form.
    pub pointer: String,
    /// The schemas one of which it must meet.
    shapes: Vec<Value>,
}

pub async fn routes(stage: &Stage) -> Vec<Route> {
    let document = Document(stage.anonymous().get("/openapi.json").await.ok());
    document.must_be_whole(&document.0);
    let (mut routes, mut names) = (Vec::new(), HashSet::new());
    for (path, item) in document.0["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(names.insert(text(&operation["operationId"]).to_owned()), "two operations {}", operation["operationId"]);
            let method: Method = method.to_uppercase().parse().unwrap();
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            routes.push(Route {
                name: format!("{method} {path}"),
                method,
                path: document.filled(path, &parameters),
                body: operation.pointer("/requestBody/content/application~1json").map(|content| document.body(content)),
                takes_cursor: parameters.iter().any(|parameter| parameter["name"] == "cursor"),
                takes_key: parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key"),
                is_public: operation["security"].as_array().is_some_and(|ways| ways.contains(&json!({}))),
            });
        }
    }
    assert!(routes.len() > 60, "{} routes", routes.len());
    routes
}

struct Document(Value);

impl Document {
    /// Every reference leads somewhere.
    fn must_be_whole(&self, part: &Value) {
        if let Some(place) = part["$ref"].as_str() {
            assert!(self.0.pointer(place.trim_start_matches('#')).is_some(), "{place} leads nowhere");
        }
        for inner in part.as_array().into_iter().flatten().chain(part.as_object().into_iter().flat_map(Map::values)) {
            self.must_be_whole(inner);
        }
    }

    fn filled(&self, path: &str, parameters: &[Value]) -> String {
        let needed = parameters.iter().filter(|parameter| parameter["in"] != "header" && parameter["required"] == true);
        needed.fold(path.to_owned(), |path, parameter| {
            let (name, shown) = (text(&parameter["name"]), self.shown(&path, parameter));
            match text(&parameter["in"]) {
                "query" => format!("{path}?{name}={shown}"),
                _ => path.replace(&format!("{{{name}}}"), &shown),
            }
        })
    }

    /// What stands in a parameter's place: an id, but for the two that name no thing.
    fn shown(&self, path: &str, parameter: &Value) -> String {
        match (path, text(&parameter["name"])) {
            ("/api/v1/usernames/{name}", "name") | ("/api/v1/webhooks/{provider}", "provider") => {
                text(&parameter["example"]).to_owned()
            }
            (_, "place") => "1".to_owned(),
            (_, "shop") => format!("shp{NOWHERE}"),
            ("/api/v1/users/me/preview", "as") => text(&parameter["example"]).to_owned(),
            (_, "user" | "ids") => format!("usr{NOWHERE}"),
            _ => {
                let shown = self.example(&parameter["schema"]);
                assert!(text(&shown).ends_with(NOWHERE), "nobody knows what {parameter} of {path} names");
                text(&shown).to_owned()
            }
        }
    }

    fn body(&self, content: &Value) -> Body {
        let schema = &content["schema"];
        let example = content.get("example").cloned().unwrap_or_else(|| self.example(schema));
        Body { example, fields: self.fields(schema, "") }
    }

    /// The schemas one of which must be met: references followed, alternatives laid side by side.
    fn shapes<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        if let Some(place) = schema["$ref"].as_str() {
            let found = self.0.pointer(place.trim_start_matches('#'));
            return self.shapes(found.unwrap_or_else(|| panic!("{place} leads nowhere")));
        }
        match schema["oneOf"].as_array() {
            Some(ways) => ways.iter().flat_map(|way| self.shapes(way)).collect(),
            None => vec![schema],
        }
    }

    /// A schema's own example, or one made of its fields' examples.
    fn example(&self, schema: &Value) -> Value {
        let shape = self.shapes(schema)[0];
        let shown = [shape.get("example"), shape.pointer("/examples/0"), shape.pointer("/enum/0")];
        match (shown.into_iter().flatten().next(), shape["properties"].as_object()) {
            (Some(shown), _) => shown.clone(),
            (None, Some(fields)) => fields.iter().map(|(name, field)| (name.clone(), self.example(field))).collect(),
            (None, None) if shape["type"] == "array" => json!([]),
            _ => panic!("{shape} has no example"),
        }
    }

    fn fields(&self, schema: &Value, at: &str) -> Vec<Field> {
        let mut found = Vec::new();
        for shape in self.shapes(schema) {
            let named = shape["properties"].as_object().into_iter().flatten().map(|(name, field)| (name.as_str(), field));
            for (name, field) in named.chain(shape.get("items").map(|item| ("0", item))) {
                let pointer = format!("{at}/{name}");
                found.extend(self.fields(field, &pointer));
                found.push(Field { pointer, shapes: self.shapes(field).into_iter().cloned().collect() });
            }
        }
        found
    }
}

impl Field {
    /// The body with `value` in this field's place.
    pub fn put(&self, body: &Value, value: Value) -> Value {
        let mut body = body.clone();
        let mut place = &mut body;
        // What the example leaves out is made around the field.
        for word in self.pointer.split('/').skip(1) {
            if word == "0" {
                if !place.is_array() {
                    *place = json!([]);
                }
                let list = place.as_array_mut().unwrap();
                if list.is_empty() {
                    list.push(Value::Null);
                }
                place = list.first_mut().unwrap();
            } else {
                if !place.is_object() {
                    *place = json!({});
                }
                place = place.as_object_mut().unwrap().entry(word).or_insert(Value::Null);
            }
        }
        *place = value;
        body
    }

    /// Values of types this field never has: some of every type, and what `body` has here in another type's clothes.
    pub fn wrong(&self, body: &Value) -> Vec<Value> {
        let foreign = format!("odd{NOWHERE}");
        let odd = json!([null, true, 7, 1.5, "text", "", foreign, [], [[1]], {}, {"a": {"b": 1}}]);
        let odd = odd.as_array().unwrap().clone().into_iter().filter(|odd| !self.shapes.iter().any(|shape| takes(shape, odd)));
        odd.chain(body.pointer(&self.pointer).map(disguised).unwrap_or_default()).collect()
    }
}

/// What a careless reader would take for this value.
fn disguised(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(_) | Value::Number(_) => vec![json!(value.to_string())],
        Value::String(word) => vec![json!({word: null}), json!([word])],
        Value::Object(fields) => vec![fields.values().cloned().collect(), fields.values().rev().cloned().collect()],
        Value::Null | Value::Array(_) => vec![],
    }
}

/// Whether a value is of a schema's type; a text among few or of one form is none of theirs.
fn takes(shape: &Value, value: &Value) -> bool {
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_free = ["enum", "pattern", "format"].iter().all(|limit| shape.get(limit).is_none());
    let types = &shape["type"];
    (types == name || types.as_array().is_some_and(|types| types.contains(&json!(name)))) && (is_free || !value.is_string())
}
