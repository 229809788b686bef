//! `Tx`: the only place facts are published and jobs enqueued, so neither can happen without its state change.

use kernel::{Fact, Fault, Job, Kind, Signal, Timestamp};
use serde_json::value::RawValue;
use sqlx::{Executor, PgConnection};
use uuid::Uuid;

use super::{Db, pool::Taken};
use crate::{bus::Addressee, http::once, seal, signal::Word, trace};

/// An open transaction of one service. It commits when the closure given to `write!` ends in Ok.
#[derive(Debug)]
pub struct Tx {
    taken: Taken,
    db: Db,
    now: Timestamp,
    facts: Vec<Told>,
    jobs: Vec<Due>,
    signals: Vec<Word>,
    only_for: Option<Addressee>,
}

#[derive(Debug)]
struct Told {
    id: Uuid,
    name: &'static str,
    body: Box<RawValue>,
    trace: Option<String>,
}

#[derive(Debug)]
struct Due {
    id: Uuid,
    name: &'static str,
    body: Box<RawValue>,
    at: Timestamp,
    trace: Option<String>,
}

impl Tx {
    /// `write!` is the one place that opens transactions.
    pub(super) async fn begin(db: &Db) -> Result<Self, Fault> {
        let taken = db.pool.begin(db.manner).await?;
        let (db, now) = (db.clone(), db.clock.now());
        Ok(Self { taken, db, now, facts: Vec::new(), jobs: Vec::new(), signals: Vec::new(), only_for: None })
    }

    /// The connection, for a store's statements.
    pub fn conn(&mut self) -> &mut PgConnection {
        self.taken.conn()
    }

    /// When this transaction began, by the node's clock.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Tells a fact once this transaction commits; not at all if it doesn't.
    pub fn publish<F: Fact>(&mut self, fact: &F) -> Result<(), Fault> {
        if self.only_for.as_ref().is_some_and(|to| !to.copies(F::NAME)) {
            return Ok(());
        }
        let id = self.db.ids.uuid();
        let body = seal::close(&self.db.keys, &self.db.ids, id, fact)?;
        self.facts.push(Told { id, name: F::NAME, body, trace: trace::current() });
        Ok(())
    }

    /// From here on facts go to this service alone, and only those it keeps copies of.
    pub(crate) fn tell_only(&mut self, to: &Addressee) {
        self.only_for = Some(to.clone());
    }

    /// How many facts will be told when this commits.
    pub(crate) fn told(&self) -> u64 {
        self.facts.len() as u64
    }

    /// Leaves work to be done at `at` or soon after, once this transaction commits.
    pub fn enqueue<J: Job>(&mut self, job: &J, at: Timestamp) -> Result<(), Fault> {
        let (id, body) = (self.db.ids.uuid(), serde_json::value::to_raw_value(job)?);
        self.jobs.push(Due { id, name: J::NAME, body, at, trace: trace::current() });
        Ok(())
    }

    /// Says something to every node once this transaction has committed. It may be lost: it must be true elsewhere.
    pub fn signal<S: Signal>(&mut self, signal: &S) -> Result<(), Fault> {
        self.signals.push(Word::of(signal)?);
        Ok(())
    }

    /// Marks the request's idempotency claim as done, in the transaction of its last effect (X2).
    /// A replay shows `resource` again. Without a claim (a job, a fact) there is nothing to mark.
    pub async fn done(&mut self, resource: impl std::fmt::Display) -> Result<(), Fault> {
        let Some(claim) = once::current() else { return Ok(()) };
        let marked = sqlx::query!(
            "update kernel.idempotency
                set resource = $2
              where claim = $1",
            claim,
            resource.to_string(),
        )
        .execute(self.conn())
        .await?;
        // Another request took the claim over after its lease ran out; let that one have the effect.
        if marked.rows_affected() == 0 { Err(once::still_running()) } else { Ok(()) }
    }

    /// Marks facts as heard by this service; says which of them weren't before.
    pub(crate) async fn hear_once(&mut self, facts: &[(Uuid, String)]) -> Result<Vec<Uuid>, Fault> {
        let (service, now) = (self.db.service, self.now);
        let (ids, names): (Vec<Uuid>, Vec<String>) = facts.iter().cloned().unzip();
        let new = sqlx::query_scalar!(
            "insert into kernel.inbox as inbox (service, fact, name, state, at)
             select $1, heard.fact, heard.name, 'done', $2
               from unnest($3::uuid[], $4::text[]) as heard (fact, name)
              order by heard.fact
             on conflict (service, fact) do update
                set state = 'done', reason = null, not_before = null, envelope = null, at = $2
              where inbox.state <> 'done'
             returning fact",
            service,
            now,
            &ids,
            &names,
        );
        Ok(new.fetch_all(self.conn()).await?)
    }

