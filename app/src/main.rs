//! `nexgate`: the one binary. Reads the settings, picks what to do, starts and stops.

mod backup;
mod command;
mod demo;
mod doctor;
mod restore;
mod run;

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::command::Command;

/// Shopping, events and a social network in one place.
#[derive(Debug, Parser)]
#[command(name = "nexgate", version)]
struct Arguments {
    /// Settings file; `nexgate.toml` in the working directory where there is one.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Start,
}

#[derive(Debug, Subcommand)]
enum Start {
    #[command(flatten)]
    Node(Command),
    /// Develop one picture from standard input; a node starts this for every picture.
    #[command(hide = true)]
    PictureWorker,
}

fn main() -> ExitCode {
    let Arguments { config, command } = Arguments::parse();
    match command {
        Start::Node(command) => run(command, config),
        // Without a runtime: it wants one thread and little memory.
        Start::PictureWorker => pictures::work(),
    }
}

#[tokio::main]
async fn run(command: Command, config: Option<PathBuf>) -> ExitCode {
    match command::execute(command, config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing better to do with a message that can't be written.
            let _ = writeln!(std::io::stderr(), "nexgate: {error}");
            ExitCode::FAILURE
        }
    }
}
