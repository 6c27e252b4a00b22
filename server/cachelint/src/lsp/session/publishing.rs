//! Findings told to the editor: pushed, or pulled by it, never both for one document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_project::ConfigError;
use tower_lsp::ls_types::notification::ShowMessage;
use tower_lsp::ls_types::request::WorkspaceDiagnosticRefresh;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticSeverity, MessageType, NumberOrString, Position, Range, ShowMessageParams, Uri,
};

use super::commands::Running;
use super::documents::Document;
use super::event::{FolderId, Then};
use super::jobs::{Job, ReportJob, Told};
use super::{Effect, Session};
use crate::lsp::uris;

/// The rule that waits for the end of typing.
const WAITS: &str = "missing-asset";

impl Session {
    /// Shows the findings in the newest text of a document, except for what waits.
    pub(super) fn show(&mut self, uri: &Uri, diagnostics: Arc<Vec<Diagnostic>>, effects: &mut Vec<Effect>) {
        let number = self.number();
        let may_wait = !self.client.pulls || self.client.refreshes_diagnostics;
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.diagnostics = diagnostics;
        let shown = if may_wait { without_waiting(document) } else { Arc::clone(&document.diagnostics) };
        let same = shown == document.shown;
        document.shown = shown;
        if !same || document.result == 0 {
            document.result = number;
        }
        if self.client.pulls {
            // An edit is followed by a pull anyway.
            self.wants_refresh |= !same && self.pulled.get(uri) == Some(&document.edition);
            return;
        }
        let (shown, version) = (Arc::clone(&document.shown), document.version);
        effects.push(Effect::Publish(uri.clone(), shown, Some(version)));
    }

    /// The typing in a document paused: what waited is shown.
    pub(super) fn typing_paused(&mut self, uri: &Uri, edition: u64, effects: &mut Vec<Effect>) {
        let Some(document) = self.documents.get_mut(uri).filter(|document| document.edition == edition)
        else {
            return;
        };
        document.typing = None;
        if document.is_checked() && document.shown != document.diagnostics {
            let diagnostics = Arc::clone(&document.diagnostics);
            self.show(uri, diagnostics, effects);
        }
    }

    /// The editor was given the findings of a document.
    pub(super) fn note_pull(&mut self, uri: &Uri) {
        let edition = self.documents.get(uri).map(|document| document.edition);
        self.pulled.extend(edition.map(|edition| (uri.clone(), edition)));
    }

    /// The editor pulls the findings of closed sources: they are pushed no more.
    pub(super) fn note_workspace_pull(&mut self, effects: &mut Vec<Effect>) {
        if std::mem::replace(&mut self.pulls_workspace, true) {
            return;
        }
        let ids: Vec<_> = self.folders.keys().copied().collect();
        ids.into_iter().for_each(|id| self.clear_closed(id, effects));
    }

    /// The editor should pull again.
    pub(super) fn refresh_diagnostics(&mut self) {
        self.wants_refresh |= self.client.pulls;
    }

    pub(super) fn send_refresh(&mut self, effects: &mut Vec<Effect>) {
        if std::mem::take(&mut self.wants_refresh) && self.client.refreshes_diagnostics {
            effects.push(Effect::request::<WorkspaceDiagnosticRefresh>(&(), Then::Nothing));
        }
    }

    /// Reports the findings of closed sources, or takes them back, as the settings say now.
    pub(super) fn report_closed_sources(&mut self, effects: &mut Vec<Effect>) {
        let ids: Vec<_> = self.folders.keys().copied().collect();
        for id in ids {
            self.publish_closed_sources(id, effects);
        }
        self.refresh_diagnostics();
    }

    /// Reports the findings of all closed sources of a folder, where that is wanted; else takes them back.
    pub(super) fn publish_closed_sources(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        let counts = self.commands.values().any(Running::counts_findings);
        if folder.is_whole(&self.settings) && (counts || !self.pulls_workspace) {
            self.begin_report(id, Told::All, effects);
        } else {
            folder.code_is_stale = true;
            self.clear_closed(id, effects);
        }
        self.refresh_diagnostics();
    }

    /// Begins a report of a folder.
    pub(super) fn begin_report(&mut self, id: FolderId, told: Told, effects: &mut Vec<Effect>) {
        let shared = self.shared();
        let Some(folder) = self.folders.get_mut(&id) else { return };
        let Some(snapshot) = folder.snapshot.clone() else { return };
        folder.reports += 1;
        folder.code_is_stale = false;
        let generation = folder.generation;
        let job = ReportJob { folder: id, generation, snapshot, shared, told };
        effects.push(Effect::Run(Job::Report(Box::new(job))));
    }

    /// The findings of closed sources are ready to be told.
    pub(super) fn reported(
        &mut self,
        id: FolderId,
        generation: u64,
        found: Vec<(PathBuf, Vec<Diagnostic>)>,
        effects: &mut Vec<Effect>,
    ) {
        if self.folders.get(&id).is_some_and(|folder| folder.generation == generation) {
            for (path, diagnostics) in found {
                if let Some(snapshot) = self.folders.get_mut(&id).and_then(|folder| folder.snapshot.as_mut())
                {
                    snapshot.recount(&path, diagnostics.len());
                }
                self.publish_closed(id, path, diagnostics, effects);
            }
        }
    }

    /// What was ready to be told is told.
    pub(super) fn report_ended(&mut self, id: FolderId) {
        if let Some(folder) = self.folders.get_mut(&id) {
            folder.reports -= 1;
        }
    }

