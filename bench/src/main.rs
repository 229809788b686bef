//! Load on a running platform, each scenario beside its limit, measured in the same run on the same machine.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to the terminal")]
#![expect(clippy::indexing_slicing, reason = "a JSON value without the field is null, never a panic")]

mod ask;
mod cpu;
mod facts;
mod graph;
mod limit;
mod load;
mod market;
mod node;
mod people;
mod pictures;
mod platform;
mod report;
mod run;
mod scenario;
mod settling;
mod split;
mod token;
mod turns;
mod wire;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Result, bail};
use clap::{Parser, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};

/// Load scenarios of Nexgate beside their limits, on private platforms that are gone afterwards.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Arguments {
    /// The `nexgate` program to measure.
    #[arg(long)]
    nexgate: PathBuf,
    /// The loop that facts are measured against.
    #[arg(long)]
    plain: PathBuf,
    /// A broker that is ours alone.
    #[arg(long)]
    amqp: String,
    /// Where sqlx keeps the statements of the workspace.
    #[arg(long)]
    statements: PathBuf,
    /// The page that tells what a whole run measured.
    #[arg(long)]
    page: PathBuf,
    /// Seconds of a round of each side; what counts things instead takes as long as it takes.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// Rounds of each side.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    rounds: u8,
    /// Callers at once.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u8).range(1..=64))]
    callers: u8,
    /// What to measure; everything, and into the page, where nothing is said.
    #[arg(value_enum)]
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Logins beside bare argon2.
    Login,
    /// Token checks beside bare Ed25519.
    Token,
    /// Feed pages beside pgbench's reads.
    Feed,
    /// Feed pages for browsers beside the same as JSON.
    Page,
    /// Product pages beside a constant answer.
    Product,
    /// Checkout and pay beside pgbench's transactions.
    Pay,
    /// How people stand to each other beside the bare statement, follows beside pgbench's updates, a million followers.
    People,
    /// Pictures beside sharp.
    Pictures,
    /// An ask between two nodes.
    Ask,
    /// Facts over the broker.
    Facts,
    /// Facts told while no node ran.
    Backlog,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = tokio::select! {
        ended = run::run(&arguments) => ended,
        stopped = until_stopped() => stopped,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Ctrl-C and SIGTERM end the run in the middle; what it started is stopped as at its end.
async fn until_stopped() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminate.recv() => {}
    }
    bail!("stopped");
}
