//! The part of an object somebody wants (RFC 9110, section 14).

use std::ops::Range;

/// What is asked for of an object of some size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of it: nothing was said, or nothing we follow.
    Whole,
    Part(Range<u64>),
    /// No byte of it is there.
    Nothing,
}

/// Reads a `Range` header. Several parts at once are answered with the whole, as the RFC allows.
pub fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let Some((first, last)) = header.and_then(|text| text.trim().strip_prefix("bytes=")).and_then(|text| text.split_once('-'))
    else {
        return Wanted::Whole;
    };
    let read = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let range = match (first.is_empty(), last.is_empty()) {
        (true, true) => return Wanted::Whole,
        (true, false) => read(last).map(|last| size.saturating_sub(last)..size),
        (false, true) => read(first).map(|first| first..size),
        (false, false) => match (read(first), read(last)) {
            (Some(first), Some(last)) if first <= last => Some(first..last.saturating_add(1).min(size)),
            _ => None,
        },
    };
    match range {
        None => Wanted::Whole,
        Some(range) if range.start >= size || range.is_empty() => Wanted::Nothing,
        Some(range) => Wanted::Part(range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn f5_a_range_is_read_as_the_rfc_says() {
        let of_ten = |header| wanted(Some(header), 10);
        assert_eq!(wanted(None, 10), Wanted::Whole);
        assert_eq!(of_ten("bytes=0-3"), Wanted::Part(0..4));
        assert_eq!(of_ten("bytes=8-"), Wanted::Part(8..10));
        assert_eq!(of_ten("bytes=-3"), Wanted::Part(7..10));
        assert_eq!(of_ten("bytes=-30"), Wanted::Part(0..10));
        assert_eq!(of_ten("bytes=3-99"), Wanted::Part(3..10));
        for past in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(of_ten(past), Wanted::Nothing, "{past}");
        }
        for odd in ["bytes=-", "bytes=4-2", "bytes=a-b", "bytes=1-2,4-5", "lines=1-2", "bytes", "bytes=+1-2"] {
            assert_eq!(of_ten(odd), Wanted::Whole, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn a_part_lies_within_the_object(header in "bytes=[0-9]{0,20}-[0-9]{0,20}", size in 0..100_u64) {
            if let Wanted::Part(range) = wanted(Some(&header), size) {
                prop_assert!(range.start < range.end && range.end <= size);
            }
        }
    }
}
