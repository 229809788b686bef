//! The real binary on a private cluster: started, called over TCP, killed, started again.

use std::{
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};

use kernel::{Id, Role, User};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use testkit::Person;

use crate::{
    place::{PATIENCE, Place, router_to},
    world::World,
};

/// What must count to zero once everything is quiet, whatever happened before.
pub const INVARIANTS: &[(&str, &str)] = &[
    (
        "money is held without an order",
        "select count(*)
           from payment.escrow
          where state = 'held'
            and not exists (select 1
                              from commerce.orders
                             where orders.reference = escrow.reference
                               and orders.payment = 'held')",
    ),
    (
        "an order's money is not where the order says",
        "select count(*)
           from commerce.orders
           left join payment.escrow on escrow.reference = orders.reference
          where escrow.state is distinct from orders.payment
             or escrow.payer <> orders.buyer
             or escrow.payee <> orders.seller",
    ),
    (
        "a paid checkout has no order, or an order no paid checkout",
        "select count(*)
           from commerce.checkout
           full join commerce.orders on orders.checkout = checkout.id
          where (checkout.state = 'paid') is distinct from (orders.id is not null)",
    ),
    (
        "more or fewer units are sold than ordered",
        "select count(*)
           from commerce.variant
          where sold <> (select coalesce(sum(quantity), 0)
                           from commerce.orders
                          where orders.variant = variant.id
                            and orders.state <> 'cancelled')",
    ),
    (
        "units are held without a hold",
        "select count(*)
           from commerce.variant
          where held <> (select coalesce(sum(quantity), 0)
                           from commerce.hold
                          where hold.variant = variant.id)",
    ),
    (
        "money came from nowhere",
        "select count(*) from (select sum(balance) as all from payment.account) total where total.all <> 0",
    ),
    (
        "somebody was told the same thing twice",
        "select count(*)
           from (select 1
                   from notification.notification
                  where kind like 'commerce.%'
                  group by user_id, kind, link
                 having count(*) > 1) twice",
    ),
    (
        "somebody's count isn't what is so",
        "select count(*)
           from profile.profile
          cross join lateral (select coalesce(sum(followers), 0) as followers, coalesce(sum(following), 0) as following
                                from profile.count_change change
                               where change.user_id = profile.user_id) as waiting
          where profile.followers + waiting.followers
                <> (select count(*) from profile.tie where object = profile.user_id and follows_since is not null)
             or profile.following + waiting.following
                <> (select count(*) from profile.tie where subject = profile.user_id and follows_since is not null)",
    ),
    ("a fact was given up", "select count(*) from kernel.inbox where state = 'parked'"),
    ("a job was given up", "select count(*) from kernel.job where state = 'parked'"),
];

/// What counts to zero when nothing is on its way any more.
pub const QUIET: &[(&str, &str)] = &[
    ("a fact is on its way", "select count(*) from kernel.outbox where sent_at is null"),
    ("a fact waits to be heard", "select count(*) from kernel.inbox where state = 'waiting'"),
    ("a job is due", "select count(*) from kernel.job where run_at <= now()"),
];

/// A node in a process of its own, on a data directory of its own.
pub struct Running {
    dir: TempDir,
    state: Mutex<State>,
    client: reqwest::Client,
}

struct State {
    child: Child,
    address: String,
}

impl Running {
    /// Starts `nexgate up` in a new data directory and waits until it serves.
    pub fn up() -> Self {
        Self::up_in(data_dir())
    }

    /// The same in this one.
    pub fn up_in(dir: TempDir) -> Self {
        let state = Mutex::new(start(dir.path()));
        let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Self { dir, state, client }
    }

    /// `kill -9`, and up again on the same data.
    pub fn kill_and_restart(&self) {
        let mut state = self.state.lock().unwrap();
        state.child.kill().unwrap();
        state.child.wait().unwrap();
        *state = start(self.dir.path());
    }

    /// Starts it again after `stop`.
    pub fn restart(&self) {
        *self.state.lock().unwrap() = start(self.dir.path());
    }

    /// `kill -9` of the PostgreSQL behind it; the node's watcher starts it again.
    pub fn kill_postgres(&self) {
        // Between two lives there is nobody to kill.
        if let Some(pid) = self.postgres_pid() {
            let _ = kill_process(pid, Signal::KILL);
        }
    }

    pub fn postgres_pid(&self) -> Option<Pid> {
        let text = std::fs::read_to_string(self.dir.path().join("postgres/data/postmaster.pid")).ok()?;
        Pid::from_raw(text.lines().next()?.parse().ok()?)
    }

