//! Walls 1 to 6, each broken once.

use std::path::Path;

use crate::house::{House, expect, tidy};

/// In a file of the shop; the code stands on line 3.
fn shop(file: &str, code: &str, finding: &str) {
    let path = format!("services/shop/src/{file}");
    let finding = if finding.is_empty() { String::new() } else { format!("{path}:3: {finding}") };
    expect(&path, &format!("//! It is a part of the shop.\n\n{code}\n"), &finding);
}

#[test]
fn our_own_house_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    assert_eq!(tidy(root), "");
}

#[test]
fn an_empty_house_stands() {
    assert_eq!(House::new().tidy(), "");
}

#[test]
fn wall_1_crates_depend_downwards_only() {
    let cases: [(&str, &[&str], &[&str], &str); 6] = [
        ("platform/kernel", &["host"], &[], "platform/kernel/Cargo.toml:5: wall 1: kernel may not depend on host"),
        ("platform/contracts", &["host"], &[], "platform/contracts/Cargo.toml:5: wall 1: contracts may not depend on host"),
        ("platform/host", &["contracts"], &[], "platform/host/Cargo.toml:5: wall 1: host may not depend on contracts"),
        ("services/shop", &["notification"], &[], "services/shop/Cargo.toml:5: wall 1: shop may not depend on notification"),
        (
            "services/shop",
            &[],
            &["notification"],
            "services/shop/Cargo.toml:6: wall 1: shop may not depend on notification (dev)",
        ),
        ("services/shop", &["testkit"], &[], "services/shop/Cargo.toml:5: wall 1: shop may not depend on testkit"),
    ];
    for (dir, normal, dev, finding) in cases {
        let house = House::new();
        house.manifest("platform/testkit", &[], &[]);
        house.write("platform/testkit/src/lib.rs", "//! It boots.\n");
        house.manifest("platform/kernel", &[], &[]);
        house.manifest("platform/host", &[], &[]);
        house.manifest(dir, normal, dev);
        let said = house.tidy();
        assert!(said.contains(finding), "expected: {finding}\nfound: {said}");
    }
}

#[test]
fn wall_1_tests_of_a_service_may_use_the_testkit() {
    let house = House::new();
    house.manifest("platform/testkit", &["kernel", "contracts", "host"], &[]);
    house.write("platform/testkit/src/lib.rs", "//! It boots.\n");
    house.manifest("services/shop", &["kernel", "contracts", "host"], &["testkit"]);
    assert_eq!(house.tidy(), "");
}

#[test]
fn wall_1_every_crate_has_its_place() {
    let house = House::new();
    house.manifest("platform/shed", &["kernel"], &[]);
    house.write("platform/shed/src/lib.rs", "//! It has tools.\n");
    assert!(house.tidy().contains("wall 1: shed may not depend on kernel"));
}

#[test]
fn wall_2_a_service_exports_service_and_nothing_else() {
    expect(
        "services/shop/src/lib.rs",
        "//! It is the shop.\n\npub fn service() {}\npub mod model;\n",
        "services/shop/src/lib.rs:4: wall 2: lib.rs exports model; only service() is public",
    );
    expect(
        "services/shop/src/lib.rs",
        "//! It is the shop.\n\npub fn service() {}\npub use kernel::Id;\n",
        "services/shop/src/lib.rs:4: wall 2: lib.rs exports a re-export; only service() is public",
    );
    expect(
        "services/shop/src/lib.rs",
        "//! It is the shop.\n\nfn service() {}\n",
        "services/shop/src/lib.rs:1: wall 2: lib.rs exports no service()",
    );
}

#[test]
fn wall_3_the_root_names_doors_and_settings() {
    let root = |used: &str| format!("//! It is the shop.\n\npub fn service() {{ {used}; }}\n");
    let path = "services/shop/src/lib.rs";
    expect(path, &root("crate::api::routes()"), "");
    expect(path, &root("model::settings::Settings::default()"), "");
    let refused = "services/shop/src/lib.rs:3: wall 3: lib.rs may not use model (crate::model::Cart::default)";
    expect(path, &root("crate::model::Cart::default()"), refused);
}

#[test]
fn wall_2_a_service_has_rooms_and_doors_and_no_other_folder() {
    expect("services/shop/src/dto/a.rs", "//! It is.\n", "services/shop/src/dto:1: wall 2: dto is neither a room nor a door");
    expect("services/shop/assets/a.txt", "", "services/shop/assets:1: wall 2: a service has no folder assets");
    expect("services/shop/src/fault.rs", "//! It says no.\n", "");
}

#[test]
fn wall_2_a_service_touches_its_own_schema_only() {
    let foreign = "wall 2: shop may not touch schema notification";
    shop("store/a.rs", "fn f() { sqlx::query!(\"select id from notification.letter\"); }", foreign);
    shop(
        "views/a.rs",
        "use sqlx::query_as as q; fn f() { q!(A, \"select id from kernel.job\"); }",
        "wall 2: shop may not touch schema kernel",
    );
    shop("store/a.rs", "fn f() { sqlx::query!(\"select id from shop.cart\"); }", "");
    let migration = "services/shop/migrations/0001_shop.sql";
    expect(
        migration,
        "create table shop.a (\n  b uuid references notification.letter (id)\n);\n",
        &format!("{migration}:2: {foreign}"),
    );
}

