//! Developer commands: `cargo xtask up`, `test`, `tidy`, `web`, `sqlx`, `openapi`, `proof`, `fuzz`, `bench`, `broker`,
//! `new-service`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "developer commands speak to the terminal")]

mod bench;
mod browser;
mod fuzz;
mod generated;
mod leftovers;
mod machine;
mod new_service;
mod npm;
mod openapi;
mod postgres;
mod private;
mod process;
mod proof;
mod python;
mod rabbitmq;
mod scratch;
mod sqlx;
mod test;
mod tidy;
mod up;
mod web;
mod workspace;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

use crate::{generated::Stale, rabbitmq::Killed, test::Form};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Developer commands of Nexgate")]
enum Command {
    /// Run Nexgate here: installs what is missing where it may, builds, starts.
    Up {
        /// Passed on to `nexgate up`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Run every check and every test.
    Test {
        /// The long forms of the fault tests too.
        #[arg(long)]
        long: bool,
    },
    /// Check the walls of the house, its manners and its dependencies.
    Tidy,
    /// Check and bundle the scripts, styles and pictures of the pages, where they changed; the others do it too.
    Web,
    /// Write the offline data of the SQL macros, every crate prepared under its own role.
    Sqlx {
        /// Change nothing; fail where the committed data is stale.
        #[arg(long)]
        check: bool,
    },
    /// Write docs/openapi/nexgate.json from the routes.
    Openapi {
        /// Change nothing; fail where the committed document is stale.
        #[arg(long)]
        check: bool,
    },
    /// Write docs/proof.md: which tests show which requirement.
    Proof {
        /// Change nothing; fail where the committed document is stale.
        #[arg(long)]
        check: bool,
    },
    /// Feed hostile inputs to what reads them: an hour, or `--seconds` for each target.
    Fuzz(fuzz::Wanted),
    /// Measure the load scenarios beside their limits, in a release build.
    Bench {
        /// Passed on: `-- --seconds 30`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Run a RabbitMQ for tests started by hand, until Ctrl-C: prints NEXGATE_TEST_AMQP_URL, then NEXGATE_TEST_AMQP_DIR.
    Broker {
        /// Start it again whenever it is killed; its process is in DIR/broker.pid, beside NEXGATE_TEST_AMQP_DIR.
        #[arg(long)]
        restart: bool,
    },
    /// Write the skeleton of a new service.
    NewService { name: String },
    /// Run a database in DIR until stdin closes.
    #[command(hide = true)]
    HoldPostgres { dir: PathBuf },
    /// Run a broker in DIR until stdin closes.
    #[command(hide = true)]
    HoldRabbitmq {
        dir: PathBuf,
        #[arg(long)]
        restart: bool,
    },
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let root = workspace::root()?;
    match command {
        Command::Up { args } => up::run(&root, &args),
        Command::Test { long } => test::run(&root, if long { Form::Long } else { Form::Short }),
        Command::Tidy => tidy::run(&root),
        Command::Web => web::bundle(&root),
        Command::Sqlx { check } => sqlx::run(&root, if check { Stale::Refuse } else { Stale::Rewrite }),
        Command::Openapi { check } => openapi::run(&root, if check { Stale::Refuse } else { Stale::Rewrite }),
        Command::Proof { check } => proof::run(&root, if check { Stale::Refuse } else { Stale::Rewrite }),
        Command::Fuzz(wanted) => fuzz::run(&root, &wanted),
        Command::Bench { args } => bench::run(&root, &args),
        Command::Broker { restart } => rabbitmq::run(if restart { Killed::IsRestarted } else { Killed::StaysDown }),
        Command::NewService { name } => new_service::run(&root, &name),
        Command::HoldPostgres { dir } => postgres::hold(&dir),
        Command::HoldRabbitmq { dir, restart } => {
            rabbitmq::hold(&dir, if restart { Killed::IsRestarted } else { Killed::StaysDown })
        }
    }
}
