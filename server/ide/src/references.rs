//! Find references: every place that names an asset.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_syntax::Span;

use crate::{Checked, Snapshot};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, absolute.
    pub path: PathBuf,
    /// Where in it: byte offsets.
    pub span: Span,
    /// Its text, from which lines and columns are counted; `None` for the start of a file that is not text.
    pub text: Option<Arc<str>>,
}

/// Every reference to the asset that the reference at `offset` names; `None` where there is none.
pub fn references_at(snapshot: &Snapshot, checked: &Checked, offset: usize) -> Option<Vec<Location>> {
    let (resolved, _) = checked.reference_at(offset)?;
    Some(references_to(snapshot, &resolved.asset()?.path))
}

/// Every reference to the asset at `path` (absolute), by file and place.
pub fn references_to(snapshot: &Snapshot, path: &Path) -> Vec<Location> {
    let each = snapshot.users_of(path).flat_map(|record| {
        let text = snapshot.text(&record.path);
        record.naming(path).filter_map(move |one| {
            let text = Arc::clone(text.as_ref()?);
            Some(Location { path: record.path.to_path_buf(), span: one.span, text: Some(text) })
        })
    });
    each.collect()
}