#[test]
fn wall_3_rooms_use_only_what_is_below_them() {
    let cases = [
        ("store/a.rs", "use crate::ops::pay;", "wall 3: store may not use ops (crate::ops::pay)"),
        ("store/a.rs", "fn f() { crate::ops::pay(); }", "wall 3: store may not use ops (crate::ops::pay)"),
        ("store/a.rs", "fn f() { super::super::ops::pay(); }", "wall 3: store may not use ops (crate::ops::pay)"),
        (
            "store/a.rs",
            "use crate as me; use me::ops as verbs; fn f() { verbs::pay(); }",
            "wall 3: store may not use ops (crate::ops::pay)",
        ),
        ("store/a.rs", "fn f() -> Vec<crate::views::Card> { vec![] }", "wall 3: store may not use views (crate::views::Card)"),
        ("store/a.rs", "fn f() { vec![crate::ops::pay()]; }", "wall 3: store may not use ops (crate::ops::pay)"),
        ("store/a.rs", "#[derive(crate::ops::Pay)] struct A;", "wall 3: store may not use ops (crate::ops::Pay)"),
        (
            "store/a.rs",
            "use contracts::commerce::OrderPlaced;",
            "wall 3: store may not use contracts (contracts::commerce::OrderPlaced)",
        ),
        ("store/a.rs", "use contracts::ids::Order;", ""),
        ("model/a.rs", "use crate::store::load;", "wall 3: model may not use store (crate::store::load)"),
        ("model/a.rs", "use host::Tx;", "wall 3: model may not use host (host::Tx)"),
        (
            "model/a.rs",
            "async fn f() { tokio::task::yield_now().await }",
            "wall 3: model may not use tokio (tokio::task::yield_now)",
        ),
        ("model/a.rs", "use crate::fault::Fault; use kernel::Id; use contracts::ids::Order;", ""),
        ("views/a.rs", "use crate::store::load;", "wall 3: views may not use store (crate::store::load)"),
        ("views/a.rs", "use crate::ops::pay;", "wall 3: views may not use ops (crate::ops::pay)"),
        ("ops/a.rs", "use crate::views::Card;", "wall 3: ops may not use views (crate::views::Card)"),
        ("ops/a.rs", "use crate::api::routes;", "wall 3: ops may not use api (crate::api::routes)"),
        ("ops/a.rs", "use crate::{model::Cart, store::load}; use host::Here; use super::b;", ""),
        ("api/a.rs", "use crate::model::Cart;", "wall 3: api may not use model (crate::model::Cart)"),
        ("api/a.rs", "use crate::web::page;", "wall 3: api may not use web (crate::web::page)"),
        ("api/a.rs", "use ui::Form;", "wall 3: api may not use ui (ui::Form)"),
        ("web/a.rs", "use ui::Form; use axum::Router;", ""),
        ("asks/a.rs", "use crate::store::load;", "wall 3: asks may not use store (crate::store::load)"),
        ("inbox/a.rs", "use crate::model::Cart;", "wall 3: inbox may not use model (crate::model::Cart)"),
        ("jobs/a.rs", "use crate::store::load;", "wall 3: jobs may not use store (crate::store::load)"),
        ("jobs/a.rs", "use crate::*;", "wall 3: jobs names no room by crate::*; name it"),
        ("fault.rs", "use crate::store::load;", "wall 3: fault may not use store (crate::store::load)"),
        (
            "ops/mod.rs",
            "pub(crate) use crate::model::Cart;",
            "wall 3: ops may not hand on model (crate::model::Cart); rooms re-export nothing",
        ),
        ("ops/a.rs", "use sqlx::PgConnection;", "wall 3: ops may not use sqlx (sqlx::PgConnection)"),
        ("api/a.rs", "fn f() { sqlx::query!(\"select 1\"); }", "wall 3: api may not use sqlx (sqlx::query)"),
        ("ops/a.rs", "use axum::Json;", "wall 3: ops may not use axum (axum::Json)"),
        ("asks/a.rs", "fn f() -> ::axum::Router { todo() }", "wall 3: asks may not use axum (axum::Router)"),
    ];
    for (file, code, finding) in cases {
        shop(file, code, finding);
    }
    expect(
        "app/src/main.rs",
        "//! It starts.\nuse sqlx::PgPool;\nfn main() {}\n",
        "app/src/main.rs:2: wall 3: the app may not use sqlx",
    );
}

#[test]
fn wall_3_holds_not_in_tests() {
    shop("store/a.rs", "#[cfg(test)]\nmod tests { use crate::ops::pay; fn f() { std::env::args(); } }", "");
    expect("services/shop/tests/it/main.rs", "//! Tests.\nuse sqlx::query;\nfn f() { rand::random() }\n", "");
}

