//! `cachelint init`: a commented configuration to start from.

use cachelint_project::{config, disk};

use crate::cli::session::{self, working_directory};
use crate::cli::{Exit, output};

const NAME: &str = "cachelint.toml";

pub(crate) fn run() -> anyhow::Result<Exit> {
    let directory = working_directory()?;
    disk::create(&directory.join(NAME), &config::commented())
        .map_err(|error| session::shown_error(&directory, error))?;
    output::say_note(format_args!("{NAME} written; every setting in it is commented out with its default"));
    Ok(Exit::Clean)
}
