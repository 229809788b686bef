//! Walls 4, 5 and 6, and where the database and HTTP stay outside the services.

use super::{
    finding::Finding,
    seen::{Call, How, Reach, Seen},
    source::Source,
};
use crate::workspace::Part;

/// Methods of `Tx` that make an effect: only ops have effects.
const EFFECTS: [&str; 4] = ["publish", "enqueue", "signal", "done"];
/// What the notification service may neither ask nor answer with.
const ASKING: [&str; 3] = ["ask", "asks", "answers"];
/// Ambient clock, randomness, environment and tasks: the beginning or the end of a path.
const AMBIENT: [(&[&str], &str); 15] = [
    (&["std", "env"], "here.config"),
    (&["std", "time", "SystemTime"], "here.clock"),
    (&["std", "time", "Instant", "now"], "here.clock"),
    (&["tokio", "time", "Instant", "now"], "here.clock"),
    (&["jiff", "Timestamp", "now"], "here.clock"),
    (&["jiff", "Zoned", "now"], "here.clock"),
    (&["kernel", "Clock", "system"], "here.clock"),
    (&["host", "Ids", "system"], "here.ids"),
    (&["rand"], "here.ids"),
    (&["getrandom"], "here.ids"),
    (&["uuid", "Uuid", "now_v7"], "here.ids"),
    (&["uuid", "Uuid", "new_v4"], "here.ids"),
    (&["tokio", "spawn"], "the node's tracker"),
    (&["tokio", "task", "spawn"], "the node's tracker"),
    (&["std", "thread"], "the node's tracker"),
];
/// Random generators by name, whichever crate hands them on.
const GENERATORS: [&str; 3] = ["OsRng", "SysRng", "ThreadRng"];

pub fn check(source: &Source, seen: &Seen) -> Vec<Finding> {
    let reaches = seen.reaches.iter().filter_map(|reach| Some((reach.line, reached(source, reach)?)));
    let calls = seen.calls.iter().filter_map(|call| Some((call.line, called(source, call)?)));
    reaches.chain(calls).map(|(line, text)| Finding::new(&source.path, line, text)).collect()
}

fn reached(source: &Source, reach: &Reach) -> Option<String> {
    let (path, written) = (reach.path.as_slice(), reach.path.join("::"));
    let first = path.first()?.as_str();
    if first == "lapin" && source.part != Part::Platform("host".to_owned()) {
        return Some(format!("wall 5: nothing reaches the broker except through the relay ({written})"));
    }
    if source.part == Part::App && ["sqlx", "axum"].contains(&first) {
        return Some(format!("wall 3: the app may not use {first} ({written})"));
    }
    if source.part == Part::Service
        && !in_ops(source)
        && let [.., tx, effect] = path
        && tx == "Tx"
        && EFFECTS.contains(&effect.as_str())
    {
        return Some(format!("wall 4: only ops have effects ({written})"));
    }
    let is_checked = reach.how != How::Macro && !is_free(source, path);
    let instead = if is_checked { ambient(path) } else { None }?;
    Some(format!("wall 6: {written} is ambient; take it from {instead}"))
}

/// What makes the clock, the ids and the settings, and what serves developers; clippy's list holds there, with a reason.
fn is_free(source: &Source, path: &[String]) -> bool {
    match &source.part {
        Part::Platform(name) => match name.as_str() {
            "kernel" => source.module == ["time"],
            "contracts" | "ui" => false,
            _ => true,
        },
        Part::Service => false,
        // It hands the system's clock, ids and settings to the node.
        Part::App => {
            matches!(path, [krate, ..] if krate == "kernel" || krate == "host") || path.iter().take(2).eq(["std", "env"])
        }
        Part::Xtask | Part::Bench | Part::Fuzz | Part::Stray => true,
    }
}

fn ambient(path: &[String]) -> Option<&'static str> {
    let starts = |wanted: &[&str]| path.len() >= wanted.len() && path.iter().zip(wanted).all(|(a, b)| a == b);
    let by_path = AMBIENT.iter().find(|(wanted, _)| starts(wanted)).map(|(_, instead)| *instead);
    by_path.or_else(|| path.iter().any(|word| GENERATORS.contains(&word.as_str())).then_some("here.ids"))
}

fn called(source: &Source, call: &Call) -> Option<String> {
    if source.part != Part::Service {
        return None;
    }
    let method = call.method.as_str();
    if EFFECTS.contains(&method) && !in_ops(source) {
        return Some(format!("wall 4: only ops have effects (.{method}())"));
    }
    if method == "begin" {
        return Some("wall 4: transactions are opened by db.write (.begin())".to_owned());
    }
    if ASKING.contains(&method) && source.krate == "notification" {
        return Some(format!("wall 5: notification asks nobody and answers nobody (.{method}())"));
    }
    None
}

fn in_ops(source: &Source) -> bool {
    source.module.first().is_some_and(|room| room == "ops")
}
