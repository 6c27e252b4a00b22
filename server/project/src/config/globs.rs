//! Globs over paths below the folder of the file that wrote them.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::values::GlobText;

/// Globs and the folder they start from.
#[derive(Clone, Debug, Default)]
pub struct PathGlobs {
    folder: PathBuf,
    set: GlobSet,
}

impl PathGlobs {
    /// Globs that start from `folder`; one without `/` means a name in any folder below.
    pub(super) fn new<'a>(folder: &Path, globs: impl IntoIterator<Item = &'a GlobText>) -> Self {
        Self { folder: folder.to_owned(), set: glob_set(globs.into_iter().map(|glob| glob.0.as_str())) }
    }

    /// Whether one matches `path` (absolute). A path elsewhere is matched by its name alone.
    pub fn matches(&self, path: &Path) -> bool {
        if self.set.is_empty() {
            return false;
        }
        match path.strip_prefix(&self.folder) {
            Ok(below) => self.set.is_match(below),
            Err(_) => path.file_name().is_some_and(|name| self.set.is_match(name)),
        }
    }
}

/// The set of globs that were checked before.
pub(crate) fn glob_set<'a>(globs: impl IntoIterator<Item = &'a str>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        let anywhere =
            if glob.contains('/') { glob.trim_start_matches('/').to_owned() } else { format!("**/{glob}") };
        if let Ok(glob) = GlobBuilder::new(&anywhere).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}
