//! The connections of one service.
//!
//! sqlx's own pool asks every connection that comes back whether it still lives. For a read of one statement that is as much
//! again as the read, so this one keeps what ended well, and closes whatever it can't be sure of
//! (docs/decisions/0017-a-pool-that-asks-nothing.md).

use std::{
    fmt,
    io::ErrorKind,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{StreamExt, TryFutureExt, TryStreamExt, future::BoxFuture, stream, stream::BoxStream};
use sqlx::{
    ConnectOptions, Either, Error, Execute, Executor, PgConnection, Postgres, SqlStr,
    postgres::{PgConnectOptions, PgQueryResult, PgRow, PgStatement, PgTypeInfo},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, timeout},
};

/// How long somebody waits for a connection before they hear 503.
const PATIENCE: Duration = Duration::from_secs(2);
/// Between two tries to reach a server that refuses connections: it may be starting.
const AGAIN: Duration = Duration::from_millis(50);
/// A connection nobody wanted for so long is closed.
const IDLE: Duration = Duration::from_mins(1);
/// No connection lives longer: what PostgreSQL keeps for it only grows.
const LIFE: Duration = Duration::from_mins(30);

/// Starts empty and never opens more than `most` connections.
#[derive(Clone)]
pub struct Pool {
    options: Arc<PgConnectOptions>,
    places: Arc<Semaphore>,
    most: usize,
    idle: Arc<Mutex<Vec<Idle>>>,
}

struct Idle {
    conn: PgConnection,
    born: Instant,
    since: Instant,
}

/// A connection in use. One that isn't given back is closed, and PostgreSQL undoes what it had begun.
pub(crate) struct Taken {
    pub conn: PgConnection,
    born: Instant,
    idle: Arc<Mutex<Vec<Idle>>>,
    /// Given back last.
    _place: OwnedSemaphorePermit,
}

impl Pool {
    pub(crate) fn new(options: PgConnectOptions, most: u32) -> Self {
        let most = most.try_into().unwrap_or(Semaphore::MAX_PERMITS);
        Self { options: Arc::new(options), places: Arc::new(Semaphore::new(most)), most, idle: Arc::default() }
    }

    pub(crate) async fn take(&self) -> Result<Taken, Error> {
        timeout(PATIENCE, self.taken()).await.map_err(|_| Error::PoolTimedOut)?
    }

    async fn taken(&self) -> Result<Taken, Error> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| Error::PoolClosed)?;
        // The one used last, so that those too many for the load grow old.
        let kept = lock(&self.idle).pop();
        let (conn, born) = match kept {
            Some(kept) => (kept.conn, kept.born),
            None => (self.connect().await?, Instant::now()),
        };
        Ok(Taken { conn, born, idle: self.idle.clone(), _place: place })
    }

    async fn connect(&self) -> Result<PgConnection, Error> {
        loop {
            match self.options.connect().await {
                Err(Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused => sleep(AGAIN).await,
                ended => return ended,
            }
        }
    }

    /// Closes what nobody wanted for a while.
    pub(crate) fn reap(&self) {
        lock(&self.idle).retain(|kept| kept.since.elapsed() < IDLE);
    }

    /// Open connections, and how many of them nobody uses.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let idle = lock(&self.idle).len();
        (self.most - self.places.available_permits() + idle, idle)
    }
}

impl Taken {
    /// For the next one: the last statement has ended, and no transaction is open.
    pub(crate) fn give_back(self) {
        let Self { conn, born, idle, _place } = self;
        if born.elapsed() < LIFE {
            lock(&idle).push(Idle { conn, born, since: Instant::now() });
        }
    }

    /// For the next one, if nothing went wrong but the statement itself. Where a connection broke, those beside it are no better.
    fn give_back_after<T>(self, ended: Result<T, Error>) -> Result<T, Error> {
        match &ended {
            Ok(_) => self.give_back(),
            Err(Error::Database(refused)) if refused.code().is_none_or(|code| !code.starts_with("57P")) => self.give_back(),
            Err(_) => lock(&self.idle).clear(),
        }
        ended
    }
}

fn lock(idle: &Mutex<Vec<Idle>>) -> MutexGuard<'_, Vec<Idle>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("most", &self.most).finish_non_exhaustive()
    }
}

impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taken").finish_non_exhaustive()
    }
}

