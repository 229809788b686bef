//! Bringing a server up: adopt the live one, or start one and wait until it takes connections.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    os::unix::{fs::OpenOptionsExt, process::CommandExt},
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use crate::{
    Durable, Options, PORT,
    command::command,
    error::{ClusterError, Doing},
    place::{Place, socket_in},
    postmaster::{GLANCE, Postmaster},
    probe::takes_connections,
};

/// How long a start may take: after a crash it includes recovery.
const START: Duration = Duration::from_mins(1);
/// How long the processes of a killed server may hold its shared memory, and its pid; about 2 s were seen.
const RELEASE: Duration = Duration::from_secs(10);
/// What PostgreSQL says meanwhile.
const HELD: [&str; 2] = ["is still in use", "FATAL:  lock file"];
const LAST_LINES: usize = 12;

/// What to run, and where.
#[derive(Debug)]
pub(crate) struct Server {
    postgres: PathBuf,
    arguments: Vec<OsString>,
    pub place: Place,
    pub socket_dir: PathBuf,
}

impl Server {
    pub fn new(options: &Options, place: Place) -> Self {
        let (postgres, socket_dir) = (options.binaries.dir().join("postgres"), place.socket_dir());
        let mut arguments: Vec<OsString> =
            vec!["-D".into(), place.data().into(), "-k".into(), socket_dir.clone().into(), "-p".into(), PORT.to_string().into()];
        let mut set = |name: &str, value: &str| arguments.extend(["-c".into(), format!("{name}={value}").into()]);
        set("listen_addresses", "");
        set("max_connections", "300");
        if options.durable == Durable::No {
            set("fsync", "off");
            set("synchronous_commit", "off");
            set("full_page_writes", "off");
        }
        for (name, value) in &options.settings {
            set(name, value);
        }
        Self { postgres, arguments, place, socket_dir }
    }

    /// Adopts the live server of this place when it runs with just these arguments; replaces one that doesn't.
    pub fn up(&self) -> Result<Postmaster, ClusterError> {
        if let Some(mut found) = Postmaster::find(&self.place.data()) {
            if found.arguments().as_ref() == Some(&self.arguments) && self.wait(&mut found, 0).is_ok() {
                return Ok(found);
            }
            found.stop()?;
        }
        self.launch()
    }

    /// Starts the server, again and again while the processes of a killed one still hold its shared memory.
    pub fn launch(&self) -> Result<Postmaster, ClusterError> {
        let deadline = Instant::now() + RELEASE;
        loop {
            match self.launch_once() {
                Err(ClusterError::Died { log }) if HELD.iter().any(|held| log.contains(held)) && Instant::now() < deadline => {
                    thread::sleep(GLANCE);
                }
                result => return result,
            }
        }
    }

    fn launch_once(&self) -> Result<Postmaster, ClusterError> {
        let data = self.place.data();
        Postmaster::forget_dead(&data, &data.join("postmaster.pid"));
        Postmaster::forget_dead(&data, &socket_in(&self.socket_dir).with_added_extension("lock"));
        self.place.make_private(&self.socket_dir)?;
        let path = self.place.log();
        let log = OpenOptions::new().create(true).append(true).mode(0o600).open(&path).doing("open", &path)?;
        let from = log.metadata().doing("look at", &path)?.len();
        let mut postmaster = Postmaster::spawned(self.spawn(log)?, data);
        if let Err(error) = self.wait(&mut postmaster, from) {
            postmaster.stop()?;
            return Err(error);
        }
        Ok(postmaster)
    }

    fn spawn(&self, log: File) -> Result<std::process::Child, ClusterError> {
        let mut postgres = command(&self.postgres, &self.place);
        postgres.args(&self.arguments).stdout(log.try_clone().doing("open", self.place.log())?).stderr(log);
        // Its own group: Ctrl-C is for us, and we stop it when our own work has ended.
        postgres.process_group(0).spawn().doing("run", &self.postgres)
    }

    /// Waits until the server takes connections; `from` is where its words begin in the log.
    fn wait(&self, postmaster: &mut Postmaster, from: u64) -> Result<(), ClusterError> {
        let (socket, deadline) = (socket_in(&self.socket_dir), Instant::now() + START);
        loop {
            if !postmaster.is_alive() {
                return Err(ClusterError::Died { log: self.last_lines(from) });
            }
            if takes_connections(&socket) {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(ClusterError::NotReady { log: self.last_lines(from) });
            }
            thread::sleep(GLANCE);
        }
    }

    fn last_lines(&self, from: u64) -> String {
        let mut log = Vec::new();
        // What can't be read isn't quoted: the error it illustrates matters more.
        let _read = File::open(self.place.log())
            .and_then(|mut file| file.seek(SeekFrom::Start(from)).and_then(|_at| file.read_to_end(&mut log)));
        telling(&String::from_utf8_lossy(&log))
    }
}

/// The last lines, and before them those that say what is held: the processes of a killed server write into the same log as they
/// end, and may be many.
fn telling(log: &str) -> String {
    let lines: Vec<_> = log.lines().collect();
    let (before, last) = lines.split_at(lines.len().saturating_sub(LAST_LINES));
    let held = before.iter().filter(|line| HELD.iter().any(|held| line.contains(held)));
    held.chain(last).copied().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_something_is_held_is_read_however_many_say_goodbye_after_it() {
        let goodbyes: Vec<_> = (0..40).map(|n| format!("FATAL:  terminating connection {n}")).collect();
        let log = format!("LOG:  starting\nFATAL:  shared memory is still in use\n{}", goodbyes.join("\n"));
        let told = telling(&log);
        assert!(told.starts_with("FATAL:  shared memory is still in use\nFATAL:  terminating connection 28\n"), "{told}");
        assert!(told.ends_with("connection 39") && telling("").is_empty());
    }
}
