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
    /// Never more than there are cores.
    idle: Mutex<Vec<Memory>>,
}

impl Pool {
    /// Runs work in the memory of a core that is free.
    fn with_memory<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut memory = kept.unwrap_or_default();
        let result = work(&mut memory);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
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
        let cores = tokio::runtime::Handle::current().metrics().num_workers();
        let (places, cores) = (Semaphore::new(cores * (1 + QUEUE)), Semaphore::new(cores));
        Pool { places: Arc::new(places), cores: Arc::new(cores), idle: Mutex::default() }
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
        let core = pool.cores.clone().acquire_owned().await.map_err(Fault::internal)?;
        // Both permits go with the work: it can't be stopped once begun, so its place isn't free before it ends.
        let done = tokio::task::spawn_blocking(move || {
            let result = pool.with_memory(work);
            drop((core, place));
            result
        });
        done.await.map_err(Fault::internal)?
    }
}
