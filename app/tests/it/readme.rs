//! The README's walk, as a newcomer pastes it.

use std::process::Command;

use crate::running::Running;

#[tokio::test(flavor = "multi_thread")]
async fn the_walk_of_the_readme_completes_the_loop() {
    let readme = include_str!("../../../README.md");
    let walk = readme.split("<!-- the walk -->\n```sh\n").nth(1).unwrap().split("\n```").next().unwrap();
    let node = Running::up();
    let walked = Command::new("timeout")
        .args(["60", "bash", "-euo", "pipefail", "-c", walk])
        .env("BASE", format!("http://{}", node.address()))
        .output()
        .unwrap();
    let (said, complained) = (String::from_utf8_lossy(&walked.stdout), String::from_utf8_lossy(&walked.stderr));
    assert!(walked.status.success(), "{said}\n{complained}");
    for seen in
        ["1187500", "commerce.order_placed", "commerce.order_delivered", "payment.escrow_released", "profile.new_follower"]
    {
        assert!(said.contains(seen), "{seen}\n{said}");
    }
    node.must_become_sound().await;
}