/// One statement on one connection. Rows are read before the first is handed out: whoever stops in the middle leaves a connection
/// that is known to have ended.
impl<'p> Executor<'p> for &'p Pool {
    type Database = Postgres;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Either<PgQueryResult, PgRow>, Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        let read = async move {
            let mut taken = self.take().await?;
            let rows: Result<Vec<_>, Error> = taken.conn.fetch_many(query).try_collect().await;
            taken.give_back_after(rows)
        };
        read.map_ok(|rows| stream::iter(rows).map(Ok)).try_flatten_stream().boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<PgRow>, Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        Box::pin(async move {
            let mut taken = self.take().await?;
            let row = taken.conn.fetch_optional(query).await;
            taken.give_back_after(row)
        })
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [PgTypeInfo]) -> BoxFuture<'e, Result<PgStatement, Error>>
    where
        'p: 'e,
    {
        Box::pin(async move {
            let mut taken = self.take().await?;
            let statement = taken.conn.prepare_with(sql, parameters).await;
            taken.give_back_after(statement)
        })
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<sqlx::Describe<Postgres>, Error>>
    where
        'p: 'e,
    {
        Box::pin(async move {
            let mut taken = self.take().await?;
            let described = taken.conn.describe(sql).await;
            taken.give_back_after(described)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::poll;
    use testkit::Database;

    async fn pool(most: u32) -> (Pool, Database) {
        let database = Database::of(&[]).await;
        (Pool::new(database.url.parse().unwrap(), most), database)
    }

    async fn backend(pool: &Pool) -> Result<i32, Error> {
        sqlx::query_scalar("select pg_backend_pid()").fetch_one(pool).await
    }

    #[tokio::test]
    async fn a_connection_is_used_again_whatever_became_of_its_statement() {
        let (pool, _database) = pool(2).await;
        let first = backend(&pool).await.unwrap();
        assert_eq!((backend(&pool).await.unwrap(), pool.counts()), (first, (1, 1)));
        let refused = sqlx::query("select 1 / 0").execute(&pool).await.unwrap_err();
        assert!(refused.as_database_error().is_some(), "{refused}");
        assert_eq!((backend(&pool).await.unwrap(), pool.counts()), (first, (1, 1)));
    }

    #[tokio::test]
    async fn who_stops_in_the_middle_leaves_no_connection_behind() {
        let (pool, _database) = pool(1).await;
        let first = backend(&pool).await.unwrap();
        let mut reading = Box::pin(sqlx::query("select pg_sleep(60)").execute(&pool));
        assert!(poll!(&mut reading).is_pending());
        assert_eq!(pool.counts(), (1, 0));
        drop(reading);
        assert_eq!(pool.counts(), (0, 0));
        assert_ne!(backend(&pool).await.unwrap(), first);
    }

    #[tokio::test]
    async fn when_the_server_ends_connections_one_statement_fails_and_no_other() {
        let (pool, database) = pool(4).await;
        let taken = [pool.take().await.unwrap(), pool.take().await.unwrap(), pool.take().await.unwrap()];
        taken.into_iter().for_each(Taken::give_back);
        assert_eq!(pool.counts(), (3, 3));
        let all = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        sqlx::query(all).execute(&database.owner).await.unwrap();
        let fault = kernel::Fault::from(backend(&pool).await.unwrap_err());
        assert_eq!((fault.kind(), pool.counts()), (kernel::Kind::Unavailable, (0, 0)));
        backend(&pool).await.unwrap();
    }

    #[tokio::test]
    async fn who_finds_no_connection_free_hears_so_after_two_seconds() {
        let (pool, _database) = pool(1).await;
        let taken = pool.take().await.unwrap();
        tokio::time::pause();
        let begun = Instant::now();
        assert!(matches!(pool.take().await, Err(Error::PoolTimedOut)));
        assert_eq!(begun.elapsed().as_secs(), 2);
        taken.give_back();
        pool.take().await.unwrap().give_back();
    }

    #[tokio::test]
    async fn what_nobody_wants_for_a_minute_is_closed_and_nothing_lives_longer_than_half_an_hour() {
        let (pool, _database) = pool(2).await;
        backend(&pool).await.unwrap();
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(59)).await;
        pool.reap();
        assert_eq!(pool.counts(), (1, 1));
        tokio::time::advance(Duration::from_secs(1)).await;
        pool.reap();
        assert_eq!(pool.counts(), (0, 0));
        tokio::time::resume();
        let taken = pool.take().await.unwrap();
        tokio::time::pause();
        tokio::time::advance(LIFE).await;
        taken.give_back();
        assert_eq!(pool.counts(), (0, 0));
    }
}
