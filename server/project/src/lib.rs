//! The outside world as values: configuration, discovery, static roots, resolution and digests.

pub mod analysis;
pub mod browse;
pub mod config;
pub mod digest;
pub mod discovery;
pub mod disk;
pub mod doctor;
pub mod helper;
pub mod history;
pub mod order;
pub mod stylesheets;

mod applications;
mod boundary;
mod cycles;
mod dialect;
mod folders;
mod frameworks;
mod ignored;
mod imports;
mod kept;
mod lfs;
mod manifests;
mod once;
mod python;
#[cfg(test)]
#[path = "../../../tests/repository.rs"]
mod repository;
mod resolve;
mod roots;
mod serving;
mod shown;
mod surroundings;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod undefined;
mod world;

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::Digests;

pub use analysis::Analysis;
pub use browse::{Entry, FileFacts, Served};
pub use config::{Config, ConfigError};
pub use digest::DigestError;
pub use discovery::Discovery;
pub use disk::{ReadError, WriteError};
pub use doctor::Doctor;
pub use history::LastChange;
pub use kept::Kept;
pub use manifests::is_manifest_name;
pub use shown::shown;

pub use surroundings::Framework;

use config::Configs;
use world::World;

/// One run's view of the disk: the configurations in force, the static roots, the digests read so far.
/// It is shared between threads; every answer is a value.
#[derive(Debug)]
pub struct Project {
    directory: PathBuf,
    configs: Configs,
    world: World,
    hash_large: bool,
}

/// How a project is opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A configuration that is in force for every source, in place of the nearest one (`--config`).
    pub config: Option<PathBuf>,
    /// What holds where no configuration file says otherwise; its paths start from the folder of the project.
    pub base: config::Base,
    /// Whether files beyond `max-hash-size` are hashed too, because versions are to be written (`fix`).
    pub hash_large: bool,
}

impl Project {
    /// Opens the project around `directory` (absolute), the folder that relative and shown paths start from.
    /// Fails where `options.config` is wrong; a wrong configuration elsewhere fails what lies below it.
    pub fn open(directory: &Path, options: &Options) -> Result<Self, ConfigError> {
        let directory = absolute(Path::new("/"), directory);
        let file = options.config.as_ref().map(|file| absolute(&directory, file));
        let configs = Configs::new(&directory, options.base.clone(), file.as_deref());
        let world = World::new(boundary::project_folder(&directory));
        let project = Self { directory, configs, world, hash_large: options.hash_large };
        if file.is_some() {
            project.config_of_folder(&project.directory)?;
        }
        Ok(project)
    }

    /// The folder it was opened with, absolute.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The project folder: the nearest folder, from the directory upwards, with `.git`, else with a file that marks
    /// a project, else the directory itself. Nothing outside it is opened, explicit paths and their projects apart.
    pub fn root(&self) -> &Path {
        &self.world.project
    }

    /// `path` from the directory, absolute and without `.` and `..`.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        absolute(&self.directory, path)
    }

    /// `path` (absolute) as people are shown it: seen from the directory, with `/`.
    pub fn shown(&self, path: &Path) -> String {
        shown(&self.directory, path)
    }

    /// What there is to check below `paths` (the directory, where empty). An explicit file is always taken;
    /// an explicit asset selects the sources that refer to it.
    pub fn discover(&self, paths: &[PathBuf]) -> Discovery {
        discovery::discover(self, paths)
    }

    /// The text of a source.
    pub fn read(&self, path: &Path) -> Result<String, ReadError> {
        disk::read_text(&self.absolute(path))
            .map_err(|error| ReadError { path: PathBuf::from(self.shown(&error.path)), ..error })
    }

    /// Analyses `text` as the source at `path`, which need not exist (unsaved text, `--stdin-filename`).
    /// Fails only where the configuration in force for `path` is wrong.
    pub fn analyse(&self, path: &Path, text: &str) -> Result<Analysis, ConfigError> {
        analysis::analyse(self, &self.absolute(path), text, None)
    }

    /// The same for a document that is edited: `kept` is what its last analysis left.
    pub fn analyse_again(&self, path: &Path, text: &str, kept: &mut Kept) -> Result<Analysis, ConfigError> {
        analysis::analyse(self, &self.absolute(path), text, Some(kept))
    }

    /// The configuration in force for the source at `path`.
    pub fn config(&self, path: &Path) -> Result<Arc<Config>, ConfigError> {
        self.config_of_folder(self.absolute(path).parent().unwrap_or(path))
    }

    /// Whether the configuration in force or, without one, its extension makes `path` a template.
    pub fn is_template(&self, path: &Path) -> bool {
        let config = self.config(path).unwrap_or_default();
        discovery::is_source(config.templates.as_ref(), &self.absolute(path))
    }

    /// The digests of any file, with those of every algorithm, whatever its size (`cachelint hash`).
    pub fn digest(&self, path: &Path) -> Result<Digests, DigestError> {
        let path = self.absolute(path);
        let config = self.config(&path).unwrap_or_default();
        let wanted = digest::Wanted { others: true, ..digest::Wanted::of(&config) };
        self.world.digests.of(&path, wanted).map(|hashed| hashed.digests)
    }

    /// From now on the file at `path` is hashed as if it held `text`: a fix that is only shown, or written elsewhere,
    /// goes on as if it had been made.
    pub fn pretend(&self, path: &Path, text: &str) {
        self.world.digests.pretend(&self.absolute(path), text);
    }

    /// What is in force and where it came from, for the sources found below the directory.
    pub fn doctor(&self) -> Doctor {
        doctor::doctor(self)
    }

    /// Forgets what was listed and read, so that the next question sees the disk as it is now. Digests stay: they
    /// are kept by their files' stamps.
    pub fn forget(&self) {
        self.world.forget();
        self.configs.forget();
    }

    fn config_of_folder(&self, folder: &Path) -> Result<Arc<Config>, ConfigError> {
        self.configs
            .of_folder(folder)
            .map_err(|error| ConfigError { file: self.shown(&error.file).into(), ..error })
    }
}

/// `path` taken from `directory` (absolute), `.` and `..` resolved by name.
pub fn absolute(directory: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for component in directory.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            other => whole.push(other),
        }
    }
    whole
}
