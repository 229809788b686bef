//! Load on a running platform, each scenario beside its limit, measured in the same run on the same machine.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to the terminal")]
#![expect(clippy::indexing_slicing, reason = "a JSON value without the field is null, never a panic")]

mod ask;
mod facts;
mod limit;
mod load;
mod node;
mod people;
mod pictures;
mod platform;
mod scenario;
mod split;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

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
    /// Seconds of each measurement; every scenario takes a few.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Callers at once.
    #[arg(long, default_value_t = 16)]
    callers: usize,
    /// What to measure; everything where nothing is said.
    #[arg(value_enum)]
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The feed and the checkout on one node.
    Pages,
    /// Facts over the broker.
    Facts,
    /// An ask between two nodes.
    Ask,
    /// Facts told while no node ran.
    Backlog,
    /// Pictures beside sharp.
    Pictures,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = tokio::select! {
        ended = run(&arguments) => ended,
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

async fn run(arguments: &Arguments) -> Result<()> {
    let wants = |part: Part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    let time = Duration::from_secs(arguments.seconds);
    if wants(Part::Pages) {
        pages(&arguments.nexgate, arguments.callers, time).await?;
    }
    if wants(Part::Pictures) {
        println!("{}", pictures::beside(&arguments.nexgate).await?);
    }
    if ![Part::Facts, Part::Ask, Part::Backlog].into_iter().any(wants) {
        return Ok(());
    }
    let mut split = split::Split::prepare(&arguments.nexgate, &arguments.amqp)?;
    if wants(Part::Ask) {
        println!("{}", ask::beside(&mut split, &arguments.nexgate, time * 2).await?);
    }
    let mut facts = facts::Facts::new(&mut split);
    if wants(Part::Facts) {
        println!("{}", facts.beside(&arguments.plain).await?);
    }
    if wants(Part::Backlog) {
        println!("{}", facts.backlog().await?);
    }
    Ok(())
}

async fn pages(nexgate: &Path, callers: usize, time: Duration) -> Result<()> {
    let platform = platform::Platform::start(nexgate)?;
    println!("first start: ready after {:.2} s, {} MB resident", platform.ready_after().as_secs_f64(), platform.resident_mb()?);
    let platform = platform.restart()?;
    println!("next start: ready after {:.2} s, {} MB resident", platform.ready_after().as_secs_f64(), platform.resident_mb()?);
    let market = people::Market::open(&platform, callers).await?;
    println!("{}", scenario::HEADER);
    println!("{}", scenario::feed(&market, &platform, time).await?);
    println!("{}", scenario::pay(&market, &platform, time).await?);
    println!("after the load: {} MB resident", platform.resident_mb()?);
    platform.must_be_sound()
}
