//! A stranger's tool reads the API document and calls everything in it, signed in and on things that are there.

mod seed;

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use crate::{place::Place, running::Running, strangers::seed::seeded, token::python, world::World};

const HOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/strangers");
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
response_schema_conformance";

/// How many cases of an operation are made up beside those its document shows.
fn made_up() -> &'static str {
    if std::env::var_os("NEXGATE_TEST_LONG").is_some() { "30" } else { "4" }
}

#[tokio::test(flavor = "multi_thread")]
async fn x8_schemathesis_finds_no_5xx_and_no_answer_the_document_does_not_speak_of() {
    let node = Running::up();
    let given = seeded(&node).await;
    let dir = tempfile::tempdir().unwrap();
    let (seeded, answers) = (dir.path().join("seeded.json"), dir.path().join("answers"));
    std::fs::write(&seeded, given.to_string()).unwrap();
    let output = Command::new(python())
        .args(["-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"])
        .args([&format!("{}/openapi.json", node.base()), "--checks", CHECKS])
        .args(["--max-examples", made_up(), "--phases", "examples,coverage,fuzzing", "--seed", "1", "--no-shrink"])
        .args(["--continue-on-failure", "--no-color", "--suppress-health-check", "all", "--warnings", "off"])
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", HOOKS)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("NEXGATE_SEEDED", &seeded)
        .env("NEXGATE_ANSWERS", &answers)
        .current_dir(dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let answers = std::fs::read_to_string(&answers).unwrap_or_default();
    assert!(output.status.success(), "{}\n{said}", summary(&answers));
    must_be_reached(&node, &answers).await;
    node.must_be_sound().await;
}

/// At least nine of ten operations have answered 2xx.
async fn must_be_reached(node: &Running, answers: &str) {
    let document = node.anonymous().get("/openapi.json").await.ok();
    let all: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase())))
        .collect();
    let reached: BTreeSet<String> =
        calls(answers).filter(|(_, status)| status.starts_with('2')).map(|(name, _)| name.to_owned()).collect();
    let missed: Vec<&String> = all.difference(&reached).collect();
    assert!(calls(answers).count() > all.len() * 10, "{}", summary(answers));
    assert!(
        reached.len() * 10 >= all.len() * 9,
        "{} of {} are reached, not {missed:#?}\n{}",
        reached.len(),
        all.len(),
        summary(answers)
    );
    // `--no-capture` shows it.
    println!("{} of {} operations answered 2xx in {} calls; not {missed:?}", reached.len(), all.len(), calls(answers).count());
}

fn calls(answers: &str) -> impl Iterator<Item = (&str, &str)> {
    answers.lines().filter_map(|line| {
        let mut words = line.split('\t');
        Some((words.next()?, words.next()?))
    })
}

/// How often each operation answered what.
fn summary(answers: &str) -> String {
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    calls(answers).for_each(|call| *counts.entry(call).or_default() += 1);
    let lines: Vec<String> = counts.iter().map(|((name, status), count)| format!("{name} {status} {count}\n")).collect();
    lines.concat()
}
