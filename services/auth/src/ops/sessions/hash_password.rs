//! Hashes and checks passwords on a bounded pool (A8): one at a time a core, a short queue, and a clear no beyond it.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use host::Here;
use kernel::Fault;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    fault::Refusal,
    model::{
        password::{self, Memory},
        secret::Secret,
    },
};

/// Passwords that may wait for each core: at 50 ms each, the last waits under a second.
const QUEUE: usize = 16;

/// One for the whole process, whatever the number of nodes in it: cores aren't more because of them.
static POOL: OnceLock<Pool> = OnceLock::new();

#[derive(Debug)]
struct Pool {
    places: Arc<Semaphore>,
    cores: Arc<Semaphore>,
    /// Held once by the pool, and by each who waits for a core.
    queue: Arc<()>,
    /// Never more than there are cores.
    idle: Mutex<Vec<Memory>>,
}

impl Pool {
    fn of(cores: usize) -> Self {
        let (places, cores) = (Semaphore::new(cores * (1 + QUEUE)), Semaphore::new(cores));
        Self { places: Arc::new(places), cores: Arc::new(cores), queue: Arc::default(), idle: Mutex::default() }
    }

    /// Runs work in the memory of a core that is free. While others wait for one, they fill it anew at once; whoever ends when nobody
    /// does wipes all of it.
    fn with_memory<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut memory = kept.unwrap_or_default();
        let result = work(&mut memory);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(memory);
        if Arc::strong_count(&self.queue) == 1 {
            idle.iter_mut().for_each(Memory::wipe);
        }
        result
    }
}

/// A place in the queue: taken before anything else, so that overload costs nothing but a refusal.
#[derive(Debug)]
pub struct Place {
    place: OwnedSemaphorePermit,
    pool: &'static Pool,
}

/// A place, or 503 `auth.busy`.
pub fn place() -> Result<Place, Fault> {
    let pool = POOL.get_or_init(|| {
        // The runtime has a worker for every core.
        Pool::of(tokio::runtime::Handle::current().metrics().num_workers())
    });
    let place = pool.places.clone().try_acquire_owned().map_err(|_| Refusal::Busy)?;
    Ok(Place { place, pool })
}

impl Place {
    /// The hash of a new password that is strong enough, given what an attacker knows of the person.
    pub async fn hash(self, here: &Here, password: Secret, known: Vec<String>) -> Result<String, Fault> {
        let salt = here.ids.bytes();
        self.run(move |memory| {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            password::must_be_strong(password.expose(), &known)?;
            password::hash(password.expose(), &salt, memory)
        })
        .await
    }

    /// Whether the password is right; without a hash it isn't, after the same work.
    pub async fn verify(self, password: Secret, hash: Option<String>) -> Result<bool, Fault> {
        self.run(move |memory| password::verify(password.expose(), hash.as_deref(), memory)).await
    }

    async fn run<T, W>(self, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: FnOnce(&mut Memory) -> Result<T, Fault> + Send + 'static,
    {
        let Self { place, pool } = self;
        let waiting = pool.queue.clone();
        let core = pool.cores.clone().acquire_owned().await.map_err(Fault::internal)?;
        drop(waiting);
        // Both permits go with the work: it can't be stopped once begun, so its place isn't free before it ends.
        let done = tokio::task::spawn_blocking(move || {
            let result = pool.with_memory(work);
            drop((core, place));
            result
        });
        done.await.map_err(Fault::internal)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idle(pool: &Pool) -> String {
        format!("{:?}", pool.idle.lock().unwrap())
    }

    #[test]
    fn a8_one_memory_does_for_one_password_after_the_other_and_is_wiped_when_nobody_waits() {
        let pool = Pool::of(2);
        let hashed = |pool: &Pool| pool.with_memory(|memory| password::hash("maembe saba ya bluu", &[7; 16], memory)).unwrap();
        let first = hashed(&pool);
        assert_eq!((hashed(&pool), idle(&pool).as_str()), (first.clone(), "[Memory(wiped)]"));
        let waiting = pool.queue.clone();
        let inner = pool.with_memory(|_| hashed(&pool));
        assert_eq!((inner, idle(&pool).as_str()), (first, "[Memory(used), Memory(wiped)]"), "two at once, and another waits");
        drop(waiting);
        hashed(&pool);
        assert_eq!(idle(&pool), "[Memory(wiped), Memory(wiped)]", "the last one out wipes what others left");
    }
}
