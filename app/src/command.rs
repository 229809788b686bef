//! The commands.

use std::{collections::BTreeMap, io::Write, path::PathBuf};

use clap::Subcommand;
use contracts::{auth::GrantRole, payment::VerifyLedger, profile::RecomputeTrust};
use host::{Config, Ids, Mode, Node, postgres::Postgres, telemetry};
use kernel::{Clock, Role, Timestamp};

use crate::{backup, demo, doctor, restore, run};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run everything for development: private PostgreSQL, migrations, all services. Loopback only.
    Up,
    /// Serve; outside `--dev` the keys, the database and the broker must be given, and migrations be done.
    Serve {
        /// Allow what only development may have: the sandbox provider, the local bus, /dev/outbox. Loopback only.
        #[arg(long)]
        dev: bool,
        /// What to mount, between commas; everything where nothing is said. The others are asked at their NEXGATE_PEERS.
        #[arg(long)]
        services: Option<String>,
        /// http (serve people), relay (tell facts), worker (hear facts, do jobs), between commas; all where nothing is said.
        #[arg(long)]
        roles: Option<String>,
    },
    /// Bring the databases to what this version expects.
    Migrate,
    /// Print the OpenAPI document.
    Openapi,
    /// Accounts and roles.
    #[command(subcommand)]
    Admin(Admin),
    /// Write a backup of every database into DIR, a new or empty folder; nodes may run meanwhile.
    Backup { dir: PathBuf },
    /// Restore the backup in DIR into empty databases, and check the ledger.
    Restore { dir: PathBuf },
    /// Look at everything a node stands on, one line a check: ok, look or bad; exit code 1 when anything is bad.
    Doctor,
    /// Play a market with pictures, posts and orders through the API of a node in development mode; what is there already stays.
    Demo {
        /// Where it runs.
        #[arg(long, default_value = "http://127.0.0.1:8080")]
        url: String,
    },
    /// The books.
    #[command(subcommand)]
    Ledger(Ledger),
    /// How far sellers can be trusted.
    #[command(subcommand)]
    Trust(Trust),
    /// Facts between services.
    #[command(subcommand)]
    Facts(Facts),
}

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Give an account a role.
    Grant {
        /// E-mail address, phone number or user id.
        who: String,
        /// user, moderator, admin or compliance.
        #[arg(value_parser = role)]
        role: Role,
    },
}

#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Check every invariant of the ledger; exit code 1 when one is broken.
    Verify,
}

#[derive(Debug, Subcommand)]
pub enum Trust {
    /// Make every score anew from the stored deals: the same deals give the same score.
    Recompute,
}

