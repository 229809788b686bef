//! How large a file and a picture may be; asked before anything is decoded.

use crate::Refusal;

/// Bytes of a file (product requirement F2: 25 MB, read generously).
pub const MOST_BYTES: usize = 25 * 1024 * 1024;
/// Pixels of a side.
const LONGEST_SIDE: u32 = 16_384;
/// Pixels of a picture.
const MOST_PIXELS: u64 = 64_000_000;

pub fn check(width: u32, height: u32) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > LONGEST_SIDE || height > LONGEST_SIDE || pixels > MOST_PIXELS { Err(Refusal::TooManyPixels) } else { Ok(()) }
}

/// The sides of a picture whose longest side is to be at most `longest`; a smaller picture keeps its own.
pub fn fit(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let side = width.max(height);
    if side <= longest {
        return (width, height);
    }
    let scaled = |own: u32| {
        let (own, side, longest) = (u64::from(own), u64::from(side), u64::from(longest));
        // Rounded to the nearest pixel; a very thin picture keeps one.
        u32::try_from((own * longest * 2 + side) / (side * 2)).unwrap_or(u32::MAX).max(1)
    };
    (scaled(width), scaled(height))
}
