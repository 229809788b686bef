//! JPEG: segments, then entropy-coded data, from SOI to EOI (ITU-T T.81, annex B).

use super::bytes::Bytes;
use crate::{Refusal, size};

pub const MAGIC: &[u8] = b"\xff\xd8\xff";

/// Where the picture ends: just behind its own EOI.
pub fn end(bytes: &[u8]) -> Result<usize, Refusal> {
    let mut left = Bytes { rest: bytes };
    left.take(2);
    walk(&mut left)?;
    Ok(bytes.len() - left.rest.len())
}

fn walk(left: &mut Bytes) -> Result<(), Refusal> {
    let (mut frames, mut scans) = (0, 0);
    loop {
        match next_marker(left).ok_or(Refusal::Damaged)? {
            0xd9 => return if frames == 1 && scans > 0 { Ok(()) } else { Err(Refusal::Damaged) },
            // Baseline, extended and progressive with Huffman codes.
            0xc0..=0xc2 => {
                frame(segment(left)?)?;
                frames += 1;
            }
            0xda => {
                segment(left)?;
                scans += 1;
            }
            // Lossless, hierarchical and arithmetic pictures, which nobody makes, and a picture inside a picture.
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xd8 => return Err(Refusal::Damaged),
            // These stand alone, the first inside a scan.
            0xd0..=0xd7 | 0x01 => {}
            _ => {
                segment(left)?;
            }
        }
    }
}

/// The next marker: behind a segment or in entropy-coded data, where 0xff 0x00 is a byte of the data.
fn next_marker(left: &mut Bytes) -> Option<u8> {
    loop {
        left.take(memchr::memchr(0xff, left.rest)?)?;
        let fill = left.rest.iter().take_while(|byte| **byte == 0xff).count();
        left.take(fill)?;
        match left.byte()? {
            0x00 => {}
            marker => return Some(marker),
        }
    }
}

fn segment<'a>(left: &mut Bytes<'a>) -> Result<&'a [u8], Refusal> {
    let length = left.big16().and_then(|length| length.checked_sub(2)).ok_or(Refusal::Damaged)?;
    left.take(length.into()).ok_or(Refusal::Damaged)
}

fn frame(segment: &[u8]) -> Result<(), Refusal> {
    let mut header = Bytes { rest: segment };
    let sides = (|| Some((header.byte()?, header.big16()?, header.big16()?)))();
    let Some((8, height, width)) = sides else { return Err(Refusal::Damaged) };
    size::check(width.into(), height.into())
}