    /// Pushes the findings of a closed source, where that is wanted.
    pub(super) fn publish_closed(
        &mut self,
        id: FolderId,
        path: PathBuf,
        diagnostics: Vec<Diagnostic>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        if self.pulls_workspace || !folder.is_whole(&self.settings) || self.open.contains_key(&path) {
            return;
        }
        let Some(uri) = uris::of_path(&path) else { return };
        let was_told =
            if diagnostics.is_empty() { folder.pushed.remove(&path) } else { !folder.pushed.insert(path) };
        if was_told || !diagnostics.is_empty() {
            effects.push(Effect::Publish(uri, Arc::new(diagnostics), None));
        }
    }

    /// A source is no more.
    pub(super) fn forget_source(&mut self, id: FolderId, path: &Path, effects: &mut Vec<Effect>) {
        self.unpush(id, path, effects);
        let Some(folder) = self.folders.get_mut(&id) else { return };
        if let Some(snapshot) = &mut folder.snapshot {
            let news = snapshot.remove(path);
            self.spread(id, path, &news, effects);
        }
    }

    /// Takes back the findings of a closed source.
    pub(super) fn unpush(&mut self, id: FolderId, path: &Path, effects: &mut Vec<Effect>) {
        let told = self.folders.get_mut(&id).is_some_and(|folder| folder.pushed.remove(path));
        effects.extend(uris::of_path(path).filter(|_| told).map(|uri| Self::clearing(uri, None)));
    }

    /// Takes back the findings of all closed sources of a folder.
    pub(super) fn clear_closed(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        let told = std::mem::take(&mut folder.pushed);
        let uris = told.iter().filter_map(|path| uris::of_path(path));
        effects.extend(uris.map(|uri| Self::clearing(uri, None)));
    }

    pub(super) fn clearing(uri: Uri, version: Option<i32>) -> Effect {
        Effect::Publish(uri, Arc::default(), version)
    }

    /// Gives the findings of all closed sources of a folder new result ids.
    pub(super) fn number_results(&mut self, id: FolderId) {
        let number = self.number();
        if let Some(folder) = self.folders.get_mut(&id) {
            folder.first_result = number;
            folder.results = Arc::default();
        }
    }

    /// Gives the findings of a closed source a new result id.
    pub(super) fn number_result(&mut self, id: FolderId, path: &Arc<Path>) {
        let number = self.number();
        if let Some(folder) = self.folders.get_mut(&id) {
            Arc::make_mut(&mut folder.results).insert(Arc::clone(path), number);
        }
    }

    /// Checking a document of a folder met this error of its configuration; without one a lone folder has none.
    pub(super) fn config_of_document(
        &mut self,
        id: FolderId,
        error: Option<ConfigError>,
        effects: &mut Vec<Effect>,
    ) {
        let alone = self.folders.get(&id).is_some_and(|folder| !folder.in_workspace);
        if error.is_some() || alone {
            self.config_errors(id, error, effects);
        }
    }

    /// Reports the error of a folder's configuration on its file, and once as a message; without one all is well again.
    pub(super) fn config_errors(
        &mut self,
        id: FolderId,
        error: Option<ConfigError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        let Some(error) = error else {
            let files = std::mem::take(&mut folder.wrong_configs);
            let uris = files.iter().filter_map(|file| uris::of_path(file));
            return effects.extend(uris.map(|uri| Self::clearing(uri, None)));
        };
        let file = folder.project.as_ref().map_or_else(|| error.file.clone(), |it| it.absolute(&error.file));
        if !folder.wrong_configs.insert(file.clone()) && self.said.contains(&error.to_string()) {
            return;
        }
        effects.extend(uris::of_path(&file).map(|uri| {
            let diagnostics = Arc::new(vec![config_diagnostic(&error)]);
            Effect::Publish(uri, diagnostics, None)
        }));
        let message = error.to_string();
        if self.said.insert(message.clone()) {
            effects
                .push(Effect::notify::<ShowMessage>(&ShowMessageParams { typ: MessageType::ERROR, message }));
        }
    }
}

/// What is shown of a document's findings: a missing asset on the line that is being typed waits, unless it is shown already.
fn without_waiting(document: &Document) -> Arc<Vec<Diagnostic>> {
    let Some(line) = document.typing else { return Arc::clone(&document.diagnostics) };
    let waits = |diagnostic: &Diagnostic| {
        let lines = diagnostic.range.start.line as usize..=diagnostic.range.end.line as usize;
        let is_missing = matches!(&diagnostic.code, Some(NumberOrString::String(code)) if code == WAITS);
        let is_shown = || document.shown.iter().any(|shown| shown.message == diagnostic.message);
        is_missing && lines.contains(&line) && !is_shown()
    };
    if !document.diagnostics.iter().any(waits) {
        return Arc::clone(&document.diagnostics);
    }
    Arc::new(document.diagnostics.iter().filter(|diagnostic| !waits(diagnostic)).cloned().collect())
}

fn config_diagnostic(error: &ConfigError) -> Diagnostic {
    let (line, column) = error.position.unwrap_or((1, 1));
    let number = |count: usize| u32::try_from(count.saturating_sub(1)).unwrap_or_default();
    let place = Position { line: number(line), character: number(column) };
    Diagnostic {
        range: Range { start: place, end: place },
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some("cachelint".to_owned()),
        message: error.message.clone(),
        ..Diagnostic::default()
    }
}
