//! Amounts and times as the reader writes them.

use std::time::Duration;

use fluent_bundle::FluentArgs;
use kernel::{Timestamp, zone::local};

use crate::words::Language;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// `23 November 2026, 11:00`.
pub fn moment(common: &Language, at: Timestamp) -> String {
    let at = local(at);
    let mut args = FluentArgs::new();
    args.set("day", at.day().to_string());
    args.set("month", i64::from(at.month()));
    args.set("year", at.year().to_string());
    args.set("time", at.strftime("%H:%M").to_string());
    say(common, "moment", &args)
}

/// How long ago, as long as that is easier to grasp than the date.
pub fn ago(common: &Language, at: Timestamp, now: Timestamp) -> String {
    let seconds = now.since(at).as_secs();
    let (key, number) = match seconds {
        0..MINUTE => ("ago-now", 0),
        MINUTE..HOUR => ("ago-minutes", seconds / MINUTE),
        HOUR..DAY => ("ago-hours", seconds / HOUR),
        _ if seconds < 7 * DAY => ("ago-days", seconds / DAY),
        _ => return moment(common, at),
    };
    let mut args = FluentArgs::new();
    args.set("n", number);
    say(common, key, &args)
}

/// `14:59`, counted up to whole seconds.
pub fn clock(left: Duration) -> String {
    let seconds = left.as_secs();
    if seconds < HOUR {
        return format!("{}:{:02}", seconds / MINUTE, seconds % MINUTE);
    }
    format!("{}:{:02}:{:02}", seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE)
}

fn say(common: &Language, key: &str, args: &FluentArgs<'_>) -> String {
    common.say(key, Some(args)).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Common, Words};
    use kernel::Locale;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn w3_a_moment_is_told_in_the_readers_words_and_in_east_africa_time() {
        let at = at("2026-12-31T21:30:00Z");
        assert_eq!(moment(Common::in_language(Locale::En), at), "1 January 2027, 00:30");
        assert_eq!(moment(Common::in_language(Locale::Sw), at), "1 Januari 2027, 00:30");
    }

    #[test]
    fn w3_what_is_recent_is_told_by_how_long_ago_it_was() {
        let (now, english) = (at("2026-12-31T12:00:00Z"), Common::in_language(Locale::En));
        for (then, told) in [
            ("2026-12-31T12:00:07Z", "just now"),
            ("2026-12-31T11:59:01Z", "just now"),
            ("2026-12-31T11:58:59Z", "1 min"),
            ("2026-12-31T09:00:00Z", "3 h"),
            ("2026-12-29T12:00:00Z", "2 days"),
            ("2026-12-24T12:00:00Z", "24 December 2026, 15:00"),
        ] {
            assert_eq!(ago(english, at(then), now), told, "{then}");
        }
        assert_eq!(ago(Common::in_language(Locale::Sw), at("2026-12-31T09:00:00Z"), now), "saa 3 zilizopita");
    }

    #[test]
    fn a_countdown_shows_minutes_and_hours_only_where_there_are_any() {
        let clock = |seconds| clock(Duration::from_secs(seconds));
        assert_eq!([clock(0), clock(59), clock(899), clock(3_661)], ["0:00", "0:59", "14:59", "1:01:01"]);
    }
}
