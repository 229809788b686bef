//! WebP: RIFF chunks (RFC 9649).

use super::bytes::Bytes;
use crate::{Refusal, size};

pub fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

/// Where the picture ends, as its RIFF header says.
pub fn end(bytes: &[u8]) -> Result<usize, Refusal> {
    let mut left = Bytes { rest: bytes };
    left.take(4);
    let length = left.little32().and_then(|length| usize::try_from(length).ok()).ok_or(Refusal::Damaged)?;
    let mut left = Bytes { rest: left.take(length).ok_or(Refusal::Damaged)? };
    left.take(4);
    let (kind, body) = chunk(&mut left).ok_or(Refusal::Damaged)?;
    let (width, height) = sides(kind, body).ok_or(Refusal::Damaged)?;
    size::check(width, height)?;
    let mut has_data = is_data(kind);
    while !left.rest.is_empty() {
        let (kind, _) = chunk(&mut left).ok_or(Refusal::Damaged)?;
        has_data |= is_data(kind);
    }
    if has_data { Ok(8 + length) } else { Err(Refusal::Damaged) }
}

fn is_data(kind: &[u8]) -> bool {
    matches!(kind, b"VP8 " | b"VP8L" | b"ANMF")
}

/// A chunk's kind and data, which is padded to an even length.
fn chunk<'a>(left: &mut Bytes<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let kind = left.take(4)?;
    let length = usize::try_from(left.little32()?).ok()?;
    let body = left.take(length)?;
    // Some writers leave out the last padding.
    left.take((length % 2).min(left.rest.len()))?;
    Some((kind, body))
}

/// What the first chunk says of the whole picture.
fn sides(kind: &[u8], body: &[u8]) -> Option<(u32, u32)> {
    let mut body = Bytes { rest: body };
    match kind {
        b"VP8X" => {
            body.take(4)?;
            Some((body.little24()? + 1, body.little24()? + 1))
        }
        b"VP8L" => {
            let (0x2f, bits) = (body.byte()?, body.little32()?) else { return None };
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => {
            body.take(3)?;
            (body.take(3)? == b"\x9d\x01\x2a").then_some(())?;
            // The two upper bits ask for a scaling nobody does.
            Some((u32::from(body.little16()? & 0x3fff), u32::from(body.little16()? & 0x3fff)))
        }
        _ => None,
    }
}
