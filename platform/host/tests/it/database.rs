//! Walls in the database: a service's role sees its own things only.

use sqlx::{Connection, Executor, PgConnection, postgres::PgConnectOptions};
use testkit::Stage;

use crate::toy::stage;

async fn as_toy(stage: &Stage) -> PgConnection {
    let options: PgConnectOptions = stage.database.url.parse().unwrap();
    PgConnection::connect_with(&options.options([("role", "nexgate_toy")])).await.unwrap()
}

#[tokio::test]
async fn a_service_writes_facts_and_jobs_in_its_own_name_only_and_never_changes_them() {
    let stage = stage().await;
    let mut toy = as_toy(&stage).await;
    let denied = [
        "insert into kernel.outbox (id, service, name, body, at) values (gen_random_uuid(), 'payment', 'x', '{}', now())",
        "insert into kernel.job (id, service, name, body, run_at) values (gen_random_uuid(), 'payment', 'x', '{}', now())",
        "insert into kernel.inbox (service, fact, name, state, at) values ('payment', gen_random_uuid(), 'x', 'done', now())",
        "update kernel.outbox set sent_at = now()",
        "delete from kernel.outbox",
        "select * from kernel.outbox",
        "select * from kernel.job",
        "create table kernel.mine ()",
        "create table public.mine ()",
    ];
    for statement in denied {
        let error = toy.execute(statement).await.unwrap_err();
        let refused = error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default();
        assert_eq!(refused, "42501", "{statement}: {error}");
    }
}

#[tokio::test]
async fn migrations_run_twice_change_nothing_and_none_is_pending() {
    let stage = stage().await;
    let config = host::Config::for_tests(stage.database.url.clone());
    let services = [crate::toy::service()];
    assert_eq!(host::Node::pending(&config, &services).await.unwrap(), 0);
    host::Node::migrate(&config, &services).await.unwrap();
    sqlx::query("delete from toy.migration").execute(&stage.database.owner).await.unwrap();
    assert_eq!(host::Node::pending(&config, &services).await.unwrap(), 1);
}
