//! Examples in full, made of the examples that stand at single fields: every body and every answer of the document has one.

use serde_json::{Map, Value, json};
use utoipa::openapi::{OpenApi, RefOr, path::Operation};

/// Gives every JSON body and answer that shows nothing yet an example, where its fields say enough to make one.
pub(super) fn complete(document: &mut OpenApi) {
    let schemas = document.components.as_ref().map(|components| serde_json::to_value(&components.schemas));
    let Some(Ok(schemas)) = schemas else { return };
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        operations.into_iter().flatten().for_each(|operation| show(&schemas, operation));
    }
}

fn show(schemas: &Value, operation: &mut Operation) {
    let bodies = operation.request_body.iter_mut().filter_map(written).flat_map(|body| body.content.iter_mut());
    let answers = operation.responses.responses.iter_mut().filter(|(status, _)| *status != "default");
    let answers = answers.filter_map(|(_, answer)| written(answer)).flat_map(|answer| answer.content.iter_mut());
    for (kind, content) in bodies.chain(answers) {
        let Some(content) = written(content).filter(|content| content.example.is_none() && content.examples.is_empty()) else {
            continue;
        };
        if kind == "application/json" {
            let schema = content.schema.as_ref().and_then(|schema| serde_json::to_value(schema).ok());
            content.example = schema.and_then(|schema| made(schemas, &schema));
        }
    }
}

/// What is written out at its place; what stands elsewhere is shown there.
fn written<T>(part: &mut RefOr<T>) -> Option<&mut T> {
    if let RefOr::T(part) = part { Some(part) } else { None }
}

/// A schema's own example, or one made of its parts; `None` where a part that must be there shows nothing.
fn made(schemas: &Value, schema: &Value) -> Option<Value> {
    if let Some(place) = schema.get("$ref").and_then(Value::as_str) {
        return made(schemas, schemas.get(place.rsplit('/').next()?)?);
    }
    let own = [schema.get("example"), schema.pointer("/examples/0"), schema.pointer("/enum/0")];
    if let Some(own) = own.into_iter().flatten().next() {
        return Some(own.clone());
    }
    let parts = |name: &str| schema.get(name).and_then(Value::as_array).into_iter().flatten();
    if let Some(way) = parts("oneOf").find_map(|way| made(schemas, way)) {
        return Some(way);
    }
    let all: Option<Vec<Value>> = parts("allOf").map(|part| made(schemas, part)).collect();
    let mut object = Map::new();
    for part in all? {
        object.extend(part.as_object()?.clone());
    }
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        let needed = |name: &str| parts("required").any(|needed| needed == name);
        for (name, field) in fields {
            match made(schemas, field) {
                Some(shown) => drop(object.insert(name.clone(), shown)),
                None if needed(name) => return None,
                None => {}
            }
        }
        return Some(object.into());
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => Some(json!(true)),
        Some("array") => Some(schema.get("items").and_then(|item| made(schemas, item)).into_iter().collect()),
        _ if object.is_empty() => None,
        _ => Some(object.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_made_of_its_parts_and_of_nothing_else() {
        let schemas = json!({
            "Shop": {"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string", "example": "Pens"}, "open": {"type": "boolean"}, "note": {"type": "string"}}},
            "Word": {"type": "string", "enum": ["one", "two"]},
            "Bare": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        });
        let shop = json!({"name": "Pens", "open": true});
        for (schema, expected) in [
            (json!({"$ref": "#/components/schemas/Shop"}), Some(shop.clone())),
            (json!({"type": "array", "items": {"$ref": "#/components/schemas/Shop"}}), Some(json!([shop]))),
            (json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Word"}]}), Some(json!("one"))),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/Shop"}, {"properties": {"id": {"examples": ["shp_1"]}}}]}),
                Some(json!({"name": "Pens", "open": true, "id": "shp_1"})),
            ),
            (json!({"$ref": "#/components/schemas/Bare"}), None),
            (json!({"type": "array", "items": {"type": "string"}}), Some(json!([]))),
        ] {
            assert_eq!(made(&schemas, &schema), expected, "{schema}");
        }
    }
}
