//! Wall 2 in SQL: a service's statements and migrations name its own schema only.

use std::fs;

use anyhow::Result;

use super::{finding::Finding, source::collect};
use crate::workspace::{Member, relative};

/// Words after which a table, a schema or a function is named.
const LEADS: [&str; 14] = [
    "from",
    "join",
    "into",
    "update",
    "table",
    "references",
    "schema",
    "only",
    "exists",
    "view",
    "function",
    "procedure",
    "sequence",
    "truncate",
];

/// Foreign schemas in the service's migrations.
pub fn check_migrations(root: &std::path::Path, member: &Member, services: &[&str]) -> Result<Vec<Finding>> {
    let (mut paths, mut found) = (Vec::new(), Vec::new());
    collect(&member.dir.join("migrations"), "sql", &mut paths)?;
    for path in paths {
        for (offset, schema) in foreign(&fs::read_to_string(&path)?, &member.name, services) {
            let text = format!("wall 2: {} may not touch schema {schema}", member.name);
            found.push(Finding::new(relative(root, &path), offset + 1, text));
        }
    }
    Ok(found)
}

/// Schemas named in `sql` that aren't `own`, each with its line counted from 0. An alias or column of the same name as a
/// service isn't meant: what counts stands where a table or a function does.
pub fn foreign(sql: &str, own: &str, services: &[&str]) -> Vec<(usize, String)> {
    let words = words(sql);
    let is_foreign = |word: &str| word != own && (word == "kernel" || services.contains(&word));
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = |by: usize| words.get(at + by).map_or("", |word| word.text.as_str());
        let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| word.text.as_str());
        let stands_there = next(1) == "." && (LEADS.contains(&before) || next(3) == "(") || before == "schema";
        if is_foreign(&word.text) && stands_there {
            found.push((word.line, word.text.clone()));
        }
    }
    found
}

struct Word {
    text: String,
    line: usize,
}

/// Words in lower case and single marks; comments and quoted text are left out.
fn words(sql: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut is_quoted = false;
    for (line, text) in sql.lines().enumerate() {
        let mut continues = false;
        for (at, letter) in text.char_indices() {
            if letter == '\'' {
                is_quoted = !is_quoted;
            }
            if !is_quoted && text.get(at..).is_some_and(|rest| rest.starts_with("--")) {
                break;
            }
            let is_letter = letter.is_alphanumeric() || letter == '_';
            match found.last_mut() {
                _ if is_quoted || letter == '\'' || letter == '"' || letter.is_whitespace() => {}
                Some(word) if is_letter && continues => word.text.extend(letter.to_lowercase()),
                _ => found.push(Word { text: letter.to_lowercase().collect(), line }),
            }
            continues = is_letter && !is_quoted;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_counts_where_a_table_or_a_function_stands() {
        let cases = [
            ("select id from profile.person", "profile"),
            ("select 1\n  join \"profile\".person on true", "profile"),
            ("create table social.post (owner uuid references profile.person (id))", "profile"),
            ("create index on profile.person (id)", "profile"),
            ("insert into kernel.outbox (id) values ($1)", "kernel"),
            ("drop schema profile", "profile"),
            ("select profile.name from social.profile", ""),
            ("select profile.name, profile.bio from social.post as profile", ""),
            ("select 'from profile.person' -- join profile.person", ""),
            ("select id from social.post", ""),
        ];
        for (sql, expected) in cases {
            let found = foreign(sql, "social", &["profile", "social"]);
            assert_eq!(found.first().map_or("", |(_, schema)| schema), expected, "{sql}");
        }
        assert_eq!(foreign("select 1\nfrom profile.person", "social", &["profile"]).first().map(|(line, _)| *line), Some(1));
    }
}
