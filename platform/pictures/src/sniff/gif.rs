//! GIF: a canvas and blocks up to the trailer (GIF89a specification).

use super::bytes::Bytes;
use crate::{Refusal, size};

pub fn is_gif(bytes: &[u8]) -> bool {
    bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a")
}

/// Where the picture ends: just behind its trailer.
pub fn end(bytes: &[u8]) -> Result<usize, Refusal> {
    let mut left = Bytes { rest: bytes };
    left.take(6);
    let (Some(width), Some(height)) = (left.little16(), left.little16()) else { return Err(Refusal::Damaged) };
    size::check(width.into(), height.into())?;
    blocks(&mut left).ok_or(Refusal::Damaged)?;
    Ok(bytes.len() - left.rest.len())
}

fn blocks(left: &mut Bytes) -> Option<()> {
    let [flags, _, _] = left.array()?;
    colours(left, flags)?;
    let mut has_picture = false;
    loop {
        match left.byte()? {
            0x2c => {
                left.take(8)?;
                let flags = left.byte()?;
                colours(left, flags)?;
                // The width of the first code, then the data.
                left.byte()?;
                pieces(left)?;
                has_picture = true;
            }
            0x21 => {
                left.byte()?;
                pieces(left)?;
            }
            0x3b => return has_picture.then_some(()),
            _ => return None,
        }
    }
}

/// A table of colours, where the flags say that there is one.
fn colours(left: &mut Bytes, flags: u8) -> Option<()> {
    if flags & 0x80 != 0 {
        left.take(3 << ((flags & 7) + 1))?;
    }
    Some(())
}

/// Data in pieces of at most 255 bytes, up to an empty one.
fn pieces(left: &mut Bytes) -> Option<()> {
    loop {
        match left.byte()? {
            0 => return Some(()),
            length => left.take(length.into())?,
        };
    }
}
