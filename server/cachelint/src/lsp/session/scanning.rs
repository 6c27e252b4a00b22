//! Scans of folders, shown to the editor while they run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cachelint_project::ConfigError;
use tower_lsp::ls_types::notification::Progress;
use tower_lsp::ls_types::request::WorkDoneProgressCreate;
use tower_lsp::ls_types::{
    MessageType, ProgressParams, ProgressParamsValue, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use super::event::{FolderId, Scan, Then};
use super::folders::Scanning;
use super::jobs::Job;
use super::scan::ScanJob;
use super::{Effect, Session};

impl Session {
    /// Begins to scan a folder of the workspace; a scan that runs is ended.
    pub(super) fn begin_scan(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id).filter(|folder| folder.in_workspace) else { return };
        let Some(judge) = folder.judge() else { return };
        if let Scanning::Running { cancel, shown } = &folder.scan {
            cancel.store(true, Ordering::Relaxed);
            effects.extend(shown.then(|| progress(token(id), end())));
        }
        let cancel = Arc::new(AtomicBool::new(false));
        folder.scan = Scanning::Running { cancel: Arc::clone(&cancel), shown: false };
        let generation = folder.generation;
        let precedence = self.precedence.clone();
        let watches = self.watches_itself();
        effects.push(Effect::Run(Job::Scan(Box::new(ScanJob {
            folder: id,
            generation,
            judge,
            cancel,
            precedence,
            watches,
        }))));
        if self.client.progress {
            let params = WorkDoneProgressCreateParams { token: token(id) };
            effects.push(Effect::request::<WorkDoneProgressCreate>(&params, Then::BeginScan(id)));
        }
    }

    /// The editor shows the progress of a scan.
    pub(super) fn show_scan(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        if let Scanning::Running { shown, .. } = &mut folder.scan {
            *shown = true;
            effects.push(progress(token(id), begin("Looking for references", true)));
        }
    }

    pub(super) fn scanning(&self, id: FolderId, done: usize, of: usize, effects: &mut Vec<Effect>) {
        let folder = self.folders.get(&id);
        if folder.is_some_and(|folder| matches!(folder.scan, Scanning::Running { shown: true, .. })) {
            effects.push(progress(token(id), report(done, of)));
        }
    }

    /// A scan ended: what it found counts, except for what was opened or changed meanwhile.
    pub(super) fn scanned(
        &mut self,
        id: FolderId,
        generation: u64,
        scan: Option<Box<Scan>>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(folder) = self.folders.get_mut(&id).filter(|folder| folder.generation == generation) else {
            return;
        };
        if let Scanning::Running { shown: true, .. } = folder.scan {
            effects.push(progress(token(id), end()));
        }
        folder.scan = Scanning::Done;
        let mut folders = None;
        if let Some(mut scan) = scan {
            folders = scan.folders.take();
            let error = self.take_scan(id, *scan, effects);
            self.config_errors(id, error, effects);
        }
        self.answer_waiting(effects);
        match folders {
            Some(folders) => self.watch_all(folders, effects),
            None => self.watch_more(id, effects),
        }
        self.refresh_views(effects);
    }

    fn take_scan(&mut self, id: FolderId, scan: Scan, effects: &mut Vec<Effect>) -> Option<ConfigError> {
        let folder = self.folders.get_mut(&id)?;
        folder.config = scan.config;
        folder.snapshot = Some(scan.snapshot);
        let snapshot = folder.snapshot.as_mut()?;
        let mut news = Vec::new();
        for document in self.documents.values().filter(|document| document.folder == id) {
            if let Some(checked) = &document.checked {
                news.push((Arc::clone(&checked.path), snapshot.insert(Arc::clone(checked))));
            }
        }
        self.show_images();
        self.number_results(id);
        // Now it is known what all sources say together.
        self.recheck_open(id);
        news.iter().for_each(|(source, news)| self.spread(id, source, news, effects));
        for note in scan.notes {
            effects.push(Effect::log(MessageType::LOG, note));
        }
        self.publish_closed_sources(id, effects);
        scan.error
    }
}

/// The name of a scan's progress.
pub(super) fn token(id: FolderId) -> ProgressToken {
    ProgressToken::String(format!("cachelint/scan/{}", id.0))
}

/// A word of progress.
pub(super) fn progress(token: ProgressToken, value: WorkDoneProgress) -> Effect {
    let value = ProgressParamsValue::WorkDone(value);
    Effect::notify::<Progress>(&ProgressParams { token, value })
}

/// The first word.
pub(super) fn begin(title: &str, cancellable: bool) -> WorkDoneProgress {
    WorkDoneProgress::Begin(WorkDoneProgressBegin {
        title: title.to_owned(),
        cancellable: Some(cancellable),
        message: None,
        percentage: Some(0),
    })
}

/// How far it is.
pub(super) fn report(done: usize, of: usize) -> WorkDoneProgress {
    let percentage = u32::try_from(done * 100 / of.max(1)).ok();
    let message = Some(format!("{done}/{of} files"));
    WorkDoneProgress::Report(WorkDoneProgressReport { cancellable: Some(true), message, percentage })
}

/// The last word.
pub(super) const fn end() -> WorkDoneProgress {
    WorkDoneProgress::End(WorkDoneProgressEnd { message: None })
}
