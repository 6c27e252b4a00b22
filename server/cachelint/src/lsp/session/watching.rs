//! Watching: by the editor where it can, else the folders that hold what is named are watched by ourselves.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_ide::{Record, Snapshot};
use tower_lsp::ls_types::request::{RegisterCapability, UnregisterCapability};
use tower_lsp::ls_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, OneOf, Registration,
    RegistrationParams, RelativePattern, Unregistration, UnregistrationParams,
};

use super::event::{FolderId, Then};
use super::{Effect, Session};
use crate::lsp::uris;

const METHOD: &str = "workspace/didChangeWatchedFiles";

/// Folders to watch: a project can have tens of thousands, which are gathered and put in order beside the session.
#[derive(Debug)]
pub struct ToWatch {
    all: HashSet<PathBuf>,
    /// The same from the top: what appears in a folder before its own is watched is told by the one above.
    in_order: Vec<PathBuf>,
}

impl Session {
    /// Has the editor watch the folders of the workspace.
    pub(super) fn watch(&mut self, effects: &mut Vec<Effect>) {
        if !self.client.watches || !self.is_initialized {
            return;
        }
        let watchers = self.watchers();
        if watchers == self.watchers_registered {
            return;
        }
        if !self.watchers_registered.is_empty() {
            let unregisterations = vec![Unregistration { id: id(), method: METHOD.to_owned() }];
            let params = UnregistrationParams { unregisterations };
            effects.push(Effect::request::<UnregisterCapability>(&params, Then::Nothing));
        }
        self.watchers_registered.clone_from(&watchers);
        if !watchers.is_empty() {
            let options = DidChangeWatchedFilesRegistrationOptions { watchers };
            let register_options = serde_json::to_value(options).ok();
            let registrations = vec![Registration { id: id(), method: METHOD.to_owned(), register_options }];
            let params = RegistrationParams { registrations };
            effects.push(Effect::request::<RegisterCapability>(&params, Then::Watch));
        }
    }

    /// The editor answered: where it refuses to watch, we do.
    pub(super) fn watching(&mut self, is_refused: bool, effects: &mut Vec<Effect>) {
        if is_refused {
            self.watch_refused = true;
            let ids: Vec<_> = self.folders.keys().copied().collect();
            ids.into_iter().for_each(|id| self.watch_more(id, effects));
        }
    }

    fn watchers(&self) -> Vec<FileSystemWatcher> {
        let everything = || "**/*".to_owned();
        let glob = |glob_pattern| FileSystemWatcher { glob_pattern, kind: None };
        let roots = self.folders.values().filter(|folder| folder.in_workspace).map(|folder| &folder.root);
        if !self.client.relative_patterns {
            return vec![glob(GlobPattern::String(everything()))];
        }
        let bases = roots.filter_map(|root| uris::of_path(root));
        bases
            .map(|base| {
                let relative = RelativePattern { base_uri: OneOf::Right(base), pattern: everything() };
                glob(GlobPattern::Relative(relative))
            })
            .collect()
    }

    /// Watches the folders that hold the sources of a folder and what they name, where the editor does not.
    pub(super) fn watch_more(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get(&id).filter(|_| self.watches_itself()) else { return };
        let Some(snapshot) = &folder.snapshot else { return };
        self.watch_folders(folders_of(&folder.root, snapshot), effects);
    }

    /// Watches the folders that hold what sources name that did not name it before, where the editor does not.
    pub(super) fn watch_new<'a>(
        &mut self,
        id: FolderId,
        records: impl IntoIterator<Item = &'a Record>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(folder) = self.folders.get(&id).filter(|_| self.watches_itself()) else { return };
        let Some(snapshot) = &folder.snapshot else { return };
        let before = |record: &Record| snapshot.record(&record.path);
        let new = records.into_iter().filter(|it| before(it).is_none_or(|before| !before.names_the_same(it)));
        let files = new.flat_map(|record| record.files().chain([&record.path]));
        self.watch_folders(folders_above(&folder.root, files), effects);
    }

    /// Watches these folders, where they are not watched yet.
    fn watch_folders(&mut self, mut folders: HashSet<PathBuf>, effects: &mut Vec<Effect>) {
        folders.retain(|folder| !self.watched.contains(folder));
        if !folders.is_empty() {
            self.watch_all(ToWatch::new(folders), effects);
        }
    }

    /// Watches these folders; to watch one twice changes nothing.
    pub(super) fn watch_all(&mut self, folders: ToWatch, effects: &mut Vec<Effect>) {
        let ToWatch { mut all, in_order } = folders;
        if all.len() > self.watched.len() {
            std::mem::swap(&mut all, &mut self.watched);
        }
        self.watched.extend(all);
        effects.push(Effect::WatchFolders(in_order));
    }

    /// Whether the editor does not watch.
    pub(super) fn watches_itself(&self) -> bool {
        !self.client.watches || self.watch_refused
    }

    /// A folder that comes again is another one for the system: what was watched there is watched anew.
    pub(super) fn watch_again(&mut self, changed: &BTreeSet<PathBuf>, effects: &mut Vec<Effect>) {
        // With a folder the ones above it are watched, up to the root: most changes are of none of them.
        let is_above = |path: &PathBuf| self.folders.values().any(|folder| folder.root.starts_with(path));
        if !changed.iter().any(|path| self.watched.contains(path) || is_above(path)) {
            return;
        }
        let before = self.watched.len();
        self.watched.retain(|folder| !folder.ancestors().any(|above| changed.contains(above)));
        if self.watched.len() < before {
            let ids: Vec<_> = self.folders.keys().copied().collect();
            ids.into_iter().for_each(|id| self.watch_more(id, effects));
        }
    }
}

impl ToWatch {
    fn new(all: HashSet<PathBuf>) -> Self {
        let mut in_order: Vec<_> = all.iter().cloned().collect();
        in_order.sort_unstable_by(|one, other| one.as_os_str().cmp(other.as_os_str()));
        Self { all, in_order }
    }

    /// The folders, from `root` on, that hold the sources of a project and what they name.
    pub(super) fn of(root: &Path, snapshot: &Snapshot) -> Self {
        Self::new(folders_of(root, snapshot))
    }
}

fn id() -> String {
    format!("cachelint:{METHOD}")
}

/// The folders, from `root` on, that hold the sources of a project and what they name.
fn folders_of(root: &Path, snapshot: &Snapshot) -> HashSet<PathBuf> {
    let sources = snapshot.records().map(|record| &record.path);
    let mut folders = folders_above(root, sources.chain(snapshot.named_files()));
    folders.insert(root.to_owned());
    folders
}

/// The folders, from `root` on, that hold these files or a folder that does.
fn folders_above<'a>(root: &Path, files: impl Iterator<Item = &'a Arc<Path>>) -> HashSet<PathBuf> {
    let mut folders = HashSet::new();
    let mut last = None;
    for file in files {
        // Files of one folder mostly stand side by side.
        let own = Some(folder_bytes(file));
        if own == last {
            continue;
        }
        last = own;
        for folder in file.ancestors().skip(1).take_while(|above| above.starts_with(root)) {
            if folders.contains(folder) {
                break;
            }
            folders.insert(folder.to_owned());
        }
    }
    folders
}

/// What a path spells before its last name: quicker to compare than its parts, where many are.
fn folder_bytes(file: &Path) -> &[u8] {
    let bytes = file.as_os_str().as_encoded_bytes();
    let end = bytes.iter().rposition(|&byte| std::path::is_separator(byte.into())).unwrap_or(0);
    &bytes[..end]
}
