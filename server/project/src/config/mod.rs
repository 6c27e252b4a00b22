//! Configuration: `cachelint.toml` or `[tool.cachelint]` of `pyproject.toml`, the nearest to each source.

mod base;
mod commented;
pub mod edit;
mod error;
mod file;
mod find;
mod force;
mod globs;
mod layer;
mod mismatch;
mod values;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use cachelint_lint::{Level, Strategy, VersionSettings};
use cachelint_syntax::{Dialect, ExtractSettings};

pub use base::Base;
pub use commented::{commented, schema};
pub use error::ConfigError;
pub(crate) use find::Configs;
pub use globs::PathGlobs;
pub use layer::{OWN_NAME, SHARED_NAME};
pub use values::LineEndings;

use crate::doctor::{Provenance, ValueFact};

/// One configuration as it is in force, all that it extends included.
#[derive(Clone, Debug)]
pub struct Config {
    /// Its file, absolute; `None` for the defaults.
    pub file: Option<PathBuf>,
    /// Which files are templates; `None` for the known extensions.
    pub templates: Option<PathGlobs>,
    /// Templates that are not checked.
    pub exclude: PathGlobs,
    /// Templates that are read but not judged.
    pub exempt: PathGlobs,
    /// Why those are not judged, for people.
    pub exempt_reason: &'static str,
    /// Names of assets that are never reported, below their static root.
    pub ignore_assets: globset::GlobSet,
    /// The static roots, the longest prefix first.
    pub static_roots: Vec<StaticRoot>,
    /// The dialects by glob, the first match holds.
    pub dialects: Vec<DialectGlob>,
    /// What extraction needs to know.
    pub extract: ExtractSettings,
    /// Whether the delimiters are configured.
    pub delimiters: bool,
    /// The levels of rules by name.
    pub levels: Vec<(String, Level)>,
    /// Levels for some templates only, the last match holds.
    pub overrides: Vec<(PathGlobs, Vec<(String, Level)>)>,
    /// Which form of a version fixes prefer.
    pub strategy: Strategy,
    /// The CDN that leaves queries out of its cache key, for people; `None` where queries tell URLs apart.
    pub query_ignored_by: Option<String>,
    /// How a version is written.
    pub version: VersionSettings,
    /// How text assets are hashed.
    pub line_endings: LineEndings,
    /// Beyond this size in bytes a file is hashed only where a version must be checked or written.
    pub max_hash_size: u64,
    /// Every value in force and where it came from.
    pub values: Vec<ValueFact>,
}

/// A configured static root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticRoot {
    /// The URL prefix, with its trailing slash: `/static/`, `https://cdn.example.com/`.
    pub url: String,
    /// The folders behind it, absolute, in the order they are looked in.
    pub folders: Vec<PathBuf>,
    /// Who says so; the file as it is, absolute.
    pub origin: Provenance,
}

/// Sources whose dialect is configured.
#[derive(Clone, Debug)]
pub struct DialectGlob {
    /// Which.
    pub globs: PathGlobs,
    /// Their dialect.
    pub dialect: Dialect,
    /// The glob as written, for people.
    pub text: String,
}

impl Default for Config {
    fn default() -> Self {
        force::in_force(&[])
    }
}
