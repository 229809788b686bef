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
    postgres::{PgConnectOptions, PgDatabaseError, PgQueryResult, PgRow, PgSeverity, PgStatement, PgTypeInfo},
};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, timeout},
};

/// How long somebody waits for a connection before they hear 503.
const PATIENCE: Duration = Duration::from_secs(2);
/// Between two tries to reach a server that takes no connection just now.
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

/// A connection in use. One that isn't given back, because its user stopped in the middle, keeps its place until PostgreSQL has ended
/// what it was at: whoever hangs up again and again can't make it work on more at once.
pub(crate) struct Taken {
    /// There until it is given back or known to be broken.
    open: Option<Open>,
    idle: Arc<Mutex<Vec<Idle>>>,
}

struct Open {
    conn: PgConnection,
    born: Instant,
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
        Ok(Taken { open: Some(Open { conn, born, _place: place }), idle: self.idle.clone() })
    }

    async fn connect(&self) -> Result<PgConnection, Error> {
        loop {
            match self.options.connect().await {
                // A server that starts or has no place left just now.
                Err(error) if is_passing(&error) => sleep(AGAIN).await,
                ended => return ended,
            }
        }
    }

    /// Begins a transaction. Connections that died while nobody used them are thrown away together, and that costs nobody anything:
    /// nothing was done yet.
    pub(crate) async fn begin(&self, manner: Manner) -> Result<Taken, Error> {
        match self.begun(manner).await {
            Err(error) if is_broken(&error) => self.begun(manner).await,
            ended => ended,
        }
    }

    async fn begun(&self, manner: Manner) -> Result<Taken, Error> {
        let mut taken = self.take().await?;
        match taken.conn().execute(manner.begin()).await {
            Ok(_) => Ok(taken),
            Err(error) => taken.end(Err(error)),
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

/// How a transaction goes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Usual,
    /// It gives up soon where somebody else has what it wants to lock. For work of many, who would all wait with it.
    Impatient,
}

impl Manner {
    fn begin(self) -> &'static str {
        match self {
            Self::Usual => "begin",
            Self::Impatient => "begin; set local lock_timeout to '50ms'",
        }
    }
}

impl Taken {
    #[expect(clippy::expect_used, reason = "only what takes the connection away takes it out, and that takes the whole of it")]
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.open.as_mut().expect("a connection in use is there").conn
    }

    /// For the next one: the last statement has ended, and no transaction is open.
    pub(crate) fn give_back(mut self) {
        if let Some(open) = self.open.take() {
            keep(&self.idle, open);
        }
    }

    /// Passes on how a statement ended. The connection is for the next one, unless it can't be relied on any more.
    pub(crate) fn end<T>(mut self, ended: Result<T, Error>) -> Result<T, Error> {
        match &ended {
            Err(error) if is_broken(error) => {
                self.open = None;
                // Those beside it are no better.
                lock(&self.idle).clear();
            }
            Err(error) if is_spoilt(error) => self.open = None,
            _ => self.give_back(),
        }
        ended
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if let (Some(mut open), Ok(runtime)) = (self.open.take(), Handle::try_current()) {
            let idle = self.idle.clone();
            runtime.spawn(async move {
                // Waits for what is under way, and undoes what was begun.
                if open.conn.execute("rollback").await.is_ok() {
                    keep(&idle, open);
                }
            });
        }
    }
}

fn keep(idle: &Mutex<Vec<Idle>>, open: Open) {
    let Open { conn, born, _place } = open;
    if born.elapsed() < LIFE {
        lock(idle).push(Idle { conn, born, since: Instant::now() });
    }
}

/// Whether another try may find the server as it should be.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::Io(error) => error.kind() == ErrorKind::ConnectionRefused,
        // cannot_connect_now, too_many_connections: PostgreSQL manual, appendix A.
        Error::Database(refused) => matches!(refused.code().as_deref(), Some("57P03" | "53300")),
        _ => false,
    }
}

