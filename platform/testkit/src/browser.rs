//! A browser without scripts: it keeps cookies, follows nothing by itself, and sends the forms of the page it is on.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderName, HeaderValue, Method, Request, header},
};
use tower::ServiceExt;

use crate::{Reply, Stage};

/// Somebody's browser.
#[derive(Debug, Clone)]
pub struct Browser {
    router: Router,
    jar: Arc<Mutex<BTreeMap<String, String>>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Browser {
    /// A new one, with no cookies, reading English.
    pub fn on(stage: &Stage) -> Self {
        Self { router: stage.node.router(), jar: Arc::default(), headers: Vec::new() }
    }

    /// The same browser, which sends this header too.
    #[must_use]
    pub fn sending(&self, name: &'static str, value: &'static str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((HeaderName::from_static(name), HeaderValue::from_static(value)));
        Self { headers, ..self.clone() }
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form with exactly these fields.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, path, Some(serde_urlencoded::to_string(fields).unwrap())).await
    }

    /// Sends a form of `page`, with what stands hidden in it besides `fields`.
    pub async fn fill_in(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let form = page.split("<form").find(|form| form.contains(&format!("action=\"{path}\""))).expect("the page has that form");
        let form = form.split("</form>").next().unwrap();
        let hidden =
            form.split("<input type=\"hidden\"").skip(1).map(|input| (attribute(input, "name"), attribute(input, "value")));
        let all: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
        self.submit(path, &all).await
    }

    /// What a cookie holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).cloned()
    }

    /// Forgets a cookie, as a browser does whose time is over.
    pub fn forget(&self, name: &str) {
        self.jar().remove(name);
    }

    /// Puts a cookie in.
    pub fn keep(&self, name: &str, value: &str) {
        self.jar().insert(name.to_owned(), value.to_owned());
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.jar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn send(&self, method: Method, path: &str, form: Option<String>) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header(header::ACCEPT, "text/html,*/*;q=0.8");
        let cookies: Vec<String> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(form.unwrap_or_default())).unwrap();
        let reply = Reply::of(self.router.clone().oneshot(request).await.unwrap()).await;
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            self.take(cookie.to_str().unwrap());
        }
        reply
    }

    fn take(&self, cookie: &str) {
        let (name, rest) = cookie.split_once('=').unwrap();
        let value = rest.split(';').next().unwrap();
        if rest.contains("Max-Age=0") {
            self.forget(name);
        } else {
            self.keep(name, value);
        }
    }
}

/// The value of an attribute of ours, which are written with double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let tag = tag.split('>').next().unwrap();
    tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}
