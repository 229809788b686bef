//! A snapshot of one database, held open while pg_dump writes down what it shows.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{
    blocking,
    folder::Folder,
    manifest::{Dump, Migration},
    programs::Programs,
};
use crate::databases::Known;

pub(super) struct Snapshot {
    known: Known,
    /// The transaction that shows it.
    conn: PgConnection,
    /// PostgreSQL's name for it.
    id: String,
    server: String,
    migrations: BTreeMap<String, Vec<Migration>>,
}

impl Snapshot {
    pub async fn open(known: Known) -> Result<Self, String> {
        let told = |error: sqlx::Error| known.address.told(&error);
        let mut conn = known.address.connect().await?;
        let begin = "begin isolation level repeatable read read only; set local idle_in_transaction_session_timeout = 0";
        sqlx::raw_sql(begin).execute(&mut conn).await.map_err(told)?;
        let named = sqlx::query!(r#"select pg_export_snapshot() as "id!", current_setting('server_version') as "server!""#);
        let named = named.fetch_one(&mut conn).await.map_err(told)?;
        let mut migrations = BTreeMap::new();
        for schema in std::iter::once(&"kernel").chain(&known.services) {
            if let Some(applied) = applied(&mut conn, schema).await.map_err(told)? {
                migrations.insert((*schema).to_owned(), applied);
            }
        }
        Ok(Self { known, conn, id: named.id, server: named.server, migrations })
    }

    /// The services that should live here and don't.
    pub fn missing(&self) -> Vec<&'static str> {
        self.known.services.iter().filter(|service| !self.migrations.contains_key(**service)).copied().collect()
    }

    pub fn has_services(&self) -> bool {
        self.migrations.keys().any(|schema| schema != "kernel")
    }

    /// Writes it into the folder, and gives it up.
    pub async fn dump(self, programs: &Programs, folder: &Folder) -> Result<Dump, String> {
        let services: Vec<String> = self.migrations.keys().filter(|schema| *schema != "kernel").cloned().collect();
        let name = format!("{}.dump", services.join("-"));
        let (programs, folder, address, id) = (programs.clone(), folder.clone(), self.known.address.clone(), self.id);
        let kept = blocking(move || {
            programs.dump(&address, &id, &folder.draft(&name))?;
            folder.finish(&name)
        });
        let kept = kept.await?;
        self.conn.close().await.map_err(|error| self.known.address.told(&error))?;
        Ok(Dump { kept, services, server: self.server, migrations: self.migrations })
    }
}

/// What a schema has applied; `None` where there is no such schema.
async fn applied(conn: &mut PgConnection, schema: &str) -> Result<Option<Vec<Migration>>, sqlx::Error> {
    let table = format!("{schema}.migration");
    let is_there = sqlx::query_scalar!("select to_regclass($1) is not null", table).fetch_one(&mut *conn).await?;
    if is_there != Some(true) {
        return Ok(None);
    }
    let query = format!("select version, encode(checksum, 'hex') from {table} where success order by version");
    let rows: Vec<(i64, String)> = sqlx::query_as(AssertSqlSafe(query)).fetch_all(conn).await?;
    Ok(Some(rows.into_iter().map(|(version, checksum)| Migration { version, checksum }).collect()))
}
