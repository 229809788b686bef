//! What is kept of people is what docs/privacy.md says: table by table, and searched for after somebody was erased.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};
use testkit::{Part, Person, Stage};

use crate::{
    input::stage_admin,
    market::{Stall, code_for, dot, open, pay, stall, text, top_up},
    world::World,
};

const PAGE: &str = include_str!("../../../docs/privacy.md");

/// What somebody writes and is known by.
const WORDS: [&str; 16] = [
    "kanari@example.com",
    "kanari_jina",
    "Kanari Mtu",
    "kanari wasifu",
    "kanari neno",
    "kanari lililofutwa",
    "Kanari Duka",
    "kanari_duka",
    "Kanari Gauni",
    "kanari maelezo",
    "kanari sababu",
    "Kanari Mpokeaji",
    "+255754777456",
    "Kanari Mtaa",
    "Kanari Cheti",
    "kanari hati",
];

/// What erasing an account does to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Erasing {
    /// Nothing of the person stays but ids.
    Takes,
    /// These columns stay as they are.
    Keeps(BTreeSet<String>),
}

/// The tables the page speaks of.
fn page() -> BTreeMap<String, Erasing> {
    let mut tables = BTreeMap::new();
    for line in PAGE.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, holds, erasing, kept, by] = cells[..] else { panic!("not five cells: {line}") };
        assert!(!holds.is_empty() && (kept.is_empty() || !by.is_empty()), "who sees to it that it goes? {line}");
        let erasing = match erasing.split_once(' ') {
            Some(("keep", columns)) => {
                Erasing::Keeps(columns.split(", ").map(|column| column.trim_matches('`').to_owned()).collect())
            }
            None if ["erase", "pseudonymise", "none"].contains(&erasing) => Erasing::Takes,
            _ => panic!("no such word: {line}"),
        };
        assert!(tables.insert(name.trim_matches('`').to_owned(), erasing).is_none(), "two lines: {line}");
    }
    tables
}

/// Every column of every table there is, by what it is made of.
async fn columns(owner: &PgPool) -> Vec<(String, String, String)> {
    let columns = sqlx::query_as(
        "select columns.table_schema || '.' || columns.table_name, column_name, data_type
           from information_schema.columns
           join information_schema.tables using (table_schema, table_name)
          where table_type = 'BASE TABLE'
            and columns.table_schema not in ('pg_catalog', 'information_schema')
          order by 1, 2",
    );
    columns.fetch_all(owner).await.unwrap()
}

#[tokio::test]
async fn x12_every_table_has_a_line_in_the_document_and_every_line_a_table() {
    let stage = open().await;
    let there: BTreeSet<String> = columns(&stage.database.owner).await.into_iter().map(|(table, ..)| table).collect();
    let page = page();
    let told: BTreeSet<String> = page.keys().cloned().collect();
    let missing: Vec<_> = there.difference(&told).collect();
    assert!(missing.is_empty(), "docs/privacy.md doesn't speak of {missing:?}");
    let gone: Vec<_> = told.difference(&there).collect();
    assert!(gone.is_empty(), "docs/privacy.md speaks of {gone:?}");
    for (table, column) in page.iter().flat_map(|(table, erasing)| match erasing {
        Erasing::Keeps(columns) => columns.iter().map(|column| (table, column)).collect(),
        Erasing::Takes => Vec::new(),
    }) {
        let columns = columns(&stage.database.owner).await;
        assert!(columns.iter().any(|(name, there, _)| name == table && there == column), "{table} has no column {column}");
    }
}

