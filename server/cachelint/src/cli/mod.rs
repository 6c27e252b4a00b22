//! The terminal: commands over the project, and reports of what they found.

mod apply;
mod arguments;
mod baseline;
mod commands;
mod filter;
mod fixing;
mod job;
mod order;
mod output;
mod progress;
mod report;
mod rules;
mod session;
mod sources;
mod stylesheets;

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;
use tracing_subscriber::EnvFilter;

use arguments::{Arguments, Command, Global};
use session::Session;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to report.
    Clean,
    /// Findings at or above the level that fails a run, or changes that were only shown.
    Findings,
    /// Wrong usage or configuration, or something that could not be read or written.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}

/// What is left to do after the command line.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    /// End with this code.
    End(ExitCode),
    /// Serve an editor, over a port of this machine if one is named.
    Serve {
        /// The port.
        tcp: Option<u16>,
    },
}

/// Runs the command of the process's arguments.
pub fn main() -> Next {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    if let Command::Server(server) = &arguments.command {
        return match log(&arguments.global) {
            Ok(()) => Next::Serve { tcp: server.tcp },
            Err(error) => Next::End(failed(&error)),
        };
    }
    Next::End(run(&arguments).map_or_else(|error| failed(&error), ExitCode::from))
}

fn failed(error: &anyhow::Error) -> ExitCode {
    output::say_error(format!("{error:#}"));
    Exit::Failed.into()
}

fn run(Arguments { command, global }: &Arguments) -> anyhow::Result<Exit> {
    log(global)?;
    threads(global)?;
    match command {
        Command::Completions(arguments) => commands::completions::run(global, arguments),
        Command::Explain(arguments) => commands::explain::run(global, arguments),
        Command::Rules => commands::rules::run(global),
        Command::Init => commands::init::run(),
        Command::Check(arguments) if arguments.fix => {
            commands::check::run(&Session::open_to_fix(global)?, arguments)
        }
        Command::Check(arguments) => commands::check::run(&Session::open(global)?, arguments),
        Command::Fix(arguments) => commands::fix::run(&Session::open_to_fix(global)?, arguments),
        Command::References(arguments) => commands::references::run(&Session::open(global)?, arguments),
        Command::Hash(arguments) => commands::hash::run(&Session::open(global)?, arguments),
        Command::Server(_) => Ok(Exit::Clean),
        Command::AddHelper(arguments) => commands::add_helper::run(&Session::open(global)?, arguments),
        Command::Doctor(arguments) => commands::doctor::run(&Session::open(global)?, arguments),
    }
}

fn log(global: &Global) -> anyhow::Result<()> {
    let Some(filter) = global.log.clone().or_else(|| std::env::var("CACHELINT_LOG").ok()) else {
        return Ok(());
    };
    let filter = EnvFilter::try_new(&filter).with_context(|| format!("--log {filter}"))?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    Ok(())
}

fn threads(global: &Global) -> anyhow::Result<()> {
    let Some(jobs) = global.jobs else { return Ok(()) };
    rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().context("--jobs")
}
