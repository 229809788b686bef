//! Backups: taken while people buy, restored elsewhere, and refused where something is wrong with them.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use data_encoding::HEXLOWER;
use host::Service;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};
use tempfile::TempDir;
use testkit::Database;
use tokio::task::JoinSet;

use crate::{
    place::{Place, Shop},
    running::{Running, data_dir, run_in},
    split::Split,
    world::World,
};

const BUYERS: usize = 3;

/// An empty database on the server of another; it goes when databases of old tests go.
async fn empty_beside(other: &PgPool) -> Database {
    let options = other.connect_options();
    let name = format!("{}_empty", options.get_database().unwrap());
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(other).await.unwrap();
    let options = (*options).clone().database(&name);
    Database { url: options.to_url_lossy().to_string(), owner: PgPool::connect_lazy_with(options) }
}

/// People who buy one pen after the other until they are told to go.
struct Crowd {
    shop: Arc<Shop>,
    tokens: Vec<String>,
    is_over: Arc<AtomicBool>,
    bought: Arc<AtomicUsize>,
}

impl Crowd {
    async fn gather(split: &Split) -> Self {
        let shop = Arc::new(Shop::open(split, 1_000).await);
        let mut tokens = Vec::new();
        for number in 0..BUYERS {
            let (_, token) = split.sign_up(&format!("buyer_{number}")).await;
            shop.top_up(split, &token, &format!("{number}")).await;
            tokens.push(token);
        }
        Self { shop, tokens, is_over: Arc::default(), bought: Arc::default() }
    }

