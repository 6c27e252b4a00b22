//! Checks: at most one in flight for a document, the newest text wins, late results are dropped.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use cachelint_ide::{Checked, News, Record};
use tower_lsp::ls_types::{Diagnostic, MessageType, Uri};

use super::documents::Document;
use super::event::{Failed, FolderId, Outcome};
use super::history::Asked;
use super::jobs::{CheckJob, Job, Kept, RecheckJob};
use super::{Effect, Session};

impl Session {
    /// Nothing more is known to have happened: begins what that led to.
    pub(super) fn begin_work(&mut self, effects: &mut Vec<Effect>) {
        if self.is_shut_down {
            return;
        }
        self.take_changed_files(effects);
        let uris: Vec<_> = self.documents.keys().cloned().collect();
        for uri in uris {
            self.begin_check(&uri, effects);
        }
        let folders: Vec<_> = self.folders.keys().copied().collect();
        for id in folders {
            self.begin_recheck(id, effects);
            self.begin_code(id, effects);
            self.begin_history(id, effects);
        }
        self.answer_waiting(effects);
        self.begin_updates(effects);
        self.begin_commands(effects);
        self.end_checks(effects);
        self.send_refresh(effects);
    }

    fn begin_check(&mut self, uri: &Uri, effects: &mut Vec<Effect>) {
        let shared = self.shared();
        let Some(document) = self.documents.get_mut(uri) else { return };
        if document.text.out_of_sync.is_some() {
            document.checked_edition = document.edition;
            document.is_dirty = false;
            return self.answer_document(uri, effects);
        }
        if !document.is_busy() {
            return self.answer_document(uri, effects);
        }
        if document.in_flight.is_some() {
            return;
        }
        let Some(folder) = self.folders.get(&document.folder) else { return };
        let (Some(judge), Some(snapshot)) = (folder.judge(), folder.snapshot.clone()) else { return };
        document.is_dirty = false;
        document.in_flight = Some(document.edition);
        effects.push(Effect::Run(Job::Check(Box::new(CheckJob {
            uri: uri.clone(),
            path: document.path.clone(),
            is_source: document.is_source,
            version: document.version,
            edition: document.edition,
            text: document.text.rope.clone(),
            kept: std::mem::take(&mut document.kept),
            generation: folder.generation,
            judge,
            snapshot,
            shared,
            turn: self.precedence.take(),
        }))));
    }

    /// Keeps what the check of a text, however late, leaves for the next.
    pub(super) fn keep(&mut self, uri: &Uri, kept: Box<Kept>) {
        if let Some(document) = self.documents.get_mut(uri) {
            document.kept = kept;
        }
    }

    /// A document was checked. What is of an older text or project is dropped.
    pub(super) fn checked(
        &mut self,
        uri: &Uri,
        edition: u64,
        generation: u64,
        outcome: Outcome,
        effects: &mut Vec<Effect>,
    ) {
        let Some(document) = self.documents.get_mut(uri).filter(|it| it.in_flight == Some(edition)) else {
            return;
        };
        document.in_flight = None;
        let folder = document.folder;
        let is_late = self.folders.get(&folder).is_none_or(|folder| folder.generation != generation);
        if is_late || document.edition != edition {
            document.is_dirty |= is_late;
            return;
        }
        match outcome {
            Outcome::Checked { checked, record, diagnostics, error } => {
                self.take_checked(uri, checked, *record, diagnostics, effects);
                self.config_of_document(folder, error, effects);
            }
            Outcome::NoConfig(error) => {
                self.lose(uri, effects);
                self.config_errors(folder, Some(error), effects);
            }
            Outcome::NoSource => {
                self.lose(uri, effects);
                self.show_code(uri, effects);
            }
            Outcome::Panicked => self.lose(uri, effects),
        }
    }

    fn take_checked(
        &mut self,
        uri: &Uri,
        checked: Arc<Checked>,
        record: Record,
        diagnostics: Arc<Vec<Diagnostic>>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let edited = !document.is_checked();
        let before = document.checked.replace(Arc::clone(&checked));
        let diagnostics_before = Arc::clone(&document.diagnostics);
        document.checked_edition = document.edition;
        document.history = document.history.max(Asked::Versions);
        let id = document.folder;
        // Before anything is said: who sees it may change a file at once.
        self.watch_new(id, [&record], effects);
        let (mut news, mut counts) = (News::default(), false);
        let source = Arc::clone(&checked.path);
        if let Some(snapshot) = self.folders.get_mut(&id).and_then(|folder| folder.snapshot.as_mut()) {
            counts = snapshot.record(&record.path).is_none_or(|before| before.tally != record.tally);
            news = snapshot.insert_with(record, checked);
        }
        self.doubt_code(id, counts);
        self.spread(id, &source, &news, effects);
        self.show(uri, diagnostics, effects);
        self.answer_document(uri, effects);
        effects.push(Effect::Drop(Box::new((before, diagnostics_before))));
        if !edited {
            self.refresh_views(effects);
        }
    }

    /// Checks the open documents of a folder again.
    pub(super) fn recheck_open(&mut self, id: FolderId) {
        for document in self.documents.values_mut().filter(|document| document.folder == id) {
            document.is_dirty = true;
        }
    }

