//! `nexgate`: the one binary. Reads the settings, picks what to do, starts and stops.

mod backup;
mod command;
mod doctor;
mod restore;
mod run;

use std::{io::Write, process::ExitCode};

use clap::Parser;

use crate::command::Command;

/// Shopping, events and a social network in one place.
#[derive(Debug, Parser)]
#[command(name = "nexgate", version)]
struct Arguments {
    /// Settings file; `nexgate.toml` in the working directory where there is one.
    #[arg(long, global = true)]
    config: Option<std::path::PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match command::execute(arguments.command, arguments.config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing better to do with a message that can't be written.
            let _ = writeln!(std::io::stderr(), "nexgate: {error}");
            ExitCode::FAILURE
        }
    }
}
