//! A second file in the first: what another program would take these bytes for.

use memchr::memmem;

use super::{bytes::Bytes, tail};
use crate::{Format, Refusal};

/// Archives that may begin anywhere; long enough never to be there by chance.
const ANYWHERE: [&[u8]; 2] = [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"];
/// Scripts a careless server or browser would run out of a comment.
const SCRIPTS: [&[u8]; 3] = [b"<script", b"<?php", b"<iframe"];
/// Behind the picture, wherever they stand there.
const BEHIND: [&[u8]; 10] = [
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x7fELF",
    b"This program cannot be run",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"GIF87a",
    b"\xff\xd8\xff",
];
const MARKUP: [&[u8]; 4] = [b"<html", b"<svg", b"<!doctype", b"<body"];
/// Directly behind the picture; too short to look for anywhere else.
const NEXT: [&[u8]; 9] =
    [b"MZ", b"#!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"RIFF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\x00asm"];
/// A reader of PDF takes its header anywhere in the first kilobyte (ISO 32000-1, implementation note 13).
const PDF_HEAD: usize = 1024;
/// An archive's end record with the longest comment (PKWARE APPNOTE, §4.3.16).
const ZIP_TAIL: usize = 22 + 0xffff;

/// Refuses what is also something else; `end` is where the picture or document itself ends.
pub fn check(bytes: &[u8], format: Format, end: usize) -> Result<(), Refusal> {
    let is_free = !ANYWHERE.iter().any(|magic| memmem::find(bytes, magic).is_some()) && !is_disk(bytes) && !is_zip(bytes);
    // A document may speak of scripts, and is nothing but itself to its end.
    let is_free = is_free && (format == Format::Pdf || is_bare(bytes, format, end));
    if is_free { Ok(()) } else { Err(Refusal::Polyglot) }
}

fn is_bare(bytes: &[u8], format: Format, end: usize) -> bool {
    let head = bytes.get(..PDF_HEAD).unwrap_or(bytes);
    let behind = bytes.get(end..).unwrap_or_default();
    let behind = if format == Format::Jpeg { tail::unknown(behind) } else { behind };
    memmem::find(head, b"%PDF-").is_none()
        && !has_tag(bytes, &SCRIPTS)
        && !NEXT.iter().any(|magic| behind.starts_with(magic))
        && !BEHIND.iter().any(|magic| memmem::find(behind, magic).is_some())
        && !has_tag(behind, &MARKUP)
}

/// Whether one of these tags stands there, in small or capital letters, and ends as a tag does.
fn has_tag(bytes: &[u8], tags: &[&[u8]]) -> bool {
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
    let is = |at: usize, tag: &[u8]| {
        bytes.get(at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)) && ends(at + tag.len())
    };
    memchr::memchr_iter(b'<', bytes).any(|at| tags.iter().any(|tag| is(at, tag)))
}

/// A tape archive or the image of a disc: their magic stands behind room for a picture's head.
fn is_disk(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar") || bytes.get(32_769..32_774) == Some(b"CD001")
}

/// A zip (a jar, an office document, an app) is read from its end: the record there is looked for in the whole file.
fn is_zip(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(ZIP_TAIL)..).unwrap_or(bytes);
    memmem::find_iter(tail, b"PK\x05\x06").any(|at| tail.get(at + 4..).is_some_and(is_zip_end))
}

/// Whether the record holds together: one disk, as many entries there as in all, and a comment that fits.
fn is_zip_end(record: &[u8]) -> bool {
    let mut record = Bytes { rest: record };
    let read = (|| {
        let (disk, first) = (record.little16()?, record.little16()?);
        let (here, all) = (record.little16()?, record.little16()?);
        record.take(8)?;
        Some((disk, first, here, all, record.little16()?))
    })();
    matches!(read, Some((0, 0, here, all, comment)) if here == all && usize::from(comment) <= record.rest.len())
}
