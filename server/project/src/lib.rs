//! The outside world as values: configuration, discovery, static roots, resolution and digests.

use std::path::{Path, PathBuf};

use cachelint_lint::{Resolved, Settings};
use cachelint_syntax::{Dialect, Extraction, SourceKind};

/// One run's view of the disk: the configurations in force, the static roots, the digests read so far.
/// It is shared between threads; every answer is a value.
#[derive(Debug)]
pub struct Project {
    directory: PathBuf,
}

/// What was found to check.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// The sources, absolute, sorted, none twice.
    pub sources: Vec<PathBuf>,
    /// What was passed over and why, for people, one line each.
    pub notes: Vec<String>,
    /// What could not be read: exit 2.
    pub failures: Vec<String>,
}

/// A source with its references resolved.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The template language.
    pub dialect: Dialect,
    /// What it is written in.
    pub kind: SourceKind,
    /// What it holds.
    pub extraction: Extraction,
    /// Its references with what they name, in the order of `extraction.references`.
    pub resolved: Vec<Resolved>,
    /// The settings of its nearest configuration, without the project's habit.
    pub settings: Settings,
}

impl Project {
    /// Opens the project around `directory` (absolute).
    pub fn open(directory: &Path) -> Self {
        Self { directory: directory.to_owned() }
    }

    /// The directory it was opened with.
    pub fn directory(&self) -> &Path {
        &self.directory
    }
}
