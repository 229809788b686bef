//! A reader over hostile bytes: what isn't there is None, never a panic.

/// Bytes not yet read.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a> {
    pub rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*taken)
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub fn big16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub fn big32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    pub fn little16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn little24(&mut self) -> Option<u32> {
        self.array().map(|[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]))
    }

    pub fn little32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }
}
