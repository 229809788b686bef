//! The pages in a real Chromium: each story of `e2e/stories`, told on a node of its own.

use std::{env, process::Command};

use crate::{market::moderator, place::Place, running::Running};

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../e2e");
/// Longer than a story gives itself, so that it says why it broke off.
const PATIENCE: &str = "270";

#[tokio::test(flavor = "multi_thread")]
async fn w2_w4_the_core_loop_on_a_phone() {
    let node = Running::up();
    moderator(&node).await;
    tell(&node, "smoke");
    tell(&node, "phone");
    node.must_become_sound().await;
    nothing_was_refused(&node).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w3_w4_w7_the_core_loop_on_a_desk_in_swahili_with_hostile_words() {
    let node = Running::up();
    moderator(&node).await;
    tell(&node, "desk");
    node.must_become_sound().await;
    nothing_was_refused(&node).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w2_the_core_loop_without_javascript() {
    let node = Running::up();
    moderator(&node).await;
    tell(&node, "bare");
    node.must_become_sound().await;
    nothing_was_refused(&node).await;
}

/// No browser met anything a page may not load (W7).
async fn nothing_was_refused(node: &Running) {
    let metrics = node.text("/metrics").await;
    assert!(metrics.contains("nexgate_http_seconds") && !metrics.contains("nexgate_csp_reports_total"), "{metrics}");
}

/// Has Chromium live through the story. Its pictures are kept where `NEXGATE_SHOTS` says.
pub fn tell(node: &Running, story: &str) {
    let chromium = env::var_os("NEXGATE_TEST_CHROMIUM").expect("NEXGATE_TEST_CHROMIUM is a Chromium; `cargo xtask test` sets it");
    let own = tempfile::tempdir().unwrap();
    let shots = env::var_os("NEXGATE_SHOTS").unwrap_or_else(|| own.path().join("shots").into_os_string());
    let mut command = Command::new("timeout");
    // Among our own processes, so that whoever stops the test stops it too; Chromium goes when its pipe to Node.js ends.
    command.args(["--foreground", "--kill-after=10", PATIENCE, "node", "run.mjs", story]).current_dir(STORIES);
    command.env("NEXGATE_TEST_CHROMIUM", chromium).env("BASE", node.base()).env("SHOTS", shots);
    // Chromium leaves things in all of them; they go with the test.
    command.envs(["TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"].map(|name| (name, own.path())));
    let told = command.output().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{said}\n{complained}\nNEXGATE_SHOTS=/some/folder keeps the pictures");
}
