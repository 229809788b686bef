//! Whether the API document speaks of what is answered: in every test, each refusal of a route must be named in its description.

use std::sync::OnceLock;

use axum::http::Method;
use serde_json::Value;

use crate::Reply;

/// As it is committed; `cargo xtask openapi` writes it from the routes.
const DOCUMENT: &str = include_str!("../../../docs/openapi/nexgate.json");

/// Checks the codes of a refusal. Those without a service's name can come from anywhere (docs/errors.md).
pub(crate) fn must_be(method: &Method, path: &str, reply: &Reply) {
    let single = reply.json["errors"].as_array().into_iter().flatten().map(|error| &error["code"]);
    let codes = single.chain([&reply.json["code"]]).filter_map(Value::as_str).filter(|code| code.contains('.'));
    let is_problem = reply.headers.get("content-type").is_some_and(|kind| kind == "application/problem+json");
    let Some(said) = description(method, path).filter(|_| is_problem) else { return };
    for code in codes {
        assert!(
            said.contains(&format!("`{code}`")),
            "{method} {path} answers `{code}`, and its description doesn't say so: {said}"
        );
    }
}

/// What the document says of this route; `None` where there is no such route, as in tests of the machinery.
fn description(method: &Method, path: &str) -> Option<String> {
    static READ: OnceLock<Value> = OnceLock::new();
    let document = READ.get_or_init(|| serde_json::from_str(DOCUMENT).expect("the document is JSON"));
    let path = path.split('?').next().unwrap_or_default();
    let routes = document["paths"].as_object().expect("the document has paths").iter();
    // `users/me` is no user of that name.
    let (_, item) =
        routes.filter_map(|(template, item)| Some((likeness(template, path)?, item))).max_by_key(|(like, _)| *like)?;
    let operation = item.get(method.as_str().to_lowercase())?;
    let text = |name: &str| operation[name].as_str().unwrap_or_default().to_owned();
    Some(format!("{} {}", text("summary"), text("description")))
}

/// How many words a path shares with a template it fits.
fn likeness(template: &str, path: &str) -> Option<usize> {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let pairs = || template.iter().zip(&path);
    let fits = template.len() == path.len() && pairs().all(|(word, given)| word.starts_with('{') || word == given);
    fits.then(|| pairs().filter(|(word, given)| word == given).count())
}