#[derive(Debug, Subcommand)]
pub enum Facts {
    /// List what was parked, with the reasons.
    Parked {
        /// Only what this service parked.
        service: Option<String>,
    },
    /// Have a service tell another how things are now, for a copy that is new or was lost.
    Retell {
        /// The service that tells.
        service: String,
        /// The one that is told; nobody else hears of it.
        #[arg(long)]
        to: String,
    },
    /// Have facts carried once more that a hearer may have missed: its queue was lost, or a database put back to an earlier time.
    /// Who has heard one takes no notice.
    Carry {
        /// RFC 3339: whatever was told since then.
        #[arg(long)]
        since: Timestamp,
    },
    /// Give parked facts another round of tries.
    Replay {
        /// Only those this service parked.
        service: Option<String>,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::named(text).ok_or_else(|| "user, moderator, admin or compliance".into())
}

pub async fn execute(command: Command, file: Option<PathBuf>) -> Result<(), String> {
    match command {
        Command::Openapi => {
            let document = Node::openapi(nexgate::services()).to_pretty_json().map_err(|error| error.to_string())?;
            say(&document)
        }
        Command::Up => run::serve(config(Mode::Development, file, environment())?, run::Migrations::Apply).await,
        Command::Serve { dev, services, roles } => serve(dev, services, roles, file).await,
        Command::Migrate => beside(file, async |config| run::migrate(&config).await.map_err(|fault| fault.to_string())).await,
        Command::Admin(Admin::Grant { who, role }) => {
            let ask = GrantRole { who, role };
            with_node(file, async |node| {
                let user = node.ask(ask).await.map_err(|fault| fault.to_string())?;
                say(&format!("{user} is now {}", role.name()))
            })
            .await
        }
        Command::Backup { dir } => beside(file, async |config| backup::backup(config, &dir).await).await,
        Command::Restore { dir } => beside(file, async |config| restore::restore(config, &dir).await).await,
        Command::Doctor => {
            let (env, file) = (environment(), settings(file));
            doctor::doctor(Config::beside(file.as_deref(), &env, default_dir(&env))).await
        }
        Command::Demo { url } => demo::play(&url).await,
        Command::Ledger(Ledger::Verify) => with_node(file, verify).await,
        Command::Trust(Trust::Recompute) => with_node(file, recompute).await,
        Command::Facts(Facts::Parked { service }) => {
            with_node(file, async |node| {
                let parked = node.parked(service.as_deref()).await.map_err(|fault| fault.to_string())?;
                parked.iter().try_for_each(|one| {
                    say(&format!("{} {} {} {} tries: {}", one.at, one.service, one.name, one.attempts, one.reason))
                })?;
                say(&format!("{} parked", parked.len()))
            })
            .await
        }
        Command::Facts(Facts::Retell { service, to }) => {
            with_node(file, async |node| {
                let told = node.retell(&service, &to).await.map_err(|fault| fault.to_string())?;
                say(&format!("{told} facts are on their way from {service} to {to}"))
            })
            .await
        }
        Command::Facts(Facts::Carry { since }) => {
            with_node(file, async |node| {
                let facts = node.carry_again(since).await.map_err(|fault| fault.to_string())?;
                say(&format!("{facts} facts are carried again"))
            })
            .await
        }
        Command::Facts(Facts::Replay { service }) => {
            with_node(file, async |node| {
                let replayed = node.replay(service.as_deref()).await.map_err(|fault| fault.to_string())?;
                say(&format!("{replayed} parked facts are tried again"))
            })
            .await
        }
    }
}

/// What the command line says wins over the environment, which wins over the file.
async fn serve(dev: bool, services: Option<String>, roles: Option<String>, file: Option<PathBuf>) -> Result<(), String> {
    let mut env = environment();
    for (name, said) in [("NEXGATE_SERVICES", services), ("NEXGATE_ROLES", roles)] {
        if let Some(said) = said {
            env.insert(name.to_owned(), said);
        }
    }
    let mode = if dev { Mode::Development } else { Mode::Production };
    let config = config(mode, file, env)?;
    if mode == Mode::Production && config.amqp_url.is_none() {
        return Err("NEXGATE_AMQP_URL is required: facts travel over RabbitMQ; `serve --dev` runs without".into());
    }
    run::serve(config, run::Migrations::MustBeDone).await
}

pub async fn verify(node: Node) -> Result<(), String> {
    let report = node.ask(VerifyLedger {}).await.map_err(|fault| fault.to_string())?;
    let (accounts, escrows) = (report.accounts, report.escrows);
    say(&format!("{accounts} accounts, {} transactions, {} postings, {escrows} escrows", report.transactions, report.postings))?;
    if report.broken.is_empty() { say("The ledger is sound.") } else { Err(report.broken.join("\n")) }
}

async fn recompute(node: Node) -> Result<(), String> {
    let report = node.ask(RecomputeTrust {}).await.map_err(|fault| fault.to_string())?;
    say(&format!("{} sellers judged anew, {} scores are others than before.", report.sellers, report.changed))
}

/// Runs a command on the services without serving them.
async fn with_node(file: Option<PathBuf>, work: impl AsyncFnOnce(Node) -> Result<(), String>) -> Result<(), String> {
    beside(file, async |config| {
        let clock = Clock::system();
        let node = Node::new(config, clock.clone(), Ids::system(clock), nexgate::services());
        work(node.map_err(|fault| fault.to_string())?).await
    })
    .await
}

/// Opens the database of this data directory for one command, beside a running node or without one.
async fn beside(file: Option<PathBuf>, work: impl AsyncFnOnce(Config) -> Result<(), String>) -> Result<(), String> {
    let (env, file) = (environment(), settings(file));
    let mut config = Config::beside(file.as_deref(), &env, default_dir(&env))?;
    telemetry::logs(config.mode, "warn")?;
    let postgres = Postgres::beside(&config).await?;
    config.database_url = postgres.url.clone();
    let result = work(config).await;
    postgres.stop().await.and(result)
}

pub fn say(text: &str) -> Result<(), String> {
    writeln!(std::io::stdout(), "{text}").map_err(|error| error.to_string())
}

fn config(mode: Mode, file: Option<PathBuf>, env: BTreeMap<String, String>) -> Result<Config, String> {
    let dir = default_dir(&env);
    Config::load(mode, settings(file).as_deref(), &env, dir)
}

/// The settings file: the one that was named, or the one that lies here.
fn settings(file: Option<PathBuf>) -> Option<PathBuf> {
    file.or_else(|| Some(PathBuf::from("nexgate.toml")).filter(|path| path.exists()))
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn environment() -> BTreeMap<String, String> {
    std::env::vars().collect()
}

/// `/var/lib/nexgate` as root, else the user's data folder (XDG base directory specification).
fn default_dir(env: &BTreeMap<String, String>) -> PathBuf {
    let named = |name: &str| env.get(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if host::postgres::is_root() {
        return "/var/lib/nexgate".into();
    }
    let data = named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")));
    data.unwrap_or_else(|| "/var/lib".into()).join("nexgate")
}
