//! What bytes are, by what they hold: magic, structure from the first byte to the last, size, and no stowaway.

mod bytes;
mod gif;
mod jpeg;
mod pdf;
mod png;
mod stowaway;
mod tail;
#[cfg(test)]
mod tests;
mod webp;

pub use png::exif as png_exif;

use crate::{Format, Refusal, size::MOST_BYTES};

/// What the bytes are, whatever anybody says they are. Reads every byte once or a few times and decodes none: milliseconds.
pub fn sniff(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let format = by_magic(bytes).ok_or(Refusal::UnknownFormat)?;
    let end = match format {
        Format::Jpeg => jpeg::end(bytes),
        Format::Png => png::end(bytes),
        Format::Webp => webp::end(bytes),
        Format::Gif => gif::end(bytes),
        Format::Pdf => pdf::end(bytes),
    }?;
    stowaway::check(bytes, format, end)?;
    Ok(format)
}

fn by_magic(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(jpeg::MAGIC) {
        Some(Format::Jpeg)
    } else if bytes.starts_with(png::MAGIC) {
        Some(Format::Png)
    } else if webp::is_webp(bytes) {
        Some(Format::Webp)
    } else if gif::is_gif(bytes) {
        Some(Format::Gif)
    } else if bytes.starts_with(pdf::MAGIC) {
        Some(Format::Pdf)
    } else {
        None
    }
}
