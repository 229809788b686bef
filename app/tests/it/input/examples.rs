//! What the API document shows, checked against what it says, by somebody else's validator.

use serde_json::{Value, json};

use crate::{broker::run, market::open};

/// Reads the document; prints each example that doesn't meet its own schema, and last how many there were.
const VALIDATE: &str = "
import json, sys, jsonschema
given = json.load(sys.stdin)
count = 0
def check(place, schema, example):
    global count
    count += 1
    validator = jsonschema.Draft202012Validator({**schema, 'components': given['components']}, format_checker=jsonschema.FormatChecker())
    for error in validator.iter_errors(example):
        print(place, error.json_path, error.message[:200])
def walk(place, part):
    if isinstance(part, list):
        for number, inner in enumerate(part): walk(f'{place}/{number}', inner)
    elif isinstance(part, dict):
        schema = part.get('schema', part)
        if 'example' in part and isinstance(schema, dict): check(place, schema, part['example'])
        for example in part.get('examples', []) if isinstance(part.get('examples'), list) else []: check(place, part, example)
        for name, inner in part.items():
            if name not in ('example', 'examples', 'default', 'enum'): walk(f'{place}/{name}', inner)
walk('', given)
print(count)
";

#[tokio::test]
async fn x8_every_example_of_the_document_meets_its_schema() {
    let document = open().await.anonymous().get("/openapi.json").await.ok();
    let said = run(VALIDATE, &document);
    let (wrong, count) = said.trim_end().rsplit_once('\n').unwrap_or(("", said.trim_end()));
    assert_eq!(wrong, "");
    assert!(count.parse::<u32>().unwrap() > 200, "{count} examples");
    // The validator sees what is wrong.
    let mut spoiled = document;
    spoiled["components"]["schemas"]["Currency"]["enum"] = json!(["none"]);
    assert!(run(VALIDATE, &spoiled).contains("is not one of ['none']"));
}

#[tokio::test]
async fn x8_every_body_and_every_answer_is_shown() {
    let document = open().await.anonymous().get("/openapi.json").await.ok();
    let mut bare = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap().iter().filter(|(status, _)| *status != "default");
            let answers: Vec<(&String, &Value)> = answers.collect();
            assert!(answers.iter().any(|(status, _)| status.starts_with('2')), "{method} {path} never succeeds");
            let bodies = operation.get("requestBody").map(|body| ("body", body));
            for (what, part) in bodies.into_iter().chain(answers.iter().map(|(status, answer)| (status.as_str(), *answer))) {
                let contents = part["content"].as_object().into_iter().flatten();
                // Files, and the parts of forms, are shown by nothing that could be read.
                let is_bare = |kind: &str, content: &Value| {
                    kind.ends_with("json") && content.get("example").is_none() && content.get("examples").is_none()
                };
                bare.extend(
                    contents
                        .filter(|(kind, content)| is_bare(kind, content))
                        .map(|(kind, _)| format!("{method} {path}: {what} {kind}")),
                );
            }
        }
    }
    assert!(bare.is_empty(), "fields of theirs have no example: {bare:#?}");
}
