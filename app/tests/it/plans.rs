//! Statements go by an index, whatever the size of a table (docs/decisions/0019-plans-for-the-size-tables-will-have.md).

use std::{collections::HashMap, fs, path::Path};

use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor, PgConnection, Row};
use testkit::Database;

/// What reads a table, or an index of all of it, from end to end on purpose, and why.
const WHOLE: [(&str, &str); 15] = [
    ("run_at)), 0)::bigint as \"age!\", (select count(*) from kernel.job", "a gauge of what waits, by a plan for few kinds"),
    ("min(run_at) as \"oldest\"", "the same for an operator"),
    ("from kernel.schedule", "a row for each clock job there is"),
    ("select number, kid, sealed, made_at from auth.signing_key", "a handful of keys"),
    ("select kid, public from auth.signing_key", "the same"),
    ("select kid, sealed from auth.signing_key", "the same"),
    ("from kernel.outbox order by seq", "what tests look at"),
    ("from notification.dev_outbox where $1::text is null", "what is shown in development, and nowhere else"),
    ("with expected as (", "the ledger is compared with all it was made of"),
    ("select (select count(*) from payment.account)", "the ledger says how much there is of it"),
    ("its balance is %s, its postings sum to", "the ledger's accounts are compared with their postings"),
    ("select format('account %s (%s, %s): %s is below zero'", "no account owes"),
    ("select format('entry ", "the ledger's entries are balanced, every one"),
    ("select format('escrow account ", "what lies in escrow is compared with the escrows that hold"),
    ("select format('%s: the top-up ", "every top-up has its entry"),
];
/// Indexes of the few rows that aren't as they should be, or not yet: whoever reads all of one wants all of those rows.
const FEW: [&str; 3] = ["outbox_unsent", "inbox_failed", "job_failed"];
/// Functions of PostgreSQL's own that give rows; several at once have no name in a plan.
const SYSTEM: [&str; 4] = ["", "unnest", "generate_series", "pg_stat_get_activity"];
/// Tables that fill and empty again: whoever analyses one finds it empty one time and full the next.
const FILLING: [&str; 6] = ["job", "outbox", "inbox", "idempotency", "throttle", "count_change"];

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

/// Where an index stands.
struct Index {
    table: String,
    /// What it is sorted by first.
    first: String,
}

async fn indexes(conn: &mut PgConnection) -> HashMap<String, Index> {
    let all = "select index.relname, of.relname, pg_get_indexdef(index.oid, 1, true)
                 from pg_index
                 join pg_class index on index.oid = indexrelid
                 join pg_class of on of.oid = indrelid";
    let all = sqlx::query_as::<_, (String, String, String)>(all).fetch_all(conn).await.unwrap();
    all.into_iter().map(|(index, table, first)| (index, Index { table, first })).collect()
}

/// The plan a connection of ours would keep for this statement, but for the rows its service may not see.
async fn plan(conn: &mut PgConnection, (statement, values): &(String, usize)) -> Value {
    conn.execute(AssertSqlSafe(format!("prepare it as {statement}"))).await.unwrap();
    let given = if *values == 0 { String::new() } else { format!("({})", vec!["null"; *values].join(", ")) };
    let explain = sqlx::raw_sql(AssertSqlSafe(format!("explain (format json) execute it{given}")));
    let plan = explain.fetch_one(&mut *conn).await.unwrap().get::<Value, _>(0);
    conn.execute("deallocate it").await.unwrap();
    plan[0]["Plan"].clone()
}

/// What it reads from end to end: tables, indexes without a condition (of tables that fill and empty: on what they are sorted by) that
/// aren't left after some rows, functions of ours that became no part of it.
fn read_whole(node: &Value, indexes: &HashMap<String, Index>, is_limited: bool, found: &mut Vec<String>) {
    let named = |name: &str| node[name].as_str().unwrap_or_default();
    let kind = named("Node Type");
    let goes_on = matches!(kind, "Sort" | "Aggregate" | "Hash" | "WindowAgg" | "Hash Join" | "Merge Join" | "Nested Loop");
    let is_limited = (is_limited || kind == "Limit") && !goes_on;
    if kind == "Seq Scan" {
        found.push(named("Relation Name").to_owned());
    } else if let Some((name, index)) = indexes.get_key_value(named("Index Name")) {
        let is_bounded = is_limited && node["Filter"].is_null();
        let wanted = if FILLING.contains(&index.table.as_str()) { index.first.as_str() } else { "" };
        let is_stepped_down = node["Index Cond"].as_str().is_some_and(|condition| condition.contains(wanted));
        if !is_stepped_down && !is_bounded && !FEW.contains(&name.as_str()) {
            found.push(format!("{} by {name}", index.table));
        }
    } else if kind == "Function Scan" && !SYSTEM.contains(&named("Function Name")) {
        found.push(format!("function {}", named("Function Name")));
    }
    for inner in node["Plans"].as_array().into_iter().flatten() {
        read_whole(inner, indexes, is_limited, found);
    }
}

/// Every statement that reads something from end to end, with what.
async fn reading_whole(conn: &mut PgConnection) -> Vec<(String, Vec<String>)> {
    conn.execute("set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off").await.unwrap();
    let (indexes, mut all) = (indexes(conn).await, Vec::new());
    for statement in statements() {
        let mut found = Vec::new();
        read_whole(&plan(conn, &statement).await, &indexes, false, &mut found);
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
        let named = whole.iter().filter(|(statement, _)| statement.contains(on_purpose)).count();
        assert_eq!(named, 1, "{on_purpose}: {why}");
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
        let is_let_be =
            statement.contains("from kernel.job_kind kind") || WHOLE.iter().any(|(whole, _)| statement.contains(whole));
        read.iter().any(is_filling) && !is_let_be
    });
    assert!(whole.is_empty(), "{whole:#?}");
}
