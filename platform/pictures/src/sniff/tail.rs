//! What phones append behind a JPEG: more pictures, a film, a maker's trailer. It is dropped with the metadata.

use super::{bytes::Bytes, jpeg};

/// What is left of the bytes behind a picture without what phones are known to append.
pub fn unknown(tail: &[u8]) -> &[u8] {
    let mut tail = without_samsung(tail);
    loop {
        tail = unpadded(tail);
        match piece(tail).and_then(|length| tail.get(length..)) {
            Some(rest) => tail = rest,
            None => return tail,
        }
    }
}

/// Fill between pieces.
fn unpadded(tail: &[u8]) -> &[u8] {
    let fill = tail.iter().take_while(|byte| **byte == 0 || byte.is_ascii_whitespace()).count();
    // The length of a film's first box looks like fill.
    let film = (fill.saturating_sub(4)..=fill).find(|at| tail.get(*at..).and_then(film).is_some());
    tail.get(film.unwrap_or(fill)..).unwrap_or_default()
}

/// The length of a known piece at the beginning: pictures by MPF (previews, gain maps, depth), or a motion photo's film.
fn piece(tail: &[u8]) -> Option<usize> {
    if tail.starts_with(jpeg::MAGIC) { jpeg::end(tail).ok() } else { film(tail) }
}

/// The length of an MP4 film: boxes, the first of which says `ftyp` (ISO/IEC 14496-12, §4.2).
fn film(bytes: &[u8]) -> Option<usize> {
    (bytes.get(4..8)? == b"ftyp").then_some(())?;
    let mut at = 0;
    while let Some(length) = bytes.get(at..).and_then(film_box) {
        at += length;
    }
    (at > 0).then_some(at)
}

fn film_box(bytes: &[u8]) -> Option<usize> {
    let mut header = Bytes { rest: bytes };
    let (length, kind) = (header.big32()?, header.take(4)?);
    kind.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ').then_some(())?;
    let length = match length {
        // Up to the end of the file.
        0 => bytes.len(),
        1 => usize::try_from(u64::from_be_bytes(header.array()?)).ok()?,
        length => usize::try_from(length).ok()?,
    };
    (length >= 8 && length <= bytes.len()).then_some(length)
}

/// Samsung's trailer has its directory at the very end: `SEFH`, a version, entries with the distance of each block back from
/// `SEFH`, the directory's length, `SEFT` (as ExifTool documents it). Its blocks stand directly before the directory.
fn without_samsung(tail: &[u8]) -> &[u8] {
    samsung(tail).and_then(|start| tail.get(..start)).unwrap_or(tail)
}

fn samsung(tail: &[u8]) -> Option<usize> {
    let body = tail.strip_suffix(b"SEFT")?;
    let (body, length) = body.split_last_chunk()?;
    let directory = body.len().checked_sub(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let mut entries = Bytes { rest: body.get(directory..)? };
    (entries.take(4)? == b"SEFH").then_some(())?;
    entries.take(4)?;
    let count = entries.little32()?;
    let mut farthest = 0;
    for _ in 0..count {
        entries.take(4)?;
        farthest = farthest.max(usize::try_from(entries.little32()?).ok()?);
        entries.take(4)?;
    }
    directory.checked_sub(farthest)
}
