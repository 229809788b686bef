//! A page on its way out.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use host::http::Problem;
use kernel::Fault;

/// A template as the answer to a request.
#[derive(Debug)]
pub struct Page<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => {
                // What it shows is its reader's; a browser may keep it, and asks before it shows it again.
                let kept = HeaderValue::from_static("private, no-cache");
                let varies = HeaderValue::from_static("Cookie, Accept-Language, Save-Data");
                ([(header::CACHE_CONTROL, kept), (header::VARY, varies)], Html(html)).into_response()
            }
            Err(error) => Problem(Fault::internal(error)).into_response(),
        }
    }
}
