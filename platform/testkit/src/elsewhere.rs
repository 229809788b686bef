//! Other people's software beside a test: a program in Python, in a process of its own, that says in lines of JSON what it saw.

use std::{
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

/// It begins by saying that it is ready, and ends with the test.
#[derive(Debug)]
pub struct Elsewhere {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Elsewhere {
    /// Runs a program, given as its text, and waits until it is ready.
    pub fn start(program: &str, given: &Value) -> Self {
        let mut command = Command::new(python());
        command.args(["-c", program, &given.to_string()]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("Python runs");
        let said = BufReader::new(child.stdout.take().expect("its output is ours")).lines();
        let mut begun = Self { child, said };
        assert_eq!(begun.says(), "ready");
        begun
    }

    /// What it says next; waits for it.
    pub fn says(&mut self) -> Value {
        let line = self.said.next().expect("it has more to say").expect("it speaks UTF-8");
        serde_json::from_str(&line).expect("it speaks JSON")
    }

    /// `kill -9`; what it had said and nobody heard yet.
    pub fn kill(mut self) -> Vec<Value> {
        self.end();
        let left = self.said.by_ref().map(|line| serde_json::from_str(&line.expect("it speaks UTF-8")).expect("it speaks JSON"));
        left.collect()
    }

    fn end(&mut self) {
        // What has ended already can't be ended again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// A loopback address of this test's process alone: `127.<net>.x.y`.
    pub fn host(net: u8) -> String {
        let [.., high, low] = std::process::id().to_be_bytes();
        format!("127.{net}.{high}.{low}")
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.end();
    }
}

#[expect(clippy::disallowed_methods, reason = "cargo xtask test says where its Python is")]
fn python() -> String {
    std::env::var("NEXGATE_TEST_PYTHON")
        .expect("NEXGATE_TEST_PYTHON names a Python with what tests need; `cargo xtask test` sets it")
}
