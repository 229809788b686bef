//! What a carrier says of a message, and what follows from it.

use std::time::Duration;

use kernel::Timestamp;

/// A day after it began, a message is old news: it is given up.
const LONGEST: Duration = Duration::from_hours(24);
/// The longest pause between two tries.
const PAUSE: Duration = Duration::from_mins(30);
/// The pause after a message that may have arrived: a copy of it is the price of not losing it, so there are to be few.
const UNKNOWN: Duration = Duration::from_mins(1);

/// Reasons name codes and what broke, never a person or an address (X14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is the carrier's to bring now.
    Accepted,
    /// Not now, or there was no answer; `wait` is how long the carrier asked for.
    Later { reason: String, wait: Option<Duration> },
    /// It had the message and said nothing: it may have taken it (X10).
    Unknown { reason: String },
    /// This message will never be taken.
    Refused { reason: String },
}

impl Answer {
    pub fn later(reason: impl Into<String>) -> Self {
        Self::Later { reason: reason.into(), wait: None }
    }

    pub fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown { reason: reason.into() }
    }

    pub fn refused(reason: impl Into<String>) -> Self {
        Self::Refused { reason: reason.into() }
    }
}

/// What becomes of the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Sent,
    Again { at: Timestamp, reason: String },
    Failed { reason: String },
}

/// How a delivery has fared so far.
#[derive(Debug, Clone, Copy)]
pub struct Tried {
    /// How often a carrier has said "later" before.
    pub before: u32,
    /// When the message began.
    pub since: Timestamp,
    /// A code is good until then; the try at that moment ends it.
    pub expires_at: Option<Timestamp>,
}

/// Pauses double from two seconds; what the carrier asks for counts where it is longer.
pub fn next(answer: Answer, tried: Tried, now: Timestamp) -> Next {
    let (reason, least) = match answer {
        Answer::Accepted => return Next::Sent,
        Answer::Refused { reason } => return Next::Failed { reason },
        Answer::Later { reason, wait } => (reason, wait.unwrap_or_default()),
        Answer::Unknown { reason } => (reason, UNKNOWN),
    };
    if now.since(tried.since) >= LONGEST {
        return Next::Failed { reason: format!("given up after a day: {reason}") };
    }
    let doubled = Duration::from_secs(2_u64.saturating_pow(tried.before.saturating_add(1)));
    let at = now.plus(doubled.max(least).min(PAUSE));
    Next::Again { at: tried.expires_at.map_or(at, |end| at.min(end)), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_000_000_000_000;

    fn now() -> Timestamp {
        Timestamp::from_microsecond(NOW)
    }

    fn pause(answer: Answer, before: u32) -> Duration {
        match next(answer, Tried { before, since: now(), expires_at: None }, now()) {
            Next::Again { at, .. } => at.since(now()),
            ended => panic!("{ended:?}"),
        }
    }

    #[test]
    fn n5_pauses_double_up_to_half_an_hour_and_heed_what_the_carrier_asks() {
        let pauses: Vec<u64> = (0..12).map(|before| pause(Answer::later("450"), before).as_secs()).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800]);
        let asked = |seconds| Answer::Later { reason: "429".into(), wait: Some(Duration::from_secs(seconds)) };
        assert_eq!(
            (pause(asked(30), 0).as_secs(), pause(asked(1), 3).as_secs(), pause(asked(9999), 0).as_secs()),
            (30, 16, 1800)
        );
        assert_eq!(pause(Answer::unknown("cut"), 0), Duration::from_mins(1), "few copies of what may have arrived");
        assert_eq!(pause(Answer::later("450"), u32::MAX), PAUSE);
    }

    #[test]
    fn n5_what_is_accepted_or_refused_is_over_and_what_waits_a_day_is_given_up() {
        let tried = |since: Timestamp| Tried { before: 3, since, expires_at: None };
        assert_eq!(next(Answer::Accepted, tried(now()), now()), Next::Sent);
        assert_eq!(next(Answer::refused("550"), tried(now()), now()), Next::Failed { reason: "550".into() });
        let late = now().plus(LONGEST);
        assert_eq!(next(Answer::later("450"), tried(now()), late), Next::Failed { reason: "given up after a day: 450".into() });
        assert!(matches!(next(Answer::later("450"), tried(now().plus(Duration::from_secs(1))), late), Next::Again { .. }));
    }

    proptest! {
        #[test]
        fn x13_a_code_is_looked_at_again_no_later_than_at_its_end(before in 0..40_u32, left in 1..1_000_u64, wait in prop::option::of(0..5_000_u64)) {
            let end = now().plus(Duration::from_secs(left));
            let answer = Answer::Later { reason: "later".into(), wait: wait.map(Duration::from_secs) };
            let Next::Again { at, .. } = next(answer, Tried { before, since: now(), expires_at: Some(end) }, now()) else {
                return Err(TestCaseError::fail("it ended"));
            };
            prop_assert!(now() < at && at <= end);
        }
    }
}
