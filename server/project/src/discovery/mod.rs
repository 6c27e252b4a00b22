//! Discovery: which sources there are to check.

mod explicit;
mod passed_over;
mod types;
mod walk;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::PathGlobs;
use crate::{Project, manifests};
#[cfg(test)]
pub(crate) use types::is_template;

/// What was found to check.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// The sources, absolute, sorted, none twice.
    pub sources: Vec<PathBuf>,
    /// The explicit assets that selected sources by being referred to, absolute, sorted.
    pub assets: Vec<PathBuf>,
    /// Whether paths were given and no source was found for them: exit 2.
    pub nothing_found: bool,
    /// What was asked for and is not looked at, and why, for people, one line each.
    pub notes: Vec<String>,
    /// What the walk passed over and why, for people who ask, one line each.
    pub passed_over: Vec<String>,
    /// What could not be read (a folder, a configuration with what lies below it): exit 2.
    pub failures: Vec<String>,
}

/// What there is to check below `paths` (the project's directory, where empty).
pub(crate) fn discover(project: &Project, paths: &[PathBuf]) -> Discovery {
    let mut discovery = Discovery::default();
    let all = [project.directory().to_owned()];
    for path in if paths.is_empty() { &all } else { paths } {
        explicit::take(project, &project.absolute(path), &mut discovery);
    }
    if !discovery.assets.is_empty() {
        explicit::select(project, &mut discovery);
    }
    tidy(project, &mut discovery);
    discovery.nothing_found =
        !paths.is_empty() && discovery.sources.is_empty() && discovery.assets.is_empty();
    discovery
}

/// Sorts, drops what a link reaches a second time, and sources whose configuration is wrong.
fn tidy(project: &Project, discovery: &mut Discovery) {
    discovery.sources.sort_unstable();
    discovery.sources.dedup();
    discovery.assets.sort_unstable();
    discovery.assets.dedup();
    let real = |path: &Path| project.world.real(path);
    let own: BTreeSet<PathBuf> =
        discovery.sources.iter().filter(|path| real(path).as_ref() == Some(path)).cloned().collect();
    let mut reached = own.clone();
    discovery.sources.retain(|path| own.contains(path) || real(path).is_none_or(|real| reached.insert(real)));
    let mut wrong = BTreeSet::new();
    discovery.sources.retain(|path| match project.config(path) {
        Ok(_) => true,
        Err(error) => {
            wrong.insert(error.to_string());
            false
        }
    });
    discovery.failures.extend(wrong);
    discovery.notes.extend(missing_roots(project, discovery));
    let manifests = manifests::of_project(&project.world, &project.world.project);
    let unread = manifests.failures.iter();
    discovery
        .notes
        .extend(unread.map(|(path, reason)| format!("{}: not read, {reason}", project.shown(path))));
    for lines in [&mut discovery.notes, &mut discovery.passed_over, &mut discovery.failures] {
        lines.sort_unstable();
        lines.dedup();
    }
}

/// Configured static roots that are not there.
fn missing_roots(project: &Project, discovery: &Discovery) -> BTreeSet<String> {
    let mut folders: Vec<&Path> = discovery.sources.iter().filter_map(|source| source.parent()).collect();
    folders.dedup();
    let mut notes = BTreeSet::new();
    for config in folders.into_iter().filter_map(|folder| project.config_of_folder(folder).ok()) {
        for root in &config.static_roots {
            let missing = root.folders.iter().filter(|folder| !crate::disk::is_folder(folder));
            notes.extend(missing.map(|folder| {
                format!(
                    "{}: the static root {} is not there",
                    project.shown_origin(&root.origin),
                    project.shown(folder)
                )
            }));
        }
    }
    notes
}

/// Whether the configuration or, without one, the extension makes `path` a source.
pub(crate) fn is_source(templates: Option<&PathGlobs>, path: &Path) -> bool {
    match templates {
        Some(globs) => globs.matches(path),
        None => types::is_template(path),
    }
}
