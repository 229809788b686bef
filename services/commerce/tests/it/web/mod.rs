//! The pages: shops and products, buying, orders from both sides, and the seller's desk.

mod buying;
mod orders;
mod selling;
mod shelves;

use axum::{
    body::Body,
    http::{Request, header},
};
use testkit::Person;

/// What somebody types who wants to run their own script in other people's browsers.
pub const SCRIPT: &str = "<script>alert(1)</script>";

/// Opens a page as a browser does that is set to Swahili.
pub async fn in_swahili(person: &Person, path: &str) -> String {
    let request = Request::builder().uri(path).header(header::ACCEPT, "text/html").header(header::ACCEPT_LANGUAGE, "sw");
    let token = person.token.as_ref().unwrap();
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    person.send(request.body(Body::empty()).unwrap()).await.html()
}

/// A script is text wherever it is shown.
#[track_caller]
pub fn is_text(html: &str) {
    assert!(!html.contains(SCRIPT) && html.contains("&#60;script&#62;alert(1)"), "{html}");
}

/// The last part of a path.
pub fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}