    /// Asks it to stop, as an operator does; true when it ended well.
    pub fn stop(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        kill_process(Pid::from_child(&state.child), Signal::TERM).unwrap();
        state.child.wait().unwrap().success()
    }

    /// Runs another `nexgate` command beside it; its exit and its output.
    pub fn beside(&self, arguments: &[&str]) -> (bool, String) {
        self.beside_with(&[], arguments)
    }

    /// The same with more settings.
    pub fn beside_with(&self, settings: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
        run_in(self.dir.path(), settings, arguments)
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn address(&self) -> String {
        self.state.lock().unwrap().address.clone()
    }

    /// A page as text.
    pub async fn text(&self, path: &str) -> String {
        self.client.get(format!("http://{}{path}", self.address())).send().await.unwrap().text().await.unwrap()
    }

    /// Waits until everything is quiet and no invariant is broken any more.
    pub async fn must_become_sound(&self) {
        let all: Vec<_> = QUIET.iter().chain(INVARIANTS).copied().collect();
        self.until_nothing_is(&all).await;
    }

    /// Waits until none of these is found any more; says what still is when patience ends.
    async fn until_nothing_is(&self, checks: &[(&'static str, &'static str)]) {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(100)));
        let mut database = self.database().await;
        let mut last = "nobody looked".to_owned();
        while Instant::now() < until {
            pause.tick().await;
            match broken(&mut database, checks.iter()).await {
                Ok(None) => return,
                Ok(Some(found)) => last = found,
                Err(error) => {
                    last = error.to_string();
                    database = self.database().await;
                }
            }
        }
        panic!("{last}");
    }

    /// The database as its owner sees it, as soon as it is there.
    pub async fn database(&self) -> PgConnection {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(100)));
        loop {
            pause.tick().await;
            let url = std::fs::read_to_string(self.dir.path().join("database.url")).unwrap();
            match PgConnection::connect(&url).await {
                Ok(database) => return database,
                Err(error) => assert!(Instant::now() < until, "{error}"),
            }
        }
    }
}

/// The first invariant that doesn't hold.
pub async fn broken_in(database: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    broken(database, INVARIANTS.iter()).await
}

async fn broken(
    database: &mut PgConnection,
    all: impl Iterator<Item = &(&'static str, &'static str)>,
) -> Result<Option<String>, sqlx::Error> {
    for (broken, query) in all {
        let found: i64 = sqlx::query_scalar(*query).fetch_one(&mut *database).await?;
        if found != 0 {
            return Ok(Some(format!("{broken}: {found}")));
        }
    }
    Ok(None)
}

impl Place for Running {
    fn base(&self) -> String {
        format!("http://{}", self.address())
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }
}

impl World for Running {
    async fn grant(&self, who: &str, role: Role) {
        let (ok, said) = self.beside(&["admin", "grant", who, role.name()]);
        assert!(ok, "{said}");
    }

    async fn settle(&self) {
        self.until_nothing_is(QUIET).await;
    }

    fn anonymous(&self) -> Person {
        Person::new(Id::<User>::from_uuid(uuid::Uuid::nil()), None, router_to(self.client.clone(), self.base()))
    }

    fn bearer(&self, id: Id<User>, token: &str) -> Person {
        Person::new(id, Some(token.to_owned()), router_to(self.client.clone(), self.base()))
    }

    async fn must_be_sound(&self) {
        self.must_become_sound().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that failed leaves its processes to us; whatever has ended already can't be ended again.
        if let Ok(mut state) = self.state.lock() {
            let _ = state.child.kill();
            let _ = state.child.wait();
        }
        let _ = cluster::stop_in(&self.dir.path().join("postgres"));
    }
}

/// A new data directory.
pub fn data_dir() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    // PostgreSQL runs as another user when we are root, and must reach its files.
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    dir
}

/// Runs a `nexgate` command in this data directory; its exit and its output.
pub fn run_in(dir: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
    let output = command(dir).envs(settings.iter().copied()).args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nexgate"));
    command.env_remove("DATABASE_URL").env("NEXGATE_DATA_DIR", dir).env("NEXGATE_HTTP_ADDR", "127.0.0.1:0");
    command.env("NEXGATE_LOG", "info,sqlx=off").current_dir(dir);
    command
}

fn start(dir: &Path) -> State {
    let mut child = command(dir).arg("up").stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut seen = String::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        if let Some((_, address)) = line.split_once("at=http://") {
            let address = address.trim().to_owned();
            // Somebody must go on reading, or the node would wait for room to log.
            std::thread::spawn(move || lines.for_each(drop));
            return State { child, address };
        }
        seen.push_str(&line);
        seen.push('\n');
    }
    let _ = child.wait();
    panic!("the node never served:\n{seen}");
}
