//! What a private broker reads when it boots: files in its directory and an environment of its own.

use std::{
    env, fs,
    fs::{File, OpenOptions, Permissions},
    io,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    process::Command,
};

use anyhow::Result;

use super::{claims, server};

/// Virtual hosts `t0`, `t1`, … besides `/`; a test claims one for itself.
const HOSTS: u32 = 48;

/// What the broker and its parts listen on.
pub struct Ports {
    pub amqp: u16,
    /// Erlang's distribution: nobody joins, but a node that has a name listens.
    pub dist: u16,
    pub epmd: u16,
}

impl Ports {
    /// Free ones, held until all are known, so that they differ.
    pub fn find() -> io::Result<Self> {
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let held = [bind()?, bind()?, bind()?];
        let [amqp, dist, epmd] = held.each_ref().map(TcpListener::local_addr);
        Ok(Self { amqp: amqp?.port(), dist: dist?.port(), epmd: epmd?.port() })
    }
}

/// Fills the broker's directory.
pub fn prepare(dir: &Path, ports: &Ports) -> Result<()> {
    fs::set_permissions(dir, Permissions::from_mode(0o700))?;
    fs::create_dir(claims(dir))?;
    fs::write(dir.join("rabbitmq.conf"), settings(dir, ports))?;
    fs::write(dir.join("definitions.json"), definitions())?;
    fs::write(dir.join("plugins"), "[].\n")?;
    fs::write(dir.join("env"), "")?;
    // Erlang takes only a cookie that its owner alone may read, and makes a guessable one where there is none.
    let mut cookie = OpenOptions::new().create_new(true).write(true).mode(0o400).open(dir.join(".erlang.cookie"))?;
    cookie.write_all(secret()?.as_bytes())?;
    Ok(())
}

/// The broker, with nothing of our environment and of the machine's settings.
pub fn command(dir: &Path, ports: &Ports) -> Result<Command> {
    let mut command = Command::new(server()?);
    command.env_clear().envs(env::var_os("PATH").map(|path| ("PATH", path))).env("LANG", "C.UTF-8").env("HOME", dir);
    command
        .env("RABBITMQ_NODENAME", format!("nexgate-{}@localhost", std::process::id()))
        .env("RABBITMQ_CONFIG_FILE", dir.join("rabbitmq.conf"))
        .env("RABBITMQ_CONF_ENV_FILE", dir.join("env"))
        .env("RABBITMQ_ENABLED_PLUGINS_FILE", dir.join("plugins"))
        .env("RABBITMQ_MNESIA_BASE", dir.join("mnesia"))
        .env("RABBITMQ_LOG_BASE", dir)
        .env("RABBITMQ_DIST_PORT", ports.dist.to_string())
        // For every Erlang it starts: nobody outside reaches them, and none starts an epmd that nobody stops.
        .env("ERL_FLAGS", "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false")
        .env("ERL_EPMD_PORT", ports.epmd.to_string())
        .env("ERL_EPMD_ADDRESS", "127.0.0.1")
        // The script then becomes the broker and isn't its parent: the process we know is the one to stop.
        .env("RUNNING_UNDER_SYSTEMD", "true");
    Ok(command)
}

fn settings(dir: &Path, ports: &Ports) -> String {
    let (amqp, dir) = (ports.amqp, dir.display());
    format!(
        "listeners.tcp.1 = 127.0.0.1:{amqp}\n\
         load_definitions = {dir}/definitions.json\n\
         log.file = false\n\
         log.console = true\n\
         log.console.use_colors = off\n"
    )
}

/// The user and the virtual hosts: with definitions RabbitMQ makes none of its own.
fn definitions() -> String {
    let names: Vec<String> = ["/".to_owned()].into_iter().chain((0..HOSTS).map(|n| format!("t{n}"))).collect();
    let each = |form: &dyn Fn(&String) -> String| names.iter().map(form).collect::<Vec<_>>().join(",");
    let hosts = each(&|name| format!(r#"{{"name":"{name}"}}"#));
    let all = r#""configure":".*","write":".*","read":".*""#;
    let permissions = each(&|name| format!(r#"{{"user":"guest","vhost":"{name}",{all}}}"#));
    let users = r#"[{"name":"guest","password":"guest","tags":"administrator"}]"#;
    format!(r#"{{"users":{users},"vhosts":[{hosts}],"permissions":[{permissions}]}}"#)
}

fn secret() -> io::Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directory_has_all_that_the_broker_is_told_to_read() {
        let dir = tempfile::tempdir().unwrap();
        let ports = Ports::find().unwrap();
        prepare(dir.path(), &ports).unwrap();
        for name in ["rabbitmq.conf", "definitions.json", "plugins", "env"] {
            assert!(dir.path().join(name).is_file(), "{name}");
        }
        let mode = |name: &str| fs::metadata(dir.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(""), mode(".erlang.cookie")), (0o700, 0o400));
        assert_eq!(fs::read(dir.path().join(".erlang.cookie")).unwrap().len(), 32);
        assert_eq!(fs::read_dir(claims(dir.path())).unwrap().count(), 0);
        let settings = settings(dir.path(), &ports);
        assert!(settings.starts_with(&format!("listeners.tcp.1 = 127.0.0.1:{}\n", ports.amqp)), "{settings}");
        assert!(settings.contains(&format!("\nload_definitions = {}/definitions.json\n", dir.path().display())), "{settings}");
    }

    #[test]
    fn guest_may_do_everything_on_every_virtual_host() {
        let definitions = definitions();
        for name in ["/", "t0", "t47"] {
            assert!(definitions.contains(&format!(r#"{{"name":"{name}"}}"#)), "{name}");
            assert!(definitions.contains(&format!(r#"{{"user":"guest","vhost":"{name}","configure":".*""#)), "{name}");
        }
        assert!(!definitions.contains("t48"));
        assert_eq!(definitions.matches(r#""user":"guest""#).count(), 49);
    }

    #[test]
    fn ports_differ_and_nobody_listens_on_them() {
        let ports = Ports::find().unwrap();
        assert!(ports.amqp != ports.dist && ports.dist != ports.epmd && ports.epmd != ports.amqp);
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, ports.amqp)).is_ok());
    }
}
