//! `cachelint init`: a commented configuration to start from.

use cachelint_project::{config, disk};

use crate::cli::session::working_directory;
use crate::cli::{Exit, output};

const NAME: &str = "cachelint.toml";

pub(crate) fn run() -> anyhow::Result<Exit> {
    disk::create(&working_directory()?.join(NAME), &config::commented())?;
    output::say_note(format_args!("{NAME} written; every setting in it is commented out with its default"));
    Ok(Exit::Clean)
}
