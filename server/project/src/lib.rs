//! The outside world as values: configuration, discovery, static roots, resolution and digests.

pub mod analysis;
pub mod config;
pub mod digest;
pub mod discovery;
pub mod disk;
pub mod doctor;
pub mod index;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use analysis::Analysis;
pub use config::{Config, ConfigError};
pub use digest::DigestError;
pub use discovery::Discovery;
pub use disk::{ReadError, WriteError};
pub use doctor::Doctor;
pub use index::Index;

use cachelint_lint::Digests;

/// One run's view of the disk: the configurations in force, the static roots, the digests read so far.
/// It is shared between threads; every answer is a value.
#[derive(Debug)]
pub struct Project {
    directory: PathBuf,
    root: PathBuf,
}

/// How a project is opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A configuration that is in force for every source, in place of the nearest one (`--config`).
    pub config: Option<PathBuf>,
}

impl Project {
    /// Opens the project around `directory`, the folder that relative paths and shown paths start from.
    /// Fails where `directory` is no folder, or the configuration in force there (or `options.config`) is wrong.
    pub fn open(directory: &Path, options: &Options) -> Result<Self, ConfigError> {
        let _ = options;
        Ok(Self { directory: directory.to_owned(), root: directory.to_owned() })
    }

    /// The folder it was opened with, absolute.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The project folder: the nearest ancestor of the directory with a `.git`, else the directory itself.
    /// Nothing outside it is opened, explicit paths apart.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `path` as people are shown it: relative to the directory where it lies below, with `/`.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.directory).unwrap_or(path).display().to_string()
    }

    /// What there is to check below `paths` (the directory, where empty). An explicit file is always taken;
    /// an explicit asset selects the sources that refer to it.
    pub fn discover(&self, paths: &[PathBuf]) -> Discovery {
        let _ = paths;
        Discovery::default()
    }

    /// The text of a source. [`ReadError::is_note`] tells what is passed over from what fails the run.
    pub fn read(&self, path: &Path) -> Result<String, ReadError> {
        disk::read_text(path)
    }

    /// Analyses `text` as the source at `path`, which need not exist (unsaved text, `--stdin-filename`).
    /// Fails only where the configuration in force for `path` is wrong.
    pub fn analyse(&self, path: &Path, text: &str) -> Result<Analysis, ConfigError> {
        let _ = (path, text);
        Ok(Analysis::default())
    }

    /// The configuration in force for the source at `path`.
    pub fn config(&self, path: &Path) -> Result<Arc<Config>, ConfigError> {
        let _ = path;
        Ok(Arc::default())
    }

    /// The digests of any file, with those of every algorithm, whatever its size (`cachelint hash`).
    pub fn digest(&self, path: &Path) -> Result<Digests, DigestError> {
        let _ = path;
        Err(DigestError::Vanished)
    }

    /// What is in force and where it came from, for the sources found below the directory.
    pub fn doctor(&self) -> Doctor {
        Doctor::default()
    }
}
