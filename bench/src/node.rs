//! A node in a process of its own, stopped as an operator does.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

pub struct Node {
    child: Child,
    address: String,
}

impl Node {
    /// Starts it and waits until it says where it serves.
    pub fn start(command: &mut Command) -> Result<Self> {
        let program = command.get_program().display().to_string();
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().context(program)?;
        let lines = BufReader::new(child.stderr.take().context("no standard error")?).lines();
        // From here on it is stopped, whatever it says.
        let mut node = Self { child, address: String::new() };
        node.address = address(lines)?;
        Ok(node)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn socket(&self) -> Result<SocketAddr> {
        self.address.trim_end_matches('/').parse().with_context(|| format!("{} is no address", self.address))
    }

    pub fn stop(&mut self) -> Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { bail!("nexgate ended with {status}") }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None))
            && let Err(error) = self.stop()
        {
            eprintln!("bench: {error:#}");
        }
    }
}

/// Where a starting node says that it serves.
fn address(mut lines: impl Iterator<Item = std::io::Result<String>> + Send + 'static) -> Result<String> {
    let mut said = Vec::new();
    let address = loop {
        let Some(line) = lines.next() else { bail!("nexgate ended before it served:\n{}", said.join("\n")) };
        let line = line?;
        if let Some((_, address)) = line.split_once("http://") {
            break address.trim().to_owned();
        }
        said.push(line);
    };
    // Somebody must go on reading, or the node would wait for room to log.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(address)
}
