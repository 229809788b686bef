//! Migrations: the kernel's own, then each service's, by the owner.

use kernel::Fault;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection,
    migrate::{MigrateError, Migrator},
    postgres::PgConnectOptions,
};

use crate::service::Service;

/// Serialises nodes that start together; any number that nobody else uses will do.
const LOCK: i64 = 0x6e65_7867_6174_6501;

static KERNEL: Migrator = sqlx::migrate!();
/// What makes a service's role and schema; `{service}` is its name.
const SERVICE: &str = include_str!("service.sql");
/// Where `service.sql` goes on to what belongs to the database: before it stands what belongs to the whole cluster.
const SCHEMA: &str = "create schema";

/// Brings the database to what these services expect.
pub(crate) async fn migrate(options: &PgConnectOptions, services: &[&Service]) -> Result<(), Fault> {
    let mut conn = PgConnection::connect_with(options).await?;
    sqlx::query!("select pg_advisory_lock($1)", LOCK).fetch_one(&mut conn).await?;
    run(&KERNEL, &mut conn).await?;
    for service in services {
        conn.execute(AssertSqlSafe(SERVICE.replace("{service}", service.name))).await?;
        run(&service.migrator, &mut conn).await?;
    }
    conn.close().await?;
    Ok(())
}

/// Makes the services' roles where they are missing: a dump names them and doesn't hold them.
pub(crate) async fn make_roles(conn: &mut PgConnection, services: &[Service]) -> Result<(), sqlx::Error> {
    let (role, _) = SERVICE.split_once(SCHEMA).unwrap_or((SERVICE, ""));
    for service in services {
        conn.execute(AssertSqlSafe(role.replace("{service}", service.name))).await?;
    }
    Ok(())
}

/// Every schema with its migrations, in the order they are applied.
pub(crate) fn migrators(services: &[Service]) -> impl Iterator<Item = (&'static str, &Migrator)> {
    std::iter::once(("kernel", &KERNEL)).chain(services.iter().map(|service| (service.name, &service.migrator)))
}

/// What the migrations contain, in the order they are applied.
pub(crate) fn checksums(services: &[Service]) -> Vec<Vec<u8>> {
    migrators(services).flat_map(|(_, migrator)| migrator.iter().map(|migration| migration.checksum.to_vec())).collect()
}

/// How many migrations these services expect that the database hasn't seen.
pub(crate) async fn pending(options: &PgConnectOptions, services: &[&Service]) -> Result<usize, Fault> {
    let mut conn = PgConnection::connect_with(options).await?;
    let mut missing = 0;
    let all = std::iter::once(("kernel", &KERNEL)).chain(services.iter().map(|service| (service.name, &service.migrator)));
    for (schema, migrator) in all {
        missing += missing_in(&mut conn, schema, migrator).await?;
    }
    conn.close().await?;
    Ok(missing)
}

async fn missing_in(conn: &mut PgConnection, schema: &str, migrator: &Migrator) -> Result<usize, Fault> {
    let table = format!("{schema}.migration");
    let known: Option<bool> = sqlx::query_scalar!("select to_regclass($1) is not null", table).fetch_one(&mut *conn).await?;
    if known != Some(true) {
        return Ok(migrator.iter().count());
    }
    let seen: Vec<i64> =
        sqlx::query_scalar(AssertSqlSafe(format!("select version from {table} where success"))).fetch_all(conn).await?;
    Ok(migrator.iter().filter(|migration| !seen.contains(&migration.version)).count())
}

async fn run(migrator: &Migrator, conn: &mut PgConnection) -> Result<(), Fault> {
    migrator.run(conn).await.map_err(|error: MigrateError| Fault::internal(error))
}
