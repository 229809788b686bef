//! SQL in the source: checked when it compiles, typed without holes, and about the service's own schema only.

use super::{
    finding::Finding,
    schemas::foreign,
    seen::{Call, How, Reach, Seen, SqlMacro},
    source::Source,
};
use crate::workspace::Part;

/// Names that build a statement at run time.
const RUN_TIME: [&str; 10] = [
    "query",
    "query_as",
    "query_scalar",
    "query_with",
    "query_as_with",
    "query_scalar_with",
    "raw_sql",
    "QueryBuilder",
    "AssertSqlSafe",
    "SqlStr",
];
/// Methods of an executor that take a statement as it stands.
const EXECUTING: [&str; 8] =
    ["execute", "execute_many", "fetch", "fetch_all", "fetch_many", "fetch_one", "fetch_optional", "prepare"];

pub fn check(source: &Source, seen: &Seen, services: &[&str]) -> Vec<Finding> {
    let mut found: Vec<Finding> = seen.sql.iter().flat_map(|sql| statement(source, sql, services)).collect();
    if source.part == Part::Service && source.path.file_name().is_none_or(|name| name != "search.rs") {
        found.extend(seen.reaches.iter().filter_map(|reach| run_time(source, reach)));
        found.extend(seen.calls.iter().filter_map(|call| literal(source, call)));
    }
    found
}

fn statement(source: &Source, sql: &SqlMacro, services: &[&str]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |line: usize, text: String| found.push(Finding::new(&source.path, line, text));
    if sql.name.contains("unchecked") {
        add(sql.line, format!("sql: {}! switches checking off", sql.name));
    }
    if let Some(line) = sql.unchecked {
        add(line, "sql: `as _` switches checking off; bind by .uuid() or an override".to_owned());
    }
    for (line, text) in &sql.literals {
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if plain.contains(": _\"") || plain.contains("as _") {
            add(*line, "sql: `as _` switches checking off; use a table override".to_owned());
        }
        if plain.contains("select *") || plain.contains("returning *") {
            add(*line, "sql: name the columns instead of *".to_owned());
        }
        if source.part == Part::Service {
            for (offset, schema) in foreign(text, &source.krate, services) {
                add(line + offset, format!("wall 2: {} may not touch schema {schema}", source.krate));
            }
        }
    }
    found
}

fn run_time(source: &Source, reach: &Reach) -> Option<Finding> {
    let [krate, .., name] = reach.path.as_slice() else { return None };
    // `use sqlx::query` may mean the macro; a call shows itself as a path.
    let is_named = reach.how == How::Path && krate == "sqlx" && reach.path.iter().any(|word| RUN_TIME.contains(&word.as_str()));
    is_named.then(|| Finding::new(&source.path, reach.line, format!("sql: built at run time ({name}); only in search.rs")))
}

fn literal(source: &Source, call: &Call) -> Option<Finding> {
    let text = || format!("sql: .{}() takes a statement nobody checked; use query!", call.method);
    (call.has_literal && EXECUTING.contains(&call.method.as_str())).then(|| Finding::new(&source.path, call.line, text()))
}
