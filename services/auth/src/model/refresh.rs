//! The family rule of refresh tokens (A3): one successor for everybody who races, the end for whoever brings an old one.

use std::time::Duration;

use kernel::Timestamp;

/// A refresh token lives this long, and so does a session nobody uses.
pub const LIFE: Duration = Duration::from_hours(24 * 30);

/// A session as its refresh tokens see it.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// The number of its newest token; they count from 0.
    pub newest: i64,
    pub has_ended: bool,
}

/// A refresh token of a family, as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Presented {
    pub number: i64,
    pub expires_at: Timestamp,
}

/// What presenting a token comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is the newest: its successor becomes the newest.
    Rotate,
    /// It is the one before the newest: an answer was lost or a tab was slower. The same successor again.
    Repeat,
    /// It is older: somebody kept a token that had been used up. The family ends.
    Reused,
    /// The session has ended.
    Ended,
    /// Its time is over.
    Expired,
}

impl Family {
    pub fn present(&self, token: Presented, now: Timestamp) -> Outcome {
        if self.has_ended {
            Outcome::Ended
        } else if token.number < self.newest - 1 {
            Outcome::Reused
        } else if now >= token.expires_at {
            Outcome::Expired
        } else if token.number == self.newest {
            Outcome::Rotate
        } else {
            Outcome::Repeat
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn present(number: i64, newest: i64) -> Outcome {
        let now = Timestamp::from_microsecond(0);
        Family { newest, has_ended: false }.present(Presented { number, expires_at: now.plus(LIFE) }, now)
    }

    #[test]
    fn a3_the_newest_rotates_the_one_before_repeats_and_older_ones_end_the_family() {
        assert_eq!(
            [present(7, 7), present(6, 7), present(5, 7), present(0, 7)],
            [Outcome::Rotate, Outcome::Repeat, Outcome::Reused, Outcome::Reused]
        );
        let (now, family) = (Timestamp::from_microsecond(0), Family { newest: 7, has_ended: true });
        assert_eq!(family.present(Presented { number: 7, expires_at: now.plus(LIFE) }, now), Outcome::Ended);
    }

    #[test]
    fn a3_a_token_lives_thirty_days() {
        let now = Timestamp::from_microsecond(0);
        let (family, token) = (Family { newest: 0, has_ended: false }, Presented { number: 0, expires_at: now.plus(LIFE) });
        assert_eq!(family.present(token, now.plus(LIFE).minus(Duration::from_secs(1))), Outcome::Rotate);
        assert_eq!(family.present(token, now.plus(LIFE)), Outcome::Expired);
    }

    proptest! {
        #[test]
        fn a3_of_two_who_share_a_token_one_ends_up_outside(turns in prop::collection::vec(any::<bool>(), 1..40)) {
            // An owner and a thief begin with token 0; each presents the newest token they have been given.
            let (mut newest, mut held, mut is_over) = (0, [0, 0], false);
            for turn in turns {
                let who = usize::from(turn);
                match present(held[who], newest) {
                    Outcome::Rotate => { newest += 1; held[who] = newest; }
                    Outcome::Repeat => held[who] = newest,
                    outcome => { prop_assert_eq!(outcome, Outcome::Reused); is_over = true; break; }
                }
            }
            // Whoever fell two behind was found out.
            prop_assert!(is_over || held.iter().all(|held| newest - held <= 1 || present(*held, newest) == Outcome::Reused));
        }
    }
}
