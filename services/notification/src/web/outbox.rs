//! The development outbox: a page for browsers, JSON for programs, and nothing outside development mode.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use host::{
    Here, Mode,
    http::{Answer, Query},
};
use kernel::Fault;
use serde::{Deserialize, Serialize};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::outbox::{self, Sent};

/// Whose messages are wanted.
#[derive(Debug, Deserialize)]
pub struct Filter {
    to: Option<String>,
}

impl Filter {
    /// The address, if any; a plus sign somebody didn't escape arrives as a space, which no address has.
    fn address(&self) -> Option<String> {
        let to = self.to.as_deref().filter(|to| !to.trim().is_empty())?;
        Some(to.trim_end().replace(' ', "+"))
    }
}

#[derive(Serialize)]
struct Outbox {
    items: Vec<Sent>,
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct OutboxPage {
    shell: Shell,
    to: String,
    items: Vec<Sent>,
}

/// Every message the platform sent, newest first.
pub async fn outbox(
    shell: Shell,
    State(here): State<Here>,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Answer<Response> {
    if here.config.mode != Mode::Development {
        return Err(Fault::not_found().into());
    }
    let to = filter.address();
    let items = outbox::newest(&here, to.as_deref()).await?;
    let varies = [(header::VARY, "Accept"), (header::CACHE_CONTROL, "no-store")];
    if !wants_a_page(&headers) {
        return Ok((varies, Json(Outbox { items })).into_response());
    }
    Ok((varies, Page(OutboxPage { shell, to: to.unwrap_or_default(), items })).into_response())
}

/// Browsers name HTML; programs take anything, or JSON.
fn wants_a_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}
