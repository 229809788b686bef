//! The server's side: one process for each picture, so many at once.

use std::{
    io,
    num::NonZeroUsize,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::Signal;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    sync::Semaphore,
    time::timeout,
};

use crate::{Picture, Refusal, frame};

/// Much longer than the seconds a worker may compute: whoever waits so long was starved or stopped by somebody else.
const PATIENCE: Duration = Duration::from_mins(1);
/// Bytes of an answer: eight variants of at most 1920 × 1920 pixels, and far less than a worker gone wild could say.
const LONGEST_ANSWER: u64 = 64 * 1024 * 1024;
/// What a program of Rust's exits with after a panic.
const PANICKED: i32 = 101;

/// Has pictures developed, each in a process of its own that the kernel limits.
#[derive(Debug)]
pub struct Lab {
    program: PathBuf,
    seats: Semaphore,
    patience: Duration,
}

impl Lab {
    /// `program picture-worker` must call `work()`; `seats` of them run at once, each with up to a gigabyte of memory.
    pub fn new(program: PathBuf, seats: NonZeroUsize) -> Self {
        Self { program, seats: Semaphore::new(seats.get()), patience: PATIENCE }
    }

    /// Waits so long for a worker, a minute where nothing is said.
    #[must_use]
    pub fn patient_for(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The inner result is the picture's, and the same every time. The outer error is ours: no worker could be started, or it was
    /// stopped for no fault of the picture, and another try may do better. Dropped, it takes its worker along.
    pub async fn develop(&self, bytes: Vec<u8>) -> Result<Result<Picture, Refusal>, io::Error> {
        let _seat = self.seats.acquire().await.map_err(io::Error::other)?;
        let worker = Command::new(&self.program)
            .arg("picture-worker")
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a decoder has to say of hostile bytes belongs in nobody's log.
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (status, answer) = timeout(self.patience, attend(worker, bytes)).await??;
        verdict(status, &answer)
    }
}

/// Gives the worker its bytes and takes what it says, until it ends.
async fn attend(mut worker: Child, bytes: Vec<u8>) -> io::Result<(ExitStatus, Vec<u8>)> {
    let (Some(mut input), Some(output)) = (worker.stdin.take(), worker.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let feed = async move {
        // A worker that has seen enough stops reading; its answer says why.
        let _read = input.write_all(&bytes).await;
    };
    let mut answer = Vec::new();
    let mut output = output.take(LONGEST_ANSWER);
    let ((), said) = tokio::join!(feed, output.read_to_end(&mut answer));
    said?;
    // Whoever has more to say is told that nobody listens.
    drop(output);
    Ok((worker.wait().await?, answer))
}

/// Whose fault it was.
fn verdict(status: ExitStatus, answer: &[u8]) -> io::Result<Result<Picture, Refusal>> {
    let ended = |signals: &[Signal]| status.signal().is_some_and(|signal| signals.iter().any(|one| one.as_raw() == signal));
    if status.success() {
        frame::unpack(answer).ok_or_else(|| io::Error::other("the picture worker's answer can't be read"))
    } else if ended(&[Signal::XCPU, Signal::ABORT]) {
        // Its time is over, or there is no memory left for it: the standard library aborts then.
        Ok(Err(Refusal::TooSlow))
    } else if status.code() == Some(PANICKED) || ended(&[Signal::SEGV, Signal::BUS, Signal::ILL, Signal::FPE]) {
        Ok(Err(Refusal::Damaged))
    } else {
        Err(io::Error::other(format!("the picture worker ended with {status}")))
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::ErrorKind, os::unix::fs::PermissionsExt, path::Path};

    use super::*;

    /// A worker that does what the shell is told.
    fn lab(dir: &Path, script: &str) -> Lab {
        let program = dir.join("worker");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        Lab::new(program, NonZeroUsize::MIN)
    }

    #[tokio::test]
    async fn a_picture_answers_for_what_it_did_to_its_worker_and_for_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let said = async |script| lab(dir.path(), script).develop(vec![0; 1 << 20]).await;
        for (script, refusal) in [
            ("kill -XCPU $$", Refusal::TooSlow),
            ("kill -ABRT $$", Refusal::TooSlow),
            ("kill -SEGV $$", Refusal::Damaged),
            ("exit 101", Refusal::Damaged),
        ] {
            assert_eq!(said(script).await.unwrap(), Err(refusal), "{script}");
        }
        for script in ["kill -KILL $$", "kill -TERM $$", "exit 1", "exit 0", "echo hello"] {
            assert_eq!(said(script).await.unwrap_err().kind(), ErrorKind::Other, "{script}");
        }
        let nobody = Lab::new(dir.path().join("nobody"), NonZeroUsize::MIN);
        assert_eq!(nobody.develop(Vec::new()).await.unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[tokio::test]
    async fn a_worker_gets_no_environment_and_no_more_than_our_patience() {
        let dir = tempfile::tempdir().unwrap();
        let mark = dir.path().join("mark");
        let script = format!("echo \"$$ $HOME$1 $(pwd)\" > {}; exec sleep 1000", mark.display());
        let lab = lab(dir.path(), &script).patient_for(Duration::from_secs(2));
        assert_eq!(lab.develop(Vec::new()).await.unwrap_err().kind(), ErrorKind::TimedOut);
        let said = fs::read_to_string(mark).unwrap();
        let [pid, argument, here] = said.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{said}") };
        assert_eq!([argument, here], ["picture-worker", "/"]);
        let (status, mut glance) = (format!("/proc/{pid}/status"), tokio::time::interval(Duration::from_millis(10)));
        let runs = || fs::read_to_string(&status).is_ok_and(|status| status.contains("sleep") && !status.contains("State:\tZ"));
        while runs() {
            glance.tick().await;
        }
    }
}
