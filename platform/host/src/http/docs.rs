//! The API document and its viewer, with our own assets.

mod examples;

use std::collections::HashSet;

use axum::{Json, Router, http::Method, routing::get};
use utoipa::openapi::{
    Components, ContentBuilder, InfoBuilder, OpenApi, Ref, RefOr, ResponseBuilder,
    path::Operation,
    security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::ProblemBody;

/// `/openapi.json` and `/docs`.
pub(super) fn routes(document: OpenApi) -> Router {
    let document = complete(document);
    let viewer = SwaggerUi::new("/docs").config(Config::from("/openapi.json").try_it_out_enabled(true));
    Router::new().merge(viewer).route("/openapi.json", get(move || async move { Json(document) }))
}

/// The writes anybody may make, as method and path: those whose description says `security(())`.
pub(super) fn public_writes(document: &OpenApi) -> HashSet<(Method, String)> {
    let anybody = Some(vec![SecurityRequirement::default()]);
    writes(document).filter(|(_, operation)| operation.security == anybody).map(|(write, _)| write).collect()
}

/// The writes that bring files, as method and path: those whose description says that the body has parts (RFC 7578).
pub(super) fn uploads(document: &OpenApi) -> HashSet<(Method, String)> {
    let has_parts = |operation: &Operation| match &operation.request_body {
        Some(RefOr::T(body)) => body.content.contains_key("multipart/form-data"),
        _ => false,
    };
    writes(document).filter(|(_, operation)| has_parts(operation)).map(|(write, _)| write).collect()
}

fn writes(document: &OpenApi) -> impl Iterator<Item = ((Method, String), &Operation)> {
    document.paths.paths.iter().flat_map(|(path, item)| {
        let operations =
            [(Method::PUT, &item.put), (Method::POST, &item.post), (Method::DELETE, &item.delete), (Method::PATCH, &item.patch)];
        operations.into_iter().filter_map(move |(method, operation)| Some(((method, path.clone()), operation.as_ref()?)))
    })
}

/// Unique, and the same as long as the route is: `get_orders_id`.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api/v1").split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(method.to_owned(), |id, word| format!("{id}_{word}"))
}

/// Adds what holds for every route: the title, the bearer token, and the shape of errors.
pub(crate) fn complete(mut document: OpenApi) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("Nexgate")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Shopping, events and a social network in one place. Money is in minor units of ISO 4217, times are RFC 3339 in \
             UTC, ids are prefixed strings, lists are cut by an opaque cursor. Errors are problem details (RFC 9457) with a \
             stable `code`.",
        ))
        .build();
    let components = document.components.get_or_insert_with(Components::new);
    components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    let mut schemas = Vec::new();
    <ProblemBody as utoipa::ToSchema>::schemas(&mut schemas);
    components.schemas.extend(schemas);
    components.schemas.insert("Problem".into(), <ProblemBody as utoipa::PartialSchema>::schema());
    document.security = Some(vec![SecurityRequirement::new("bearer", Vec::<String>::new())]);
    let problem = ResponseBuilder::new()
        .description("Refused: problem details with a stable `code`")
        .content("application/problem+json", ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build())
        .build();
    for (path, item) in &mut document.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("delete", &mut item.delete),
            ("patch", &mut item.patch),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            operation.operation_id = Some(operation_id(method, path));
            operation.responses.responses.entry("default".into()).or_insert_with(|| RefOr::T(problem.clone()));
        }
    }
    examples::complete(&mut document);
    document
}
