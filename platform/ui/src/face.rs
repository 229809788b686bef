//! The face of a node: routes of no service's, refusals as pages, and the headers every page has.

use std::sync::{Arc, LazyLock};

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts},
    response::Response,
};
use host::{
    Config, Here,
    http::{Face, Pages},
};

use crate::{assets, flash, refusal, welcome};

/// A service's pages, as Nexgate looks.
pub fn pages(routes: Router<Here>) -> Pages {
    Pages::new(routes, Face { routes: around, refuse: refusal::refuse, finish })
}

fn around(config: Arc<Config>) -> Router {
    assets::routes().merge(welcome::routes(config))
}

/// The viewer of the API brings styles of its own within its page, and pictures within its styles.
const VIEWER: &str = "/docs";
const VIEWERS: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; \
                       form-action 'self'; frame-ancestors 'none'; report-uri /csp-report";

fn finish(config: &Arc<Config>, asked: &Parts, mut response: Response) -> Response {
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let headers = response.headers_mut();
    for (name, value) in SAFE.iter().cloned() {
        headers.insert(name, value);
    }
    let path = asked.uri.path();
    let is_viewer = path.strip_prefix(VIEWER).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let policy = if is_viewer { VIEWERS.to_owned() } else { policy(config) };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if config.public_url.starts_with("https://") {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if flash::read(config, &asked.headers).is_some() && !sets_cookies(headers) {
        headers.append(header::SET_COOKIE, flash::clear(config));
    }
    response
}

/// A page that answers with a word of its own keeps it.
fn sets_cookies(headers: &HeaderMap) -> bool {
    headers.get_all(header::SET_COOKIE).iter().any(|value| value.to_str().is_ok_and(|text| text.contains("nexgate-flash=")))
}

static SAFE: LazyLock<[(HeaderName, HeaderValue); 4]> = LazyLock::new(|| {
    let fixed = HeaderValue::from_static;
    [
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (header::REFERRER_POLICY, fixed("same-origin")),
        (HeaderName::from_static("cross-origin-opener-policy"), fixed("same-origin")),
        (HeaderName::from_static("permissions-policy"), fixed("camera=(), geolocation=(), microphone=(), payment=()")),
    ]
});

/// Content Security Policy, level 3 (W3C): nothing from elsewhere but pictures from where media are fetched, no script and no style
/// within a page.
fn policy(config: &Config) -> String {
    let media = origin(&config.media_url).map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'{media}; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp-report"
    )
}

/// Scheme and host of a whole address; none where it is a path.
fn origin(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next()?;
    url.get(..scheme.len() + 3 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w7_pictures_may_come_from_the_cdn_and_nothing_else_from_anywhere() {
        let mut config = Config::for_tests(String::new());
        config.media_url = "https://cdn.example/media".into();
        let policy = policy(&config);
        assert!(policy.contains("img-src 'self' https://cdn.example;"), "{policy}");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!((origin("/media"), origin("http://x:1/y/z")), (None, Some("http://x:1")));
    }
}
