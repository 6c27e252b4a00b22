//! The project's code: what is said of it once all sources were looked at, in its files, open or not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use cachelint_ide::Checked;
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::event::FolderId;
use super::jobs::Told;
use super::query::Code;
use super::{Effect, Session};

impl Session {
    /// Something else may be said of the code of a folder by now, where `is_stale`.
    pub(super) fn doubt_code(&mut self, id: FolderId, is_stale: bool) {
        if let Some(folder) = self.folders.get_mut(&id) {
            folder.code_is_stale |= is_stale;
        }
    }

    /// Checks the code of a folder again, where something else may be said of it and nothing more is to come.
    pub(super) fn begin_code(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get(&id).filter(|folder| folder.in_workspace) else { return };
        let is_busy = folder.reports > 0 || folder.rechecking.is_some() || !folder.is_scanned();
        if folder.code_is_stale && !is_busy {
            self.begin_report(id, Told::Code, effects);
        }
    }

    /// The code of a folder was checked: what is said anew of a file is told, and where nothing is said any more.
    pub(super) fn code_checked(
        &mut self,
        id: FolderId,
        generation: u64,
        found: Vec<(Checked, Vec<Diagnostic>)>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(folder) = self.folders.get(&id).filter(|folder| folder.generation == generation) else {
            return;
        };
        let mut code = (*folder.code).clone();
        let silent =
            |(path, code): (&Arc<Path>, &Code)| (Arc::clone(path), (Arc::clone(&code.checked), Vec::new()));
        let mut now: BTreeMap<_, _> = code.iter().map(silent).collect();
        now.extend(
            found
                .into_iter()
                .map(|(checked, diagnostics)| (Arc::clone(&checked.path), (Arc::new(checked), diagnostics))),
        );
        now.retain(|path, (checked, diagnostics)| {
            let is_same = |it: &Code| *it.diagnostics == *diagnostics && it.checked.text == checked.text;
            !code.get(path).is_some_and(is_same)
        });
        let news: BTreeSet<Arc<Path>> = now.keys().cloned().collect();
        for (path, (checked, diagnostics)) in now {
            let result = self.number();
            code.insert(path, Code { checked, diagnostics: Arc::new(diagnostics), result });
        }
        let code = Arc::new(code);
        let Some(folder) = self.folders.get_mut(&id) else { return };
        folder.code = Arc::clone(&code);
        let is_untold = |path: &Path| !folder.pushed.contains(path) && !self.open.contains_key(path);
        let told: Vec<_> = code.keys().filter(|path| news.contains(*path) || is_untold(path)).collect();
        told.into_iter().for_each(|path| self.tell_code(id, path, effects));
        if !news.is_empty() {
            self.refresh_diagnostics();
        }
    }

    /// Tells what is said of a file of the code: in the document where it is open, else as of a closed source.
    pub(super) fn tell_code(&mut self, id: FolderId, path: &Path, effects: &mut Vec<Effect>) {
        if let Some(uri) = self.open.get(path).cloned() {
            return self.show_code(&uri, effects);
        }
        let code = self.folders.get(&id).and_then(|folder| folder.code.get(path));
        if let Some(diagnostics) = code.map(|code| code.diagnostics.to_vec()) {
            self.publish_closed(id, path.to_owned(), diagnostics, effects);
        }
    }

    /// Shows in a document what is said of its file, where that was said of the same text.
    pub(super) fn show_code(&mut self, uri: &Uri, effects: &mut Vec<Effect>) {
        let Some(document) = self.documents.get(uri) else { return };
        let code = self.folders.get(&document.folder).and_then(|folder| folder.code.get(&*document.path));
        let current = code.filter(|code| document.text.rope == *code.checked.text);
        if let Some(diagnostics) = current.map(|code| Arc::clone(&code.diagnostics)) {
            self.show(uri, diagnostics, effects);
        }
    }
}
