//! `cachelint completions`: a script that teaches a shell to complete the command line.

use std::io::Write;

use clap::CommandFactory as _;

use crate::cli::Exit;
use crate::cli::arguments::{Arguments, Completions, Global};
use crate::cli::output::Output;

pub(crate) fn run(global: &Global, arguments: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "cachelint", &mut script);
    let mut out = Output::new(global.color.into());
    out.write_all(&script)?;
    out.finish()?;
    Ok(Exit::Clean)
}
