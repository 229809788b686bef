//! Throttling of failed logins (A7): a few are free, then each doubles the wait.

use std::time::Duration;

use kernel::Timestamp;

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(15);
/// Failures are forgotten after a day without another.
pub const MEMORY: Duration = Duration::from_hours(24);

/// What failures are counted against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The account, as seen from devices it has never been used on.
    Account,
    /// A device that proved itself. Strangers don't have it, so they can't use up its failures.
    Device,
    /// A network address. Many people share one behind a mobile network's gateway.
    Address,
}

impl Against {
    /// Failures without any wait.
    pub fn free(self) -> i32 {
        match self {
            Self::Account => 5,
            Self::Device => 10,
            Self::Address => 50,
        }
    }

    /// Separates the buckets' keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Device => "device",
            Self::Address => "address",
        }
    }
}

/// The count of failures against one thing. An attempt counts as a failure before it is judged, so that a hundred at
/// once don't all pass; a success takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Keyed hash of what it counts against.
    pub key: Vec<u8>,
    pub failures: i32,
    pub last_at: Timestamp,
}

impl Bucket {
    /// When the next attempt may be made.
    pub fn open_at(&self, against: Against) -> Timestamp {
        match u32::try_from(self.failures - against.free()) {
            Ok(over) => self.last_at.plus((FIRST_WAIT * 2u32.pow(over.min(16))).min(LONGEST_WAIT)),
            Err(_) => self.last_at,
        }
    }

    /// Counts one more attempt.
    #[must_use]
    pub fn counted(&self, now: Timestamp) -> Self {
        let kept = if now.since(self.last_at) >= MEMORY { 0 } else { self.failures };
        Self { key: self.key.clone(), failures: kept.saturating_add(1), last_at: now }
    }

    /// Takes a success into account. An address keeps what others on it did, lest one right login of an attacker's own
    /// wipe out a thousand wrong ones.
    #[must_use]
    pub fn forgiven(&self, against: Against) -> Self {
        let failures = if against == Against::Address { (self.failures - 1).max(0) } else { 0 };
        Self { failures, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn start() -> Timestamp {
        Timestamp::from_microsecond(0)
    }

    fn bucket(failures: i32) -> Bucket {
        Bucket { key: Vec::new(), failures, last_at: start() }
    }

    #[test]
    fn a7_five_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let wait = |failures| bucket(failures).open_at(Against::Account).since(start()).as_secs();
        assert_eq!([0, 4, 5, 6, 7, 14, 15, 1000].map(wait), [0, 0, 1, 2, 4, 512, 900, 900]);
    }

    #[test]
    fn a7_a_day_of_peace_forgets() {
        assert_eq!(bucket(900).counted(start().plus(MEMORY)).failures, 1);
        assert_eq!(bucket(900).counted(start().plus(Duration::from_hours(23))).failures, 901);
    }

    proptest! {
        #[test]
        fn a7_a_persistent_guesser_gets_no_more_than_a_hundred_and_ten_a_day(step in 1..120_u64) {
            let (mut kept, mut now, mut guesses) = (bucket(0), start(), 0);
            while now.since(start()) < Duration::from_hours(24) {
                if now >= kept.open_at(Against::Account) {
                    kept = kept.counted(now);
                    guesses += 1;
                }
                now = now.plus(Duration::from_secs(step));
            }
            prop_assert!(guesses <= 110, "{guesses}");
        }
    }
}
