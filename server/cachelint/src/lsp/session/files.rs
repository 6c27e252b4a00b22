//! Files that changed on disk: exactly the sources that name them are checked again.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_ide::Snapshot;
use cachelint_project::{Config, is_manifest_name};

use super::event::{FolderId, Timer};
use super::jobs::Job;
use super::{Effect, Session};
use crate::lsp::languages;

impl Session {
    /// Notes changes; a burst of them is looked at as one.
    pub(super) fn files_changed(&mut self, paths: &[PathBuf]) {
        self.changed_files.extend(paths.iter().cloned());
    }

    /// Looks at the files that changed since the last time.
    pub(super) fn take_changed_files(&mut self, effects: &mut Vec<Effect>) {
        let changed = std::mem::take(&mut self.changed_files);
        if changed.is_empty() {
            return;
        }
        self.watch_again(&changed, effects);
        let ids: Vec<_> = self.folders.keys().copied().collect();
        for id in ids {
            let Some(folder) = self.folders.get(&id) else { continue };
            let here: BTreeSet<_> =
                changed.iter().filter(|path| path.starts_with(&folder.root)).cloned().collect();
            if here.iter().any(|path| is_config(path)) {
                self.reopen(id, effects);
            } else if !here.is_empty() {
                self.changed_in(id, &here, effects);
            }
        }
    }

    fn changed_in(&mut self, id: FolderId, changed: &BTreeSet<PathBuf>, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        let Some(snapshot) = &folder.snapshot else { return };
        if changed.iter().any(|path| !self.open.contains_key(path)) {
            snapshot.project.forget();
        }
        let (settled, unsettled): (Vec<_>, Vec<_>) =
            named(snapshot, changed).into_iter().partition(|path| !is_output(snapshot, path));
        let (sources, waiting) = (naming(snapshot, &settled), naming(snapshot, &unsettled));
        let in_scan = !folder.is_scanned();
        let below = changed.iter().flat_map(|path| snapshot.records_below(path));
        let known = below.map(|record| record.path.to_path_buf());
        let new = changed.iter().filter(|path| is_template(&folder.config, path)).cloned();
        let own = known.chain(new).filter(|path| folder.in_workspace && !self.open.contains_key(path));
        let own: Vec<PathBuf> = own.collect();
        let decisive = changed.iter().any(|path| decides(path));
        self.mark(id, sources);
        self.mark(id, own);
        self.doubt_code(id, decisive);
        if decisive || in_scan {
            self.recheck_open(id);
        }
        self.mark_later(id, waiting, effects);
    }

    /// Marks sources once nothing of the kind happens for a while: what they name is being written by a bundler, or
    /// typed.
    pub(super) fn mark_later(
        &mut self,
        id: FolderId,
        sources: HashSet<Arc<Path>>,
        effects: &mut Vec<Effect>,
    ) {
        if sources.is_empty() {
            return;
        }
        self.unsettled.entry(id).or_default().extend(sources);
        self.settling = self.number();
        effects.push(Effect::Later(Timer::Settled(self.settling)));
    }

    pub(super) fn settled(&mut self, number: u64) {
        if number == self.settling {
            std::mem::take(&mut self.unsettled).into_iter().for_each(|(id, sources)| self.mark(id, sources));
        }
    }

    /// The configuration of a folder changed, or what the editor sets for it: its project is opened anew; the last
    /// good one stays until then, and longer where the new one is wrong.
    pub(super) fn reopen(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        if folder.wrong_configs.is_empty() {
            folder.fallback.clone_from(&folder.project);
        }
        effects.push(Effect::Run(Job::Open(id, folder.root.clone(), folder.base.clone())));
    }
}

/// The files of `changed` that some source names, and those below: a folder that is renamed or removed is all that is
/// told of what it held.
fn named(snapshot: &Snapshot, changed: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let below = changed.iter().flat_map(|path| snapshot.named_below(path)).map(|file| file.to_path_buf());
    let sought = changed.iter().filter(|path| snapshot.affected_by(path).next().is_some()).cloned();
    below.chain(sought).collect()
}

fn naming(snapshot: &Snapshot, files: &[PathBuf]) -> HashSet<Arc<Path>> {
    let sources = files.iter().flat_map(|file| snapshot.affected_by(file));
    sources.map(|record| Arc::clone(&record.path)).collect()
}

/// Whether a file is built.
fn is_output(snapshot: &Snapshot, file: &Path) -> bool {
    snapshot.affected_by(file).flat_map(|record| record.naming(file)).any(|one| one.is_output)
}

/// Whether the configuration or, without one, its extension makes a file a template.
fn is_template(config: &Config, path: &Path) -> bool {
    config.templates.as_ref().map_or_else(|| languages::is_template(path), |globs| globs.matches(path))
}

fn is_config(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    matches!(name, "cachelint.toml" | "pyproject.toml")
}

/// Whether a file may decide what dialect a source has or what git ignores, so that open documents are checked again.
fn decides(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_python = path.extension().is_some_and(|extension| extension == "py");
    is_python || is_manifest_name(name) || matches!(name, ".gitignore" | "package.json" | "requirements.txt")
}
