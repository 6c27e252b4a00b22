//! Configuration: `cachelint.toml` or `[tool.cachelint]` of `pyproject.toml`, the nearest to each source.

use std::path::PathBuf;

/// Why a configuration is not in force: file, line and column (both from 1, the column in characters), and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {message}", file.display(), position.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default())]
pub struct ConfigError {
    /// The file, as shown to people.
    pub file: PathBuf,
    /// Line and column, where the error has a place in the file.
    pub position: Option<(usize, usize)>,
    /// What is wrong, with the nearest valid key for an unknown one.
    pub message: String,
}

/// One configuration as it is in force.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Its file, absolute; `None` for the defaults.
    pub file: Option<PathBuf>,
}

/// The commented configuration that `cachelint init` writes.
pub fn commented() -> String {
    String::new()
}

/// The JSON Schema of `cachelint.toml`, as committed in `server/project/cachelint.schema.json`.
pub fn schema() -> String {
    String::new()
}