    /// Checks closed sources again, unless they are being checked, or the scan is still to find them.
    fn begin_recheck(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let shared = self.shared();
        let Some(folder) = self.folders.get_mut(&id) else { return };
        if folder.dirty.is_empty() || folder.rechecking.is_some() || !folder.is_scanned() {
            return;
        }
        let (Some(judge), Some(snapshot)) = (folder.judge(), folder.snapshot.clone()) else { return };
        let dirty = std::mem::take(&mut folder.dirty);
        let paths: Vec<PathBuf> = dirty.into_iter().filter(|path| !self.open.contains_key(path)).collect();
        if paths.is_empty() {
            return;
        }
        let cancel = Arc::new(AtomicBool::new(false));
        folder.rechecking = Some(Arc::clone(&cancel));
        let shown = folder.is_whole(&self.settings) && !self.pulls_workspace;
        let shared = shown.then_some(shared);
        let (folder, generation) = (id, folder.generation);
        let job = RecheckJob { folder, generation, paths, judge, snapshot, shared, cancel };
        effects.push(Effect::Run(Job::Recheck(Box::new(job))));
    }

    /// Closed sources were checked again; those opened meanwhile are the editor's.
    pub(super) fn rechecked(
        &mut self,
        id: FolderId,
        generation: u64,
        checked: Vec<(Record, Vec<Diagnostic>)>,
        gone: &[PathBuf],
        last: bool,
        effects: &mut Vec<Effect>,
    ) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        if last {
            folder.rechecking = None;
        }
        if folder.generation != generation {
            return;
        }
        let open = Arc::clone(&self.open);
        self.watch_new(id, checked.iter().map(|(record, _)| record), effects);
        for path in gone.iter().filter(|path| !open.contains_key(*path)) {
            self.forget_source(id, path, effects);
        }
        for (record, diagnostics) in checked {
            if open.contains_key(&*record.path) {
                continue;
            }
            self.number_result(id, &record.path);
            let path = record.path.to_path_buf();
            if let Some(snapshot) = self.folders.get_mut(&id).and_then(|folder| folder.snapshot.as_mut()) {
                let news = snapshot.insert_record(record);
                self.spread(id, &path, &news, effects);
            }
            self.publish_closed(id, path, diagnostics, effects);
        }
        if last {
            self.doubt_code(id, true);
            self.refresh_diagnostics();
            self.refresh_views(effects);
        }
    }

    /// A job panicked: it is said, and what waited for it goes on.
    pub(super) fn failed(&mut self, failed: Failed, message: &str, effects: &mut Vec<Effect>) {
        effects.push(Effect::log(MessageType::ERROR, format!("{failed}: panicked: {message}")));
        match failed {
            Failed::Check(uri, edition, generation) => {
                self.checked(&uri, edition, generation, Outcome::Panicked, effects);
            }
            Failed::Recheck(folder, generation) => {
                self.rechecked(folder, generation, Vec::new(), &[], true, effects);
            }
            Failed::Scan(folder, generation) => self.scanned(folder, generation, None, effects),
            Failed::Command(command) => self.end_command(command, Err("it failed".to_owned()), effects),
            Failed::History(folder) => self.history_read(folder, None, false),
            Failed::Report(folder) => self.report_ended(folder),
            Failed::Open(_) | Failed::Answer(_) => {}
        }
    }

    /// Marks what names a file: open documents, and closed sources, which it answers for.
    pub(super) fn mark(&mut self, id: FolderId, sources: impl IntoIterator<Item = impl AsRef<Path>>) {
        for path in sources {
            let path = path.as_ref();
            match self.open.get(path).and_then(|uri| self.documents.get_mut(uri)) {
                Some(document) => document.is_dirty = true,
                None => {
                    if let Some(folder) = self.folders.get_mut(&id) {
                        folder.dirty.insert(path.to_owned());
                    }
                }
            }
        }
    }

    /// What a source says anew has others checked again: open documents now, closed sources once it rests, for it may be
    /// said letter by letter.
    pub(super) fn spread(&mut self, id: FolderId, source: &Path, news: &News, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get(&id).filter(|folder| folder.in_workspace) else { return };
        let across = folder.snapshot.as_ref().and_then(|snapshot| snapshot.known.across.as_ref());
        let users =
            across.into_iter().flat_map(|across| news.assets.iter().flat_map(|it| across.sources(it)));
        let others = users.chain(&news.sheets).filter(|other| other.as_os_str() != source.as_os_str());
        let (open, closed): (HashSet<_>, _) =
            others.map(Arc::clone).partition(|other| self.open.contains_key(&**other));
        self.mark(id, open);
        self.mark_later(id, closed, effects);
    }

    /// Whether no check runs or is due.
    pub(super) fn is_settled(&self) -> bool {
        let folders = self.folders.values().filter(|folder| folder.in_workspace);
        self.unsettled.is_empty()
            && !self.documents.values().any(Document::is_busy)
            && folders.into_iter().all(|it| it.is_scanned() && it.dirty.is_empty() && it.rechecking.is_none())
    }
}
