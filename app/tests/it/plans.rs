//! Statements go by an index, whatever the size of a table (docs/decisions/0019-plans-for-the-size-tables-will-have.md).

use std::{fs, path::Path};

use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor, Row};
use testkit::Database;

/// What reads a table from end to end on purpose, and why.
const WHOLE: [(&str, &str); 2] = [
    ("from kernel.schedule", "a row for each clock job there is"),
    ("with expected as (", "the ledger is compared with all it was made of"),
];

/// Every statement of the services and the machinery, with how many values it takes.
fn statements() -> Vec<(String, usize)> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.sqlx");
    let read = |file: fs::DirEntry| serde_json::from_slice::<Value>(&fs::read(file.path()).unwrap()).unwrap();
    let one = |kept: Value| {
        let values = kept["describe"]["parameters"]["Left"].as_array().map_or(0, Vec::len);
        (kept["query"].as_str().unwrap().to_owned(), values)
    };
    fs::read_dir(kept).unwrap().map(|file| one(read(file.unwrap()))).collect()
}

#[tokio::test]
async fn every_statement_goes_by_an_index() {
    let database = Database::of(&nexgate::services()).await;
    let mut conn = database.owner.acquire().await.unwrap();
    conn.execute("set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off").await.unwrap();
    let (statements, mut whole) = (statements(), Vec::new());
    for (statement, values) in &statements {
        conn.execute(AssertSqlSafe(format!("prepare it as {statement}"))).await.unwrap();
        let given = if *values == 0 { String::new() } else { format!("({})", vec!["null"; *values].join(", ")) };
        let plan = sqlx::raw_sql(AssertSqlSafe(format!("explain execute it{given}"))).fetch_all(&mut *conn).await.unwrap();
        let reads_all = plan.iter().any(|line| line.get::<String, _>(0).contains("Seq Scan on"));
        if reads_all {
            whole.push(statement);
        }
        conn.execute("deallocate it").await.unwrap();
    }
    assert!(statements.len() > 200, "{}", statements.len());
    for (on_purpose, why) in WHOLE {
        assert!(whole.iter().any(|statement| statement.contains(on_purpose)), "{on_purpose}: {why}");
    }
    whole.retain(|statement| !WHOLE.iter().any(|(on_purpose, _)| statement.contains(on_purpose)));
    assert!(whole.is_empty(), "{whole:#?}");
}
