//! Fixes over the whole project.

use std::ops::ControlFlow;

use crate::changes::{Plan, change};
use crate::{FileEdits, Snapshot};

/// Told (sources done, sources in all) after each source; a break cancels.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// The edits that fix everything safe in every source, by file; `None` where it was cancelled. Stylesheets come before
/// those that name them, so that every version written is right once all edits are saved.
pub fn fix_workspace(snapshot: &Snapshot, progress: Progress<'_>) -> Option<Vec<FileEdits>> {
    let concerns = snapshot.flagged();
    change(snapshot, &Plan { concerns: &concerns, own: &|_| Vec::new(), wanted: &|_| true }, progress)
}
