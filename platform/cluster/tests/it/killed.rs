//! `kill -9` of the server, of its owner, of both, and in the middle of making a cluster.

use std::{
    env, fs, io,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use cluster::Cluster;
use rustix::process::{Pid, Signal, kill_process};

use crate::desk::{Desk, options, runs, sql};

/// Tells this test binary, started by itself, to be the owner that is killed.
const OWNER_OF: &str = "CLUSTER_TEST_OWNER_OF";

#[test]
fn a_killed_server_comes_back_with_what_was_committed() {
    let desk = Desk::new();
    let mut cluster = desk.start_durable();
    sql(&cluster, "create table kept as select 42 as answer");
    assert!(!cluster.restart_if_dead().unwrap());
    let killed = kill(cluster.pid());
    // The kill is in flight: the watcher looks again until it has landed.
    while !cluster.restart_if_dead().unwrap() {}
    assert_ne!(cluster.pid(), killed);
    assert_eq!(sql(&cluster, "select answer from kept"), "42");
}

#[test]
fn the_server_of_a_killed_owner_is_adopted() {
    if let Some(dir) = env::var_os(OWNER_OF) {
        return own_until_killed(Path::new(&dir));
    }
    let desk = Desk::new();
    let pid = owner_killed_over(&desk);
    assert!(runs(pid));
    let mut adopted = desk.start();
    assert_eq!(adopted.pid(), pid);
    assert_eq!(sql(&adopted, "select 1"), "1");
    kill(pid);
    while !adopted.restart_if_dead().unwrap() {}
    assert_eq!(sql(&adopted, "select 1"), "1");
}

#[test]
fn a_start_after_owner_and_server_were_killed_recovers() {
    let desk = Desk::new();
    let cluster = desk.start_durable();
    sql(&cluster, "create table kept as select 42 as answer");
    let pid = cluster.pid();
    cluster.leave();
    kill(pid);
    let next = desk.start_durable();
    assert_ne!(next.pid(), pid);
    assert_eq!(sql(&next, "select answer from kept"), "42");
}

#[test]
fn the_last_process_of_a_killed_server_is_waited_for() {
    let desk = Desk::new();
    let mut cluster = desk.start();
    let writer = sql(&cluster, "select pid from pg_stat_activity where backend_type = 'walwriter'").parse().unwrap();
    signal(writer, Signal::STOP);
    kill(cluster.pid());
    let log = desk.dir.join("postgres.log");
    thread::scope(|scope| {
        scope.spawn(|| {
            while !fs::read_to_string(&log).unwrap().contains("is still in use") {}
            signal(writer, Signal::CONT);
        });
        while !cluster.restart_if_dead().unwrap() {}
    });
    assert_eq!(sql(&cluster, "select 1"), "1");
}

#[test]
fn a_half_made_cluster_is_swept_away() {
    let desk = Desk::new();
    let half = desk.dir.join("unfinished-1");
    fs::create_dir_all(half.join("base")).unwrap();
    let cluster = desk.start();
    assert_eq!(sql(&cluster, "select 1"), "1");
    assert!(!half.exists());
}

fn kill(pid: u32) -> u32 {
    signal(pid, Signal::KILL);
    pid
}

fn signal(pid: u32, signal: Signal) {
    kill_process(Pid::from_raw(pid.cast_signed()).unwrap(), signal).unwrap();
}

/// Starts an owner as a process of its own, kills it, and returns the server it leaves.
fn owner_killed_over(desk: &Desk) -> u32 {
    let mut owner = Killed(
        Command::new(env::current_exe().unwrap())
            .args(["--exact", "killed::the_server_of_a_killed_owner_is_adopted", "--nocapture"])
            .env(OWNER_OF, &desk.dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut said = BufReader::new(owner.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    said.find_map(|line| line.rsplit_once("server ")?.1.parse().ok()).unwrap()
}

fn own_until_killed(dir: &Path) {
    let cluster = Cluster::start(&options(dir)).unwrap();
    println!("server {}", cluster.pid());
    // The parent never writes: this waits for the kill, or for the parent's own end.
    io::stdin().read_line(&mut String::new()).unwrap();
}

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}
