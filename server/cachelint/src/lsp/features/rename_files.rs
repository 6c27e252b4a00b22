//! Renamed assets and folders: references follow before the editor renames them.

use std::path::PathBuf;

use cachelint_ide::FileEdits;
use tower_lsp::ls_types::{RenameFilesParams, WorkspaceEdit};

use super::edits::workspace_edit;
use crate::lsp::session::query::View;
use crate::lsp::uris;

/// The edits that belong to renaming files.
pub fn will_rename(view: &View, params: &RenameFilesParams) -> Option<WorkspaceEdit> {
    let renames: Vec<_> = renames(params).collect();
    let snapshots = view.folders.iter().map(|folder| &folder.snapshot);
    let edits: Vec<FileEdits> =
        snapshots.flat_map(|snapshot| cachelint_ide::rename_files(snapshot, &renames)).collect();
    if edits.is_empty() {
        return None;
    }
    workspace_edit(&edits, &view.shared)
}

/// The renames, from and to.
pub fn renames(params: &RenameFilesParams) -> impl Iterator<Item = (PathBuf, PathBuf)> {
    let path = |uri: &str| uris::path_of(&uris::escaped(uri).unwrap_or_else(|| uri.to_owned()).parse().ok()?);
    params.files.iter().filter_map(move |file| Some((path(&file.old_uri)?, path(&file.new_uri)?)))
}
