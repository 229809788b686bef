//! Readiness: whether every database answers, looked at once a second however many ask.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::home::Home;

/// How long an answer is good. Anybody may ask, and each look takes one of the machinery's few connections.
const GOOD: Duration = Duration::from_secs(1);

/// What a node needs to serve anybody.
#[derive(Clone)]
pub(crate) struct Ready {
    databases: Arc<[sqlx::PgPool]>,
    /// The node is about to leave: whoever comes is served, but nobody more should be sent.
    pub leaving: CancellationToken,
    looked: Arc<Mutex<Looked>>,
}

/// What was seen last. Whoever asks while somebody looks waits for what that one sees.
#[derive(Default)]
struct Looked(Option<(Instant, bool)>);

impl Ready {
    pub fn of(homes: &[Home]) -> Self {
        let databases = homes.iter().map(|home| home.pool().clone()).collect();
        Self { databases, leaving: CancellationToken::new(), looked: Arc::default() }
    }

    /// Why nobody should be sent here; `None` where every database answers and the node is going to stay.
    pub async fn refusal(&self) -> Option<&'static str> {
        if self.leaving.is_cancelled() {
            return Some("leaving");
        }
        let answers = self.looked.lock().await.or_look(|| self.databases_answer()).await;
        (!answers).then_some("the database doesn't answer")
    }

    async fn databases_answer(&self) -> bool {
        for pool in self.databases.iter() {
            if sqlx::query_scalar!("select 1").fetch_one(pool).await.is_err() {
                return false;
            }
        }
        true
    }
}

impl Looked {
    async fn or_look<F: Future<Output = bool>>(&mut self, look: impl FnOnce() -> F) -> bool {
        if let Some((at, seen)) = self.0
            && at.elapsed() < GOOD
        {
            return seen;
        }
        let seen = look().await;
        self.0 = Some((Instant::now(), seen));
        seen
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::future::join_all;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn however_many_ask_one_looks_and_what_it_saw_is_good_for_a_second() {
        let (looked, looks) = (Mutex::new(Looked::default()), Cell::new(0));
        // The database goes away and comes back from one look to the next, and takes its time.
        let look = || async {
            tokio::time::sleep(GOOD * 3).await;
            looks.set(looks.get() + 1);
            looks.get() % 2 == 1
        };
        let ask = || async { looked.lock().await.or_look(look).await };
        assert_eq!(join_all([ask(), ask(), ask()]).await, [true; 3]);
        tokio::time::advance(Duration::from_millis(999)).await;
        assert_eq!((ask().await, looks.get()), (true, 1));
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!((ask().await, looks.get()), (false, 2), "that it doesn't answer is seen a second later");
        assert_eq!((ask().await, looks.get()), (false, 2));
    }
}
