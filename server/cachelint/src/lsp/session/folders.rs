//! Folders: each a project with its sources; those of the workspace, and those around files opened alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_ide::Snapshot;
use cachelint_project::Project;
use cachelint_project::config::{Base, Config};
use tower_lsp::ls_types::{Uri, WorkspaceFoldersChangeEvent};

use super::event::FolderId;
use super::jobs::{Cancel, Job, Judge};
use super::query::Code;
use super::{Effect, Session};
use crate::lsp::settings::Settings;
use crate::lsp::uris;

/// A folder and what is known of its sources.
#[derive(Debug)]
pub(super) struct Folder {
    /// Where it is, absolute.
    pub(super) root: PathBuf,
    /// Whether it belongs to the workspace; else it lies around files that were opened alone, and is not scanned.
    pub(super) in_workspace: bool,
    /// What the editor sets for it.
    pub(super) base: Base,
    /// Its project, once it is opened.
    pub(super) project: Option<Arc<Project>>,
    /// The project as it was when its configuration could last be read.
    pub(super) fallback: Option<Arc<Project>>,
    /// Counts the openings of the project: what an older one led to is dropped.
    pub(super) generation: u64,
    /// Its sources.
    pub(super) snapshot: Option<Snapshot>,
    /// How far the scan is.
    pub(super) scan: Scanning,
    /// Its configuration, once it is scanned.
    pub(super) config: Arc<Config>,
    /// Whether someone asked for the findings of all its sources.
    pub(super) asked_whole: bool,
    /// Closed sources to check again.
    pub(super) dirty: BTreeSet<PathBuf>,
    /// The check of closed sources that is running.
    pub(super) rechecking: Option<Cancel>,
    /// Whether its history is being read.
    pub(super) reading_history: bool,
    /// The result id of the findings of its sources, as scanned.
    pub(super) first_result: u64,
    /// The result ids of those that were checked again.
    pub(super) results: Arc<BTreeMap<Arc<Path>, u64>>,
    /// The closed sources whose findings the editor was told.
    pub(super) pushed: BTreeSet<PathBuf>,
    /// How many reports of these are being made.
    pub(super) reports: usize,
    /// The files of its code of which something is said, or was.
    pub(super) code: Arc<BTreeMap<Arc<Path>, Code>>,
    /// Whether something else may be said of its code by now.
    pub(super) code_is_stale: bool,
    /// The configuration files whose errors the editor was told.
    pub(super) wrong_configs: BTreeSet<PathBuf>,
}

/// How far the scan of a folder is.
#[derive(Debug)]
pub(super) enum Scanning {
    /// It has not begun.
    Before,
    /// It runs, and is shown to the editor.
    Running {
        /// Set to end it.
        cancel: Cancel,
        /// Whether the editor shows its progress.
        shown: bool,
    },
    /// It is done.
    Done,
}

impl Folder {
    fn new(root: PathBuf, in_workspace: bool, base: Base) -> Self {
        Self {
            root,
            in_workspace,
            base,
            project: None,
            fallback: None,
            generation: 0,
            snapshot: None,
            scan: if in_workspace { Scanning::Before } else { Scanning::Done },
            config: Arc::default(),
            asked_whole: false,
            dirty: BTreeSet::new(),
            rechecking: None,
            reading_history: false,
            first_result: 0,
            results: Arc::default(),
            pushed: BTreeSet::new(),
            reports: 0,
            code: Arc::default(),
            code_is_stale: false,
            wrong_configs: BTreeSet::new(),
        }
    }

    /// What its sources are checked with.
    pub(super) fn judge(&self) -> Option<Judge> {
        let project = Arc::clone(self.project.as_ref()?);
        let known = self.snapshot.as_ref().map(|snapshot| snapshot.known.clone()).unwrap_or_default();
        Some(Judge { project, fallback: self.fallback.clone(), known })
    }

    /// Whether the findings of its closed sources are reported.
    pub(super) fn is_whole(&self, settings: &Settings) -> bool {
        self.in_workspace
            && (self.asked_whole || settings.workspace_diagnostics.unwrap_or(self.config.file.is_some()))
    }

    /// Whether all its sources are known.
    pub(super) const fn is_scanned(&self) -> bool {
        matches!(self.scan, Scanning::Done) && self.snapshot.is_some()
    }
}

