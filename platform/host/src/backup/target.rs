//! A database that a dump is restored into.

use sqlx::{AssertSqlSafe, Connection};

use super::{
    blocking,
    folder::Folder,
    manifest::{Dump, Manifest},
    programs::Programs,
};
use crate::{
    address::Address,
    config::Config,
    databases::{Known, known},
    db,
    service::Service,
};

/// A dump, and the database these settings name for its services.
#[derive(Clone)]
pub(super) struct Target {
    pub dump: Dump,
    pub address: Address,
    /// Every schema of ours there is or could be.
    schemas: Vec<String>,
}

impl Target {
    /// Where each dump of the backup goes. Services that shared a database share one again, and no others.
    pub fn all(config: &Config, services: &[Service], manifest: &Manifest) -> Result<Vec<Self>, String> {
        let (known, mut targets) = (known(config, services)?, Vec::<Self>::new());
        let schemas: Vec<String> = db::migrators(services).map(|(schema, _)| schema.to_owned()).collect();
        for dump in &manifest.databases {
            let place = known.iter().find(|known| holds_all(known, dump)).ok_or_else(|| {
                format!("{} shared a database, and these settings don't name one for all of them", dump.services.join(", "))
            })?;
            if manifest.databases.iter().any(|other| other != dump && holds_any(place, other)) {
                let names = format!("{}, and these settings name one for other services too", dump.services.join(", "));
                return Err(format!("a database of its own was kept for {names}"));
            }
            targets.push(Self { dump: dump.clone(), address: place.address.clone(), schemas: schemas.clone() });
        }
        Ok(targets)
    }

    /// Refuses a database that holds anything of ours.
    pub async fn must_be_empty(&self) -> Result<(), String> {
        let mut conn = self.address.connect().await?;
        let found = sqlx::query_scalar!(
            r#"select nspname::text as "name!" from pg_namespace where nspname = any($1) order by nspname"#,
            &self.schemas,
        );
        let found = found.fetch_all(&mut conn).await.map_err(|error| self.address.told(&error))?;
        conn.close().await.map_err(|error| self.address.told(&error))?;
        match found.first() {
            None => Ok(()),
            Some(schema) => {
                Err(format!("{} already holds {schema}: a backup is restored into empty databases only", self.address))
            }
        }
    }

    /// Brings the dump in, all of it or nothing.
    pub async fn fill(&self, services: &[Service], programs: &Programs, folder: &Folder) -> Result<(), String> {
        let mut conn = self.address.connect().await?;
        db::make_roles(&mut conn, services).await.map_err(|error| self.address.told(&error))?;
        conn.close().await.map_err(|error| self.address.told(&error))?;
        let (programs, address, file) = (programs.clone(), self.address.clone(), folder.path(&self.dump.kept.file));
        blocking(move || programs.restore(&address, &file)).await
    }

    /// Makes it empty again, after `fill`.
    pub async fn clear(&self) -> Result<(), String> {
        let mut conn = self.address.connect().await?;
        let drop = format!("drop schema if exists {} cascade", self.schemas.join(", "));
        sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut conn).await.map_err(|error| self.address.told(&error))?;
        conn.close().await.map_err(|error| self.address.told(&error))
    }
}

fn holds_all(known: &Known, dump: &Dump) -> bool {
    dump.services.iter().all(|service| known.services.contains(&service.as_str()))
}

fn holds_any(known: &Known, dump: &Dump) -> bool {
    dump.services.iter().any(|service| known.services.contains(&service.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kernel::Timestamp;

    use super::*;
    use crate::{backup::manifest::Kept, keys::Keys};

    fn dump(services: &[&str]) -> Dump {
        let kept = Kept { file: format!("{}.dump", services.join("-")), bytes: 0, sha256: String::new() };
        let services = services.iter().map(|name| (*name).to_owned()).collect();
        Dump { kept, services, server: String::new(), migrations: BTreeMap::new() }
    }

    #[test]
    fn services_come_back_into_the_databases_they_shared() {
        let services: Vec<Service> = ["auth", "social"].map(|name| Service::new(name, sqlx::migrate::Migrator::DEFAULT)).into();
        let together = Config::for_tests("postgres://here/one".into());
        let mut apart = together.clone();
        apart.databases.insert("social".into(), "postgres://here/two".into());
        let mut unknown = apart.clone();
        unknown.database_url = None;
        let at = Timestamp::from_microsecond(0);
        let restored = |config: &Config, dumps: &[&[&str]]| {
            let dumps = dumps.iter().map(|services| dump(services)).collect();
            let manifest = Manifest::new(&Keys::from_master([1; 32]), at, at, dumps, Vec::new());
            Target::all(config, &services, &manifest).map(|targets| targets.len())
        };
        assert_eq!(restored(&together, &[&["auth", "social"]]), Ok(1));
        assert_eq!(restored(&apart, &[&["auth"], &["social"]]), Ok(2));
        assert_eq!(restored(&apart, &[&["auth"]]), Ok(1));
        assert!(restored(&together, &[&["auth"], &["social"]]).unwrap_err().contains("of its own"));
        assert!(restored(&apart, &[&["auth", "social"]]).unwrap_err().contains("shared a database"));
        assert!(restored(&unknown, &[&["auth"], &["social"]]).unwrap_err().contains("don't name one"));
    }
}
