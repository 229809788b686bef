//! The toy service.

use std::{
    borrow::Cow,
    sync::atomic::{AtomicBool, Ordering},
    task::Poll,
    time::Duration,
};

use axum::{Json, extract::State, http::StatusCode};
use garde::Validate;
use host::{
    Command, Here, Outcomes, Service, Traced, Tx,
    http::{Answer, Body, Caller, Created, MoneyOnce, NoBody, Once, Path},
};
use kernel::{Actor, Ask, Fact, Fault, Id, Job, Kind, Prefix};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::{
    AssertSqlSafe, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};
use testkit::Stage;
use tokio::sync::Semaphore;
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(Debug, Clone, Copy, utoipa::ToSchema)]
pub struct Thing;
impl Prefix for Thing {
    const PREFIX: &'static str = "thg";
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ThingMade {
    pub id: Id<Thing>,
    pub name: String,
}
impl Fact for ThingMade {
    const NAME: &'static str = "toy.thing_made.v1";
}

/// A fact that comes in numbers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ThingNoted {
    pub name: String,
}
impl Fact for ThingNoted {
    const NAME: &'static str = "toy.thing_noted.v1";
}

/// A change that shares its transaction with others.
#[derive(Debug)]
pub struct Keep(String);
impl Command for Keep {
    type Answer = ();
    type Key = String;
    const NAME: &'static str = "keep";

    fn key(&self) -> String {
        self.0.clone()
    }

