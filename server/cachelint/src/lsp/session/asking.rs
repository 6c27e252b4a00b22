//! Queries: held until what they need is there, then answered beside the session.

use std::sync::Arc;

use tower_lsp::jsonrpc::Error;
use tower_lsp::ls_types::Uri;

use super::documents::Document;
use super::event::FolderId;
use super::jobs::Job;
use super::query::{DocumentView, FolderView, Needs, Query, View};
use super::{Effect, Session};

impl Session {
    /// A feature is asked for.
    pub(super) fn ask(&mut self, query: Query, effects: &mut Vec<Effect>) {
        if self.is_shut_down {
            return query.refuse(Error::invalid_request());
        }
        match &query.needs {
            Needs::Checked(uri) => {
                let uri = uri.clone();
                // Files that changed may be named in it: that is looked at when the inbox is empty.
                let unseen = !self.changed_files.is_empty();
                match self.documents.get_mut(&uri).filter(|document| unseen || document.is_busy()) {
                    Some(document) => document.waiting.push(query),
                    None => self.answer(query, Some(&uri), effects),
                }
            }
            Needs::Text(uri) => {
                let uri = uri.clone();
                self.answer(query, Some(&uri), effects);
            }
            Needs::Workspace if !self.is_scanned() => self.waiting.push(query),
            Needs::Settled if !self.is_settled() => self.waiting.push(query),
            Needs::Workspace | Needs::Settled | Needs::Nothing => self.answer(query, None, effects),
        }
    }

    /// The findings of a document are there (or will never be): what waited for them is answered.
    pub(super) fn answer_document(&mut self, uri: &Uri, effects: &mut Vec<Effect>) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        for query in std::mem::take(&mut document.waiting) {
            self.answer(query, Some(uri), effects);
        }
    }

    /// Answers the queries that waited for scans and checks, as far as these are done.
    pub(super) fn answer_waiting(&mut self, effects: &mut Vec<Effect>) {
        let (scanned, settled) = (self.is_scanned(), self.is_settled());
        for query in std::mem::take(&mut self.waiting) {
            let has_all = if query.needs == Needs::Settled { settled } else { scanned };
            if has_all {
                self.answer(query, None, effects);
            } else {
                self.waiting.push(query);
            }
        }
    }

    /// Whether the sources of all folders of the workspace are known.
    pub(super) fn is_scanned(&self) -> bool {
        self.folders.values().all(|folder| !folder.in_workspace || folder.is_scanned())
    }

    fn answer(&mut self, query: Query, uri: Option<&Uri>, effects: &mut Vec<Effect>) {
        match query.method {
            "textDocument/diagnostic" => uri.into_iter().for_each(|uri| self.note_pull(uri)),
            "textDocument/hover" => uri.into_iter().for_each(|uri| self.ask_history(uri)),
            "workspace/diagnostic" => self.note_workspace_pull(effects),
            _ => {}
        }
        let view = self.view(uri);
        effects.push(Effect::Run(Job::Answer(query, Box::new(view))));
    }

    fn view(&self, uri: Option<&Uri>) -> View {
        let document = uri.and_then(|uri| Some((uri, self.documents.get(uri)?)));
        let home = document.map(|(_, document)| document.folder);
        let first = home.and_then(|id| self.folder_view(id));
        let others = self.folders.keys().filter(|id| Some(**id) != home);
        let folders = first.into_iter().chain(others.filter_map(|id| self.folder_view(*id)));
        View {
            shared: self.shared(),
            document: document.map(|(uri, document)| document_view(uri, document)),
            folders: folders.collect(),
        }
    }

    fn folder_view(&self, id: FolderId) -> Option<FolderView> {
        let folder = self.folders.get(&id)?;
        Some(FolderView {
            snapshot: folder.snapshot.clone()?,
            is_whole: folder.is_whole(&self.settings),
            first_result: folder.first_result,
            results: Arc::clone(&folder.results),
            code: Arc::clone(&folder.code),
        })
    }
}

fn document_view(uri: &Uri, document: &Document) -> DocumentView {
    DocumentView {
        uri: uri.clone(),
        path: document.path.clone(),
        version: document.version,
        rope: document.text.rope.clone(),
        checked: document.current().cloned(),
        shown: Arc::clone(&document.shown),
        result: document.result,
    }
}
