//! The worker as a process: limited, killed, left alone, many at once.

use std::{
    fs,
    io::ErrorKind,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::time::interval;

use super::{judge::Dir, lab};

const GLANCE: Duration = Duration::from_millis(5);

/// The workers this process has started and that run.
fn workers() -> Vec<Pid> {
    let ours = format!("PPid:\t{}\n", std::process::id());
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let is_worker = |pid: &i32| {
        let read = |name: &str| fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap_or_default();
        read("status").contains(&ours) && read("cmdline").ends_with("picture-worker\0")
    };
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(is_worker).filter_map(Pid::from_raw).collect()
}

async fn first_worker() -> Pid {
    let mut glance = interval(GLANCE);
    loop {
        glance.tick().await;
        if let Some(pid) = workers().first() {
            return *pid;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_somebody_kills_is_no_fault_of_its_picture() {
    let dir = Dir::with("long");
    let bytes = fs::read(dir.path("long.jpg")).unwrap();
    let kill = async { kill_process(first_worker().await, Signal::KILL) };
    let lab = lab();
    let (answer, killed) = tokio::join!(lab.develop(bytes.clone()), kill);
    killed.unwrap();
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::Other);
    assert!(lab.develop(bytes).await.unwrap().is_ok(), "and the next try does better");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_goes_with_whoever_waits_for_it() {
    let dir = Dir::with("long");
    let bytes = fs::read(dir.path("long.jpg")).unwrap();
    let lab = lab();
    tokio::select! {
        answer = lab.develop(bytes) => panic!("{answer:?}"),
        _ = first_worker() => {}
    }
    let mut glance = interval(GLANCE);
    while !workers().is_empty() {
        glance.tick().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_take_turns() {
    let dir = Dir::with("photo");
    let (lab, bytes) = (Arc::new(lab()), fs::read(dir.path("photo.jpg")).unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..24 {
        let (lab, bytes) = (lab.clone(), bytes.clone());
        tasks.spawn(async move { lab.develop(bytes).await.unwrap().unwrap() });
    }
    let (mut most, mut pictures, mut glance) = (0, Vec::new(), interval(GLANCE));
    while !tasks.is_empty() {
        tokio::select! {
            Some(picture) = tasks.join_next() => pictures.push(picture.unwrap()),
            _ = glance.tick() => most = most.max(workers().len()),
        }
    }
    assert_eq!((pictures.len(), most), (24, 2));
    pictures.dedup();
    assert_eq!(pictures.len(), 1, "and all are the same picture");
}

#[test]
fn the_kernel_keeps_the_workers_limits() {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_nexgate"))
        .arg("picture-worker")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let proc = format!("/proc/{}", worker.id());
    let read = |name: &str| fs::read_to_string(format!("{proc}/{name}")).unwrap();
    let wanted = [
        ("Max address space", "1073741824 1073741824"),
        ("Max cpu time", "20 21"),
        ("Max file size", "0 0"),
        ("Max core file size", "0 0"),
        ("Max open files", "4 4"),
    ];
    let has_them = || {
        let limits = read("limits");
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        wanted.iter().all(|(name, limit)| limits.lines().any(|line| words(line).starts_with(&format!("{name} {limit}"))))
    };
    // It limits itself before it reads anything, and then waits for us.
    while !has_them() {
        assert!(matches!(worker.try_wait(), Ok(None)), "it is still there: {}", read("limits"));
        std::thread::yield_now();
    }
    assert!(read("status").contains("NoNewPrivs:\t1"));
    drop(worker.stdin.take());
    assert!(worker.wait().unwrap().success(), "nothing is no picture, and no failure of the worker");
}
