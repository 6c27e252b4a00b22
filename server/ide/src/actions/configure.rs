//! An asset ignored in the configuration in force, or in a new one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_project::config::{OWN_NAME, SHARED_NAME, edit};

use crate::edits::difference;
use crate::{FileEdits, Snapshot};

/// The configuration in force for a source, as people are shown it; `None` where it is wrong.
pub(super) fn shown(snapshot: &Snapshot, source: &Path) -> Option<String> {
    let file = file(snapshot, source)?;
    Some(file.file_name()?.to_string_lossy().into_owned())
}

/// The name by which an asset is ignored: what a page writes before it (`../`) is no part of it.
pub(super) fn ignored_name(name: &str) -> &str {
    name.trim_start_matches("../")
}

/// The edit that adds `name` to the ignored assets; it creates a configuration where there is none.
pub(super) fn ignore_asset(snapshot: &Snapshot, source: &Path, name: &str) -> Option<FileEdits> {
    let path = file(snapshot, source)?;
    let before = snapshot.project.read(&path).ok();
    let text = before.clone().unwrap_or_default();
    let shared = path.file_name().is_some_and(|name| name == SHARED_NAME);
    let after = edit::ignore_asset(&text, shared, name).ok()??;
    let edits = difference(&text, &after);
    (!edits.is_empty()).then(|| FileEdits { path, version: None, before: before.map(Arc::from), edits })
}

fn file(snapshot: &Snapshot, source: &Path) -> Option<PathBuf> {
    let config = snapshot.project.config(source).ok()?;
    Some(config.file.clone().unwrap_or_else(|| snapshot.project.root().join(OWN_NAME)))
}
