//! Code lenses: a line above a source or an asset that counts and offers.

use std::path::Path;

use cachelint_syntax::Span;

use crate::{Checked, Snapshot, Work};

/// A line above the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Where: byte offsets.
    pub span: Span,
    /// What people read: `12 assets, 3 unversioned: fix all`.
    pub title: String,
    /// What a click does; nothing where there is nothing to do.
    pub work: Option<Work>,
}

/// The lenses of a source.
pub fn lenses(snapshot: &Snapshot, checked: &Checked) -> Vec<Lens> {
    let _ = (snapshot, checked);
    Vec::new()
}

/// The lens of an asset (absolute) that is open itself.
pub fn asset_lens(snapshot: &Snapshot, path: &Path) -> Option<Lens> {
    let _ = (snapshot, path);
    None
}
