//! History: read beside the session, for what a hover is asked for and versions are kept by hand in; shown the next time.

use std::collections::BTreeSet;
use std::sync::Arc;

use tower_lsp::ls_types::Uri;

use super::event::FolderId;
use super::jobs::{HistoryJob, Job};
use super::{Effect, Session};

/// What git's history is to be asked of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// Nothing.
    #[default]
    Nothing,
    /// Of the versions that it keeps by hand, those that were not asked about.
    Versions,
    /// These, and when its assets changed: a new commit, if there is one, is seen.
    All,
}

impl Session {
    /// Someone looks at a document: the next time it will be known when its assets changed.
    pub(super) fn ask_history(&mut self, uri: &Uri) {
        if let Some(document) = self.documents.get_mut(uri) {
            document.history = Asked::All;
        }
    }

    /// Reads the history that documents of a folder ask for, unless some is being read.
    pub(super) fn begin_history(&mut self, id: FolderId, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id).filter(|folder| !folder.reading_history) else { return };
        let Some(project) = folder.project.clone() else { return };
        let (mut assets, mut versions, mut is_asked) = (BTreeSet::new(), Vec::new(), false);
        for document in self.documents.values_mut().filter(|document| document.folder == id) {
            let Some(checked) = document.current().map(Arc::clone) else { continue };
            let asked = std::mem::take(&mut document.history);
            let analysis = &checked.analysis;
            if asked >= Asked::Versions {
                versions.extend(project.unread_versions(analysis, &checked.text, &checked.report.judgements));
            }
            if asked == Asked::All {
                is_asked = true;
                let found = analysis.resolved.iter().filter_map(|resolved| resolved.asset());
                assets.extend(found.map(|asset| asset.path.to_path_buf()));
            }
        }
        if is_asked || !versions.is_empty() {
            folder.reading_history = true;
            let (generation, assets) = (folder.generation, assets.into_iter().collect());
            let job = HistoryJob { folder: id, generation, project, assets, versions };
            effects.push(Effect::Run(Job::History(Box::new(job))));
        }
    }

    /// History was read; where it says something else of versions than before, the open documents are checked again.
    pub(super) fn history_read(&mut self, id: FolderId, generation: Option<u64>, is_news: bool) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        folder.reading_history = false;
        if is_news && generation == Some(folder.generation) {
            self.recheck_open(id);
        }
    }
}