impl Session {
    /// Adds a folder of the workspace, unless it is one.
    pub(super) fn add_folder(&mut self, uri: &Uri) {
        let Some(root) = uris::path_of(uri) else { return };
        if self.folders.values().any(|folder| folder.in_workspace && folder.root == root) {
            return;
        }
        let id = self.folder_id();
        self.folders.insert(id, Folder::new(root, true, self.settings.base.clone()));
        self.rehouse();
    }

    /// Folders came and went.
    pub(super) fn folders_changed(&mut self, change: WorkspaceFoldersChangeEvent, effects: &mut Vec<Effect>) {
        for removed in &change.removed {
            self.remove_folder(&removed.uri, effects);
        }
        for added in &change.added {
            self.add_folder(&added.uri);
        }
        self.rehouse();
        self.ask_settings(effects);
        self.watch(effects);
        self.open_folders(effects);
    }

    fn remove_folder(&mut self, uri: &Uri, effects: &mut Vec<Effect>) {
        let Some(root) = uris::path_of(uri) else { return };
        let found = self.folders.iter().find(|(_, folder)| folder.in_workspace && folder.root == root);
        let Some((&id, _)) = found else { return };
        self.cancel_folder(id);
        self.clear_closed(id, effects);
        self.folders.remove(&id);
    }

    /// Ends what runs for a folder.
    pub(super) fn cancel_folder(&mut self, id: FolderId) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        if let Scanning::Running { cancel, .. } = &folder.scan {
            cancel.store(true, std::sync::atomic::Ordering::Relaxed);
        }
        if let Some(cancel) = folder.rechecking.take() {
            cancel.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// Opens the projects of all folders that are not open yet.
    pub(super) fn open_folders(&mut self, effects: &mut Vec<Effect>) {
        if !self.is_initialized {
            return;
        }
        for (&id, folder) in &mut self.folders {
            if folder.project.is_none() && folder.generation == 0 {
                folder.generation = 1;
                effects.push(Effect::Run(Job::Open(id, folder.root.clone(), folder.base.clone())));
            }
        }
    }

    /// A folder's project is open: its documents can be checked, its sources found. One that was opened over other
    /// settings than those of now is late.
    pub(super) fn folder_opened(
        &mut self,
        id: FolderId,
        base: &Base,
        project: Arc<Project>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(folder) = self.folders.get_mut(&id).filter(|folder| folder.base == *base) else { return };
        folder.generation += 1;
        folder.project = Some(Arc::clone(&project));
        match &mut folder.snapshot {
            Some(snapshot) => {
                snapshot.project = project;
                snapshot.fallback.clone_from(&folder.fallback);
            }
            None => folder.snapshot = Some(Snapshot::new(project)),
        }
        self.show_images();
        self.recheck_open(id);
        self.begin_scan(id, effects);
    }

    /// The folder that a path belongs to: the innermost of the workspace, else the one around files opened alone.
    pub(super) fn folder_of(&self, path: &Path) -> Option<FolderId> {
        let holding = self.folders.iter().filter(|(_, folder)| path.starts_with(&folder.root));
        let depth = |folder: &Folder| (folder.in_workspace, folder.root.components().count());
        holding.max_by_key(|(_, folder)| depth(folder)).map(|(&id, _)| id)
    }

    /// The folder for a document: a new one around it where none holds it.
    pub(super) fn folder_for(&mut self, path: &Path) -> FolderId {
        if let Some(id) = self.folder_of(path) {
            return id;
        }
        let id = self.folder_id();
        let root = path.parent().unwrap_or(path).to_owned();
        self.folders.insert(id, Folder::new(root, false, self.settings.base.clone()));
        id
    }

    /// Finds each document its folder again, and drops folders around files that none is left of.
    pub(super) fn rehouse(&mut self) {
        let homes: Vec<_> = self.documents.iter().map(|(uri, it)| (uri.clone(), it.path.clone())).collect();
        for (uri, path) in homes {
            let home = self.folder_for(&path);
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            if document.folder != home {
                document.folder = home;
                document.is_dirty = true;
            }
        }
        self.drop_empty_folders();
    }

    pub(super) fn drop_empty_folders(&mut self) {
        let used: BTreeSet<_> = self.documents.values().map(|document| document.folder).collect();
        self.folders.retain(|id, folder| folder.in_workspace || used.contains(id));
    }

    fn folder_id(&mut self) -> FolderId {
        FolderId(self.number())
    }
}
