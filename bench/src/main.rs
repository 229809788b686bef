//! Load on a running platform, each scenario beside its limit, measured in the same run on the same machine.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to the terminal")]
#![expect(clippy::indexing_slicing, reason = "a JSON value without the field is null, never a panic")]

mod limit;
mod load;
mod people;
mod platform;
mod scenario;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Result;
use clap::Parser;

/// Load scenarios of Nexgate beside pgbench, on a private platform that is gone afterwards.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Arguments {
    /// The `nexgate` program to measure.
    #[arg(long)]
    nexgate: PathBuf,
    /// Seconds of each measurement; every scenario takes three.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Callers at once.
    #[arg(long, default_value_t = 16)]
    callers: usize,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<()> {
    let platform = platform::Platform::start(&arguments.nexgate)?;
    println!("first start: ready after {:.2} s, {} MB resident", platform.ready_after().as_secs_f64(), platform.resident_mb()?);
    let platform = platform.restart()?;
    println!("next start: ready after {:.2} s, {} MB resident", platform.ready_after().as_secs_f64(), platform.resident_mb()?);
    let market = people::Market::open(&platform, arguments.callers).await?;
    let time = Duration::from_secs(arguments.seconds);
    println!("{}", scenario::HEADER);
    println!("{}", scenario::feed(&market, &platform, time).await?);
    println!("{}", scenario::pay(&market, &platform, time).await?);
    println!("after the load: {} MB resident", platform.resident_mb()?);
    platform.must_be_sound()
}