    fn buy(&self, split: &Arc<Split>) -> JoinSet<()> {
        let mut busy = JoinSet::new();
        for (number, token) in self.tokens.iter().cloned().enumerate() {
            let (split, shop, is_over, bought) = (split.clone(), self.shop.clone(), self.is_over.clone(), self.bought.clone());
            busy.spawn(async move {
                for purchase in 0.. {
                    shop.buy(&*split, &token, &format!("{number}-{purchase}")).await;
                    bought.fetch_add(1, Ordering::Relaxed);
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
        }
        busy
    }

    fn bought(&self) -> usize {
        self.bought.load(Ordering::Relaxed)
    }
}

/// Runs a command of the binary where it blocks nobody.
async fn beside(split: &Arc<Split>, arguments: &[&str]) -> (bool, String) {
    let (split, arguments): (_, Vec<String>) = (split.clone(), arguments.iter().map(|word| (*word).to_owned()).collect());
    let run = move || split.beside(0, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    tokio::task::spawn_blocking(run).await.unwrap()
}

async fn count(database: &PgPool, query: &'static str) -> usize {
    usize::try_from(sqlx::query_scalar::<_, i64>(query).fetch_one(database).await.unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_of_a_market_at_work_is_restored_and_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, split) = (dir.path().join("backup"), Arc::new(Split::open().await));
    let folder = folder.to_str().unwrap();
    let crowd = Crowd::gather(&split).await;
    split.settle().await;
    // Notification is away: what it should hear waits at the broker, and no backup holds it.
    split.kill(2);
    let mut busy = crowd.buy(&split);
    let mut pause = tokio::time::interval(Duration::from_millis(20));
    while crowd.bought() < BUYERS {
        pause.tick().await;
    }
    let before = crowd.bought();
    let (ok, said) = beside(&split, &["backup", folder]).await;
    assert!(ok && said.contains("A whole backup is in") && said.contains("master key isn't in it"), "{said}");
    crowd.is_over.store(true, Ordering::Relaxed);
    while let Some(ended) = busy.join_next().await {
        ended.unwrap();
    }
    let restored = Split::on(empty_beside(split.owner("auth")).await, empty_beside(split.owner("notification")).await);
    // The house burns down, its broker with it.
    for part in 0..3 {
        split.kill(part);
    }
    let (ok, said) = restored.beside_with(0, &[("NEXGATE_AMQP_URL", split.broker())], &["restore", folder]);
    assert!(!ok && said.contains("facts of another time wait in nexgate.notification"), "{said}");
    let (ok, said) = restored.beside(0, &["restore", folder]);
    assert!(ok && said.contains("The ledger is sound."), "{said}");
    // A code on its way to a phone is lost with the broker, and said to be; its buyer reads it on the order's page.
    assert!(said.lines().all(|line| !line.contains("lost") || line.contains("commerce.handover_code_made")), "{said}");
    // What is lost is heard by nobody, so nobody waits for it.
    let lost = "delete from kernel.outbox where sent_at is not null and name = 'commerce.handover_code_made.v1'";
    sqlx::query(lost).execute(restored.owner("commerce")).await.unwrap();
    restored.start_all().await;
    restored.must_become_sound().await;
    let orders = count(restored.owner("commerce"), "select count(*) from commerce.orders").await;
    assert!((before..=crowd.bought()).contains(&orders), "{orders} of {before} to {}", crowd.bought());
    // What waited at the lost broker is told again, once, to buyer and seller of each order.
    let told = "select count(*) from notification.notification where kind = 'commerce.order_placed'";
    assert_eq!(count(restored.owner("notification"), told).await, 2 * orders);
    // Everybody is still signed in, and the loop works.
    crowd.shop.buy(&restored, &crowd.tokens[0], "again").await;
    restored.must_be_sound().await;
    assert_eq!(count(restored.owner("commerce"), "select count(*) from commerce.orders").await, orders + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_postgresql_is_backed_up_beside_its_node_and_restored_into_a_new_data_directory() {
    let node = Running::up();
    let (id, _) = node.sign_up("amina").await;
    node.must_become_sound().await;
    fs::create_dir_all(node.dir().join("objects")).unwrap();
    fs::write(node.dir().join("objects/picture"), "a dress").unwrap();
    let (folder, fresh) = (node.dir().join("backup"), data_dir());
    let (ok, said) = node.beside(&["backup", folder.to_str().unwrap()]);
    assert!(ok && said.contains("1 objects"), "{said}");
    let (ok, said) = run_in(fresh.path(), &[], &["restore", folder.to_str().unwrap()]);
    assert!(!ok && said.contains("another master key"), "{said}");
    fs::copy(node.dir().join("master.key"), fresh.path().join("master.key")).unwrap();
    let (ok, said) = run_in(fresh.path(), &[], &["restore", folder.to_str().unwrap()]);
    assert!(ok && said.contains("The ledger is sound."), "{said}");
    assert!(node.stop());
    let restored = Running::up_in(fresh);
    let (status, profile) = restored.call(Method::GET, "/api/v1/users/amina", None, None, Value::Null).await.unwrap();
    assert_eq!((status, &profile["id"]), (StatusCode::OK, &json!(id)));
    assert_eq!(fs::read_to_string(restored.dir().join("objects/picture")).unwrap(), "a dress");
    restored.must_become_sound().await;
}

/// Two databases, their backup, and two empty ones.
struct Case {
    full: [Database; 2],
    empty: [Database; 2],
    dir: TempDir,
}

impl Case {
    async fn make() -> Self {
        let (notification, others): (Vec<Service>, Vec<Service>) =
            nexgate::services().into_iter().partition(|service| service.name() == "notification");
        let full = [Database::of(&others).await, Database::of(&notification).await];
        let empty = [empty_beside(&full[0].owner).await, empty_beside(&full[1].owner).await];
        Self { full, empty, dir: tempfile::tempdir().unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("backup")
    }

    fn run(&self, databases: &[Database; 2], key: &str, command: &str) -> (bool, String) {
        let [shared, notification] = databases.each_ref().map(|database| database.url.as_str());
        let key = key.repeat(32);
        let settings =
            [("NEXGATE_MASTER_KEY", key.as_str()), ("DATABASE_URL", shared), ("NEXGATE_NOTIFICATION_DATABASE_URL", notification)];
        run_in(self.dir.path(), &settings, &[command, self.folder().to_str().unwrap()])
    }

    /// Refused for this reason, and the empty databases still are.
    async fn refuses(&self, key: &str, reason: &str) {
        let (ok, said) = self.run(&self.empty, key, "restore");
        assert!(!ok && said.contains(reason), "{reason}: {said}");
        for database in &self.empty {
            let ours = "select count(*) from pg_class where relnamespace in (select oid from pg_namespace
                         where nspname not in ('pg_catalog', 'pg_toast', 'information_schema'))";
            assert_eq!(count(&database.owner, ours).await, 0, "{reason}");
        }
    }

    /// Changes the manifest.
    fn rewrite(&self, change: impl FnOnce(&mut Value)) {
        let path = self.folder().join("manifest.json");
        let mut manifest = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut manifest);
        fs::write(path, manifest.to_string()).unwrap();
    }
}

fn sha256(path: &Path) -> String {
    HEXLOWER.encode(&Sha256::digest(fs::read(path).unwrap()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_backup_is_said_and_nothing_is_touched() {
    let case = Case::make().await;
    let (ok, said) = case.run(&case.full, "ab", "backup");
    assert!(ok, "{said}");
    assert_eq!(fs::metadata(case.folder()).unwrap().permissions().mode() & 0o777, 0o700);
    let (ok, said) = case.run(&case.full, "ab", "backup");
    assert!(!ok && said.contains("isn't empty"), "{said}");
    let (manifest, dump) = (case.folder().join("manifest.json"), case.folder().join("notification.dump"));
    let (written, whole) = (fs::read(&manifest).unwrap(), fs::read(&dump).unwrap());

    case.refuses("cd", "another master key").await;
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    fs::write(&dump, flipped).unwrap();
    case.refuses("ab", "notification.dump is damaged").await;
    fs::remove_file(&dump).unwrap();
    case.refuses("ab", "notification.dump: No such file").await;
    fs::remove_file(&manifest).unwrap();
    case.refuses("ab", "this is no whole backup").await;
    fs::write(&manifest, &written).unwrap();
    case.rewrite(|manifest| manifest["databases"][0]["migrations"]["auth"][0]["version"] = json!(99));
    case.refuses("ab", "holds migration 99 of auth").await;

    // A dump that looks right and breaks off: the database restored before it is emptied again.
    fs::write(&manifest, &written).unwrap();
    fs::write(&dump, &whole[..whole.len() / 2]).unwrap();
    case.rewrite(|manifest| {
        manifest["databases"][1]["bytes"] = json!(whole.len() / 2);
        manifest["databases"][1]["sha256"] = json!(sha256(&dump));
    });
    case.refuses("ab", "pg_restore: error").await;

    fs::write(&manifest, &written).unwrap();
    fs::write(&dump, &whole).unwrap();
    let (ok, said) = case.run(&case.empty, "ab", "restore");
    assert!(ok && said.contains("The ledger is sound."), "{said}");
    let (ok, said) = case.run(&case.empty, "ab", "restore");
    assert!(!ok && said.contains("already holds auth"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_another_node_that_has_nothing_yet_is_named_and_left_out() {
    let case = Case::make().await;
    let names: Vec<&str> = nexgate::services().iter().map(Service::name).filter(|name| *name != "notification").collect();
    let (mounted, key) = (names.join(","), "ab".repeat(32));
    let settings = |databases: &[Database; 2]| {
        let [shared, notification] = databases.each_ref().map(|database| database.url.clone());
        [
            ("NEXGATE_MASTER_KEY", key.clone()),
            ("NEXGATE_SERVICES", mounted.clone()),
            ("NEXGATE_PEERS", "notification=http://127.0.0.1:9".to_owned()),
            ("DATABASE_URL", shared),
            ("NEXGATE_NOTIFICATION_DATABASE_URL", notification),
        ]
    };
    let run = |settings: [(&str, String); 5], command: &str| {
        let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
        run_in(case.dir.path(), &settings, &[command, case.folder().to_str().unwrap()])
    };
    let [full, _] = &case.full;
    let nothing = empty_beside(&case.empty[1].owner).await;
    let (ok, said) = run(settings(&[full.clone(), nothing]), "backup");
    assert!(ok && said.contains("Nothing of notification"), "{said}");
    let (ok, said) = run(settings(&case.empty), "restore");
    assert!(ok && said.contains("The ledger is sound."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn x13_what_was_sealed_and_on_its_way_is_named_and_what_else_was_told_today_is_told_again() {
    let case = Case::make().await;
    let (blanked, open) = ("{\"code\": \"sealed:\", \"to\": \"sealed:\"}", "{\"user\": \"usr_1\"}");
    let told = [
        (1, "auth.code_issued.v1", blanked, 1),
        // Heard, see below.
        (2, "auth.code_issued.v1", blanked, 1),
        (3, "auth.account_opened.v1", open, 1),
        (4, "auth.account_opened.v1", open, 26),
    ];
    for (id, name, body, hours) in told {
        let tell = "insert into kernel.outbox (id, service, name, body, at, sent_at)
                    values ($1, 'auth', $2, $3::jsonb, now() - $4 * interval '1 hour', now())";
        let tell = sqlx::query(tell).bind(uuid::Uuid::from_u128(id)).bind(name).bind(body).bind(hours);
        tell.execute(&case.full[0].owner).await.unwrap();
    }
    let hear = "insert into kernel.inbox (service, fact, name, state, at) values ('notification', $1, 'x', 'done', now())";
    sqlx::query(hear).bind(uuid::Uuid::from_u128(2)).execute(&case.full[1].owner).await.unwrap();
    let (ok, said) = case.run(&case.full, "ab", "backup");
    assert!(ok, "{said}");
    let (ok, said) = case.run(&case.empty, "ab", "restore");
    assert!(ok && said.contains("1 facts are told again"), "{said}");
    assert!(said.contains("1 auth.code_issued.v1 were on their way to notification: what was sealed in them is lost"), "{said}");
    let unsent: Vec<uuid::Uuid> =
        sqlx::query_scalar("select id from kernel.outbox where sent_at is null").fetch_all(&case.empty[0].owner).await.unwrap();
    assert_eq!(unsent, [uuid::Uuid::from_u128(3)]);
}
