//! Where the reader is.

use jiff::{
    Zoned,
    tz::{self, TimeZone},
};

use crate::Timestamp;

/// Where every reader is who hasn't said otherwise, as the time zone database (IANA) calls it: UTC+3 all year.
pub const HOME: &str = "Africa/Dar_es_Salaam";

/// A moment as a clock on the wall at [`HOME`] shows it.
pub fn local(at: Timestamp) -> Zoned {
    at.to_jiff().to_zoned(home())
}

/// A moment as a clock on the wall in this zone shows it; at [`HOME`] where no zone has this name.
pub fn local_in(at: Timestamp, zone: &str) -> Zoned {
    at.to_jiff().to_zoned(if zone == HOME { home() } else { tz::db().get(zone).unwrap_or_else(|_| home()) })
}

fn home() -> TimeZone {
    TimeZone::fixed(tz::offset(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_where_the_reader_is_and_at_home_where_nobody_knows_the_place() {
        let at: Timestamp = "2026-07-01T10:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
        let hour = |zone| local_in(at, zone).hour();
        assert_eq!([hour(HOME), hour("Europe/London"), hour("Asia/Dubai"), hour("Africa/Atlantis")], [13, 11, 14, 13]);
        assert_eq!(tz::db().get(HOME).unwrap().to_offset(at.to_jiff()), tz::offset(3));
    }
}
