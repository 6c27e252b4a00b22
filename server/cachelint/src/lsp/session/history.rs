//! History: read beside the session, for what a hover is asked for and versions are kept by hand in; shown the next time.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use cachelint_ide::Checked;
use cachelint_lint::Status;
use cachelint_project::Project;
use tower_lsp::ls_types::Uri;

use super::event::FolderId;
use super::jobs::Job;
use super::{Effect, Session};

/// Documents whose history is to be read.
#[derive(Debug)]
pub struct HistoryJob {
    /// Their folder.
    pub folder: FolderId,
    /// The generation of its project.
    pub generation: u64,
    /// The project.
    pub project: Arc<Project>,
    /// The documents, and what is asked of each.
    pub asking: Vec<(Arc<Checked>, Asked)>,
}

/// What git's history is to be asked of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
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
        let mut asking = Vec::new();
        for document in self.documents.values_mut().filter(|document| document.folder == id) {
            let Some(checked) = document.current().map(Arc::clone) else { continue };
            let asked = std::mem::take(&mut document.history);
            if asked == Asked::All || asked == Asked::Versions && keeps_versions(&checked) {
                asking.push((checked, asked));
            }
        }
        if !asking.is_empty() {
            folder.reading_history = true;
            let generation = folder.generation;
            let job = HistoryJob { folder: id, generation, project, asking };
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

impl HistoryJob {
    /// Reads it. Whether it says something else of versions than before.
    pub fn run(&self) -> bool {
        let (mut assets, mut versions) = (HashSet::new(), Vec::new());
        for (checked, asked) in &self.asking {
            let (analysis, judgements) = (&checked.analysis, &checked.report.judgements);
            versions.extend(self.project.unread_versions(analysis, &checked.text, judgements));
            if *asked == Asked::All {
                let found = analysis.resolved.placed().filter_map(|(_, resolved)| resolved.asset());
                assets.extend(found.map(|asset| asset.path.as_os_str()));
            }
        }
        let assets: Vec<PathBuf> = assets.into_iter().map(PathBuf::from).collect();
        let is_asked = !versions.is_empty() || self.asking.iter().any(|(_, asked)| *asked == Asked::All);
        is_asked && self.project.read_history(&assets, &versions)
    }
}

/// Whether a version is kept by hand in a document.
fn keeps_versions(checked: &Checked) -> bool {
    checked.report.judgements.placed().any(|(_, judgement)| judgement.status == Status::Manual)
}
