//! New ids and randomness, handed in like the clock so that a test can fix them.

use std::sync::{Arc, Mutex, PoisonError};

use kernel::{Clock, Id};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use uuid::Uuid;

/// Makes UUIDv7 ids (RFC 9562) that sort in the order they were made on this node, and random secrets.
#[derive(Debug, Clone)]
pub struct Ids {
    clock: Clock,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    rng: StdRng,
    /// The last millisecond an id was made in, and how many were made in it: RFC 9562, section 6.2, method 1.
    millis: u64,
    count: u16,
}

impl Ids {
    /// Randomness from the operating system.
    pub fn system(clock: Clock) -> Self {
        Self::with(clock, StdRng::from_rng(&mut SystemRandomness::rng()))
    }

    /// The same ids and secrets every time: for tests only.
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self::with(clock, StdRng::seed_from_u64(seed))
    }

    fn with(clock: Clock, rng: StdRng) -> Self {
        Self { clock, state: Arc::new(Mutex::new(State { rng, millis: 0, count: 0 })) }
    }

    /// A new id.
    pub fn next<T>(&self) -> Id<T> {
        Id::from_uuid(self.uuid())
    }

    /// A new UUIDv7 for rows that never leave the database.
    pub fn uuid(&self) -> Uuid {
        let now = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if now > state.millis {
            (state.millis, state.count) = (now, 0);
        } else if state.count < 0xfff {
            state.count += 1;
        } else {
            (state.millis, state.count) = (state.millis + 1, 0);
        }
        let mut tail = [0u8; 10];
        let (counter, random) = tail.split_at_mut(2);
        counter.copy_from_slice(&state.count.to_be_bytes());
        state.rng.fill_bytes(random);
        uuid::Builder::from_unix_timestamp_millis(state.millis, &tail).into_uuid()
    }

    /// Secret bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        self.state.lock().unwrap_or_else(PoisonError::into_inner).rng.fill_bytes(&mut bytes);
        bytes
    }

    /// A secret number of `digits` decimal digits, leading zeros kept: a code to type in.
    pub fn code(&self, digits: u32) -> String {
        let below = 10u64.pow(digits.min(18));
        let number = self.state.lock().unwrap_or_else(PoisonError::into_inner).rng.random_range(0..below);
        format!("{number:0width$}", width = digits as usize)
    }
}

/// The one place that asks the operating system.
struct SystemRandomness;
impl SystemRandomness {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for randomness")]
    fn rng() -> rand::rngs::ThreadRng {
        rand::rng()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Timestamp;

    #[test]
    fn ids_of_one_node_sort_in_the_order_they_were_made() {
        let ids = Ids::seeded(Clock::fixed(Timestamp::from_microsecond(1_000_000)), 1);
        let made: Vec<Uuid> = (0..10_000).map(|_| ids.uuid()).collect();
        assert!(made.is_sorted() && made.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn a_code_keeps_its_leading_zeros() {
        let ids = Ids::seeded(Clock::system(), 2);
        assert!((0..1000).all(|_| ids.code(6).len() == 6));
    }
}
