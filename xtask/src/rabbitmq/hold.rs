//! Our child that runs a private broker and stops it when we end: `hold-rabbitmq DIR`.

use std::{
    fs,
    fs::OpenOptions,
    io,
    io::Read,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use super::{
    Killed,
    boot::{self, Ports},
    log,
};
use crate::leftovers;

/// How long a process may take that was asked to stop, and one that was killed.
const ENDINGS: [(Signal, Duration); 2] = [(Signal::TERM, Duration::from_secs(20)), (Signal::KILL, Duration::from_secs(10))];
const GLANCE: Duration = Duration::from_millis(50);
/// How often we look for dead processes that became ours.
const BURIALS: Duration = Duration::from_secs(10);

/// Runs a broker in `dir`, says its process and address, and stops it when stdin closes. `killed` says what
/// follows when somebody kills it.
pub fn hold(dir: &Path, killed: Killed) -> Result<()> {
    leftovers::adopt()?;
    let result = hold_epmd(dir, killed);
    // Erlang's small port programs end by themselves when the broker does; nothing else may be left.
    let left = leftovers::refuse(&[]);
    fs::remove_dir_all(dir)?;
    result.and(left)
}

/// Erlang's name server, started by us so that its number is known: where there is none Erlang starts one nobody stops.
fn hold_epmd(dir: &Path, killed: Killed) -> Result<()> {
    let ports = Ports::find()?;
    boot::prepare(dir, &ports)?;
    let mut epmd = spawn(dir, Command::new("epmd").args(["-port", &ports.epmd.to_string(), "-address", "127.0.0.1"]))?;
    let result = hold_broker(dir, &ports, epmd.id(), killed);
    stop(&mut epmd)?;
    result
}

fn hold_broker(dir: &Path, ports: &Ports, epmd: u32, killed: Killed) -> Result<()> {
    let mut broker = boot(dir, ports)?;
    let current = Arc::new(AtomicU32::new(broker.id()));
    let (ours, closed) = (current.clone(), Arc::new(AtomicBool::new(false)));
    thread::spawn(move || bury_for_ever(epmd, &ours));
    println!("{} amqp://guest:guest@127.0.0.1:{}", broker.id(), ports.amqp);
    let told = closed.clone();
    thread::spawn(move || {
        // However reading ends, nobody needs the broker any more.
        let _closed = io::stdin().read_to_end(&mut Vec::new());
        told.store(true, Ordering::Release);
    });
    while !closed.load(Ordering::Acquire) {
        if killed == Killed::IsRestarted && broker.try_wait()?.is_some() {
            broker = boot(dir, ports)?;
            current.store(broker.id(), Ordering::Release);
        }
        sleep(GLANCE);
    }
    stop(&mut broker)
}

fn boot(dir: &Path, ports: &Ports) -> Result<Child> {
    let broker = spawn(dir, &mut boot::command(dir, ports)?)?;
    fs::write(dir.join("broker.pid"), broker.id().to_string())?;
    Ok(broker)
}

/// RabbitMQ runs a second Erlang every minute, to look after epmd, whose own children nobody waits for.
fn bury_for_ever(epmd: u32, broker: &AtomicU32) {
    loop {
        sleep(BURIALS);
        leftovers::bury(&[epmd, broker.load(Ordering::Acquire)]);
    }
}

/// Starts it in a process group of its own, its words in the log.
fn spawn(dir: &Path, command: &mut Command) -> Result<Child> {
    let log = OpenOptions::new().create(true).append(true).open(log(dir))?;
    command.current_dir(dir).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
    command.spawn().with_context(|| format!("couldn't run {}", command.get_program().display()))
}

/// Asks the process and its group to stop; kills them when that takes too long.
fn stop(child: &mut Child) -> Result<()> {
    let group = Pid::from_child(child);
    for (signal, patience) in ENDINGS {
        // The only refusal possible is that it ended by itself.
        let _gone = kill_process_group(group, signal);
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if child.try_wait()?.is_some() {
                return Ok(());
            }
            sleep(GLANCE);
        }
    }
    bail!("process {} doesn't stop", child.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_writes_to_the_log_and_stops_when_asked() {
        let dir = tempfile::tempdir().unwrap();
        let mut said = spawn(dir.path(), Command::new("sh").args(["-c", "echo out; echo err >&2"])).unwrap();
        said.wait().unwrap();
        assert_eq!(fs::read_to_string(log(dir.path())).unwrap(), "out\nerr\n");
        let mut sleeping = spawn(dir.path(), Command::new("sleep").arg("60")).unwrap();
        stop(&mut sleeping).unwrap();
        assert!(stop(&mut sleeping).is_ok(), "one that ended already");
        let missing = spawn(dir.path(), &mut Command::new("no-such-program")).unwrap_err();
        assert_eq!(missing.to_string(), "couldn't run no-such-program");
    }
}