    pub(super) async fn commit(mut self) -> Result<(), Fault> {
        if let Err(fault) = self.write().await {
            self.roll_back().await;
            return Err(fault);
        }
        let Self { mut taken, db, facts, jobs, signals, .. } = self;
        let committed = taken.conn().execute("commit").await;
        taken.end(committed).map_err(|error| match Fault::from(error) {
            lost if lost.kind() == Kind::Internal => Fault::unavailable(1, lost),
            fault => fault,
        })?;
        if !facts.is_empty() {
            db.wake.facts.notify_one();
        }
        if !jobs.is_empty() {
            db.wake.jobs.notify_one();
        }
        for word in signals {
            db.signals.say(word);
        }
        Ok(())
    }

    /// Undoes everything. A connection that can't say so is closed, which undoes it too.
    pub(super) async fn roll_back(mut self) {
        let undone = self.taken.conn().execute("rollback").await;
        if let Err(error) = self.taken.end(undone) {
            tracing::debug!(%error, "a transaction ended with its connection");
        }
    }

    async fn write(&mut self) -> Result<(), Fault> {
        self.write_facts().await?;
        self.write_jobs().await
    }

    async fn write_facts(&mut self) -> Result<(), Fault> {
        if self.facts.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = self.facts.iter().map(|fact| fact.id).collect();
        let names: Vec<String> = self.facts.iter().map(|fact| fact.name.to_owned()).collect();
        let bodies: Vec<String> = self.facts.iter().map(|fact| fact.body.get().to_owned()).collect();
        let traces: Vec<Option<String>> = self.facts.iter().map(|fact| fact.trace.clone()).collect();
        let (service, now, only_for) = (self.db.service, self.now, self.only_for.as_ref().map(|to| to.service));
        sqlx::query!(
            "insert into kernel.outbox (id, service, name, body, at, trace, only_for)
             select told.id, $1, told.name, told.body::jsonb, $2, told.trace, $7
               from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as told (id, name, body, trace)",
            service,
            now,
            &ids,
            &names,
            &bodies,
            &traces as &[Option<String>],
            only_for,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn write_jobs(&mut self) -> Result<(), Fault> {
        if self.jobs.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = self.jobs.iter().map(|job| job.id).collect();
        let names: Vec<String> = self.jobs.iter().map(|job| job.name.to_owned()).collect();
        let bodies: Vec<String> = self.jobs.iter().map(|job| job.body.get().to_owned()).collect();
        let times: Vec<Timestamp> = self.jobs.iter().map(|job| job.at).collect();
        let traces: Vec<Option<String>> = self.jobs.iter().map(|job| job.trace.clone()).collect();
        let service = self.db.service;
        sqlx::query!(
            "insert into kernel.job (id, service, name, body, run_at, trace)
             select due.id, $1, due.name, due.body::jsonb, due.run_at, due.trace
               from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[]) as due (id, name, body, run_at, trace)",
            service,
            &ids,
            &names,
            &bodies,
            &times,
            &traces as &[Option<String>],
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// Turns a constraint's refusal into the service's own fault: the constraint *is* the check.
pub trait Constraint<T> {
    /// A violation of the constraint `name` becomes `fault`.
    fn on_constraint(self, name: &str, fault: impl Into<Fault>) -> Result<T, Fault>;

    /// The same for a statement that several constraints guard.
    fn on_constraints(self, fault: impl FnOnce(&str) -> Option<Fault>) -> Result<T, Fault>;
}

impl<T> Constraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, fault: impl Into<Fault>) -> Result<T, Fault> {
        self.on_constraints(|violated| (violated == name).then(|| fault.into()))
    }

    fn on_constraints(self, fault: impl FnOnce(&str) -> Option<Fault>) -> Result<T, Fault> {
        self.map_err(|error| {
            let violated = error.as_database_error().and_then(|refused| refused.constraint());
            violated.and_then(fault).unwrap_or_else(|| error.into())
        })
    }
}
