//! A PostgreSQL of one test's own, which may be killed: it comes up again on the same data.

use std::sync::Mutex;

use cluster::{Binaries, Cluster, Durable, Options};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{AssertSqlSafe, PgPool};
use tempfile::TempDir;
use testkit::Database;

use crate::running::data_dir;

pub struct OwnPostgres {
    cluster: Mutex<Cluster>,
    _dir: TempDir,
}

impl OwnPostgres {
    pub fn start() -> Self {
        let dir = data_dir();
        let binaries = Binaries::find(None).expect("PostgreSQL is installed");
        let options = Options { dir: dir.path().join("postgres"), binaries, settings: Vec::new(), durable: Durable::Yes };
        Self { cluster: Mutex::new(Cluster::start(&options).unwrap()), _dir: dir }
    }

    /// A new, empty database.
    pub async fn database(&self, name: &str) -> Database {
        let (server, url) = {
            let cluster = self.cluster.lock().unwrap();
            (cluster.url("postgres"), cluster.url(name))
        };
        let admin = PgPool::connect(&server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(&admin).await.unwrap();
        Database { owner: PgPool::connect_lazy(&url).unwrap(), url }
    }

    /// `kill -9`; comes back when it takes connections again.
    pub fn kill_and_restart(&self) {
        let mut cluster = self.cluster.lock().unwrap();
        kill_process(Pid::from_raw(cluster.pid().cast_signed()).unwrap(), Signal::KILL).unwrap();
        while !cluster.restart_if_dead().unwrap() {
            std::thread::yield_now();
        }
    }
}
