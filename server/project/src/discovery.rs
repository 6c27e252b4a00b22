//! Discovery: which sources there are to check.

use std::path::PathBuf;

/// What was found to check.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// The sources, absolute, sorted, none twice.
    pub sources: Vec<PathBuf>,
    /// The explicit assets that selected sources by being referred to, absolute, sorted.
    pub assets: Vec<PathBuf>,
    /// Whether paths were given and no source was found for them: exit 2.
    pub nothing_found: bool,
    /// What was passed over and why, for people, one line each.
    pub notes: Vec<String>,
    /// What could not be read (a folder, a configuration with what lies below it): exit 2.
    pub failures: Vec<String>,
}
