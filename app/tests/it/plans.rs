//! Statements go by an index, whatever the size of a table (docs/decisions/0019-plans-for-the-size-tables-will-have.md).

use std::{fs, path::Path};

use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor, PgConnection, Row};
use testkit::Database;

/// What reads a table, or an index of all of it, from end to end on purpose, and why.
const WHOLE: [(&str, &str); 10] = [
    ("from kernel.schedule", "a row for each clock job there is"),
    ("from auth.signing_key", "a handful of keys"),
    ("from kernel.outbox order by seq", "what tests look at"),
    ("from notification.dev_outbox where $1::text is null", "what is shown in development, and nowhere else"),
    ("with expected as (", "the ledger is compared with all it was made of"),
    ("select (select count(*) from payment.account)", "the ledger says how much there is of it"),
    ("select format('account ", "the ledger's accounts are compared with their postings"),
    ("select format('entry ", "the ledger's entries are balanced, every one"),
    ("select format('escrow account ", "what lies in escrow is compared with the escrows that hold"),
    ("select format('%s: the top-up ", "every top-up has its entry"),
];
/// Indexes of the few rows that aren't as they should be, or not yet: whoever reads all of one wants all of those rows.
const FEW: [&str; 3] = ["outbox_unsent", "inbox_failed", "job_failed"];
/// Tables that fill and empty again: whoever analyses one finds it empty one time and full the next.
const FILLING: [&str; 6] = ["job", "outbox", "inbox", "idempotency", "throttle", "hold"];

/// Every statement of the services and the machinery on one line, with how many values it takes.
fn statements() -> Vec<(String, usize)> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.sqlx");
    let read = |file: fs::DirEntry| serde_json::from_slice::<Value>(&fs::read(file.path()).unwrap()).unwrap();
    let one = |kept: Value| {
        let values = kept["describe"]["parameters"]["Left"].as_array().map_or(0, Vec::len);
        (kept["query"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" "), values)
    };
    fs::read_dir(kept).unwrap().map(|file| one(read(file.unwrap()))).collect()
}

/// The plan a connection of ours would keep for this statement.
async fn plan(conn: &mut PgConnection, (statement, values): &(String, usize)) -> Value {
    conn.execute(AssertSqlSafe(format!("prepare it as {statement}"))).await.unwrap();
    let given = if *values == 0 { String::new() } else { format!("({})", vec!["null"; *values].join(", ")) };
    let explain = sqlx::raw_sql(AssertSqlSafe(format!("explain (format json) execute it{given}")));
    let plan = explain.fetch_one(&mut *conn).await.unwrap().get::<Value, _>(0);
    conn.execute("deallocate it").await.unwrap();
    plan[0]["Plan"].clone()
}

/// What it reads from end to end: tables, indexes without a condition that aren't left after some rows, functions of ours that
/// became no part of it.
fn read_whole(node: &Value, is_limited: bool, found: &mut Vec<String>) {
    let named = |name: &str| node[name].as_str().unwrap_or_default();
    let kind = named("Node Type");
    let is_limited = (is_limited || kind == "Limit") && !matches!(kind, "Sort" | "Aggregate" | "Hash" | "WindowAgg");
    let is_bounded = is_limited && node["Filter"].is_null();
    let is_index = matches!(kind, "Index Scan" | "Index Only Scan" | "Bitmap Index Scan");
    let is_ours =
        kind == "Function Scan" && !["", "unnest", "generate_series", "pg_stat_get_activity"].contains(&named("Function Name"));
    if kind == "Seq Scan" || (is_index && node["Index Cond"].is_null() && !is_bounded && !FEW.contains(&named("Index Name"))) {
        found.push(format!("{} {}", named("Relation Name"), named("Index Name")));
    } else if is_ours {
        found.push(format!("function {}", named("Function Name")));
    }
    for inner in node["Plans"].as_array().into_iter().flatten() {
        read_whole(inner, is_limited, found);
    }
}

/// Every statement that reads something from end to end, with what.
async fn reading_whole(conn: &mut PgConnection) -> Vec<(String, Vec<String>)> {
    conn.execute("set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off").await.unwrap();
    let mut all = Vec::new();
    for statement in statements() {
        let mut found = Vec::new();
        read_whole(&plan(conn, &statement).await, false, &mut found);
        if !found.is_empty() {
            all.push((statement.0, found));
        }
    }
    all
}

#[tokio::test]
async fn every_statement_goes_by_an_index() {
    let database = Database::of(&nexgate::services()).await;
    let mut whole = reading_whole(&mut database.owner.acquire().await.unwrap()).await;
    assert!(statements().len() > 200);
    for (on_purpose, why) in WHOLE {
        assert!(whole.iter().any(|(statement, _)| statement.contains(on_purpose)), "{on_purpose}: {why}");
    }
    whole.retain(|(statement, _)| !WHOLE.iter().any(|(on_purpose, _)| statement.contains(on_purpose)));
    assert!(whole.is_empty(), "{whole:#?}");
}

/// A plan made in such a moment is kept until the table is analysed again.
#[tokio::test]
async fn a_table_that_was_empty_when_it_was_analysed_is_read_by_an_index_all_the_same() {
    let database = Database::of(&nexgate::services()).await;
    let mut conn = database.owner.acquire().await.unwrap();
    conn.execute("vacuum analyze").await.unwrap();
    let mut whole = reading_whole(&mut conn).await;
    let is_filling = |read: &String| FILLING.contains(&read.split(' ').next().unwrap_or_default());
    whole.retain(|(statement, read)| {
        read.iter().any(is_filling) && !WHOLE.iter().any(|(on_purpose, _)| statement.contains(on_purpose))
    });
    assert!(whole.is_empty(), "{whole:#?}");
}
