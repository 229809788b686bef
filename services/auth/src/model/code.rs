//! Codes to type in: how long they live, how often they may be tried and sent (A1).

use std::time::Duration;

use kernel::Timestamp;

use super::secret::same;

/// Decimal digits.
pub const DIGITS: u32 = 6;
pub const LIFE: Duration = Duration::from_mins(10);
/// Misses after which only a new code helps.
const TRIES: i16 = 5;
/// Codes one contact is sent within `WINDOW`.
pub const ISSUES: i32 = 5;
/// Codes asked for from one address within `WINDOW`. Many people share one behind a mobile network's gateway.
pub const ISSUES_TO_ADDRESS: i32 = 60;
pub const WINDOW: Duration = Duration::from_mins(10);
/// Between a flow's first code and its second; it doubles up to `LONGEST_WAIT`.
const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// The code of a flow, as it is kept.
#[derive(Debug)]
pub struct Code {
    pub hash: Vec<u8>,
    pub misses: i16,
    /// How often this flow has sent one.
    pub issues: i16,
    pub issued_at: Timestamp,
    pub is_used: bool,
}

/// What a try at a code comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Counts as a miss.
    Wrong,
    Expired,
    Locked,
    Used,
}

impl Code {
    /// Judges a try by its keyed hashes, one of which the right one was kept under. Used, expired and locked come first: they
    /// say nothing about the try itself.
    pub fn judge(&self, tried: &[Vec<u8>], now: Timestamp) -> Verdict {
        if self.is_used {
            Verdict::Used
        } else if now >= self.expires_at() {
            Verdict::Expired
        } else if self.misses >= TRIES {
            Verdict::Locked
        } else if tried.iter().any(|tried| same(&self.hash, tried)) {
            Verdict::Right
        } else {
            Verdict::Wrong
        }
    }

    pub fn expires_at(&self) -> Timestamp {
        self.issued_at.plus(LIFE)
    }

    /// When this flow may send its next code.
    pub fn next_issue_at(&self) -> Timestamp {
        let doubled = u32::try_from(self.issues - 1).unwrap_or(0).min(8);
        self.issued_at.plus((FIRST_WAIT * 2u32.pow(doubled)).min(LONGEST_WAIT))
    }
}

/// Whole seconds until `then`, at least one: for Retry-After.
pub fn seconds_until(then: Timestamp, now: Timestamp) -> u32 {
    let wait = then.since(now);
    u32::try_from(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ISSUED: i64 = 1_000_000_000;

    fn code(misses: i16, issues: i16) -> Code {
        let issued_at = Timestamp::from_microsecond(ISSUED);
        Code { hash: vec![1; 32], misses, issues, issued_at, is_used: false }
    }

    fn tried(byte: u8) -> Vec<Vec<u8>> {
        vec![vec![byte; 32]]
    }

    #[test]
    fn a_code_is_right_under_whichever_key_it_was_kept() {
        let judge = |tried: &[u8]| {
            let tried: Vec<Vec<u8>> = tried.iter().map(|byte| vec![*byte; 32]).collect();
            code(0, 1).judge(&tried, Timestamp::from_microsecond(ISSUED))
        };
        assert_eq!([judge(&[2, 1]), judge(&[1, 2]), judge(&[2, 3])], [Verdict::Right, Verdict::Right, Verdict::Wrong]);
    }

    #[test]
    fn a1_a_code_lives_ten_minutes_and_takes_five_tries() {
        let at = |seconds: u64| Timestamp::from_microsecond(ISSUED).plus(Duration::from_secs(seconds));
        assert_eq!(code(4, 1).judge(&tried(1), at(599)), Verdict::Right);
        assert_eq!(code(0, 1).judge(&tried(1), at(600)), Verdict::Expired);
        assert_eq!(code(4, 1).judge(&tried(2), at(0)), Verdict::Wrong);
        assert_eq!(code(5, 1).judge(&tried(1), at(0)), Verdict::Locked);
        assert_eq!(Code { is_used: true, ..code(0, 1) }.judge(&tried(1), at(0)), Verdict::Used);
    }

    #[test]
    fn a1_sending_again_waits_30_60_120_seconds() {
        let waits: Vec<u64> =
            (1..=5).map(|issues| code(0, issues)).map(|c| c.next_issue_at().since(c.issued_at).as_secs()).collect();
        assert_eq!(waits, [30, 60, 120, 120, 120]);
    }

    proptest! {
        #[test]
        fn no_sequence_of_tries_gets_more_than_five_guesses(tries in prop::collection::vec((any::<u8>(), 0..900_u64), 0..40)) {
            let (mut kept, mut guesses) = (code(0, 1), 0);
            for (guess, seconds) in tries {
                match kept.judge(&tried(guess), kept.issued_at.plus(Duration::from_secs(seconds))) {
                    Verdict::Wrong => { kept.misses += 1; guesses += 1; }
                    Verdict::Right => { kept.is_used = true; guesses += 1; }
                    Verdict::Expired => prop_assert!(seconds >= 600),
                    Verdict::Locked => prop_assert_eq!(kept.misses, 5),
                    Verdict::Used => prop_assert!(kept.is_used),
                }
            }
            prop_assert!(guesses <= 5 + i32::from(kept.is_used));
        }

        #[test]
        fn a_wait_is_never_too_short(micros in 0..10_000_000_i64) {
            let now = Timestamp::from_microsecond(ISSUED);
            let then = Timestamp::from_microsecond(ISSUED + micros);
            prop_assert!(now.plus(Duration::from_secs(seconds_until(then, now).into())) >= then);
        }
    }
}
