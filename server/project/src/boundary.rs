//! The project folder of a source: nothing outside it is opened.

use std::path::{Path, PathBuf};

use crate::disk;

/// Files that stand in the uppermost folder of a project.
const MARKERS: [&str; 9] = [
    "cachelint.toml",
    "pyproject.toml",
    "manage.py",
    "setup.py",
    "requirements.txt",
    "package.json",
    "composer.json",
    "Cargo.toml",
    "_config.yml",
];

/// The project folder around `folder`: the nearest above (or itself) that holds `.git`; else the nearest that holds
/// a project's file; else what lies around a folder `templates`; else `folder` itself.
pub(crate) fn project_folder(folder: &Path) -> PathBuf {
    let repository = folder.ancestors().find(|above| there(above, ".git"));
    let marked = || folder.ancestors().find(|above| is_marked(above));
    let around_templates = || {
        let templates =
            folder.ancestors().filter(|above| above.file_name().is_some_and(|name| name == "templates"));
        templates.last().and_then(Path::parent)
    };
    repository.or_else(marked).or_else(around_templates).unwrap_or(folder).to_owned()
}

/// Whether something in `folder` says that it is a project's uppermost one, and no heap of files that share a folder.
pub(crate) fn is_marked(folder: &Path) -> bool {
    there(folder, ".git") || MARKERS.iter().any(|name| there(folder, name))
}

fn there(folder: &Path, name: &str) -> bool {
    disk::kind(&folder.join(name)).is_ok()
}
