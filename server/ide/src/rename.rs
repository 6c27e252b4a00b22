//! Renamed assets and folders: the references follow.

use std::path::PathBuf;

use crate::{FileEdits, Snapshot};

/// The edits that make references follow files and folders renamed from → to (absolute), asked before they are.
pub fn rename_files(snapshot: &Snapshot, renames: &[(PathBuf, PathBuf)]) -> Vec<FileEdits> {
    let _ = (snapshot, renames);
    Vec::new()
}
