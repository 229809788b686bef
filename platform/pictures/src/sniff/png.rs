//! PNG: a signature and chunks from IHDR to IEND (W3C PNG, third edition, §5).

use super::bytes::Bytes;
use crate::{Refusal, size};

pub const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Where the picture ends: just behind IEND.
pub fn end(bytes: &[u8]) -> Result<usize, Refusal> {
    let mut left = Bytes { rest: bytes };
    left.take(MAGIC.len());
    let Some((b"IHDR", header)) = chunk(&mut left) else { return Err(Refusal::Damaged) };
    let mut header = Bytes { rest: header };
    let (Some(width), Some(height), 5) = (header.big32(), header.big32(), header.rest.len()) else {
        return Err(Refusal::Damaged);
    };
    size::check(width, height)?;
    let mut has_data = false;
    while let Some((kind, _)) = chunk(&mut left) {
        match kind {
            b"IDAT" => has_data = true,
            b"IEND" if has_data => return Ok(bytes.len() - left.rest.len()),
            b"IEND" | b"IHDR" => break,
            _ => {}
        }
    }
    Err(Refusal::Damaged)
}

/// The EXIF data, which may stand behind the pixels (§11.3.3.5).
pub fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut left = Bytes { rest: bytes };
    left.take(MAGIC.len())?;
    loop {
        let (kind, body) = chunk(&mut left)?;
        if kind == b"eXIf" {
            return Some(body);
        }
    }
}

/// A chunk's kind and data; its checksum is the decoder's business.
fn chunk<'a>(left: &mut Bytes<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let length = left.big32()?;
    let kind = left.take(4)?;
    let body = left.take(usize::try_from(length).ok()?)?;
    left.take(4)?;
    kind.iter().all(u8::is_ascii_alphabetic).then_some((kind, body))
}
