//! What the commands that look at a project start from.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cachelint_project::{Options, Project, WriteError};

use super::arguments::{Format, Global};
use super::output::{Output, PLAIN_WIDTH};
use super::report::Look;

/// The project around the working directory, and what the global options say.
#[derive(Debug)]
pub(crate) struct Session {
    /// The project.
    pub(crate) project: Project,
    /// The working directory, absolute.
    pub(crate) directory: PathBuf,
    /// What every command takes.
    pub(crate) global: Global,
}

impl Session {
    /// Opens the project around the working directory.
    pub(crate) fn open(global: &Global) -> anyhow::Result<Self> {
        Self::with(global, false)
    }

    /// The same for a run that writes versions: of files of any size, for it needs them all.
    pub(crate) fn open_to_fix(global: &Global) -> anyhow::Result<Self> {
        Self::with(global, true)
    }

    fn with(global: &Global, hash_large: bool) -> anyhow::Result<Self> {
        let directory = working_directory()?;
        let config = global.config.as_deref().map(|file| cachelint_project::absolute(&directory, file));
        let project = Project::open(&directory, &Options { config, hash_large, ..Options::default() })?;
        Ok(Self { project, directory, global: global.clone() })
    }

    /// Standard output, coloured as asked for.
    pub(crate) fn output(&self) -> Output {
        Output::new(self.global.color.into())
    }

    /// A path of the command line, absolute.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        self.project.absolute(path)
    }

    /// `path` as people are shown it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        self.project.shown(path)
    }

    /// How a report in `format` is to look here.
    pub(crate) fn look(&self, format: Format) -> Look {
        Look { format, width: width(), summary: !self.global.quiet }
    }
}

/// An error of writing with its file as people are shown it.
pub(crate) fn shown_error(directory: &Path, error: WriteError) -> WriteError {
    let shown = |path: PathBuf| PathBuf::from(cachelint_project::shown(directory, &path));
    match error {
        WriteError::Changed(path) => WriteError::Changed(shown(path)),
        WriteError::Exists(path) => WriteError::Exists(shown(path)),
        WriteError::Io(path, error) => WriteError::Io(shown(path), error),
    }
}

/// The working directory, absolute.
pub(crate) fn working_directory() -> anyhow::Result<PathBuf> {
    std::env::current_dir().context("the working directory can't be read")
}

fn width() -> usize {
    terminal_size::terminal_size_of(io::stdout())
        .map_or(PLAIN_WIDTH, |(terminal_size::Width(width), _)| usize::from(width).max(40))
}