/// Whether the connection is gone.
fn is_broken(error: &Error) -> bool {
    match error {
        Error::Io(_) | Error::Protocol(_) => true,
        // PostgreSQL ends the connection with everything that is more than an error.
        Error::Database(refused) => refused
            .try_downcast_ref::<PgDatabaseError>()
            .is_none_or(|refused| matches!(refused.severity(), PgSeverity::Fatal | PgSeverity::Panic)),
        _ => false,
    }
}

/// Whether the connection holds on to something that is no more, such as a plan for a table that has changed since.
fn is_spoilt(error: &Error) -> bool {
    matches!(error, Error::Database(refused) if refused.code().as_deref() == Some("0A000"))
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
            let rows: Result<Vec<_>, Error> = taken.conn().fetch_many(query).try_collect().await;
            taken.end(rows)
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
            let row = taken.conn().fetch_optional(query).await;
            taken.end(row)
        })
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [PgTypeInfo]) -> BoxFuture<'e, Result<PgStatement, Error>>
    where
        'p: 'e,
    {
        Box::pin(async move {
            let mut taken = self.take().await?;
            let statement = taken.conn().prepare_with(sql, parameters).await;
            taken.end(statement)
        })
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<sqlx::Describe<Postgres>, Error>>
    where
        'p: 'e,
    {
        Box::pin(async move {
            let mut taken = self.take().await?;
            let described = taken.conn().describe(sql).await;
            taken.end(described)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::poll;
    use sqlx::Connection;
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
    async fn who_stops_in_the_middle_keeps_the_place_until_the_server_has_ended() {
        let (pool, database) = pool(1).await;
        let first = backend(&pool).await.unwrap();
        let mut reading = Box::pin(sqlx::query("select pg_advisory_lock(7)").execute(&pool));
        let mut other = PgConnection::connect_with(&database.url.parse().unwrap()).await.unwrap();
        sqlx::query("select pg_advisory_lock(7)").execute(&mut other).await.unwrap();
        assert!(poll!(&mut reading).is_pending());
        drop(reading);
        let mut next = Box::pin(backend(&pool));
        assert!(poll!(&mut next).is_pending());
        assert_eq!(pool.counts(), (1, 0));
        sqlx::query("select pg_advisory_unlock(7)").execute(&mut other).await.unwrap();
        assert_eq!(next.await.unwrap(), first);
    }

    #[tokio::test]
    async fn a_transaction_that_is_dropped_is_undone_before_the_connection_is_used_again() {
        let (pool, _database) = pool(1).await;
        let mut taken = pool.begin(Manner::Usual).await.unwrap();
        taken.conn().execute("create table left_over ()").await.unwrap();
        drop(taken);
        let found: Option<String> = sqlx::query_scalar("select to_regclass('left_over')::text").fetch_one(&pool).await.unwrap();
        assert_eq!((found, pool.counts()), (None, (1, 1)));
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
        // Nothing was done yet, so a transaction begins all the same.
        let taken = [pool.take().await.unwrap(), pool.take().await.unwrap()];
        taken.into_iter().for_each(Taken::give_back);
        sqlx::query(all).execute(&database.owner).await.unwrap();
        pool.begin(Manner::Impatient).await.unwrap().give_back();
        assert_eq!(pool.counts(), (1, 1));
    }

    #[tokio::test]
    async fn a_connection_with_a_plan_for_what_has_changed_since_is_closed() {
        let (pool, database) = pool(1).await;
        let change = async |statement: &'static str| sqlx::raw_sql(statement).execute(&database.owner).await.unwrap();
        change("create table changing (one int)").await;
        let read = async || sqlx::query("select * from changing").fetch_all(&pool).await;
        read().await.unwrap();
        change("alter table changing add two int").await;
        assert!(matches!(read().await, Err(Error::Database(_))));
        assert_eq!(pool.counts(), (0, 0));
        read().await.unwrap();
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
