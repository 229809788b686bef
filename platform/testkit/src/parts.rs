//! Forms with files (RFC 7578), as browsers send them.

/// Stands between the parts of a form.
const BETWEEN: &str = "between-the-parts";

/// A part of a form.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    Word(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}

/// The type and the bytes of a form.
pub fn multipart(parts: &[Part<'_>]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for part in parts {
        let (name, more, bytes) = match part {
            Part::Word(name, text) => (name, "", text.as_bytes()),
            Part::File(name, bytes) => (name, "; filename=\"named.exe\"\r\nContent-Type: text/html", *bytes),
        };
        body.extend(format!("--{BETWEEN}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n").into_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend(format!("--{BETWEEN}--\r\n").into_bytes());
    (format!("multipart/form-data; boundary={BETWEEN}"), body)
}
