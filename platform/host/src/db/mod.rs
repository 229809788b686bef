//! The database as a service sees it: one pool under the service's own role, and `write!` as the only way to change it.

mod migrate;
mod pool;
mod tx;

use std::{ops::ControlFlow, sync::Arc, time::Duration};

use kernel::{Clock, Fault, Kind};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::Notify;

use crate::{ids::Ids, keys::Keys, signal::Signals};

pub(crate) use migrate::{checksums, make_roles, migrate, migrators, pending};
pub(crate) use pool::Manner;
pub use pool::Pool;
pub use tx::{Constraint, Tx};

/// How often a transaction that PostgreSQL asked to repeat is repeated before the caller hears 503.
const REPEATS: u32 = 3;

/// One service's door to its schema.
#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) service: &'static str,
    pub(crate) pool: Pool,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) keys: Keys,
    pub(crate) wake: Wake,
    pub(crate) signals: Signals,
    pub(crate) manner: Manner,
}

/// Rung after a commit that left something for the relay or the workers to do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wake {
    pub facts: Arc<Notify>,
    pub jobs: Arc<Notify>,
}

impl Db {
    /// Of a service that another node mounts: nothing here is ever run.
    pub(crate) fn nowhere(service: &'static str, clock: Clock, ids: Ids, keys: Keys) -> Self {
        let pool = Pool::new(PgConnectOptions::new_without_pgpass(), 0);
        Self { service, pool, clock, ids, keys, wake: Wake::default(), signals: Signals::default(), manner: Manner::Usual }
    }

    /// The same place, gone about in this manner.
    pub(crate) fn in_manner(&self, manner: Manner) -> Self {
        Self { manner, ..self.clone() }
    }

    /// For views: reads that need no transaction of their own.
    pub fn reader(&self) -> &Pool {
        &self.pool
    }
}

/// Runs its block in one transaction and commits it: state, facts and jobs together, or nothing (X3).
///
/// ```ignore
/// host::write!(here.db, async |tx| {
///     store::orders::insert(tx, &order).await?;
///     tx.publish(&OrderPlaced { .. })?;
///     Ok(order.id)
/// })
/// ```
///
/// A serialization failure or deadlock repeats the block at most three times, so it may touch only its `tx`.
/// A connection lost during COMMIT is unknown: 503, never repeated. It is a macro because an async closure that borrows
/// from its surroundings can't yet be proven `Send` (docs/decisions/0001-transactions-are-a-macro.md).
#[macro_export]
macro_rules! write {
    ($db:expr, async |$tx:ident| $body:block) => {{
        let mut attempts = $crate::Attempts::of(&$db);
        loop {
            let ended = match attempts.begin().await {
                Ok(mut open) => {
                    let result = async {
                        let $tx: &mut $crate::Tx = &mut open;
                        $body
                    };
                    let result = result.await;
                    attempts.end(open, result).await
                }
                Err(fault) => ::std::ops::ControlFlow::Break(Err(fault)),
            };
            if let ::std::ops::ControlFlow::Break(result) = ended {
                break result;
            }
        }
    }};
}

/// The tries of one `write!`; nothing else makes a `Tx`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Attempts<'a> {
    db: &'a Db,
    left: u32,
}

impl<'a> Attempts<'a> {
    pub fn of(db: &'a Db) -> Self {
        Self { db, left: REPEATS }
    }

    pub async fn begin(&self) -> Result<Tx, Fault> {
        Tx::begin(self.db).await
    }

    /// Commits or rolls back; goes on where PostgreSQL asked for a repeat and there are tries left.
    pub async fn end<T>(&mut self, tx: Tx, result: Result<T, Fault>) -> ControlFlow<Result<T, Fault>> {
        let ended = match result {
            Ok(value) => tx.commit().await.map(|()| value),
            Err(fault) => {
                tx.roll_back().await;
                Err(fault)
            }
        };
        match ended {
            Err(fault) if fault.kind() == Kind::Repeat && self.left > 0 => {
                self.left -= 1;
                ControlFlow::Continue(())
            }
            Err(fault) if fault.kind() == Kind::Repeat => ControlFlow::Break(Err(Fault::unavailable(1, fault))),
            ended => ControlFlow::Break(ended),
        }
    }
}

/// How to reach the database at this address.
pub(crate) fn options(url: &str) -> Result<PgConnectOptions, Fault> {
    url.parse().map_err(|error| Fault::internal(format_args!("a database's address: {error}")))
}

/// What PostgreSQL should end by itself, in its own words: a wait for a lock nobody gives back, the transaction of a node that is
/// gone or hangs, and a connection whose other end no longer answers (PostgreSQL manual, 20.3 and 20.11).
const PATIENCE: [(&str, &str); 5] = [
    ("lock_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("tcp_keepalives_idle", "60"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
];

/// Every statement is short, prepared, and goes by an index. Planned once for all values, which is cheaper than anew for each; by an
/// index where there is one, also while a table is still so small, or so empty again, that reading all of it would be cheaper: the
/// plan stays when the table grows (docs/decisions/0019-plans-for-the-size-tables-will-have.md).
pub(crate) const PLANS: [(&str, &str); 3] =
    [("plan_cache_mode", "force_generic_plan"), ("enable_seqscan", "off"), ("jit", "off")];

/// The connections of a service, which come as its role.
pub(crate) fn pool(options: PgConnectOptions, service: &str, most: u32) -> Pool {
    Pool::new(as_service(options, service), most)
}

fn as_service(options: PgConnectOptions, service: &str) -> PgConnectOptions {
    options.options(PATIENCE).options(PLANS).options([("role", format!("nexgate_{service}"))])
}

/// The connections of the machinery, which come as the owner.
pub(crate) fn owners_pool(options: PgConnectOptions, most: u32) -> PgPool {
    PgPoolOptions::new()
        .min_connections(0)
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(2))
        .idle_timeout(Duration::from_mins(1))
        .test_before_acquire(false)
        .connect_lazy_with(options.options(PATIENCE).options(PLANS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_comes_as_its_service_and_waits_for_nothing_for_ever() {
        let owner = owners_pool(options("postgres://here/nexgate").unwrap(), 1).connect_options();
        let options = as_service(options("postgres://here/nexgate").unwrap(), "toy");
        let said = options.get_options().unwrap();
        for setting in ["role=nexgate_toy", "plan_cache_mode=force_generic_plan", "enable_seqscan=off", "lock_timeout=30s"] {
            assert!(said.contains(setting), "{said}");
            assert_eq!(owner.get_options().unwrap().contains(setting), !setting.starts_with("role"), "{setting}");
        }
    }
}