#[test]
fn wall_3_the_root_mounts_everything_and_migrates() {
    expect(
        "services/shop/src/lib.rs",
        "//! It is the shop.\nmod api;\nuse host::Service;\npub fn service() { api::routes(); sqlx::migrate!(); }\n",
        "",
    );
    let other = "//! It is the shop.\npub fn service() { sqlx::query!(\"select 1\"); }\n";
    expect("services/shop/src/lib.rs", other, "services/shop/src/lib.rs:2: wall 3: lib.rs may not use sqlx (sqlx::query)");
}

#[test]
fn wall_4_only_ops_have_effects() {
    let cases = [
        ("inbox/a.rs", "fn f(tx: Tx) { tx.publish(&OrderPlaced); }", "wall 4: only ops have effects (.publish())"),
        ("store/a.rs", "fn f(tx: Tx) { tx.enqueue(&Expire, at); }", "wall 4: only ops have effects (.enqueue())"),
        ("api/a.rs", "fn f(tx: Tx) { tx.done(id); }", "wall 4: only ops have effects (.done())"),
        ("api/a.rs", "fn f(tx: Tx) { tokio::join!(tx.publish(&OrderPlaced)); }", "wall 4: only ops have effects (.publish())"),
        ("jobs/a.rs", "use host::Tx; fn f(tx: Tx) { Tx::publish(tx, &A); }", "wall 4: only ops have effects (host::Tx::publish)"),
        ("views/a.rs", "fn f(pool: Pool) { pool.begin(); }", "wall 4: transactions are opened by db.write (.begin())"),
        ("ops/a.rs", "fn f(tx: Tx) { tx.publish(&OrderPlaced); tx.enqueue(&Expire, at); tx.done(id); }", ""),
    ];
    for (file, code, finding) in cases {
        shop(file, code, finding);
    }
}

#[test]
fn wall_5_the_broker_is_behind_the_relay_and_notification_asks_nobody() {
    shop("jobs/a.rs", "use lapin::Channel;", "wall 5: nothing reaches the broker except through the relay (lapin::Channel)");
    let door = "services/notification/src/asks/a.rs";
    expect(door, "//! It asks.\n", "services/notification/src/asks:1: wall 5: notification asks nobody and answers nobody");
    let op = "services/notification/src/ops/a.rs";
    let asking = "//! It asks.\nfn f(here: Here) { here.peers.ask(a); }\n";
    expect(op, asking, &format!("{op}:2: wall 5: notification asks nobody and answers nobody (.ask())"));
    shop("ops/a.rs", "fn f(here: Here) { here.peers.ask(a); }", "");
}

#[test]
fn wall_6_nothing_is_ambient() {
    let cases = [
        ("use std::env;", "wall 6: std::env is ambient; take it from here.config"),
        ("fn f() { std::env::var(\"A\"); }", "wall 6: std::env::var is ambient"),
        ("use std::time::{Duration, SystemTime};", "wall 6: std::time::SystemTime is ambient; take it from here.clock"),
        ("use std::time::Instant; fn f() { Instant::now(); }", "wall 6: std::time::Instant::now is ambient"),
        ("use jiff::Timestamp as T; fn f() { T::now(); }", "wall 6: jiff::Timestamp::now is ambient"),
        ("fn f() { kernel::Clock::system(); }", "wall 6: kernel::Clock::system is ambient"),
        ("use rand::Rng;", "wall 6: rand::Rng is ambient; take it from here.ids"),
        ("use argon2::password_hash::rand_core::OsRng;", "wall 6: argon2::password_hash::rand_core::OsRng is ambient"),
        ("fn f() { uuid::Uuid::now_v7(); }", "wall 6: uuid::Uuid::now_v7 is ambient"),
        ("fn f() { tokio::spawn(g()); }", "wall 6: tokio::spawn is ambient; take it from the node's tracker"),
        ("fn f() { format!(\"{:?}\", jiff::Zoned::now()); }", "wall 6: jiff::Zoned::now is ambient"),
        ("use std::time::Duration; fn f() { env!(\"CARGO_PKG_VERSION\"); }", ""),
    ];
    for (code, finding) in cases {
        shop("ops/a.rs", code, finding);
    }
    expect("platform/kernel/src/a.rs", "//! A.\nuse std::env;\n", "platform/kernel/src/a.rs:2: wall 6: std::env is ambient");
    expect("platform/kernel/src/time.rs", "//! A.\nfn f() { jiff::Timestamp::now(); }\n", "");
}

#[test]
fn types_of_the_api_document_have_names_of_their_own() {
    let named = "//! A.\n\nkernel::named! {\n    /// What.\n    pub Kind { A = \"a\" }\n}\n";
    let derived = "//! A.\n\n#[derive(Debug, utoipa::ToSchema)]\npub struct Kind {}\n";
    let house = House::new();
    house.write("services/shop/src/model/kind.rs", named);
    house.write("services/notification/src/views/kind.rs", "//! A.\n\n#[derive(Debug)]\npub struct Kind {}\n");
    assert_eq!(house.tidy(), "", "one of them isn't in the document");
    for code in [named, derived] {
        house.write("services/notification/src/views/kind.rs", code);
        let said = house.tidy();
        assert!(said.contains("has a type Kind too, and the API document shows only one of them"), "{said}");
    }
}
