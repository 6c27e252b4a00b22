//! Documents: sources open in the editor.

use std::path::PathBuf;
use std::sync::Arc;

use cachelint_ide::Checked;
use tower_lsp::ls_types::{Diagnostic, DidChangeTextDocumentParams, MessageType, TextDocumentItem, Uri};

use super::event::{FolderId, Timer};
use super::history::Asked;
use super::jobs::Kept;
use super::query::Query;
use super::{Effect, Session};
use crate::lsp::text::Text;
use crate::lsp::{languages, uris};

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    /// The path it is analysed under, absolute; that of no file, where it has none.
    pub(super) path: PathBuf,
    /// Whether it is a file's.
    pub(super) is_file: bool,
    /// Its folder.
    pub(super) folder: FolderId,
    /// Whether its name or language says that it can hold references; else the configuration may.
    pub(super) is_source: bool,
    /// Its text.
    pub(super) text: Text,
    /// What the last check left.
    pub(super) kept: Box<Kept>,
    /// Its version in the editor.
    pub(super) version: i32,
    /// Names its text: no two texts of a session have the same.
    pub(super) edition: u64,
    /// The last findings in any of its texts.
    pub(super) checked: Option<Arc<Checked>>,
    /// The edition that `checked` is of, or that could not be checked.
    pub(super) checked_edition: u64,
    /// All findings in that edition as the editor shows them.
    pub(super) diagnostics: Arc<Vec<Diagnostic>>,
    /// Those that are shown now: without what waits for the end of typing.
    pub(super) shown: Arc<Vec<Diagnostic>>,
    /// Names what is shown.
    pub(super) result: u64,
    /// Whether something else than its text changed since it was checked.
    pub(super) is_dirty: bool,
    /// The edition that is being checked.
    pub(super) in_flight: Option<u64>,
    /// The line (from 0) that is being typed in.
    pub(super) typing: Option<usize>,
    /// What git's history is to be asked of it.
    pub(super) history: Asked,
    /// Queries that wait for its findings.
    pub(super) waiting: Vec<Query>,
}

impl Document {
    /// Whether the newest text was checked.
    pub(super) const fn is_checked(&self) -> bool {
        self.checked_edition == self.edition
    }

    /// Whether a check of it runs or is due.
    pub(super) const fn is_busy(&self) -> bool {
        self.is_dirty || self.in_flight.is_some() || !self.is_checked()
    }

    /// The findings in the newest text.
    pub(super) fn current(&self) -> Option<&Arc<Checked>> {
        self.checked.as_ref().filter(|checked| self.is_checked() && checked.version == Some(self.version))
    }
}

impl Session {
    pub(super) fn opened(&mut self, item: TextDocumentItem, effects: &mut Vec<Effect>) {
        let file = uris::path_of(&item.uri);
        let is_file = file.is_some();
        let path = file.unwrap_or_else(|| self.path_of_buffer(&item.uri, &item.language_id));
        let folder = self.folder_for(&path);
        let document = Document {
            is_source: languages::is_source(&path, &item.language_id),
            path,
            is_file,
            folder,
            text: Text::new(&item.text),
            kept: Box::default(),
            version: item.version,
            edition: self.number(),
            checked: None,
            checked_edition: 0,
            diagnostics: Arc::default(),
            shown: Arc::default(),
            result: 0,
            is_dirty: false,
            in_flight: None,
            typing: None,
            history: Asked::Nothing,
            waiting: Vec::new(),
        };
        self.unpush(document.folder, &document.path, effects);
        self.documents.insert(item.uri, document);
        self.name_open();
        self.open_folders(effects);
    }

    pub(super) fn changed(&mut self, params: DidChangeTextDocumentParams, effects: &mut Vec<Effect>) {
        let uri = params.text_document.uri;
        let edition = self.number();
        let Some(document) = self.documents.get_mut(&uri) else {
            let message = format!("{}: edited, but never opened; the edit is ignored", uri.as_str());
            return self.log_once(MessageType::WARNING, message, effects);
        };
        let was_in_sync = document.text.out_of_sync.is_none();
        document.typing = document.text.change(params.content_changes, self.encoding);
        document.version = params.text_document.version;
        document.edition = edition;
        if document.typing.is_some() {
            effects.push(Effect::Later(Timer::TypingPaused(uri.clone(), edition)));
        }
        match &document.text.out_of_sync {
            Some(reason) if was_in_sync => {
                let message =
                    format!("{}: {reason}; it is not checked until its whole text is sent", uri.as_str());
                effects.push(Effect::log(MessageType::ERROR, message));
                self.lose(&uri, effects);
            }
            _ => {}
        }
    }

    pub(super) fn closed(&mut self, uri: &Uri, effects: &mut Vec<Effect>) {
        let Some(document) = self.documents.remove(uri) else { return };
        self.pulled.remove(uri);
        self.name_open();
        if !self.client.pulls {
            effects.push(Self::clearing(uri.clone(), None));
        }
        for query in document.waiting {
            query.refuse(tower_lsp::jsonrpc::Error::content_modified());
        }
        if let Some(folder) = self.folders.get_mut(&document.folder) {
            let on_disk = folder.in_workspace && document.is_file;
            // What was not saved is gone: the text on disk counts again.
            if on_disk && (document.is_source || document.checked.is_some()) {
                folder.dirty.insert(document.path.clone());
            }
            if !on_disk {
                self.forget_source(document.folder, &document.path, effects);
            }
        }
        self.tell_code(document.folder, &document.path, effects);
        self.drop_empty_folders();
    }

    /// A document can't be analysed any more: nothing is said of it.
    pub(super) fn lose(&mut self, uri: &Uri, effects: &mut Vec<Effect>) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.checked = None;
        document.checked_edition = document.edition;
        self.show(uri, Arc::default(), effects);
        self.answer_document(uri, effects);
    }

    fn path_of_buffer(&self, uri: &Uri, language: &str) -> PathBuf {
        let folder = self.folders.values().find(|folder| folder.in_workspace);
        // A folder that is not there: nothing lies around a buffer that nobody saved.
        let nowhere = || std::env::temp_dir().join("cachelint-untitled");
        let folder = folder.map_or_else(nowhere, |folder| folder.root.clone());
        uris::path_of_buffer(uri, language, &folder)
    }

    fn name_open(&mut self) {
        let open = self.documents.iter().map(|(uri, document)| (document.path.clone(), uri.clone()));
        self.open = Arc::new(open.collect());
    }
}
