//! Where the reader is.

use jiff::{
    Zoned,
    tz::{self, TimeZone},
};

use crate::Timestamp;

/// East Africa Time, where every reader is until people choose their own zone: UTC+3 all year (IANA Africa/Dar_es_Salaam).
pub fn local(at: Timestamp) -> Zoned {
    at.to_jiff().to_zoned(TimeZone::fixed(tz::offset(3)))
}
