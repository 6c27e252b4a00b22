//! Edits to files, with the text they were made for: what was edited since is left alone.

use std::path::PathBuf;
use std::sync::Arc;

use cachelint_lint::Edit;

/// Edits to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The file, absolute.
    pub path: PathBuf,
    /// The version of the document they were made for, where it is open; `None` for the text on disk.
    pub version: Option<i32>,
    /// The text they were made for: they must not be applied to another. `None` where the file is to be created.
    pub before: Option<Arc<str>>,
    /// The edits, in the order of their spans, none overlapping another.
    pub edits: Vec<Edit>,
}
