//! The front page for strangers, how somebody wants to read, and what browsers refused to load.

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Request},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use host::{Config, Mode, http::Problem};
use kernel::{Actor, Fault, Kind, Locale};
use serde::Deserialize;

use crate::{
    page::Page,
    reader::{DATA, LANGUAGE, PREFERENCE},
    shell::Shell,
    words::Common,
};

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomePage {
    shell: Shell<Common>,
    mode: Mode,
}

/// What a report of a browser's may have.
const REPORT: usize = 16 << 10;

pub fn routes(config: Arc<Config>) -> Router {
    let front = config.clone();
    Router::new()
        .route("/", get(move |request| std::future::ready(welcome(&front, request))))
        .route("/preferences", post(move |parts, body| std::future::ready(prefer(&config, parts, &body))))
        .route("/csp-report", post(report).layer(DefaultBodyLimit::max(REPORT)))
}

/// Who is signed in has no use for it.
fn welcome(config: &Arc<Config>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let shell = Shell::<Common>::of(config, &parts);
    match parts.extensions.get::<Actor>() {
        Some(Actor::User { .. }) => shell.go("/feed"),
        _ => Page(WelcomePage { shell, mode: config.mode }).into_response(),
    }
}

/// How somebody wants to read; what isn't said stays as it was.
#[derive(Deserialize)]
struct Preferences {
    lang: Option<String>,
    data: Option<String>,
    then: Option<String>,
}

/// Changes nothing but how the next page looks, so its form needs no token.
fn prefer(config: &Arc<Config>, parts: Parts, body: &Bytes) -> Response {
    let Ok(wanted) = serde_urlencoded::from_bytes::<Preferences>(body) else {
        return Problem(Fault::new(Kind::Malformed, "invalid_form", "The form can't be read. Open the page again."))
            .into_response();
    };
    let lang = wanted.lang.and_then(|lang| Locale::named(&lang)).map(|lang| LANGUAGE.set(config, lang.name(), PREFERENCE));
    let data =
        wanted.data.filter(|data| ["low", "full"].contains(&data.as_str())).map(|data| DATA.set(config, &data, PREFERENCE));
    let shell = Shell::<Common>::of(config, &parts);
    let mut response = shell.go(wanted.then.as_deref().unwrap_or("/"));
    response.headers_mut().extend(lang.into_iter().chain(data).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// A browser refused to load or run something: either a page of ours is wrong, or somebody tried to put something in it.
async fn report(body: Bytes) -> StatusCode {
    metrics::counter!("nexgate_csp_reports_total").increment(1);
    let directive = serde_json::from_slice::<Report>(&body).map(|report| report.report.directive).unwrap_or_default();
    let directive: String = directive.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
    tracing::warn!(directive, "a browser refused a part of a page");
    StatusCode::NO_CONTENT
}

/// Addresses may hold secrets: only what was broken is kept.
#[derive(Deserialize)]
struct Report {
    #[serde(rename = "csp-report")]
    report: Broken,
}
#[derive(Deserialize)]
struct Broken {
    #[serde(rename = "effective-directive", alias = "violated-directive", default)]
    directive: String,
}
