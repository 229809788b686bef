//! A refusal as its reader understands it: a page in their language, or the way to the login.

use std::sync::Arc;

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use host::Config;
use kernel::{Fault, Kind};

use crate::{
    page::Page,
    shell::{Shell, inner, path},
    words::Common,
};

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage {
    shell: Shell<Common>,
    title: &'static str,
    text: String,
    status: u16,
}

/// Programs keep their problem details.
pub fn refuse(config: &Arc<Config>, asked: &Parts, fault: &Fault, response: Response) -> Response {
    if !wants_page(&asked.headers) {
        return response;
    }
    let shell = Shell::<Common>::of(config, asked);
    if fault.kind() == Kind::Unauthenticated {
        return login(&shell, asked);
    }
    let (title, text) = words(fault.kind());
    let text = Some(shell.why(fault.code(), "")).filter(|text| !text.is_empty()).unwrap_or_else(|| shell.say(text).into_owned());
    let (status, kept) = (response.status(), response.headers().get(header::RETRY_AFTER).cloned());
    let mut page = (status, Page(RefusalPage { shell, title, text, status: status.as_u16() })).into_response();
    page.headers_mut().extend(kept.map(|seconds| (header::RETRY_AFTER, seconds)));
    page
}

/// Browsers name HTML; programs take anything, or JSON.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accepts.is_some_and(|accept| accept.contains("text/html")) || is_partial(headers)
}

/// Whether htmx asks for a part of a page.
fn is_partial(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

/// To the login, and back to where the reader was.
fn login(shell: &Shell<Common>, asked: &Parts) -> Response {
    let back =
        if asked.method == Method::GET && !is_partial(&asked.headers) { shell.path.clone() } else { referrer(&asked.headers) };
    let to = path("/login", &[("then", &back)]);
    if !is_partial(&asked.headers) {
        return shell.go(&to);
    }
    let to = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/login"));
    (StatusCode::OK, [("hx-redirect", to)]).into_response()
}

/// The path of the page a form stood on.
fn referrer(headers: &HeaderMap) -> String {
    let url = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let path = url.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    inner(path.unwrap_or("/feed")).to_owned()
}

fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::NotFound => ("refused-not-found", "refused-not-found-why"),
        Kind::Forbidden | Kind::Unauthenticated => ("refused-forbidden", "refused-forbidden-why"),
        Kind::Conflict => ("refused-conflict", "refused-conflict-why"),
        Kind::Malformed | Kind::Invalid | Kind::MediaType => ("refused-invalid", "refused-invalid-why"),
        Kind::TooLarge => ("refused-too-large", "refused-too-large-why"),
        Kind::TooMany => ("refused-too-many", "refused-too-many-why"),
        Kind::Unavailable | Kind::Repeat => ("refused-busy", "refused-busy-why"),
        Kind::Internal => ("refused-broken", "refused-broken-why"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_the_page_it_stood_on() {
        let referrer = |value: &str| referrer(&HeaderMap::from_iter([(header::REFERER, value.parse().unwrap())]));
        assert_eq!(referrer("http://127.0.0.1:8080/products/prd_1?x=1"), "/products/prd_1?x=1");
        assert_eq!(referrer("http://127.0.0.1:8080//evil.example"), "/");
        assert_eq!(referrer("nonsense"), "/feed");
    }
}
