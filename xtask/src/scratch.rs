//! A database for one command: made, migrated as the host migrates, removed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    postgres,
    process::run,
    workspace::{Member, Part},
};

/// What the host runs before a service's own migrations; `{service}` is its name.
const SERVICE: &str = "platform/host/src/db/service.sql";
const KERNEL: &str = "platform/host/migrations";

pub struct Scratch {
    psql: PathBuf,
    /// The server's database `postgres`.
    server: String,
    name: String,
    url: String,
}

impl Scratch {
    /// Makes and migrates it; `server` is the address of the database `postgres`.
    pub fn make(root: &Path, server: &str, crates: &[Member]) -> Result<Self> {
        let name = format!("nexgate_sqlx_{}", process::id());
        let url = server.replacen("/postgres?", &format!("/{name}?"), 1);
        let made = Self { psql: postgres::psql()?, server: server.to_owned(), name, url };
        made.sql(server, &format!("create database {}", made.name))?;
        if let Err(error) = made.migrate(root, crates) {
            made.remove()?;
            return Err(error);
        }
        Ok(made)
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn remove(self) -> Result<()> {
        self.sql(&self.server, &format!("drop database {} with (force)", self.name))
    }

    fn migrate(&self, root: &Path, crates: &[Member]) -> Result<()> {
        self.sql(&self.url, "create schema if not exists kernel")?;
        self.files(&root.join(KERNEL))?;
        for service in crates.iter().filter(|member| member.part == Part::Service) {
            let text = fs::read_to_string(root.join(SERVICE)).context(SERVICE)?;
            self.sql(&self.url, &text.replace("{service}", &service.name))?;
            self.files(&service.dir.join("migrations"))?;
        }
        Ok(())
    }

    /// Every migration of a directory, in the order of their names, each whole or not at all.
    fn files(&self, dir: &Path) -> Result<()> {
        let entries = fs::read_dir(dir).with_context(|| dir.display().to_string())?;
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
        paths.sort();
        paths.iter().try_for_each(|path| run(self.psql(&self.url).arg("-1").arg("-f").arg(path)))
    }

    fn sql(&self, url: &str, sql: &str) -> Result<()> {
        run(self.psql(url).arg("-c").arg(sql))
    }

    fn psql(&self, url: &str) -> Command {
        let mut psql = Command::new(&self.psql);
        psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url]).env("PGOPTIONS", "-c client_min_messages=warning");
        psql.stdin(Stdio::null());
        psql
    }
}
