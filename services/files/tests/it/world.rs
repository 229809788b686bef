//! A running files service, people who upload, and what they upload.

use std::{fmt::Write, io::Cursor};

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use contracts::ids::Media;
use image::{ImageFormat, Rgb, RgbImage};
use kernel::Id;
use serde_json::Value;
use testkit::{Person, Reply, Stage};

pub const MEDIA: &str = "/api/v1/media";
pub const BOUNDARY: &str = "between-parts";

/// A running files service.
pub async fn stage() -> Stage {
    Stage::of(files::service()).start().await
}

/// A picture of its own: a gradient that begins at this shade.
pub fn picture(shade: u8) -> Vec<u8> {
    let pixel = |x: u32, y: u32| Rgb([shade, (x / 3).to_le_bytes()[0], (y / 2).to_le_bytes()[0]]);
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_fn(600, 400, pixel).write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

/// The smallest document.
pub fn document() -> Vec<u8> {
    let mut text = String::from("%PDF-1.4\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ];
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(text.len());
        write!(text, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = text.len();
    text.push_str("xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        writeln!(text, "{place:010} 00000 n ").unwrap();
    }
    write!(text, "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    text.into_bytes()
}

/// A form with these files, each called what it isn't, and with what stands before them.
pub fn form(before: &str, files: &[&[u8]]) -> Vec<u8> {
    let mut body = before.as_bytes().to_vec();
    for (number, bytes) in files.iter().enumerate() {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{number}.exe\"\r\nContent-Type: text/html\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// The part that says who may fetch what follows.
pub fn visible(visibility: &str) -> String {
    word("visibility", visibility)
}

pub async fn send(person: &Person, body: Vec<u8>) -> Reply {
    send_to(person, MEDIA, "*/*", body).await
}

/// A part that is no file.
pub fn word(name: &str, text: &str) -> String {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
}

/// Sends a form to a route, wanting such an answer.
pub async fn send_to(person: &Person, route: &str, accept: &str, body: Vec<u8>) -> Reply {
    let mut request = Request::builder().method(Method::POST).uri(route).header(header::ACCEPT, accept);
    if let Some(token) = &person.token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request.header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
    person.send(request.body(Body::from(body)).unwrap()).await
}

/// Uploads for everybody; what became of each file.
pub async fn upload(person: &Person, files: &[&[u8]]) -> Vec<Value> {
    items(send(person, form("", files)).await)
}

/// Uploads for the person alone.
pub async fn upload_private(person: &Person, files: &[&[u8]]) -> Vec<Value> {
    items(send(person, form(&visible("private"), files)).await)
}

fn items(reply: Reply) -> Vec<Value> {
    assert_eq!(reply.status, 202, "{}", reply.text);
    reply.ok()["items"].as_array().unwrap().clone()
}

pub fn id(item: &Value) -> Id<Media> {
    item["id"].as_str().unwrap_or_else(|| panic!("{item}")).parse().unwrap()
}

pub fn path(item: &Value) -> String {
    format!("{MEDIA}/{}", id(item))
}

/// One picture, uploaded and ready.
pub async fn ready(stage: &Stage, person: &Person, shade: u8) -> Value {
    let item = upload(person, &[&picture(shade)]).await.remove(0);
    stage.settle().await;
    let media = person.get(&path(&item)).await.ok();
    assert_eq!(media["status"], "ready", "{media}");
    media
}

/// The path of an address of ours.
pub fn at(url: &Value) -> String {
    url.as_str().unwrap().strip_prefix("http://nexgate.test").unwrap().to_owned()
}

/// How many objects there are below this.
pub fn objects(stage: &Stage, below: &str) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&stage.data_dir().join("objects").join(below))
}
