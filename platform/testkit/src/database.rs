//! A database for one test, cloned from a template that holds the migrated schemas.

use std::hash::{DefaultHasher, Hash, Hasher};

use host::{Config, Node, Service};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool, postgres::PgConnectOptions};

/// No test takes so long, in seconds.
const LIFE: i64 = 600;

/// One test's own database.
#[derive(Debug, Clone)]
pub struct Database {
    pub url: String,
    /// Comes as the owner, past every service's role: for looking, and for what only an owner could break.
    pub owner: PgPool,
}

impl Database {
    /// Clones the template of these services, making it first where no test has needed it yet.
    pub async fn of(services: &[Service]) -> Self {
        let server = server();
        let mut admin = PgConnection::connect_with(&server).await.expect("the test server answers");
        let template = template(&mut admin, &server, services).await;
        sweep(&mut admin).await;
        let name = format!("case_{}_{}", now(), uuid::Builder::from_random_bytes(rand_bytes()).into_uuid().simple());
        let clone = format!("create database {name} template {template} strategy file_copy");
        sqlx::raw_sql(AssertSqlSafe(clone)).execute(&mut admin).await.expect("the template can be cloned");
        let options = server.database(&name);
        Self { url: options.to_url_lossy().to_string(), owner: PgPool::connect_lazy_with(options) }
    }
}

/// Drops a few databases that earlier tests have left, so that a server that lives on doesn't fill up.
async fn sweep(admin: &mut PgConnection) {
    let old = format!("case_{}", now().saturating_sub(LIFE));
    let left = sqlx::query_scalar::<_, String>(
        "select datname from pg_database where datname like 'case\\_%' and datname < $1 order by random() limit 4",
    );
    for name in left.bind(old).fetch_all(&mut *admin).await.unwrap() {
        // Another test may be dropping it at this moment.
        let _ = sqlx::raw_sql(AssertSqlSafe(format!("drop database if exists {name} with (force)"))).execute(&mut *admin).await;
    }
}

/// Seconds, by the machine's clock: a test's own stands still.
fn now() -> i64 {
    kernel::Clock::system().now().as_second()
}

#[expect(clippy::disallowed_methods, reason = "the one setting tests take from the environment")]
fn server() -> PgConnectOptions {
    let url = std::env::var("NEXGATE_TEST_POSTGRES");
    let url = url.expect("NEXGATE_TEST_POSTGRES names a PostgreSQL server for tests; `cargo xtask test` starts one");
    url.parse().expect("NEXGATE_TEST_POSTGRES is a PostgreSQL address")
}

#[expect(clippy::disallowed_methods, reason = "two tests at once need different database names")]
fn rand_bytes() -> [u8; 16] {
    rand::random()
}

/// The template's name; the migrations' checksums are in it, so a changed migration makes a new one.
async fn template(admin: &mut PgConnection, server: &PgConnectOptions, services: &[Service]) -> String {
    let mut hasher = DefaultHasher::new();
    Node::migrations(services).hash(&mut hasher);
    let hash = hasher.finish();
    let name = format!("template_{hash:016x}");
    sqlx::query("select pg_advisory_lock($1)").bind(hash.cast_signed()).execute(&mut *admin).await.unwrap();
    let known =
        sqlx::query("select 1 from pg_database where datname = $1").bind(&name).fetch_optional(&mut *admin).await.unwrap();
    if known.is_none() {
        make(admin, server, services, &name).await;
    }
    sqlx::query("select pg_advisory_unlock($1)").bind(hash.cast_signed()).execute(admin).await.unwrap();
    name
}

async fn make(admin: &mut PgConnection, server: &PgConnectOptions, services: &[Service], name: &str) {
    let making = format!("making_{name}");
    for statement in [format!("drop database if exists {making} with (force)"), format!("create database {making}")] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *admin).await.unwrap();
    }
    let config = Config::for_tests(server.clone().database(&making).to_url_lossy().to_string());
    Node::migrate(&config, services).await.expect("the migrations run on an empty database");
    let finish = format!("alter database {making} rename to {name}");
    sqlx::raw_sql(AssertSqlSafe(finish)).execute(admin).await.unwrap();
}
