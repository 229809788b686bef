//! PDF: a header, a trailer, and nothing that runs, as far as that stands in clear (ISO 32000-2, §7.5 and §12.6).

use memchr::memmem;

use crate::Refusal;

pub const MAGIC: &[u8] = b"%PDF-";
/// Readers look for the end of the document in so many last bytes.
const TAIL: usize = 1024;
/// Names that start something or carry another file. What a compressed stream hides isn't seen.
const ACTIVE: [&[u8]; 4] = [b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles"];
const LONGEST: usize = 13;

/// The whole file is the document, or something follows it.
pub fn end(bytes: &[u8]) -> Result<usize, Refusal> {
    let Some([b'1'..=b'2', b'.', b'0'..=b'9']) = bytes.get(5..8) else { return Err(Refusal::Damaged) };
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    memmem::find(tail, b"startxref").ok_or(Refusal::Damaged)?;
    let last = memmem::rfind(tail, b"%%EOF").ok_or(Refusal::Damaged)?;
    let mut behind = tail.iter().skip(last + b"%%EOF".len());
    if !behind.all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(Refusal::Polyglot);
    }
    let is_active = memchr::memchr_iter(b'/', bytes).any(|at| is_active(bytes.get(at + 1..).unwrap_or_default()));
    if is_active { Err(Refusal::ActiveContent) } else { Ok(bytes.len()) }
}

/// Whether an active name stands here, behind its slash.
fn is_active(bytes: &[u8]) -> bool {
    let (mut name, mut length, mut rest) = ([0; LONGEST], 0, bytes);
    for place in &mut name {
        let Some((byte, behind)) = character(rest) else { break };
        (*place, rest) = (byte, behind);
        length += 1;
    }
    let name = name.get(..length).unwrap_or_default();
    let is_whole = character(rest).is_none();
    is_whole && (ACTIVE.contains(&name) || name == b"JS" && is_script(rest))
}

/// One character of a name, which may be written as `#4a` (§7.3.5), and what is behind it.
fn character(bytes: &[u8]) -> Option<(u8, &[u8])> {
    if let [b'#', high, low, rest @ ..] = bytes
        && let (Some(high), Some(low)) = (char::from(*high).to_digit(16), char::from(*low).to_digit(16))
    {
        return Some((u8::try_from(high << 4 | low).ok()?, rest));
    }
    let (byte, rest) = bytes.split_first()?;
    let is_regular = byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(byte);
    is_regular.then_some((*byte, rest))
}

/// Whether what follows `/JS` looks like a script or a reference to one: compressed data holds those three bytes by chance.
fn is_script(bytes: &[u8]) -> bool {
    let value = bytes.trim_ascii_start();
    let is_apart = value.len() < bytes.len();
    match value {
        [b'(' | b'<' | b'0'..=b'9', ..] if is_apart => true,
        [b'(' | b'<', text @ ..] => {
            text.starts_with(b"\xfe\xff") || text.iter().take(4).all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
        }
        _ => false,
    }
}