    /// Some names misbehave; the first batch waits at the gate where it has patience.
    async fn apply(tx: &mut Tx, _: &Here, batch: &[Traced<Self>]) -> Outcomes<Self> {
        let mut outcomes = Vec::new();
        for keep in batch {
            match keep.0.as_str() {
                "patience" => wait_once().await,
                "held" => {
                    sqlx::query("select pg_advisory_xact_lock(7)").execute(tx.conn()).await?;
                }
                "poison" => return Err(Fault::internal("poisoned")),
                "bomb" => panic!("it explodes, as it should"),
                "refused" => {
                    outcomes.push(Err(Fault::new(Kind::Conflict, "toy.refused", "Not this one.")));
                    continue;
                }
                _ => {}
            }
            sqlx::query("insert into toy.kept values ($1)").bind(&keep.0).execute(tx.conn()).await?;
            keep.as_its_step(|| tx.publish(&ThingNoted { name: keep.0.clone() }))?;
            outcomes.push(Ok(()));
        }
        Ok(outcomes)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountThing {
    pub name: String,
}
impl Job for CountThing {
    const NAME: &'static str = "count_thing";
    const TRIES: u16 = 3;
}

/// Work of another kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecountThings {}
impl Job for RecountThings {
    const NAME: &'static str = "recount_things";
}

/// How often a thing was counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountedTimes {
    pub name: String,
}
impl Ask for CountedTimes {
    const NAME: &'static str = "toy.counted_times.v1";
    type Answer = i32;
}

#[derive(Debug, Deserialize, Validate, utoipa::ToSchema)]
pub struct MakeThing {
    #[garde(length(chars, min = 1, max = 20))]
    pub name: String,
}

const SCHEMA: &str = "
    create table toy.thing (id uuid primary key, name text not null);
    create table toy.heard (name text primary key, times int not null);
    create table toy.counted (name text primary key, times int not null);
    create table toy.kept (name text not null, batch xid8 not null default pg_current_xact_id());
    -- Counts the tries of a write, also those that were rolled back.
    create sequence toy.tries;
    grant usage on sequence toy.tries to nexgate_toy;";

pub fn service() -> Service {
    older().hears(heard).hears_together(noted).runs(count).runs(recount)
}

/// The version before: it knows nothing yet of the fact, nor of the job.
pub fn older() -> Service {
    let first = Migration::new(1, "toy".into(), MigrationType::Simple, AssertSqlSafe(SCHEMA).into_sql_str(), false);
    let mut migrator = Migrator { migrations: Cow::Owned(vec![first]), ..Migrator::DEFAULT };
    migrator.dangerous_set_table_name("toy.migration");
    Service::new("toy", migrator)
        .api(
            OpenApiRouter::new()
                .routes(routes!(make))
                .routes(routes!(copy))
                .routes(routes!(show))
                .routes(routes!(keep))
                .routes(routes!(slow))
                .routes(routes!(fall)),
        )
        .answers(counted_times)
        .tells::<ThingMade>()
        .tells::<ThingNoted>()
        .every(Duration::from_mins(1), "look_round", looked_round)
}

pub async fn stage() -> Stage {
    Stage::of(service()).start().await
}

/// The first who comes to the gate waits until it is opened; every test is a process of its own.
static GATE: Semaphore = Semaphore::const_new(0);
static WAITING: Semaphore = Semaphore::const_new(0);
static CAME: AtomicBool = AtomicBool::new(false);

async fn wait_once() {
    if !CAME.swap(true, Ordering::SeqCst) {
        WAITING.add_permits(1);
        GATE.acquire().await.unwrap().forget();
    }
}

/// So many stand in the line by now.
static IN_LINE: Semaphore = Semaphore::const_new(0);

/// Until so many have come into the line.
pub async fn stand_in_line(many: u32) {
    IN_LINE.acquire_many(many).await.unwrap().forget();
}

/// Until somebody waits at the gate.
pub async fn somebody_waits() {
    WAITING.acquire().await.unwrap().forget();
}

/// Looks until the database answers true.
pub async fn until(stage: &Stage, query: &'static str) {
    let looks = async {
        let mut pause = tokio::time::interval(Duration::from_millis(20));
        while !sqlx::query_scalar::<_, bool>(query).fetch_one(&stage.database.owner).await.unwrap() {
            pause.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), looks).await.unwrap_or_else(|_| panic!("never: {query}"));
}

/// Lets a minute pass for everybody, and waits for the next heartbeat of whoever holds a lease.
pub async fn a_minute_and_a_heartbeat(stage: &Stage, leases: &'static str) {
    let lease: String = sqlx::query_scalar(leases).fetch_one(&stage.database.owner).await.unwrap();
    stage.advance(Duration::from_mins(1));
    let mut pause = tokio::time::interval(Duration::from_millis(20));
    let renewed = async {
        while sqlx::query_scalar::<_, String>(leases).fetch_one(&stage.database.owner).await.unwrap() == lease {
            pause.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), renewed).await.expect("the lease is renewed");
}

pub fn open_the_gate() {
    GATE.add_permits(1);
}

/// Makes a thing; some names misbehave on the way.
pub async fn make_thing(here: &Here, actor: &Actor, cmd: &MakeThing) -> Result<Id<Thing>, Fault> {
    actor.user()?;
    let id = here.ids.next();
    if cmd.name == "patience" {
        wait_once().await;
    }
    host::write!(here.db, async |tx| {
        sqlx::query("select nextval('toy.tries')").execute(tx.conn()).await?;
        sqlx::query("insert into toy.thing values ($1, $2)").bind(id.uuid()).bind(&cmd.name).execute(tx.conn()).await?;
        tx.publish(&ThingMade { id, name: cmd.name.clone() })?;
        tx.enqueue(&CountThing { name: cmd.name.clone() }, tx.now())?;
        tx.done(id).await?;
        if cmd.name == "refused" { Err(Fault::new(Kind::Conflict, "toy.refused", "Not this one.")) } else { Ok(id) }
    })
}

/// Make a thing.
#[utoipa::path(post, path = "/things", request_body = MakeThing, responses((status = 201)))]
async fn make(State(here): State<Here>, Caller(actor): Caller, once: MoneyOnce<MakeThing>) -> Answer<Created<Value>> {
    let id: Id<Thing> = once.run(&here, async |cmd| make_thing(&here, &actor, &cmd).await).await?;
    Ok(Created(json!({ "id": id })))
}

/// Make a thing like another; no money moves, so the key is kept for a day.
#[utoipa::path(post, path = "/things/{id}/copies", request_body = MakeThing, responses((status = 201)))]
async fn copy(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(_like): Path<Id<Thing>>,
    once: Once<MakeThing>,
) -> Answer<Created<Value>> {
    let id: Id<Thing> = once.run(&here, async |cmd| make_thing(&here, &actor, &cmd).await).await?;
    Ok(Created(json!({ "id": id })))
}

/// Look at a thing.
#[utoipa::path(get, path = "/things/{id}", responses((status = 200)))]
async fn show(State(here): State<Here>, Path(id): Path<Id<Thing>>) -> Answer<Json<Value>> {
    let found = sqlx::query_scalar::<_, String>("select name from toy.thing where id = $1").bind(id.uuid());
    let name = found.fetch_optional(here.db.reader()).await?.ok_or_else(Fault::not_found)?;
    Ok(Json(json!({ "name": name })))
}

/// Keep a thing, together with whoever else does.
#[utoipa::path(put, path = "/kept/{name}", params(("name" = String, Path)), responses((status = 204)))]
async fn keep(State(here): State<Here>, Caller(actor): Caller, Path(name): Path<String>) -> Answer<StatusCode> {
    actor.user()?;
    let mut kept = Box::pin(here.together(Keep(name)));
    let early = futures_util::poll!(&mut kept);
    IN_LINE.add_permits(1);
    match early {
        Poll::Ready(kept) => kept?,
        Poll::Pending => kept.await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Takes longer than anybody waits.
#[utoipa::path(get, path = "/slow", responses((status = 200)))]
async fn slow() -> Answer<Json<Value>> {
    std::future::pending().await
}

/// Panics.
#[utoipa::path(post, path = "/fall", responses((status = 200)))]
async fn fall(_: Body<NoBody>) -> Answer<Json<Value>> {
    panic!("as it should")
}

async fn heard(tx: &mut Tx, _: &Here, fact: ThingMade) -> Result<(), Fault> {
    if fact.name.starts_with("poison") {
        return Err(Fault::internal("poisoned"));
    }
    assert!(fact.name != "bomb", "it explodes, as it should");
    if let Some(before) = fact.name.strip_prefix("after ") {
        let heard = sqlx::query("select 1 from toy.heard where name = $1").bind(before).fetch_optional(tx.conn()).await?;
        heard.ok_or_else(|| Fault::unavailable(1, "its predecessor isn't here yet"))?;
    }
    tally(tx, "heard", &fact.name).await
}

/// Hears all that come together, or none of them.
async fn noted(tx: &mut Tx, _: &Here, facts: Vec<Traced<ThingNoted>>) -> Result<(), Fault> {
    for fact in &facts {
        if fact.name.starts_with("lost") {
            return Err(Fault::internal("one of them can't be heard"));
        }
        tally(tx, "heard", &fact.name).await?;
        fact.as_its_step(|| tx.enqueue(&CountThing { name: fact.name.clone() }, tx.now()))?;
    }
    tally(tx, "heard", &format!("{} together", facts.len())).await
}

async fn counted_times(here: Here, ask: CountedTimes) -> Result<i32, Fault> {
    match ask.name.as_str() {
        "refused" => Err(Fault::new(Kind::Conflict, "toy.refused", "Not this one.")),
        "slow" => std::future::pending().await,
        name => {
            let found = sqlx::query_scalar("select times from toy.counted where name = $1").bind(name);
            Ok(found.fetch_optional(here.db.reader()).await?.unwrap_or(0))
        }
    }
}

async fn count(here: Here, job: CountThing) -> Result<(), Fault> {
    if job.name == "never" {
        return Err(Fault::internal("this job never works"));
    }
    if job.name == "long" {
        wait_once().await;
    }
    if job.name.starts_with("stuck") {
        std::future::pending::<()>().await;
    }
    host::write!(here.db, async |tx| { tally(tx, "counted", &job.name).await })
}

async fn recount(here: Here, _: RecountThings) -> Result<(), Fault> {
    host::write!(here.db, async |tx| { tally(tx, "counted", "all of them").await })
}

async fn looked_round(here: Here) -> Result<(), Fault> {
    host::write!(here.db, async |tx| { tally(tx, "counted", "a look round").await })
}

async fn tally(tx: &mut Tx, table: &str, name: &str) -> Result<(), Fault> {
    let tally =
        format!("insert into toy.{table} as tally values ($1, 1) on conflict (name) do update set times = tally.times + 1");
    sqlx::query(AssertSqlSafe(tally)).bind(name).execute(tx.conn()).await?;
    Ok(())
}

/// How often a name stands in `heard` or `counted`.
pub async fn times(stage: &Stage, table: &str, name: &str) -> i32 {
    let times = sqlx::query_scalar(AssertSqlSafe(format!("select times from toy.{table} where name = $1"))).bind(name);
    times.fetch_optional(&stage.database.owner).await.unwrap().unwrap_or(0)
}

/// How many rows a query counts.
pub async fn count_of(stage: &Stage, query: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {query}"))).fetch_one(&stage.database.owner).await.unwrap()
}