/// Where one of these words stands, as `table.column: word`.
async fn found(owner: &PgPool, words: &[&str]) -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    for (table, column, kind) in columns(owner).await {
        let text = match kind.as_str() {
            "text" | "jsonb" | "json" | "ARRAY" | "character varying" => format!("\"{column}\"::text"),
            // Bytes as they are, those no letter stands for as numbers.
            "bytea" => format!("encode(\"{column}\", 'escape')"),
            _ => continue,
        };
        for word in words {
            let seek = format!("select count(*) from {table} where position(lower($1) in lower({text})) > 0");
            let count: i64 = sqlx::query_scalar(AssertSqlSafe(seek)).bind(*word).fetch_one(owner).await.unwrap();
            if count > 0 {
                found.insert((table.clone(), column.clone(), (*word).to_owned()));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn x12_an_erased_account_leaves_nothing_but_what_the_document_keeps() {
    let stage = open().await;
    let admin = stage_admin(&stage).await;
    let seller = stall(&stage, "juma", 5).await;
    let person = come(&stage).await;
    live(&stage, &person, &seller).await;
    let before = found(&stage.database.owner, &WORDS).await;
    let lost: Vec<_> = WORDS.iter().filter(|word| !before.iter().any(|(.., found)| found == *word)).collect();
    assert!(lost.is_empty(), "nobody wrote {lost:?} down: {before:#?}");

    assert_eq!(admin.delete(&format!("/api/v1/admin/users/{}", person.id)).await.status, 204);
    stage.settle().await;
    let page = page();
    let left: Vec<_> = found(&stage.database.owner, &WORDS)
        .await
        .into_iter()
        .filter(|(table, column, _)| !matches!(&page[table], Erasing::Keeps(columns) if columns.contains(column)))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
    // What is kept is what others need: the order, with where it goes.
    let order = seller.seller.get("/api/v1/orders?role=seller").await.ok();
    assert_eq!(order["items"].as_array().unwrap().len(), 1);
    stage.must_be_sound().await;
}

/// Somebody signs up.
async fn come(stage: &Stage) -> Person {
    let body = json!({"email": "kanari@example.com", "display_name": "Kanari Mtu", "birth_date": "1994-05-17", "username": "kanari_jina"});
    let flow = stage.anonymous().post("/api/v1/auth/register", body).await.ok();
    let code = code_for(stage, "kanari@example.com").await;
    let verify = json!({"flow_id": flow["flow_id"], "code": code});
    let tokens = stage.anonymous().post("/api/v1/auth/verify", verify).await.ok();
    stage.settle().await;
    stage.bearer(text(&tokens["user_id"]).parse().unwrap(), text(&tokens["access_token"]))
}

/// They write, sell, and buy from somebody else.
async fn live(stage: &Stage, person: &Person, seller: &Stall) {
    person.patch("/api/v1/users/me", json!({"bio": "kanari wasifu"})).await.ok();
    person.put(&format!("/api/v1/users/{}/follow", seller.seller.id)).await;
    let papers = [
        Part::Word("badge", "person"),
        Part::Word("name", "Kanari Cheti"),
        Part::Word("words", "kanari hati"),
        Part::File("documents", &dot()),
    ];
    person.hand_in("/api/v1/users/me/verification", "*/*", &papers).await.ok();
    for text in ["kanari neno", "kanari lililofutwa"] {
        let post = person.post("/api/v1/posts", json!({"type": "standard", "text": text})).await.ok();
        if text.ends_with("futwa") {
            person.delete(&format!("/api/v1/posts/{}", self::text(&post["id"]))).await;
        }
    }
    let shop = person.post("/api/v1/shops", json!({"name": "Kanari Duka", "handle": "kanari_duka"})).await.ok();
    let product = json!({"name": "Kanari Gauni", "description": "kanari maelezo", "kind": "physical", "stock": 3,
        "price": {"minor": 1_000, "currency": "TZS"}});
    let product = person.post(&format!("/api/v1/shops/{}/products", text(&shop["id"])), product).await.ok();
    let counted = json!({"change": 1, "reason": "kanari sababu"});
    person.post(&format!("/api/v1/variants/{}/stock", text(&product["variants"][0]["id"])), counted).await.ok();
    top_up(stage, person, 5_000_000).await;
    let basket = json!({"source": {"variant_id": seller.variant, "quantity": 1}, "shipping": {"address":
        {"name": "Kanari Mpokeaji", "phone": "+255754777456", "region": "Dar es Salaam", "district": "Kanari Mtaa"}}});
    let checkout = person.post("/api/v1/checkouts", basket.clone()).await.ok();
    pay(stage, person, &checkout).await;
    person.post("/api/v1/checkouts", basket).await.ok();
    person.post("/api/v1/auth/login/code", json!({"identifier": "kanari@example.com"})).await.ok();
    stage.settle().await;
}
