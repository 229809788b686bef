//! PostgreSQL's own programs: pg_dump and pg_restore.

use std::{
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use cluster::Binaries;

use crate::{address::Address, config::Config};

/// Milliseconds pg_dump waits for a table somebody is changing the shape of.
const LOCK_WAIT: &str = "--lock-wait-timeout=60000";

/// Where they are: beside the installed server, or in PATH where only the client is installed.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    dir: PathBuf,
}

impl Programs {
    pub fn find(config: &Config) -> Self {
        let found = Binaries::find(config.postgres_bin.as_deref());
        let dir = found.ok().map(|binaries| binaries.dir().to_owned()).filter(|dir| dir.join("pg_dump").is_file());
        Self { dir: dir.unwrap_or_default() }
    }

    /// Writes everything that database holds, as `snapshot` sees it, to `file`.
    pub fn dump(&self, address: &Address, snapshot: &str, file: &Path) -> Result<(), String> {
        let mut command = self.command("pg_dump", address);
        command.args(["--format=custom", "--no-password", LOCK_WAIT]).arg(format!("--snapshot={snapshot}"));
        run(command.arg("--file").arg(file), "").map(drop)
    }

    /// Brings a dump into that database: all of it, or nothing.
    pub fn restore(&self, address: &Address, file: &Path) -> Result<(), String> {
        let listed = run(self.named("pg_restore").arg("--list").arg(file), "")?;
        let mut command = self.command("pg_restore", address);
        command.args(["--single-transaction", "--exit-on-error", "--no-password", "--no-owner", "--no-comments"]);
        command.arg("--dbname").arg(address.database());
        run(command.arg("--use-list=/dev/stdin").arg(file), &ours(&listed)).map(drop)
    }

    fn named(&self, program: &str) -> Command {
        let mut command = Command::new(self.dir.join(program));
        // What they say is quoted to whoever runs us: in English, as everything else.
        command.env("LC_ALL", "C");
        command
    }

    /// A program that reaches this database.
    fn command(&self, program: &str, address: &Address) -> Command {
        let mut command = self.named(program);
        command.env_remove("PGHOSTADDR").env_remove("PGSERVICE").envs(address.environment());
        command
    }
}

/// What of a dump's list is restored. Default privileges name the old owner, and the migrations set them anew; the schema
/// `public` is the database's own.
fn ours(list: &str) -> String {
    let is_ours = |line: &&str| !line.contains(" DEFAULT ACL ") && !line.contains(" ACL - SCHEMA public ");
    list.lines().filter(is_ours).flat_map(|line| [line, "\n"]).collect()
}

/// Runs a program with `input`; what it wrote, or what it complained about.
fn run(command: &mut Command, input: &str) -> Result<String, String> {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let told = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => format!("{name} isn't installed; it comes with PostgreSQL's client programs"),
        _ => format!("{name}: {error}"),
    };
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(told)?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that ended before it read everything says why itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(told)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(if said.is_empty() { format!("{name} ended with {}", output.status) } else { said })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_goes_by_the_environment_and_never_on_the_command_line() {
        let address = Address::read("postgres://amina:canary@db.test:5433/market").unwrap();
        let command = Programs { dir: "/bin".into() }.command("pg_dump", &address);
        assert!(command.get_envs().any(|(key, value)| key == "PGPASSWORD" && value == Some("canary".as_ref())));
        assert_eq!((command.get_program(), command.get_args().count()), ("/bin/pg_dump".as_ref(), 0));
    }

    #[test]
    fn a_program_is_quoted_when_it_fails_and_named_when_it_is_missing() {
        let shell = |script: &str| run(Command::new("/bin/sh").args(["-c", script]), "in");
        assert_eq!(shell("cat").unwrap(), "in");
        assert_eq!(shell("echo no room >&2; false").unwrap_err(), "no room");
        assert!(shell("exit 3").unwrap_err().starts_with("sh ended with"));
        let missing = Programs { dir: "/nowhere".into() };
        assert!(run(&mut missing.named("pg_dump"), "").unwrap_err().starts_with("pg_dump isn't installed"));
    }

    #[test]
    fn what_names_the_old_owner_stays_in_the_dump() {
        let list = "; a comment\n3; 826 1 DEFAULT ACL auth DEFAULT PRIVILEGES FOR TABLES amina\n\
                    4; 0 0 ACL - SCHEMA public pg_database_owner\n5; 0 0 ACL - SCHEMA auth amina\n";
        assert_eq!(ours(list), "; a comment\n5; 0 0 ACL - SCHEMA auth amina\n");
    }
}
