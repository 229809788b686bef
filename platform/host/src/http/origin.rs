//! Writes of pages come from our own pages: browsers say where a request began (Fetch Metadata, W3C; Origin, RFC 6454).

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Fault, Kind};

use super::{Gate, Problem, session};
use crate::config::Config;

const FETCH_SITE: &str = "sec-fetch-site";

/// Refuses what another site had a browser send (403 `cross_site`). The API has no cookies, so nothing there is refused.
pub(super) async fn must_be_own(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let is_write = !request.method().is_safe() && session::is_page(request.uri().path());
    if is_write && !is_own(&gate.config, request.headers()) {
        let fault =
            Fault::new(Kind::Forbidden, "cross_site", "This form was sent from another site. Open the page here and try again.");
        return Problem(fault).into_response();
    }
    next.run(request).await
}

/// Who says neither is no browser of the last years; what is done in somebody's name then needs the form's own token.
fn is_own(config: &Config, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text(FETCH_SITE) {
        return ["same-origin", "none"].contains(&site);
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else { return true };
    let host = text(header::HOST.as_str()).unwrap_or_default();
    origin == config.public_url || origin.split_once("://").is_some_and(|(_, authority)| authority == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w7_a_write_begins_on_a_page_of_ours() {
        let mut config = Config::for_tests(String::new());
        config.public_url = "https://nexgate.example".into();
        let is_own = |sent: &[(&'static str, &str)]| {
            is_own(&config, &sent.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect())
        };
        for (sent, own) in [
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "none")], true),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "https://nexgate.example")], false),
            (vec![("origin", "https://nexgate.example"), ("host", "10.0.0.7")], true),
            (vec![("origin", "http://localhost:8080"), ("host", "localhost:8080")], true),
            (vec![("origin", "https://evil.example"), ("host", "nexgate.example")], false),
            (vec![("origin", "null"), ("host", "nexgate.example")], false),
            (vec![], true),
        ] {
            assert_eq!(is_own(&sent), own, "{sent:?}");
        }
    }
}
